"""What aligning a document yields: its tokens, its sections, and for each table the cells and how they were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.grammar.alignment.filling.column_order import HeaderLabel
from disclosure_checks.grammar.alignment.path_search.shapes import Shape, ShapeRow
from disclosure_checks.grammar.alignment.scanning.tokens import TokenStream
from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.model.report import Cell, Evidence, Place


class AlignedRow(NamedTuple):
    """A row as it was found. ``label``: the places of its label's tokens, none where it is not printed.

    ``start``, ``end``: where its values stand; ``header``: the places of the header's labels last printed before it.
    """

    row: ShapeRow
    label: tuple[int, ...]
    start: int
    end: int
    header: tuple[int, ...] = ()


class UnknownRow(NamedTuple):
    """A row that the format does not know; ``after``: the id of the known row before it ("" at the top)."""

    label: int
    start: int
    end: int
    after: str


@dataclass
class TableAlignment:
    """One table of the format. ``price``: of the way that was taken; infinite where the table is not printed.

    ``open``: for each row that is not clear, where its values could stand too (None: nowhere).
    ``contradicted``: the rows that are printed a second time with other values, which is told of them.
    ``relied_on``: the cells of every equation that was used to tell values apart.
    ``start``, ``end``: the part of the stream that the table takes. ``by_outer_labels``: the columns are taken as the
    labels of the header's upper lines stand. ``columns_open``: the header may say another order of them.
    """

    table: LexiconTable
    shape: Shape
    price: float
    start: int = 0
    end: int = 0
    by_outer_labels: bool = False
    columns_open: bool = False
    cells: dict[str, Cell] = field(default_factory=dict)
    rows: list[AlignedRow] = field(default_factory=list)
    repeated: list[AlignedRow] = field(default_factory=list)
    unknown: list[UnknownRow] = field(default_factory=list)
    headers: list[HeaderLabel] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    open: dict[str, tuple[tuple[int, int] | None, ...]] = field(default_factory=dict)
    contradicted: set[str] = field(default_factory=set)
    irregular: dict[str, list[Evidence]] = field(default_factory=dict)
    relied_on: set[frozenset[str]] = field(default_factory=set)

    def note(self, fact: str, place: Place | None, text: str, cells: tuple[str, ...] = (), expected: str = "") -> None:
        """Records one occurrence behind a fact of the table."""
        self.irregular.setdefault(fact, []).append(Evidence(place, text, cells, expected))


@dataclass(frozen=True)
class DocumentAlignment:
    """A whole document. ``headings``: the places of the section headings in the stream."""

    stream: TokenStream
    headings: tuple[int, ...]
    tables: Mapping[str, TableAlignment]

    @property
    def price(self) -> float:
        """What the document costs as one of this format; a table that is not printed costs its rows."""
        return sum(table.price for table in self.tables.values())
