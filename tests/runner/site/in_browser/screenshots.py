"""Draws the pictures of the README anew, from a site of invented agencies as chromium shows it.

    python -m tests.runner.site.in_browser.screenshots [FOLDER]

FOLDER is docs/ where none is given. The pictures have few colours, so that they stay small; which ones a font is drawn
with depends on the machine, so they are drawn where the fonts of the README's readers are: Noto Sans CJK and Noto Serif CJK.
"""

from __future__ import annotations

import argparse
import csv
import io
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.checking import ROOT
from tests.generation.panel.panel import YEARS
from tests.runner.site.browser import Tab, browsing
from tests.runner.site.in_browser.invented_site import write_invented_site

COLOURS = 128


class Picture(NamedTuple):
    """What is drawn: a name, the page, and the height of the part of it that is shown."""

    name: str
    page: str
    height: int


def pictures(site: Path) -> list[Picture]:
    """The overview, and the report with the most errors."""
    with (site / "data" / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        reports = [row for row in csv.DictReader(file) if row["errors"]]
    failing = max(reports, key=lambda row: int(row["errors"]))["page"]
    return [
        Picture("overview", "index.html", 960),
        Picture("agency-page", failing, 1700),
    ]


def draw(tab: Tab, site: Path, picture: Picture, file: Path) -> None:
    """Draw the beginning of a page."""
    tab.page.set_viewport_size({"width": 1200, "height": picture.height})
    drawn = Image.open(io.BytesIO(tab.go(site / picture.page).screenshot()))
    few = drawn.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main() -> None:
    """Draw all pictures in both languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        ending = "" if language == "zh" else f".{language}"
        with tempfile.TemporaryDirectory() as scratch, browsing() as tab:
            site = write_invented_site(Path(scratch), language, YEARS, silent=3, odd_files=False)
            for picture in pictures(site):
                draw(tab, site, picture, folder / f"{picture.name}{ending}.png")


if __name__ == "__main__":
    main()
