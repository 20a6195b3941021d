"""A page drawn by PDFium, as pixels."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import numpy
import pypdfium2.raw as pdfium

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import Opened

DOTS_PER_INCH = 250.0
MOST_PIXELS = 20_000_000  # of a page; A4 has six million, and a plan or poster is drawn with fewer dots
_POINTS_PER_INCH = 72.0
_WHITE = 0xFFFFFFFF
_BYTES = 4  # of a pixel as PDFium draws it: blue, green, red and one that is not used


class Drawn(NamedTuple):
    """A page as an array of rows, columns and three colours."""

    array: Any
    dots_per_inch: float


def draw_page(source: Opened, number: int, turn: int | None) -> Drawn:
    """The page with a number counted from 1, turned clockwise by ``turn`` degrees; None: as a viewer shows it.

    Raises ReaderError ``damaged_pdf``.
    """
    page = pdfium.FPDF_LoadPage(source.document, number - 1)
    if not page:
        raise ReaderError("damaged_pdf")
    try:
        own = pdfium.FPDFPage_GetRotation(page)
        quarters = 0 if turn is None else (turn // 90 - own) % 4
        size = (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        return _drawn(page, *(size if quarters % 2 == 0 else size[::-1]), quarters)
    finally:
        pdfium.FPDF_ClosePage(page)


def _drawn(page: Any, width: float, height: float, quarters: int) -> Drawn:
    inches = width * height / _POINTS_PER_INCH**2
    if inches <= 0:
        raise ReaderError("damaged_pdf")
    dots = min(DOTS_PER_INCH, (MOST_PIXELS / inches) ** 0.5)
    columns, rows = (max(1, int(points / _POINTS_PER_INCH * dots)) for points in (width, height))
    if columns * rows > MOST_PIXELS:  # a page as narrow as a line
        raise ReaderError("too_large", f"{columns} x {rows}")
    bitmap = pdfium.FPDFBitmap_Create(columns, rows, 0)
    if not bitmap:
        raise ReaderError("too_large", f"{columns} x {rows}")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, quarters, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(
            pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * rows))
        ).contents
        pixels = numpy.frombuffer(buffer, dtype=numpy.uint8).reshape(rows, stride)[:, : columns * _BYTES]
        colours = pixels.reshape(rows, columns, _BYTES)[:, :, 2::-1].copy()
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Drawn(colours, dots)
