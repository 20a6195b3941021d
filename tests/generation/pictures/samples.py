"""The two samples that the tests keep: a scanned PDF, and a web page whose tables are images with one wrong number.

python -m tests.generation.pictures.samples    writes them anew into ``tests/fixtures/pictures``
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from tests.generation.pictures import containers, scanning
from tests.generation.pictures.browser_pages import PageBrowser
from tests.generation.pictures.cases import with_short_prose
from tests.generation.pictures.containers import Files, TablePictures
from tests.generation.pictures.pages import pages_of_pdf
from tests.generation.pictures.styles import SCREEN_STYLES, STYLES
from tests.generation.planting.values import one_more
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report

FOLDER = Path(__file__).parents[2] / "fixtures" / "pictures"
SCANNED, WEB_PAGE = "scanned.pdf", "tables_as_images.html"
COLOURS = 16
SKEW, THRESHOLD = (0.9, -0.5, 0.3, 0.0), 165


def truths() -> dict[str, dict[str, Any]]:
    """What is printed in each sample: agency, year, planted cells, cells."""
    loaded: dict[str, dict[str, Any]] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    return loaded


def _scanned(browser: PageBrowser) -> tuple[Files, GeneratedReport]:
    report = random_report("scanned sample", year=2023, profile="busy")
    pages = pages_of_pdf(browser.printed(report.sheet, STYLES["word"]), 200)
    straight = [scanning.skewed(page, degrees) for page, degrees in zip(pages, SKEW, strict=False)]
    black = [scanning.two_tones(scanning.noisy(page, 1, 3, 40), THRESHOLD) for page in straight]
    return containers.scanned_pdf(black, Random(1), True), report


def _web_page(browser: PageBrowser) -> tuple[Files, GeneratedReport, tuple[str, ...]]:
    report = random_report("web page sample", year=2024, profile="ordinary")
    planted = one_more(report.with_sheet(with_short_prose(report.sheet)), Random(3))
    screen = browser.shown(planted.report.sheet, SCREEN_STYLES["site_sans"])
    pictures: TablePictures = {
        name: page.with_image(page.image.quantize(COLOURS)) for name in screen.tables for page in (screen.table(name),)
    }
    return containers.web_page_with_data(planted.report.sheet, pictures, Random(2)), planted.report, planted.cells


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with PageBrowser() as browser:
        scanned, scanned_report = _scanned(browser)
        page, page_report, cells = _web_page(browser)
    (FOLDER / SCANNED).write_bytes(scanned["report.pdf"])
    (FOLDER / WEB_PAGE).write_bytes(page["report.html"])
    written = {SCANNED: (scanned_report, ()), WEB_PAGE: (page_report, cells)}
    truth = {
        name: {"agency": report.agency, "year": report.year, "planted": list(planted), "cells": dict(report.cells)}
        for name, (report, planted) in written.items()
    }
    (FOLDER / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
