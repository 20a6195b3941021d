"""Planted errors in the structure: rows, tables, sections and the title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generation.planting.planted import Planted
from tests.generation.sheets import GeneratedReport, PrintedRow, PrintedSection, Sheet, Value
from tests.generation.table_format import tables

MERGED_GROUP = "other"


def _row_cells(table: str, row: PrintedRow) -> tuple[str, ...]:
    return tuple(f"{table}.{row.id}.{column}" for column in row.columns)


def _without(report: GeneratedReport, cells: tuple[str, ...], sheet: Sheet) -> GeneratedReport:
    return replace(
        report,
        sheet=sheet,
        cells={**report.cells, **dict.fromkeys(cells)},
        absent=report.absent | frozenset(cells),
    )


def _request_row(report: GeneratedReport, random: Random) -> PrintedRow:
    return random.choice(report.sheet.tables["requests"].rows)


def _with_request_rows(sheet: Sheet, change: Callable[[PrintedRow], PrintedRow | None]) -> Sheet:
    table = sheet.tables["requests"]
    rows = tuple(changed for row in table.rows if (changed := change(row)) is not None)
    return sheet.with_table(replace(table, rows=rows))


def row_left_out(report: GeneratedReport, random: Random) -> Planted:
    """A row of table 3 is not printed at all."""
    chosen = _request_row(report, random)
    cells = _row_cells("requests", chosen)
    sheet = _with_request_rows(report.sheet, lambda row: None if row.id == chosen.id else row)
    changed = _without(report, cells, sheet)
    return Planted("row_left_out", cells, "a row of the format is missing", changed, chosen.label)


def row_with_six_values(report: GeneratedReport, random: Random) -> Planted:
    """A row of table 3 lacks a value; which one cannot be told from the document alone."""
    chosen = _request_row(report, random)
    left_out = random.randrange(len(chosen.texts))

    def change(row: PrintedRow) -> PrintedRow:
        texts = tuple(text for place, text in enumerate(row.texts) if place != left_out)
        return replace(row, texts=texts) if row.id == chosen.id else row

    cells = _row_cells("requests", chosen)
    changed = _without(report, cells, _with_request_rows(report.sheet, change))
    return Planted("row_with_six_values", cells, "a row has fewer values than columns", changed, chosen.label)


def row_with_eight_values(report: GeneratedReport, random: Random) -> Planted:
    """A row of table 3 has a value too many; which one cannot be told from the document alone."""
    chosen = _request_row(report, random)
    place = random.randint(0, len(chosen.texts))

    def change(row: PrintedRow) -> PrintedRow:
        texts = (*row.texts[:place], "0", *row.texts[place:])
        return replace(row, texts=texts) if row.id == chosen.id else row

    cells = _row_cells("requests", chosen)
    changed = report.with_sheet(_with_request_rows(report.sheet, change))
    return Planted("row_with_eight_values", cells, "a row has more values than columns", changed, chosen.label)


def unknown_label(report: GeneratedReport, random: Random) -> Planted:
    """A label no format knows stands where a row of table 3 should be."""
    chosen = _request_row(report, random)
    ordinal = chosen.label[: 3 if chosen.label.startswith("（") else 2]
    label = ordinal + random.choice(("跨部门联合会商事项", "网络舆情核实转办", "历史档案移交登记"))
    cells = _row_cells("requests", chosen)
    sheet = _with_request_rows(report.sheet, lambda row: replace(row, label=label) if row.id == chosen.id else row)
    expectation = "a row has a label the format does not know, and a row of the format is missing"
    return Planted("unknown_label", cells, expectation, _without(report, cells, sheet), f"{chosen.label} -> {label}")


def group_as_one_row(report: GeneratedReport, random: Random) -> Planted:
    """（六）其他处理 printed as one row, as on the older tables; its cells are ``requests.other.<column>``."""
    table = report.sheet.tables["requests"]
    members = [row for row in table.rows if row.groups and row.groups[-1].id == MERGED_GROUP]
    columns = members[0].columns
    sums = {column: sum(int(report.cells[f"requests.{row.id}.{column}"] or 0) for row in members) for column in columns}
    texts = tuple(str(count) for count in sums.values())
    group = members[0].groups[-1]
    merged = PrintedRow(group.id, members[0].groups[:-1], group.label, columns, texts)
    others = {row.id for row in members[1:]}

    def change(row: PrintedRow) -> PrintedRow | None:
        if row.id in others:
            return None
        return merged if row.id == members[0].id else row

    cells = tuple(cell for row in members for cell in _row_cells("requests", row))
    changed = _without(report, cells, _with_request_rows(report.sheet, change))
    group_cells: dict[str, Value] = {f"requests.{group.id}.{column}": count for column, count in sums.items()}
    changed = replace(changed, cells={**changed.cells, **group_cells})
    return Planted("group_as_one_row", cells, "a group of rows is printed as one row", changed, group.label)


def table_missing(report: GeneratedReport, random: Random) -> Planted:
    """A heading without its table, as where it was an image."""
    chosen = random.choice(list(report.sheet.tables))
    cells = tables(report.format)[chosen].cell_ids()
    remaining = {identifier: table for identifier, table in report.sheet.tables.items() if identifier != chosen}
    changed = _without(report, cells, replace(report.sheet, tables=remaining))
    return Planted("table_missing", cells, "a table is not printed; rules on it cannot be assessed", changed, chosen)


def _with_section(report: GeneratedReport, chosen: PrintedSection, *printed: PrintedSection) -> GeneratedReport:
    """The report with ``printed`` in place of the chosen section."""
    at = report.sheet.sections.index(chosen)
    changed = (*report.sheet.sections[:at], *printed, *report.sheet.sections[at + 1 :])
    return report.with_sheet(replace(report.sheet, sections=changed))


def heading_missing(report: GeneratedReport, random: Random) -> Planted:
    """The heading line of a section is gone, its text and table are still there."""
    chosen = random.choice(report.sheet.sections)
    changed = _with_section(report, chosen, replace(chosen, heading=""))
    return Planted("heading_missing", (), "a section is missing", changed, chosen.id)


def heading_without_number(report: GeneratedReport, random: Random) -> Planted:
    """A heading lacks its 五、."""
    chosen = random.choice(report.sheet.sections)
    changed = _with_section(report, chosen, replace(chosen, heading=chosen.heading.split("、", 1)[1]))
    return Planted("heading_without_number", (), "a heading has no number", changed, chosen.id)


def section_repeated(report: GeneratedReport, random: Random) -> Planted:
    """A section of running text stands in the report twice."""
    chosen = random.choice([section for section in report.sheet.sections if not section.table])
    changed = _with_section(report, chosen, chosen, chosen)
    return Planted("section_repeated", (), "a section stands in the report more than once", changed, chosen.id)


def sections_out_of_order(report: GeneratedReport, random: Random) -> Planted:
    """The last two sections changed places."""
    *others, fifth, sixth = report.sheet.sections
    changed = report.with_sheet(replace(report.sheet, sections=(*others, sixth, fifth)))
    return Planted("sections_out_of_order", (), "a section stands in the wrong place", changed, fifth.id)


def title_of_another_year(report: GeneratedReport, random: Random) -> Planted:
    """The title names the year before, or after; period and tables keep theirs."""
    other = report.year + random.choice((-1, 1))
    title = tuple(line.replace(str(report.year), str(other)) for line in report.sheet.title)
    changed = report.with_sheet(replace(report.sheet, title=title))
    return Planted("title_of_another_year", (), "title and period name different years", changed, str(other))
