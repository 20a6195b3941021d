"""Reports drawn by a browser: printed to PDF, or as a picture of the screen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from tests.generation.grid import GridCell, Kind, grid_of
from tests.generation.pictures.pages import CELL_ADDRESS, Box, Page
from tests.generation.pictures.styles import PageStyle
from tests.generation.sheets import PrintedTable, Sheet
from tests.runner.site.browser import CHROMIUM

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREEN_WIDTH = 1000
PIXELS_PER_INCH = 96
_PLACES = """() => {
  const box = element => { const {left, top, right, bottom} = element.getBoundingClientRect(); return [left, top, right, bottom] }
  return {
    cells: [...document.querySelectorAll('td > a')].map(one => [one.href, box(one.parentElement)]),
    tables: [...document.querySelectorAll('table')].map(one => [one.id, box(one)]),
    height: document.documentElement.scrollHeight,
  }
}"""


@dataclass(frozen=True)
class Screen:
    """A whole page of the web as one picture; ``tables``: where its tables are, by id."""

    page: Page
    tables: Mapping[str, Box]

    def table(self, name: str) -> Page:
        """The picture of one table, with the rules around it."""
        left, top, right, bottom = self.tables[name]
        return self.page.cropped(Box(left - 4, top - 4, right + 4, bottom + 4))


def _cell_element(row: ElementTree.Element, cell: GridCell, address: str) -> None:
    kind = {Kind.CORNER: "corner", Kind.HEADING: "heading", Kind.LABEL: "label", Kind.VALUE: "value"}[cell.kind]
    spans = {name: str(n) for name, n in (("colspan", cell.columns), ("rowspan", cell.rows)) if n > 1}
    element = ElementTree.SubElement(row, "td", {"class": kind, **spans})
    if address:
        element = ElementTree.SubElement(element, "a", {"href": CELL_ADDRESS + address})
    element.text = cell.text or "\u00a0"


def _table_element(table: PrintedTable, style: PageStyle) -> ElementTree.Element:
    element = ElementTree.Element("table", {"id": table.id})
    head, body = (ElementTree.SubElement(element, name) for name in ("thead", "tbody"))
    identifiers = iter([f"{table.id}.{row.id}.{column}" for row in table.rows for column in row.columns])
    grid = grid_of(table)
    headers = grid[0][0].rows if table.id == "requests" and style.repeats_header else 0
    for number, cells in enumerate(grid):
        row = ElementTree.SubElement(head if number < headers else body, "tr")
        for cell in cells:
            _cell_element(row, cell, next(identifiers) if cell.kind is Kind.VALUE else "")
    if not headers:
        element.remove(head)
    return element


def page_text(sheet: Sheet, style: PageStyle) -> str:
    """The report as HTML."""
    root = ElementTree.Element("html", {"lang": "zh"})
    head, body = (ElementTree.SubElement(root, name) for name in ("head", "body"))
    ElementTree.SubElement(head, "meta", {"charset": "utf-8"})
    ElementTree.SubElement(head, "style").text = style.css()

    def lines(name: str, texts: tuple[str, ...]) -> None:
        for text in texts:
            ElementTree.SubElement(body, name).text = text

    if style.site_header:
        ElementTree.SubElement(body, "header").text = style.site_header
    lines("h1", sheet.title)
    lines("p", sheet.front_matter)
    for section in sheet.sections:
        lines("h2", (section.heading,) if section.heading else ())
        lines("p", section.paragraphs)
        if section.table in sheet.tables:
            body.append(_table_element(sheet.tables[section.table], style))
        lines("p", section.notes)
    lines("address", sheet.closing)
    return "<!DOCTYPE html>" + ElementTree.tostring(root, encoding="unicode", method="html")


def with_colour_fringes(image: Image.Image) -> Image.Image:
    """A picture drawn three times as wide as a screen with three stripes of colour to each pixel shows it."""
    drawn = np.asarray(image.convert("RGB"), dtype=np.float32)
    width = drawn.shape[1] // 3
    stripes = drawn[:, : width * 3].mean(axis=2)
    padded = np.pad(stripes, ((0, 0), (1, 1)), mode="edge")
    smooth = (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3
    grey = smooth.reshape(len(drawn), width, 3)
    plain = drawn[:, : width * 3].reshape(len(drawn), width, 3, 3).mean(axis=2)
    # what is coloured stays so; only what is black on white gets fringes
    colourless = plain.max(axis=2, keepdims=True) - plain.min(axis=2, keepdims=True) < 24
    return Image.fromarray(np.clip(np.where(colourless, grey, plain), 0, 255).astype(np.uint8))


class PageBrowser:
    """A browser that draws pages; starts on entering."""

    def __enter__(self) -> PageBrowser:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
        self._playwright.stop()

    def printed(self, sheet: Sheet, style: PageStyle) -> bytes:
        """The report as a PDF, with a link at each value cell."""
        page = self._browser.new_page()
        try:
            page.set_content(page_text(sheet, style))
            printed: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
            return printed
        finally:
            page.close()

    def shown(self, sheet: Sheet, style: PageStyle, scale: float = 1.0, fringes: bool = False) -> Screen:
        """The report as a picture of the screen; ``scale``: device pixels to a CSS pixel."""
        factor = scale * 3 if fringes else scale
        page = self._browser.new_page(viewport={"width": SCREEN_WIDTH, "height": 800}, device_scale_factor=factor)
        try:
            page.set_content(page_text(sheet, style))
            places: dict[str, Any] = page.evaluate(_PLACES)
            image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        finally:
            page.close()
        if fringes:
            lower = image.resize((image.width, round(image.height / 3)), Image.Resampling.BOX)
            image = with_colour_fringes(lower)

        def scaled(box: list[float]) -> Box:
            return Box(*(edge * scale for edge in box))

        cells = {href.removeprefix(CELL_ADDRESS): scaled(box) for href, box in places["cells"]}
        tables = {name: scaled(box) for name, box in places["tables"]}
        return Screen(Page(image, PIXELS_PER_INCH * scale, cells), tables)

    def drawn(self, figure: str, width: int, height: int) -> Image.Image:
        """An SVG figure as pixels, transparent where nothing is drawn."""
        page = self._browser.new_page(viewport={"width": width, "height": height})
        try:
            page.set_content(f'<!DOCTYPE html><body style="margin:0">{figure}</body>')
            return Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
        finally:
            page.close()
