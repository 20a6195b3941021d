"""Write a panel as text files, for trying the checks by hand.

python -m tests.generation.panel.text OUT --agencies 50 --seed 1
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.generation.panel.panel import random_panel


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.generation.panel.text", description="Write a panel.")
    parser.add_argument("out", type=Path, help="the folder to write the reports into")
    parser.add_argument("--agencies", type=int, default=50, help="how many bodies (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same files (default: %(default)s)")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for report in random_panel(options.agencies, options.seed).reports:
        (options.out / report.name).write_text(report.text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
