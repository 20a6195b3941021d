"""Taking pages apart with PDFium, which only ``pdf_paths`` and ``pdf_fonts`` know too. It needs the extra ``pdf``.

bytes -> PageContent, one after the other

PDFium is used through its C interface: a call a glyph costs half a microsecond there, and its objects say nothing more.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2  # noqa: F401  loads and initialises the library
import pypdfium2.raw as pdfium

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import ReaderError, UnreadPart
from disclosure_checks.grammar.readers.pdf.page import Box, Character, PageContent, Rule
from disclosure_checks.grammar.readers.pdf.pdfium_pages.fonts import use_no_font_of_the_machine
from disclosure_checks.grammar.readers.pdf.pdfium_pages.form_fields import Shown, annotations_of, form_of
from disclosure_checks.grammar.readers.pdf.pdfium_pages.paths import Matrix, path_rules

MOST_CHARACTERS = 40_000  # of a page; a page of small print has 5,000
MOST_OBJECTS = 20_000  # of a page that are looked at for rules and images
_SMALLEST_IMAGE = 60.0  # points of its shorter side; logos, seals and codes are no tables
_THIN = 3.0  # points; an image no thicker is a rule
_DEEPEST_FORM = 4  # drawings inside drawings
_LINE_BREAKS = (0x0A, 0x0D)
_SOFT_HYPHEN = 0x02  # what PDFium makes of a hyphen at the end of a line
_LARGEST_CODE = 0x10FFFF

_UPRIGHT = 5.0  # degrees by which a line of text may lean, as scanned pages do
_USUAL_SIZE, _SMALLEST_SIZE = 10.0, 1.0  # points, of what a field shows
_PADDING, _MIDDLE = 0.1, 0.35  # of its size: before the text of a field, and from its baseline to its middle

Bounds = tuple[float, float, float, float]  # left, bottom, right, top in the space of the page

use_no_font_of_the_machine()


class Opened(NamedTuple):
    """A document of PDFium and its form, None where it has none."""

    document: Any
    form: Any

    @property
    def page_count(self) -> int:
        """The number of its pages."""
        return int(pdfium.FPDF_GetPageCount(self.document))


@contextmanager
def opened(content: bytes) -> Iterator[Opened]:
    """The document of PDFium in ``content``. Raises ReaderError ``encrypted`` and ``damaged_pdf``."""
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise ReaderError("encrypted")
        raise ReaderError("damaged_pdf")
    try:
        with form_of(document) as form:
            yield Opened(document, form)
    finally:
        pdfium.FPDF_CloseDocument(document)


def read_page(source: Opened, number: int) -> PageContent | None:
    """The page with a number counted from 1; None where it is damaged. Raises ReaderError ``too_large``."""
    page = pdfium.FPDF_LoadPage(source.document, number - 1)
    if not page:
        return None
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return _PageReader(page, text_page, number).read(source.form) if text_page else None
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


class _PageReader:
    """Reads one loaded page. The page is turned so that most of its text stands upright, whatever it says of itself."""

    def __init__(self, page: Any, text_page: Any, number: int) -> None:
        self._page, self._text_page, self._number = page, text_page, number
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        self._bounds: Bounds = (box.left, box.bottom, box.right, box.top)
        self._images: list[Box] = []
        self._rules: list[Rule] = []

    def read(self, form: Any) -> PageContent:
        """The page, with the values of its fields among the characters; what stands aslant is left out."""
        annotations = annotations_of(self._page, form)
        glyphs = [*self._glyphs(), *_glyphs_of_fields(annotations.shown)]
        angles = Counter(angle for *_, angle in glyphs)
        turn = angles.most_common(1)[0][0] if angles else 0
        left, bottom, right, top = self._bounds
        width, height = (top - bottom, right - left) if turn % 180 else (right - left, top - bottom)
        to_page = _turning(turn, self._bounds)
        # a table too wide for its page runs off it; what stands there is in the file and was meant to be read
        characters = tuple(self._character(glyph, to_page, turn, order) for order, glyph in enumerate(glyphs))
        count = pdfium.FPDFPage_CountObjects(self._page)
        for index in range(min(count, MOST_OBJECTS)):
            self._look_at(pdfium.FPDFPage_GetObject(self._page, index), to_page, 0)
        self._rules += _strikes(annotations.struck, to_page)
        unread = tuple(UnreadPart(kind, Place(page=self._number)) for kind in annotations.unread)
        images = tuple(self._images)
        return PageContent(
            self._number, width, height, characters, tuple(self._rules), len(images), unread, images, turn
        )

    def _glyphs(self) -> list[tuple[str, Bounds, float, float, float, int]]:
        """Text, box, origin, size and angle of every glyph, in the space of the page."""
        text_page = self._text_page
        count = pdfium.FPDFText_CountChars(text_page)
        if count > MOST_CHARACTERS:
            raise ReaderError("too_large", f"page {self._number}: {count} characters > {MOST_CHARACTERS}")
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        box_to, matrix_to, x_to, y_to = map(ctypes.byref, (box, matrix, x, y))
        glyphs: list[tuple[str, Bounds, float, float, float, int]] = []
        high = 0
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            if code in _LINE_BREAKS or (code == 0x20 and pdfium.FPDFText_IsGenerated(text_page, index)):
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
                high = 0
            pdfium.FPDFText_GetLooseCharBox(text_page, index, box_to)
            pdfium.FPDFText_GetCharOrigin(text_page, index, x_to, y_to)
            pdfium.FPDFText_GetMatrix(text_page, index, matrix_to)
            size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
            exact = math.degrees(math.atan2(matrix.b, matrix.a))
            angle = round(exact / 90) * 90
            if abs(exact - angle) > _UPRIGHT:
                continue  # a watermark: no line of a report runs aslant
            bounds = (box.left, box.bottom, box.right, box.top)
            glyphs.append((_text(code), bounds, x.value, y.value, size, angle % 360))
        return glyphs

    @staticmethod
    def _character(
        glyph: tuple[str, Bounds, float, float, float, int], to_page: Matrix, turn: int, order: int
    ) -> Character:
        text, (left, bottom, right, top), x, y, size, angle = glyph
        first, _ = to_page.apply(left, bottom)
        second, _ = to_page.apply(right, top)
        _, baseline = to_page.apply(x, y)
        return Character(text, min(first, second), max(first, second), baseline, size, (angle - turn) % 360, order)

    def _look_at(self, drawn: Any, to_page: Matrix, depth: int) -> None:
        """Notes the rules and images that an object of the page shows."""
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._rules.extend(path_rules(drawn, to_page))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._look_at_image(drawn, to_page)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = Matrix.of(drawn).then(to_page)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)):
                self._look_at(pdfium.FPDFFormObj_GetObject(drawn, index), inner, depth + 1)

    def _look_at_image(self, drawn: Any, to_page: Matrix) -> None:
        matrix = Matrix.of(drawn).then(to_page)  # an image fills the unit square
        corners = [matrix.apply(x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        if min(right - left, bottom - top) >= _SMALLEST_IMAGE:
            self._images.append(Box(left, top, right, bottom))
        elif bottom - top <= _THIN < right - left:
            self._rules.append(Rule(True, (top + bottom) / 2, left, right))
        elif right - left <= _THIN < bottom - top:
            self._rules.append(Rule(False, (left + right) / 2, top, bottom))


def _glyphs_of_fields(shown: Iterable[Shown]) -> Iterator[tuple[str, Bounds, float, float, float, int]]:
    """The characters of what fields show, side by side in the middle of their boxes."""
    for text, left, bottom, right, top in shown:
        widths = [0.5 if character.isascii() else 1.0 for character in text]
        size = max(min(_USUAL_SIZE, 0.8 * (top - bottom), (right - left) / sum(widths)), _SMALLEST_SIZE)
        x, y = left + _PADDING * size, (top + bottom) / 2 - _MIDDLE * size
        for character, width in zip(text, widths, strict=True):
            box = (x, y - 0.2 * size, x + width * size, y + 0.8 * size)
            yield character, box, x, y, size, 0
            x += width * size


def _strikes(struck: Iterable[Shown], to_page: Matrix) -> Iterator[Rule]:
    """The lines that remarks draw through text."""
    for _, left, bottom, right, top in struck:
        (x1, y1), (x2, y2) = to_page.apply(left, bottom), to_page.apply(right, top)
        yield Rule(True, (y1 + y2) / 2, min(x1, x2), max(x1, x2))


def _text(code: int) -> str:
    """The character of a code; U+FFFD where the file does not say what a glyph means."""
    if code == _SOFT_HYPHEN:
        return "-"
    known = 0x20 <= code <= _LARGEST_CODE and code not in (0xFFFE, 0xFFFF)
    return chr(code) if known else "\ufffd"


def _turning(turn: int, bounds: Bounds) -> Matrix:
    """From the space of the page to the page as it is read, after turning it clockwise by ``turn`` degrees."""
    left, bottom, right, top = bounds
    return {
        0: Matrix(1, 0, 0, -1, -left, top),
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }[turn]
