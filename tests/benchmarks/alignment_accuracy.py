"""How many cells of damaged prints are read right, left open, left out and read wrong, by layout and by damage.

python -m tests.benchmarks.alignment_accuracy [reports a layout] [seed] [damages or layouts ...]
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from random import Random
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Cell, CellStatus, Report
from tests.checking import reader
from tests.generation.damages import DAMAGES
from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS
from tests.generation.sheets import Value
from tests.generation.truth import random_reports

OUTCOMES = ("right", "open", "absent", "wrong")
TEXT_LAYOUTS = [*LAYOUTS, *(name for name in LATER_LAYOUTS if "html" not in name)]


class DamagedText(NamedTuple):
    """A text, and what can be read in it; None for a cell that is not printed."""

    damage: str
    layout: str
    number: int
    text: str
    cells: Mapping[str, Value]


class Tally:
    """Outcomes by damage, and by damage and layout; processor seconds."""

    def __init__(self) -> None:
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds = 0.0
        self.texts = 0

    def add(self, printed: DamagedText, cells: Mapping[str, Cell]) -> None:
        self.texts += 1
        for kind in (printed.damage, f"{printed.damage}/{printed.layout}"):
            self.outcomes[kind].update(outcome(cells.get(cell), value) for cell, value in printed.cells.items())

    def lines(self) -> Iterator[str]:
        """A line a damage, and one for each layout in which something was not read right."""
        for kind, counts in self.outcomes.items():
            total = sum(counts.values())
            if "/" in kind and counts["right"] == total:
                continue
            shares = "  ".join(f"{100 * counts[name] / total:6.2f}" for name in OUTCOMES)
            yield f"{kind:75} {shares} | wrong cells {counts['wrong']}"
        yield f"{self.texts} texts; a text: {1000 * self.seconds / self.texts:.1f} ms"


def outcome(cell: Cell | None, value: Value) -> str:
    """right, open (ambiguous or unreadable), absent, or wrong."""
    if cell is None or cell.status in (CellStatus.ABSENT, CellStatus.BLANK):
        return "right" if value is None else "absent"
    if math.isnan(cell.value):
        return "open"
    return "right" if cell.value == value else "wrong"


def damaged_texts(count: int, seed: str, only: Collection[str]) -> Iterator[DamagedText]:
    for damage in DAMAGES:
        name = damage.__name__
        for layout in TEXT_LAYOUTS:
            if only and name not in only and layout not in only and f"{name}/{layout}" not in only:
                continue
            for number, generated in enumerate(random_reports(count, seed=f"{seed} {layout}")):
                text, truth = damage(generated, Random(f"{seed} {layout} {name} {number}"), layout)
                yield DamagedText(name, layout, number, text, truth.cells)


def wrong_cells(printed: DamagedText, cells: Mapping[str, Cell]) -> Iterator[str]:
    """What was read that is not what was printed, rows that were not printed included."""
    for name, cell in cells.items():
        value = printed.cells.get(name)
        if not math.isnan(cell.value) and cell.value != value:
            yield f"WRONG {printed.damage}/{printed.layout} {printed.number} {name}: {cell.value:g} for {value}"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seed = sys.argv[2] if len(sys.argv) > 2 else "tuning"
    tally = Tally()
    for printed in damaged_texts(count, seed, sys.argv[3:]):
        content = printed.text.encode()
        started = time.process_time()
        read = reader().read(content, "report.txt")
        tally.seconds += time.process_time() - started
        cells = read.cells if isinstance(read, Report) else {}
        tally.add(printed, cells)
        for line in wrong_cells(printed, cells):
            print(line)
    for line in tally.lines():
        print(line)


if __name__ == "__main__":
    main()
