"""Picture cases: a report, how it was drawn, how it was taken, the files it comes in, and what can be read in them.

picture_cases(count, seed) -> PictureCase ...; the same arguments give the same cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from tests.generation.pictures import containers, takings
from tests.generation.pictures.browser_pages import PageBrowser, Screen
from tests.generation.pictures.containers import Files
from tests.generation.pictures.office_pages import OFFICE_DRAWINGS
from tests.generation.pictures.pages import Page, pages_of_pdf
from tests.generation.pictures.scanning import compressed
from tests.generation.pictures.styles import SCREEN_STYLES, STYLES
from tests.generation.planting.planting import WRONG_NUMBERS
from tests.generation.sheets import GeneratedReport, PrintedSection, Sheet, Value
from tests.generation.truth import random_report
from tests.generation.variations.varying import EMPTY_VARIATIONS, PLACEHOLDER_VARIATIONS, SHEET_VARIATIONS, vary

TAKEN_OF_ONE_DRAWING = 4
SCREEN = "screen"  # the taking of what is no photograph or scan
PROFILES = ("quiet", "ordinary", "ordinary", "busy", "busy", "enormous", "idle")
YEARS = (2021, 2022, 2023, 2024, 2025, 2023, 2024, 2020, 2019)
SCALES = (1.0, 1.25, 1.5)
SCREEN_CONTAINERS = (
    "png", "jpeg", "webp", "bmp", "data", "data", "files", "docx", "docx", "xlsx", "odd pixels", "odd pixels",
)  # fmt: skip
SHARE_PLANTED, SHARE_BLANK, SHARE_WHOLE_PROSE = 0.3, 0.25, 0.25


@dataclass(frozen=True)
class PictureCase:
    """``files``: by name, the first is read. ``hidden``: cells that no picture shows. ``planted``: the kind of error in
    the report and its cells, "" where there is none. ``pages``: the pictures with the places of cells, to look at."""

    name: str
    drawing: str
    taking: str
    container: str
    dots_per_inch: int
    report: GeneratedReport
    files: Files
    pages: tuple[Page, ...]
    hidden: frozenset[str] = frozenset()
    planted: str = ""
    planted_cells: tuple[str, ...] = ()

    @property
    def printed(self) -> Mapping[str, Value]:
        """What can be read: None for a cell that is blank or that no picture shows."""
        return {cell: None if cell in self.hidden else value for cell, value in self.report.cells.items()}

    def truth(self) -> dict[str, object]:
        """The case as data."""
        return {
            "name": self.name,
            "files": list(self.files),
            "drawing": self.drawing,
            "taking": self.taking,
            "container": self.container,
            "dots_per_inch": self.dots_per_inch,
            "pictures": len(self.pages),
            "agency": self.report.agency,
            "year": self.report.year,
            "format": self.report.format,
            "planted": self.planted,
            "planted_cells": list(self.planted_cells),
            "hidden": sorted(self.hidden),
            "cells": dict(self.report.cells),
            "places": {cell: place for cell in self.report.cells if (place := self.place(cell))},
        }

    def place(self, cell: str) -> tuple[int, int, int, int, int] | None:
        """On which picture a cell is printed, and its box there; None where that is not known."""
        for number, page in enumerate(self.pages):
            if cell in page.boxes:
                left, top, right, bottom = (round(edge) for edge in page.boxes[cell])
                return number, left, top, right, bottom
        return None


@dataclass(frozen=True)
class DrawnReport:
    """A report to be drawn; ``planted`` as in ``PictureCase``."""

    report: GeneratedReport
    planted: str = ""
    cells: tuple[str, ...] = ()


def _shortened(section: PrintedSection) -> PrintedSection:
    said = "".join(section.paragraphs[:1]).split("。")[:2]
    return replace(section, paragraphs=("。".join(one for one in said if one) + "。",) if section.paragraphs else ())


def with_short_prose(sheet: Sheet) -> Sheet:
    """The sheet with a sentence or two of each section: the tables are what pictures are about."""
    return replace(sheet, sections=tuple(map(_shortened, sheet.sections)))


def report_to_draw(random: Random) -> DrawnReport:
    """A report with planted errors, blanks, placeholders or none of them."""
    report = random_report(random.getrandbits(32), year=random.choice(YEARS), profile=random.choice(PROFILES))
    if random.random() > SHARE_WHOLE_PROSE:
        report = report.with_sheet(with_short_prose(report.sheet))
    chance = random.random()
    if chance < SHARE_PLANTED:
        planted = WRONG_NUMBERS[random.choice(sorted(WRONG_NUMBERS))](report, random)
        return DrawnReport(planted.report, planted.kind, planted.cells)
    if chance < SHARE_PLANTED + SHARE_BLANK:
        return DrawnReport(vary(report, random, [random.choice([*EMPTY_VARIATIONS, *PLACEHOLDER_VARIATIONS])]))
    if chance < SHARE_PLANTED + SHARE_BLANK + 0.1:
        printed_otherwise = ("thousands_separators", "units_in_values", "amounts_with_two_decimals", "label_aliases")
        return DrawnReport(
            vary(report, random, [random.choice([n for n in printed_otherwise if n in SHEET_VARIATIONS])])
        )
    return DrawnReport(report)


def deck(random: Random) -> Iterator[str]:
    """Names of takings without end, each as often as its weight."""
    while True:
        cards = [name for name, taking in takings.TAKINGS.items() for _ in range(taking.weight)]
        # each once at first, so that few cases hold every kind
        rest = [name for name, taking in takings.TAKINGS.items() for _ in range(taking.weight - 1)]
        first = sorted(set(cards))
        random.shuffle(first)
        random.shuffle(rest)
        yield from (*first, *rest)


class Drawer:
    """Draws reports and makes cases of them; keeps the drawing at hand between takings of the same pages."""

    def __init__(self, browser: PageBrowser) -> None:
        self.browser = browser
        self.pages = lru_cache(maxsize=3)(pages_of_pdf)

    def document(self, sheet: Sheet, drawing: str) -> bytes:
        """The report printed to PDF."""
        if drawing in OFFICE_DRAWINGS:
            return OFFICE_DRAWINGS[drawing](sheet)
        return self.browser.printed(sheet, STYLES[drawing])

    def case_of_pages(
        self, number: int, drawn: DrawnReport, drawing: str, document: bytes, taking: str, random: Random
    ) -> PictureCase:
        """One way of taking printed pages."""
        resolution = random.choice(takings.TAKINGS[taking].resolutions)
        pages = self.pages(document, resolution)
        hand = takings.Hand(self.browser, drawn.report.agency, random)
        pictures = takings.taken(taking, pages, hand)
        shown = set().union(*(page.boxes for page in pictures))
        known = set().union(*(page.boxes for page in pages))
        container, files = _file_of_pages(pictures, taking, random)
        return PictureCase(
            f"{number:04}_{taking}_{drawing}_{resolution}",
            drawing,
            taking,
            container,
            resolution,
            drawn.report,
            files,
            tuple(pictures),
            frozenset(known - shown) if taking == "cut" else frozenset(),
            drawn.planted,
            drawn.cells,
        )

    def case_of_screen(self, number: int, drawn: DrawnReport, random: Random) -> PictureCase:
        """The report as a web page shows it, whole or its tables alone."""
        drawing = random.choice(sorted(SCREEN_STYLES))
        scale, fringes = random.choice(SCALES), random.random() < 0.35
        screen = self.browser.shown(drawn.report.sheet, SCREEN_STYLES[drawing], scale, fringes)
        container, files, pages = _file_of_screen(screen, drawn.report.sheet, random)
        dots = round(screen.page.dots_per_inch)
        return PictureCase(
            f"{number:04}_{SCREEN}_{drawing}_{dots}_{container}",
            drawing,
            SCREEN,
            container,
            dots,
            drawn.report,
            files,
            tuple(pages),
            planted=drawn.planted,
            planted_cells=drawn.cells,
        )


def _file_of_pages(pages: list[Page], taking: str, random: Random) -> tuple[str, Files]:
    two_tones = takings.TAKINGS[taking].two_tones
    if len(pages) == 1 and random.random() < 0.5:
        kind = random.choice(("PNG", "JPEG", "WEBP", "BMP", "TIFF"))
        return kind.lower(), containers.one_image(pages[0], random, kind)
    chance = random.random()
    if chance < 0.15:
        return "tiff", containers.tiff(pages, random, two_tones)
    if chance < 0.25:
        return "pdf_useless_text", containers.pdf_with_useless_text(pages, random)
    return "pdf", containers.scanned_pdf(pages, random, two_tones)


def _file_of_screen(screen: Screen, sheet: Sheet, random: Random) -> tuple[str, Files, list[Page]]:
    container = random.choice(SCREEN_CONTAINERS)
    if container == "odd pixels":
        container = random.choice(sorted(containers.ODD_PIXELS))
        return container, containers.oddly_stored(screen.page, container), [screen.page]
    if container in ("png", "jpeg", "webp", "bmp"):
        return container, containers.one_image(screen.page, random, container.upper()), [screen.page]
    pictures = {name: screen.table(name) for name in screen.tables}
    if random.random() < 0.3:
        pictures = {name: compressed(page, random.randint(50, 80)) for name, page in pictures.items()}
    pages = list(pictures.values())
    if container == "data":
        return container, containers.web_page_with_data(sheet, pictures, random), pages
    if container == "files":
        return container, containers.web_page_with_files(sheet, pictures, random), pages
    if container == "docx":
        return container, containers.word_with_pictures(sheet, pictures), pages
    return container, containers.workbook_with_pictures(sheet, pictures), pages


def picture_cases(count: int, seed: int | str, browser: PageBrowser) -> Iterator[PictureCase]:
    """Cases over all kinds: every third drawing is a screen's, every other one pages taken in several ways."""
    random = Random(f"pictures {seed}")
    drawer, ways = Drawer(browser), deck(Random(f"takings {seed}"))
    drawings = [*STYLES, *OFFICE_DRAWINGS]
    order: list[str] = []
    number = 0
    while number < count:
        if not order:
            order = random.sample(drawings, len(drawings))
        drawn, drawing = report_to_draw(random), order.pop()
        document = drawer.document(drawn.report.sheet, drawing)
        for _ in range(TAKEN_OF_ONE_DRAWING):
            taking = next(ways)
            if taking == "cut" and drawing in OFFICE_DRAWINGS:
                taking = "scanned"
            yield drawer.case_of_pages(number, drawn, drawing, document, taking, Random(f"{seed}/{number}"))
            number += 1
            if number == count:
                return
        yield drawer.case_of_screen(number, report_to_draw(random), Random(f"{seed}/{number}"))
        number += 1
