"""A report as it is about to be printed: every text in place, no layout yet.

Variations and planted errors change a ``Sheet``; the printers of the layouts only read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.generation.table_format import Group, format_of_cells, tables

Value = int | float | None


@dataclass(frozen=True)
class PrintedColumn:
    id: str
    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class PrintedRow:
    """One row: the headings around it, its label and the texts of its cells, in the order of ``columns``."""

    id: str
    groups: tuple[Group, ...]
    label: str
    columns: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    id: str
    caption: str
    header_word: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]

    def with_rows(self, change: Callable[[PrintedRow], PrintedRow]) -> PrintedTable:
        return replace(self, rows=tuple(change(row) for row in self.rows))


@dataclass(frozen=True)
class PrintedSection:
    """One section: its heading line, its paragraphs, the id of the table that follows (or "") and notes under it."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    table: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The whole document. ``title`` may stand on several lines; ``closing`` is the signature and the date."""

    agency: str
    publication_date: tuple[int, int, int]
    title: tuple[str, ...]
    front_matter: tuple[str, ...]
    sections: tuple[PrintedSection, ...]
    tables: Mapping[str, PrintedTable]
    closing: tuple[str, ...]

    def with_table(self, table: PrintedTable) -> Sheet:
        return replace(self, tables={**self.tables, table.id: table})

    def with_tables(self, change: Callable[[PrintedTable], PrintedTable]) -> Sheet:
        return replace(self, tables={identifier: change(table) for identifier, table in self.tables.items()})

    def with_texts(self, change: Callable[[str, str], str]) -> Sheet:
        """The sheet with every cell's text replaced by ``change(cell id, text)``."""

        def change_table(table: PrintedTable) -> PrintedTable:
            def change_row(row: PrintedRow) -> PrintedRow:
                identifiers = (f"{table.id}.{row.id}.{column}" for column in row.columns)
                return replace(row, texts=tuple(map(change, identifiers, row.texts)))

            return table.with_rows(change_row)

        return self.with_tables(change_table)

    def with_labels(self, change: Callable[[str], str]) -> Sheet:
        """The sheet with every label of its tables, headings around rows and columns included, changed."""

        def change_groups(groups: tuple[Group, ...]) -> tuple[Group, ...]:
            return tuple(Group(group.id, changed(group.label)) for group in groups)

        known: dict[str, str] = {}

        def changed(label: str) -> str:
            # a heading around several rows is printed once, so it must change the same way for all of them
            if label not in known:
                known[label] = change(label)
            return known[label]

        def change_table(table: PrintedTable) -> PrintedTable:
            columns = (replace(c, label=changed(c.label), groups=change_groups(c.groups)) for c in table.columns)
            rows = (replace(r, label=changed(r.label), groups=change_groups(r.groups)) for r in table.rows)
            return replace(
                table,
                caption=changed(table.caption),
                header_word=changed(table.header_word),
                columns=tuple(columns),
                rows=tuple(rows),
            )

        return self.with_tables(change_table)

    def with_prose(self, change: Callable[[str], str]) -> Sheet:
        """The sheet with every paragraph of running text changed; titles and headings stay."""
        sections = tuple(replace(s, paragraphs=tuple(map(change, s.paragraphs))) for s in self.sections)
        return replace(self, front_matter=tuple(map(change, self.front_matter)), sections=sections)

    def with_headings(self, change: Callable[[str], str]) -> Sheet:
        return replace(self, sections=tuple(replace(s, heading=change(s.heading)) for s in self.sections))


@dataclass(frozen=True)
class GeneratedReport:
    """A document and the truth about it.

    ``cells`` holds all cell ids in statutory order; the value that is printed, or None where there is none. Then the
    cell is in ``absent`` (a planted error keeps it out of the document), in ``unreadable`` (a planted text stands in
    it), or it is printed empty or as a placeholder.
    """

    agency: str
    year: int
    cells: Mapping[str, Value]
    sheet: Sheet
    absent: frozenset[str] = field(default=frozenset())
    unreadable: frozenset[str] = field(default=frozenset())

    @property
    def format(self) -> str:
        """The format that the tables follow."""
        return format_of_cells(self.cells)

    @property
    def blank(self) -> tuple[str, ...]:
        """The cells that are printed empty or as a placeholder."""
        elsewhere = self.absent | self.unreadable
        return tuple(cell for cell, value in self.cells.items() if value is None and cell not in elsewhere)

    def with_sheet(self, sheet: Sheet) -> GeneratedReport:
        return replace(self, sheet=sheet)

    def with_value(self, cell: str, value: Value, text: str | None = None) -> GeneratedReport:
        """The report with one cell printed differently; ``text`` says how, where it is not simply the number."""
        printed = printed_value(value) if text is None else text
        sheet = self.sheet.with_texts(lambda identifier, old: printed if identifier == cell else old)
        return replace(self, cells={**self.cells, cell: value}, sheet=sheet)


def printed_value(value: Value) -> str:
    """A number as a report prints it: 12, 12.5, nothing for None."""
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def printed_tables(cells: Mapping[str, Value]) -> dict[str, PrintedTable]:
    """The tables of the format that has these cells, filled with them."""
    filled = {}
    for table in tables(format_of_cells(cells)).values():
        rows = []
        for row in table.rows:
            columns = tuple(column.id for column in table.columns_of(row))
            texts = tuple(printed_value(cells[f"{table.id}.{row.id}.{column}"]) for column in columns)
            rows.append(PrintedRow(row.id, row.groups, row.label, columns, texts))
        header = tuple(PrintedColumn(column.id, column.label, column.groups) for column in table.columns)
        filled[table.id] = PrintedTable(table.id, table.caption, table.header_word, header, tuple(rows))
    return filled
