"""Write a folder of invented reports, for trying the checks by hand and for benchmarks.

python -m tests.generation OUT --reports 1000 --seed 7 [--layout NAME] [--truth FILE]
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.sheets import GeneratedReport, printed_value
from tests.generation.truth import random_reports

CYCLE = "every layout in turn"


def _write_truth(path: Path, rows: Sequence[tuple[str, GeneratedReport]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("report", "agency", "year", "cell", "value"))
        for name, report in rows:
            for cell, value in report.cells.items():
                writer.writerow((name, report.agency, report.year, cell, printed_value(value)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.generation", description="Write invented reports.")
    parser.add_argument("out", type=Path, help="the folder to write the reports into")
    parser.add_argument("--reports", type=int, default=100, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same files (default: %(default)s)")
    parser.add_argument("--layout", choices=[*LAYOUTS, *LATER_LAYOUTS], metavar="NAME", help=f"default: {CYCLE}")
    parser.add_argument("--truth", type=Path, help="a CSV file for the true values, outside the folder of reports")
    options = parser.parse_args(arguments)
    if options.truth and options.truth.resolve().is_relative_to(options.out.resolve()):
        parser.error("the truth must stand outside the folder of reports, or it would be read as one")

    options.out.mkdir(parents=True, exist_ok=True)
    layouts = [options.layout] if options.layout else list(LAYOUTS)
    written: list[tuple[str, GeneratedReport]] = []
    for index, report in enumerate(random_reports(options.reports, options.seed)):
        layout = layouts[index % len(layouts)]
        ending = "html" if layout.startswith("html") else "txt"
        name = f"{index:04}_{layout}.{ending}"
        text = print_layout(report, Random(f"{options.seed}/{index}"), layout)
        (options.out / name).write_text(text, encoding="utf-8")
        written.append((name, report))
    if options.truth:
        _write_truth(options.truth, written)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
