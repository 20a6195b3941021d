"""Planted errors: a consistent report in which exactly one thing is made wrong, and what that thing is.

    plant(kind, report, layout, random) -> (document text, Planted)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.generation.equations import violated_equations
from tests.generation.layouts import print_layout
from tests.generation.sheets import GeneratedReport, PrintedRow, PrintedSection, Sheet
from tests.generation.table_format import cell_ids, tables

TABLES_WITH_EQUATIONS = ("requests.", "review.")


@dataclass(frozen=True)
class Planted:
    """What was made wrong.

    ``cells``: the cells concerned. ``expectation``: the kind of finding to expect, in words. ``report``: the document
    after the change, its ``cells`` as now printed (None = blank or without a number), ``absent`` those not printed.
    ``equations``: the names of the equations that no longer hold.
    """

    kind: str
    cells: tuple[str, ...]
    expectation: str
    report: GeneratedReport
    detail: str = ""

    @property
    def equations(self) -> tuple[str, ...]:
        return violated_equations(self.report.cells)


Planter = Callable[[GeneratedReport, Random], Planted]


def _cells_with_equations() -> list[str]:
    return [cell for cell in cell_ids() if cell.startswith(TABLES_WITH_EQUATIONS)]


def _count_cells() -> list[str]:
    amounts = {f"{t.id}.{r.id}.{c.id}" for t in tables().values() for r in t.rows for c in t.columns_of(r) if c.is_amount}
    return [cell for cell in cell_ids() if cell not in amounts]


def _whole(report: GeneratedReport, cell: str) -> int:
    return int(report.cells[cell] or 0)


# --- one wrong number -------------------------------------------------------------------------------------------------


def _wrong_value(report: GeneratedReport, kind: str, cell: str, value: int) -> Planted:
    detail = f"{cell}: {_whole(report, cell)} -> {value}"
    return Planted(kind, (cell,), "an equation of the table does not hold", report.with_value(cell, value), detail)


def one_more(report: GeneratedReport, random: Random) -> Planted:
    """Any cell of table 3 or 4 is one too large."""
    cell = random.choice(_cells_with_equations())
    return _wrong_value(report, "one_more", cell, _whole(report, cell) + 1)


def one_less(report: GeneratedReport, random: Random) -> Planted:
    """A cell that is not 0 is one too small; one too large where all are 0."""
    positive = [cell for cell in _cells_with_equations() if _whole(report, cell) > 0]
    if not positive:
        return replace(one_more(report, random), kind="one_less")
    cell = random.choice(positive)
    return _wrong_value(report, "one_less", cell, _whole(report, cell) - 1)


def ten_times(report: GeneratedReport, random: Random) -> Planted:
    """A digit too many; ten where all cells are 0."""
    positive = [cell for cell in _cells_with_equations() if _whole(report, cell) > 0]
    cell = random.choice(positive or _cells_with_equations())
    return _wrong_value(report, "ten_times", cell, _whole(report, cell) * 10 or 10)


def _swapped(number: int) -> int:
    """The number with its last two differing neighbours swapped; the number itself where there are none."""
    digits = list(str(number))
    for place in range(len(digits) - 1, 0, -1):
        if digits[place] != digits[place - 1] and not (place == 1 and digits[1] == "0"):
            digits[place], digits[place - 1] = digits[place - 1], digits[place]
            return int("".join(digits))
    return number


def digits_swapped(report: GeneratedReport, random: Random) -> Planted:
    """Two neighbouring digits changed places; one too many where no cell has two digits."""
    candidates = [cell for cell in _cells_with_equations() if _swapped(_whole(report, cell)) != _whole(report, cell)]
    if not candidates:
        return replace(one_more(report, random), kind="digits_swapped")
    cell = random.choice(candidates)
    return _wrong_value(report, "digits_swapped", cell, _swapped(_whole(report, cell)))


def neighbouring_column(report: GeneratedReport, random: Random) -> Planted:
    """A result is booked one column off: both columns' equations fail, the rows' still hold."""
    table = tables()["requests"]
    columns = [column.id for column in table.columns if column.id != "total"]
    rows = [row.id for row in table.rows if row.id != "results_total"]
    filled = [
        (row, place)
        for row in rows
        for place, column in enumerate(columns)
        if _whole(report, f"requests.{row}.{column}") > 0
    ]
    if not filled:
        return replace(one_more(report, random), kind="neighbouring_column")
    row, place = random.choice(filled)
    beside = place + 1 if place + 1 < len(columns) else place - 1
    source, target = (f"requests.{row}.{columns[index]}" for index in (place, beside))
    moved = _whole(report, source)
    changed = report.with_value(source, 0).with_value(target, _whole(report, target) + moved)
    detail = f"{moved} moved from {source} to {target}"
    return Planted("neighbouring_column", (source, target), "an equation of two columns does not hold", changed, detail)


# --- a value that is no count -----------------------------------------------------------------------------------------


def negative_count(report: GeneratedReport, random: Random) -> Planted:
    cell = random.choice(_count_cells())
    value = -max(1, _whole(report, cell))
    return Planted("negative_count", (cell,), "a count is negative", report.with_value(cell, value), f"{cell}: {value}")


def fraction_count(report: GeneratedReport, random: Random) -> Planted:
    cell = random.choice(_count_cells())
    value = _whole(report, cell) + 0.5
    return Planted("fraction_count", (cell,), "a count is no whole number", report.with_value(cell, value), f"{cell}: {value}")


def text_instead_of_number(report: GeneratedReport, random: Random) -> Planted:
    cell = random.choice(_count_cells())
    text = random.choice(("详见附件", "若干", "见下表", "未统计"))
    changed = replace(report.with_value(cell, None, text), unreadable=frozenset({cell}))
    return Planted("text_instead_of_number", (cell,), "a cell holds text and no number", changed, f"{cell}: {text}")


# --- rows and tables --------------------------------------------------------------------------------------------------


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
    return Planted("row_left_out", cells, "a row of the format is missing", _without(report, cells, sheet), chosen.label)


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


def table_missing(report: GeneratedReport, random: Random) -> Planted:
    """A heading without its table, as where it was an image."""
    chosen = random.choice(list(report.sheet.tables))
    cells = tables()[chosen].cell_ids()
    remaining = {identifier: table for identifier, table in report.sheet.tables.items() if identifier != chosen}
    changed = _without(report, cells, replace(report.sheet, tables=remaining))
    return Planted("table_missing", cells, "a table is not printed; rules on it cannot be assessed", changed, chosen)


# --- sections and title -----------------------------------------------------------------------------------------------


def _with_section(report: GeneratedReport, chosen: PrintedSection, sections: tuple[PrintedSection, ...]) -> GeneratedReport:
    at = report.sheet.sections.index(chosen)
    changed = (*report.sheet.sections[:at], *sections, *report.sheet.sections[at + 1 :])
    return report.with_sheet(replace(report.sheet, sections=changed))


def heading_missing(report: GeneratedReport, random: Random) -> Planted:
    """The heading line of a section is gone, its text and table are still there."""
    chosen = random.choice(report.sheet.sections)
    changed = _with_section(report, chosen, (replace(chosen, heading=""),))
    return Planted("heading_missing", (), "a section is missing", changed, chosen.id)


def heading_without_number(report: GeneratedReport, random: Random) -> Planted:
    """A heading lacks its 五、."""
    chosen = random.choice(report.sheet.sections)
    changed = _with_section(report, chosen, (replace(chosen, heading=chosen.heading.split("、", 1)[1]),))
    return Planted("heading_without_number", (), "a heading has no number", changed, chosen.id)


def section_repeated(report: GeneratedReport, random: Random) -> Planted:
    """A section of running text stands in the report twice."""
    chosen = random.choice([section for section in report.sheet.sections if not section.table])
    changed = _with_section(report, chosen, (chosen, chosen))
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


WRONG_NUMBERS: dict[str, Planter] = {
    planter.__name__: planter for planter in (one_more, one_less, ten_times, digits_swapped, neighbouring_column)
}
WRONG_STRUCTURE: dict[str, Planter] = {
    planter.__name__: planter
    for planter in (
        negative_count,
        fraction_count,
        text_instead_of_number,
        row_left_out,
        row_with_six_values,
        row_with_eight_values,
        unknown_label,
        table_missing,
        heading_missing,
        heading_without_number,
        section_repeated,
        sections_out_of_order,
        title_of_another_year,
    )
}
PLANTERS: dict[str, Planter] = WRONG_NUMBERS | WRONG_STRUCTURE


def plant(kind: str, report: GeneratedReport, layout: str, random: Random) -> tuple[str, Planted]:
    """The report printed in ``layout`` with one error of ``kind`` (a key of ``PLANTERS``), and what was planted."""
    planted = PLANTERS[kind](report, random)
    return print_layout(planted.report, random, layout), planted
