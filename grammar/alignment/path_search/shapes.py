"""The ways in which a table may be arranged: rows in order, each with its labels and the cells it holds.

A table is declared in one arrangement and printed in several: as rows, with all rows side by side in one line of
values, in parts below each other, turned over. Each is a shape of its own; the one that aligns cheapest is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.words.label_index import LabelIndex

CLOSE = 75.0  # similarity of words to a label, in percent, from which they may be a wording of it
TURNED_OVER = "turned_over"  # columns as rows
_ROW_KINDS = (LabelKind.ROW, LabelKind.ROW_GROUP)


@dataclass(frozen=True)
class ShapeRow:
    """A row of a shape. ``keys``: its labels; ``groups``: those around it; ``stands_for``: the group that it replaces."""

    id: str
    cells: tuple[str, ...]
    columns: tuple[str, ...]
    depth: int = 0
    keys: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    stands_for: str = ""

    @property
    def width(self) -> int:
        """The number of values."""
        return len(self.cells)


@dataclass(frozen=True)
class Shape:
    """An arrangement. ``labels``: rows and whether they are the table's own, by key; ``unlabelled``: rows need none."""

    name: str
    table: LexiconTable
    rows: tuple[ShapeRow, ...]
    labels: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    group_keys: Mapping[str, str] = field(default_factory=dict)
    column_keys: frozenset[str] = frozenset()
    unlabelled: bool = False
    usual: bool = True

    @cached_property
    def skipped(self) -> tuple[tuple[int, ...], ...]:
        """``skipped[p + 1][r]``: how many rows are left out between row p and row r (r = number of rows: the end)."""
        count = len(self.rows)
        return tuple(tuple(self._between(before, row) for row in range(count + 1)) for before in range(-1, count))

    @cached_property
    def rows_beginning_with(self) -> Callable[[str], tuple[int, ...]]:
        """The rows whose label begins with a piece of one."""
        return lru_cache(maxsize=1024)(self._rows_beginning_with)

    def _rows_beginning_with(self, piece: str) -> tuple[int, ...]:
        return tuple(number for number, row in enumerate(self.rows) if any(key.startswith(piece) for key in row.keys))

    @cached_property
    def rows_close_to(self) -> Callable[[str], Mapping[int, float]]:
        """The rows whose label words are close to, with the similarity in percent."""
        return lru_cache(maxsize=1024)(self._rows_close_to)

    def _rows_close_to(self, words: str) -> Mapping[int, float]:
        scores = {
            number: max(fuzz.ratio(words, key) for key in row.keys) for number, row in enumerate(self.rows) if row.keys
        }
        return {number: score for number, score in scores.items() if score >= CLOSE}

    def _between(self, before: int, row: int) -> int:
        replaced = self.rows[row].stands_for if row < len(self.rows) else ""
        done = self.rows[before].stands_for if before >= 0 else ""
        left_out = 0
        for number in range(before + 1, row):
            one = self.rows[number]
            if one.stands_for or (replaced and replaced in one.groups) or (done and done in one.groups):
                continue  # a group in one row instead of its rows, or the reverse
            left_out += 1
        return left_out

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The numbers of values that rows have, smallest first."""
        return tuple(sorted({row.width for row in self.rows}))


def shapes_of(table: LexiconTable, index: LabelIndex) -> tuple[Shape, ...]:
    """Every arrangement of a table, the declared one first."""
    as_rows = _as_rows(table, index)
    if not table.one_line:
        uniform = all(row.columns == table.columns for row in table.rows)
        return (as_rows, _turned_over(table, index)) if uniform else (as_rows,)
    cells = {row.id: tuple(f"{table.id}.{row.id}.{column}" for column in row.columns) for row in table.rows}
    everything = tuple(cell for row in table.rows for cell in cells[row.id])
    columns = tuple(column for row in table.rows for column in row.columns)
    header: dict[str, tuple[int, ...]] = dict.fromkeys(as_rows.labels, ())
    one = Shape("one_line", table, (ShapeRow("", everything, columns),), header, unlabelled=True)
    stacked = Shape(
        "stacked",
        table,
        tuple(ShapeRow(row.id, cells[row.id], row.columns) for row in table.rows),
        header,
        unlabelled=True,
        usual=False,
    )
    return (one, as_rows, stacked, *_in_two(table, cells, header), _turned_over(table, index))


def _own_labels(table: LexiconTable, index: LabelIndex) -> dict[str, list[tuple[LabelKind, str]]]:
    """What each label of a table names, by key."""
    found: dict[str, list[tuple[LabelKind, str]]] = {}
    for key, meanings in index.meanings.items():
        own = [(meaning.label.kind, meaning.label.id) for meaning in meanings if meaning.table.id == table.id]
        if own:
            found[key] = own
    return found


def _as_rows(table: LexiconTable, index: LabelIndex) -> Shape:
    own = _own_labels(table, index)
    numbers = {row.id: number for number, row in enumerate(table.rows)}
    labels = {
        key: tuple(numbers[name] for kind, name in named if kind in _ROW_KINDS and name in numbers)
        for key, named in own.items()
    }
    groups = {key: name for key, named in own.items() for kind, name in named if kind is LabelKind.ROW_GROUP}
    rows = tuple(
        ShapeRow(
            row.id,
            tuple(f"{table.id}.{row.id}.{column}" for column in row.columns),
            row.columns,
            row.depth,
            tuple(key for key, rows in labels.items() if number in rows),
            row.groups,
            row.id if row.one_row_group else "",
        )
        for number, row in enumerate(table.rows)
    )
    columns = frozenset(key for key, named in own.items() if any(kind is LabelKind.COLUMN for kind, _ in named))
    return Shape("rows", table, rows, labels, groups, columns, usual=not table.one_line)


def _in_two(
    table: LexiconTable, cells: Mapping[str, tuple[str, ...]], header: Mapping[str, tuple[int, ...]]
) -> tuple[Shape, ...]:
    """The rows outside of groups, and those of each group side by side below them."""
    parts: dict[str, list[str]] = {}
    for row in table.rows:
        parts.setdefault(row.groups[0] if row.groups else row.id, []).append(row.id)
    if len(parts) in (1, len(table.rows)):
        return ()
    columns = {row.id: row.columns for row in table.rows}
    rows = tuple(
        ShapeRow(
            name,
            tuple(cell for row in members for cell in cells[row]),
            tuple(column for row in members for column in columns[row]),
        )
        for name, members in parts.items()
    )
    return (Shape("stacked_groups", table, rows, header, unlabelled=True, usual=False),)


def _turned_over(table: LexiconTable, index: LabelIndex) -> Shape:
    """Columns as rows: each column's label with one value a row of the table."""
    own = _own_labels(table, index)
    numbers = {column: number for number, column in enumerate(table.columns)}
    labels = {
        key: tuple(numbers[name] for kind, name in named if kind is LabelKind.COLUMN) for key, named in own.items()
    }
    names = tuple(row.id for row in table.rows if not row.one_row_group)
    rows = tuple(
        ShapeRow(
            column,
            tuple(f"{table.id}.{name}.{column}" for name in names),
            names,
            0,
            tuple(key for key, rows in labels.items() if number in rows),
        )
        for number, column in enumerate(table.columns)
    )
    return Shape(TURNED_OVER, table, rows, labels, usual=False)
