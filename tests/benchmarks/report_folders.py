"""A folder of invented reports for the benchmarks: every layout in turn, a wrong number in every fourth report."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.generation.layouts.printing import LAYOUTS, print_layout
from tests.generation.planting.planting import WRONG_NUMBERS, plant
from tests.generation.truth import random_reports

EVERY_WRONG = 4


def write_reports(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Write ``count`` reports of distinct agencies into ``folder``; give their paths. The same seed, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    layouts, kinds = list(LAYOUTS), list(WRONG_NUMBERS)
    paths = []
    for number, report in enumerate(random_reports(count, seed)):
        random = Random(f"{seed}/{number}")
        layout = layouts[number % len(layouts)]
        if number % EVERY_WRONG == 0:
            text, _ = plant(kinds[number // EVERY_WRONG % len(kinds)], report, layout, random)
        else:
            text = print_layout(report, random, layout)
        path = folder / f"{number:05}_{layout}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
