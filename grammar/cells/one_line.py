"""The values of a table whose row labels stand in its header: one line of them, or several that make one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.cells.header_order import printed_order
from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.rows.row_tokens import LabelLine, TableLine, ValueLine


class OneLine(NamedTuple):
    """``cells``: the ids in printed order; ``repeated``: lines beyond the values the table has room for.

    ``transposed``: labels of columns stand between the lines of values, so that the lines are rows of their own.
    """

    cells: tuple[str, ...]
    first: ValueLine
    entries: tuple[Atom, ...]
    repeated: tuple[ValueLine, ...]
    reordered: bool
    transposed: bool


def one_line(table: LexiconTable, lines: Sequence[TableLine]) -> OneLine | None:
    """The line of values among the lines of a table; None where no values are printed."""
    values = [line for kind, line in lines if kind == "VALUES" and isinstance(line, ValueLine)]
    if not values:
        return None
    headers = [line for kind, line in lines if kind == "HEADER" and isinstance(line, LabelLine)]
    own_order = tuple(f"{table.id}.{row.id}.{column}" for row in table.rows for column in row.columns)
    cells = printed_order(table, headers)
    entries: list[Atom] = []
    repeated: list[ValueLine] = []
    for line in values:
        if sum(1 for entry in entries if entry.folded) >= len(cells):
            repeated.append(line)
        else:
            entries += line.entries
    if sum(1 for entry in entries if entry.folded) > len(cells):
        entries = _only_full_row(entries, len(cells)) or entries
    short = sum(1 for entry in values[0].entries if entry.folded) < len(cells)
    return OneLine(
        cells, values[0], tuple(entries), tuple(repeated), cells != own_order, short and _is_transposed(lines)
    )


def _only_full_row(entries: Sequence[Atom], width: int) -> list[Atom]:
    """The one printed row of exactly so many values among more, such as a page number; [] where there is none."""
    counts = Counter(entry.row for entry in entries if entry.folded)
    full = [row for row, count in counts.items() if count == width]
    return [entry for entry in entries if entry.row == full[0]] if len(full) == 1 else []


def _is_transposed(lines: Sequence[TableLine]) -> bool:
    places = [number for number, (kind, _) in enumerate(lines) if kind == "VALUES"]
    between = lines[places[0] : places[-1]]
    return any(isinstance(line, LabelLine) and line.names_column for _, line in between) and not _is_stacked(lines)


def _is_stacked(lines: Sequence[TableLine]) -> bool:
    """Whether every line of values stands below as many labels of columns of its own: a table printed in parts."""
    columns = 0
    for kind, line in lines:
        if isinstance(line, LabelLine):
            columns += line.names_column
        elif kind == "VALUES":
            if not columns or len(line.entries) != columns:
                return False
            columns = 0
    return True
