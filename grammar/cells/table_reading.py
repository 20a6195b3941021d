"""What reading a table yields before its facts are counted: cells, rows as they were found, irregularities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import LexiconRow, LexiconTable
from disclosure_checks.grammar.model.report import Cell, Evidence, Place
from disclosure_checks.grammar.rows.row_tokens import LabelLine, ValueLine


@dataclass
class TableReading:
    """What one table of the format turned out to hold, with the evidence for every irregularity.

    ``row_lengths``: the number of cells of each printed row of the document. ``columns_open``: the header may say
    another order of the columns. ``seen``: the cells that were seen in a picture;
    ``in_picture``: the whole table was, as far as one can tell.
    """

    table: LexiconTable
    cells: dict[str, Cell] = field(default_factory=dict)
    found: dict[str, ValueLine] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    headers: list[LabelLine] = field(default_factory=list)
    strays: list[Atom] = field(default_factory=list)
    irregular: dict[str, list[Evidence]] = field(default_factory=dict)
    unknown: list[ValueLine] = field(default_factory=list)
    row_lengths: Mapping[int, int] = field(default_factory=dict)
    contradicted: set[str] = field(default_factory=set)
    relied_on: set[frozenset[str]] = field(default_factory=set)
    place: Place | None = None
    columns_open: bool = False
    seen: frozenset[str] = frozenset()
    in_picture: bool = False

    def note(self, fact: str, evidence: Evidence) -> None:
        """Records one occurrence behind a fact of the table."""
        self.irregular.setdefault(fact, []).append(evidence)

    def row_cells(self, row: LexiconRow) -> tuple[str, ...]:
        """The ids of the cells of a row."""
        return cell_ids(self.table.id, row.id, row.columns)


@lru_cache(maxsize=4096)
def cell_ids(table: str, row: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the cells of a row in these columns."""
    return tuple(f"{table}.{row}.{column}" for column in columns)
