"""What becomes of prints on their way: line ends lost, labels gone, page numbers and notes inside tables, columns moved.

A damage prints a report in a layout, does its harm, and gives the text and what can still be read in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport, PrintedRow, PrintedTable

Damage = Callable[[GeneratedReport, Random, str], tuple[str, GeneratedReport]]
_NUMBERS = re.compile(r"[\d\s|.,]*\d[\d\s|.,]*")


def as_it_is(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    return print_layout(report, random, layout), report


def on_one_line(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    """Line ends dropped, or turned into blanks where lines end with digits that would run together."""
    text = print_layout(report, random, layout)
    return re.sub(r"(?<=\d)[\t ]*\n\s*(?=\d)", " ", text).replace("\n", ""), report


def numbers_rewrapped(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    """Line ends inside the numbers of rows added and removed."""
    lines = print_layout(report, random, layout).split("\n")
    out: list[str] = []
    for line in lines:
        alone = _NUMBERS.fullmatch(line) is not None
        if alone and out and _NUMBERS.fullmatch(out[-1]) and random.random() < 0.3 and "|" not in line:
            out[-1] = f"{out[-1]} {line.strip()}"
        elif random.random() < 0.3 and re.search(r"\d \d+\s*$", line):
            head, _, tail = line.rstrip().rpartition(" ")
            out += [head, tail]
        else:
            out.append(line)
    return "\n".join(out), report


def three_labels_deleted(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    rows = random.sample([row.id for row in report.sheet.tables["requests"].rows], 3)

    def change(table: PrintedTable) -> PrintedTable:
        if table.id != "requests":
            return table
        return table.with_rows(lambda row: replace(row, label="") if row.id in rows else row)

    return print_layout(report.with_sheet(report.sheet.with_tables(change)), random, layout), report


def _inserted(
    report: GeneratedReport, random: Random, layout: str, make: Callable[[], str]
) -> tuple[str, GeneratedReport]:
    lines = print_layout(report, random, layout).split("\n")
    start = next((number for number, line in enumerate(lines) if "本年新收" in line or "规章" in line), len(lines) // 2)
    end = next((number for number in range(start, len(lines)) if "存在的主要问题" in lines[number]), len(lines) - 1)
    for _ in range(2):
        lines.insert(random.randint(start, max(start, end - 1)), make())
    return "\n".join(lines), report


def page_numbers_inside(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    return _inserted(report, random, layout, lambda: str(random.randint(2, 12)))


def notes_inside(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    return _inserted(
        report,
        random,
        layout,
        lambda: random.choice(("（接上页）", "注：以上数据截至年底。", "续表", "政府信息公开年报")),
    )


def numbers_of_a_row_deleted(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    row = random.choice([row.id for row in report.sheet.tables["requests"].rows])
    gone = [cell for cell in report.cells if cell.startswith(f"requests.{row}.")]
    sheet = report.sheet.with_texts(lambda cell, text: "" if cell in gone else text)
    return print_layout(replace(report, sheet=sheet), random, layout), replace(
        report, sheet=sheet, cells={**report.cells, **dict.fromkeys(gone)}
    )


def columns_reordered(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    """The five kinds of organisations in another order, header and values alike; and the columns of table 2."""

    def change(table: PrintedTable) -> PrintedTable:
        if table.id == "review":
            return table
        ids = [column.id for column in table.columns]
        movable = [1, 2, 3, 4, 5] if table.id == "requests" else [0, 1, 2]
        shuffled = movable[:]
        random.shuffle(shuffled)
        order = list(range(len(ids)))
        for to, source in zip(movable, shuffled, strict=True):
            order[to] = source
        columns = tuple(table.columns[number] for number in order)
        rank = {column.id: number for number, column in enumerate(columns)}

        def change_row(row: PrintedRow) -> PrintedRow:
            pairs = sorted(zip(row.columns, row.texts, strict=True), key=lambda pair: rank[pair[0]])
            return replace(row, columns=tuple(column for column, _ in pairs), texts=tuple(text for _, text in pairs))

        return replace(table, columns=columns).with_rows(change_row)

    return print_layout(report.with_sheet(report.sheet.with_tables(change)), random, layout), report


def header_of_the_other_format(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    names = {"本年制发件数": "本年新制作数量", "本年废止件数": "本年新公开数量", "现行有效件数": "对外公开总数量"}
    text = print_layout(
        report.with_sheet(report.sheet.with_labels(lambda label: names.get(label, label))), random, layout
    )
    gone = [cell for cell in report.cells if cell.startswith(("proactive.regulations", "proactive.normative"))]
    return text, replace(report, cells={**report.cells, **dict.fromkeys(gone)})


DAMAGES: tuple[Damage, ...] = (
    as_it_is,
    on_one_line,
    numbers_rewrapped,
    three_labels_deleted,
    page_numbers_inside,
    notes_inside,
    numbers_of_a_row_deleted,
    columns_reordered,
    header_of_the_other_format,
)
