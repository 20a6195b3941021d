"""How many cells alignment reads right, leaves open, leaves out and reads wrong, by layout and by damage, today beside it.

python -m tests.benchmarks.alignment_accuracy [reports a shape] [seed]
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from random import Random

from disclosure_checks.grammar.alignment.aligning import DocumentAligner
from disclosure_checks.grammar.model.report import CellStatus, Report
from tests.checking import lexicon, reader
from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.sheets import GeneratedReport, PrintedTable
from tests.generation.truth import random_reports

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
        return (
            table.with_rows(lambda row: row._replace(label="") if row.id in rows else row)
            if hasattr(table.rows[0], "_replace")
            else table.with_rows(lambda row: _with_label(row, "") if row.id in rows else row)
        )

    return print_layout(report.with_sheet(report.sheet.with_tables(change)), random, layout), report


def _with_label(row, label):
    from dataclasses import replace

    return replace(row, label=label)


def _inserted(
    report: GeneratedReport, random: Random, layout: str, make: Callable[[], str]
) -> tuple[str, GeneratedReport]:
    lines = print_layout(report, random, layout).split("\n")
    start = next((n for n, line in enumerate(lines) if "本年新收" in line or "规章" in line), len(lines) // 2)
    end = next((n for n in range(start, len(lines)) if "存在的主要问题" in lines[n]), len(lines) - 1)
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
    from dataclasses import replace

    return print_layout(replace(report, sheet=sheet), random, layout), replace(
        report, sheet=sheet, cells={**report.cells, **dict.fromkeys(gone)}
    )


def columns_reordered(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    """The five kinds of organisations in another order, header and values alike; and two columns of table 2."""
    from dataclasses import replace

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

        def change_row(row):
            pairs = sorted(zip(row.columns, row.texts, strict=True), key=lambda pair: rank[pair[0]])
            return replace(row, columns=tuple(c for c, _ in pairs), texts=tuple(t for _, t in pairs))

        return replace(table, columns=columns).with_rows(change_row)

    return print_layout(report.with_sheet(report.sheet.with_tables(change)), random, layout), report


def header_of_the_other_format(report: GeneratedReport, random: Random, layout: str) -> tuple[str, GeneratedReport]:
    from dataclasses import replace

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


def outcome(cell, value) -> str:
    """right, open (ambiguous or unreadable), absent, or wrong."""
    if cell is None or cell.status in (CellStatus.ABSENT, CellStatus.BLANK):
        return "right" if value is None else "absent"
    if math.isnan(cell.value):
        return "open"
    return "right" if cell.value == value else "wrong"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seed = sys.argv[2] if len(sys.argv) > 2 else "tuning"
    only = sys.argv[3:]
    aligner = DocumentAligner(lexicon())
    totals: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: {"alignment": Counter(), "today": Counter()})
    seconds = Counter()
    documents = 0
    for damage in DAMAGES:
        for layout in [*LAYOUTS, *(name for name in LATER_LAYOUTS if "html" not in name)]:
            if only and damage.__name__ not in only and layout not in only:
                continue
            for number, generated in enumerate(random_reports(count, seed=f"{seed} {layout}")):
                random = Random(f"{seed} {layout} {damage.__name__} {number}")
                text, truth = damage(generated, random, layout)
                documents += 1
                started = time.process_time()
                aligned = aligner.text(text.split("\n"))
                seconds["alignment"] += time.process_time() - started
                started = time.process_time()
                read = reader().read(text.encode(), "report.txt")
                seconds["today"] += time.process_time() - started
                cells = {cell: found for table in aligned.tables.values() for cell, found in table.cells.items()}
                for cell in cells.keys() - truth.cells.keys():
                    if not math.isnan(cells[cell].value):
                        print("WRONG", damage.__name__, layout, number, cell, cells[cell].value, "no such row")
                for cell, value in truth.cells.items():
                    kinds = (damage.__name__, f"{damage.__name__}/{layout}")
                    ours = outcome(cells.get(cell), value)
                    theirs = outcome(read.cells[cell] if isinstance(read, Report) else None, value)
                    for kind in kinds:
                        totals[kind]["alignment"][ours] += 1
                        totals[kind]["today"][theirs] += 1
                    if ours == "wrong":
                        print("WRONG", damage.__name__, layout, number, cell, cells[cell].value, value)
    names = ("right", "open", "absent", "wrong")
    for kind, both in totals.items():
        ours, theirs = both["alignment"], both["today"]
        total = sum(ours.values())
        if "/" in kind and ours["right"] >= total and ours["right"] >= theirs["right"]:
            continue
        print(
            f"{kind:75}",
            " ".join(f"{100 * ours[name] / total:6.2f}" for name in names),
            " | ",
            " ".join(f"{100 * theirs[name] / total:6.2f}" for name in names),
            ours["wrong"],
            theirs["wrong"],
        )
    print(documents, "documents", {name: f"{1000 * one / documents:.1f} ms" for name, one in seconds.items()})


if __name__ == "__main__":
    main()
