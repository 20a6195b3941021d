"""Write pictures of invented reports with their truth.

python -m tests.generation.pictures --count 300 --seed N --out DIR [--hostile]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from tests.generation.layouts.printing import print_layout
from tests.generation.pictures.browser_pages import PageBrowser
from tests.generation.pictures.cases import PictureCase, picture_cases
from tests.generation.pictures.containers import Files, encoded
from tests.generation.pictures.hostile import hostile_files
from tests.generation.pictures.pages import Page


def write_files(folder: Path, files: Files) -> Path:
    """The files below a folder; the path of the first."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / next(iter(files))


def write_cases(folder: Path, cases: Iterable[PictureCase]) -> int:
    """``cases``: a folder each; ``plain``: the same report as a web page; ``looks``: its pictures, to be looked at; and
    ``truth.json``. How many there are."""
    truths = []
    for case in cases:
        write_files(folder / "cases" / case.name, case.files)
        plain = print_layout(case.report, Random(case.name), "html_page")
        write_files(folder / "plain" / case.name, {"report.html": plain.encode()})
        write_files(folder / "looks" / case.name, {f"{n}.jpg": look(page) for n, page in enumerate(case.pages)})
        truths.append(case.truth())
        (folder / "truth.json").write_text(json.dumps(truths, ensure_ascii=False), encoding="utf-8")
    return len(truths)


def look(page: Page) -> bytes:
    """A picture as people look at it."""
    return encoded(page.image.convert("RGB"), "JPEG", 85)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.generation.pictures", description="Write pictures of reports."
    )
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
