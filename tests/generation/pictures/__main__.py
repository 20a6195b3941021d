"""Write pictures of invented reports with their truth.

python -m tests.generation.pictures --count 300 --seed N --out DIR [--hostile]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.generation.pictures.browser_pages import PageBrowser
from tests.generation.pictures.cases import PictureCase, picture_cases
from tests.generation.pictures.containers import Files
from tests.generation.pictures.hostile import hostile_files


def write_files(folder: Path, files: Files) -> Path:
    """The files below a folder; the path of the first."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / next(iter(files))


def write_cases(folder: Path, cases: Iterable[PictureCase]) -> int:
    """A folder a case, and ``truth.json``; how many there are."""
    truths = []
    for case in cases:
        write_files(folder / case.name, case.files)
        truths.append(case.truth())
    (folder / "truth.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(truths)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.generation.pictures", description="Write pictures of reports.")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    parser.add_argument("--count", type=int, default=60, help="how many cases (default: %(default)s)")
    parser.add_argument("--seed", default="0", help="the same seed gives the same pictures (default: %(default)s)")
    parser.add_argument("--hostile", action="store_true", help="the files that are to be refused or survived instead")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.hostile:
        for name, content in hostile_files():
            (options.out / name).write_bytes(content)
        return 0
    with PageBrowser() as browser:
        write_cases(options.out, picture_cases(options.count, options.seed, browser))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
