"""What PDFium takes for the fonts that a PDF names and does not carry: never a font of the machine.

name of a font -> the one built into PDFium, or the stand-in

PDFium leaves a text out if it has no outline of any of its characters. Where it is left to look for outlines among the
fonts of the machine, a server without Chinese fonts loses every text of a single character. Where a character stands is
said in the file, so any outline will do, and the same one gives the same reading everywhere.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from disclosure_checks.grammar.readers.pdf.pdfium_pages.stand_in import stand_in_font

# the fonts whose outlines and widths PDFium has, by the names it asks for; files need not give the widths of these
_BUILT_IN = {
    *(f"{family}{style}" for family in ("Courier", "Helvetica") for style in ("", "-Bold", "-BoldOblique", "-Oblique")),
    *(f"Times-{style}" for style in ("Roman", "Bold", "BoldItalic", "Italic")),
}
_STAND_IN = 1  # the handle of the stand-in: anything but 0


def _font_for(_fonts: Any, _weight: int, _italic: int, charset: int, _pitch: int, name: Any, _exact: Any) -> int | None:
    """The handle of the font to take; None for one that is built in."""
    latin = charset == pdfium.FXFONT_ANSI_CHARSET
    return None if latin and ctypes.string_at(name).decode("latin-1") in _BUILT_IN else _STAND_IN


def _copy_font(_fonts: Any, _handle: int, table: int, buffer: Any, size: int) -> int:
    """Copies the whole font (table 0) where there is room for it; its size, and 0 for a single table."""
    if table:
        return 0
    font = stand_in_font()
    if buffer and size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)


def _let_go(_fonts: Any, _handle: int) -> None:
    """PDFium demands it; nothing is held."""


_types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
_FONTS = pdfium.FPDF_SYSFONTINFO(  # PDFium calls these until the process ends, so they must live as long
    version=1,
    MapFont=_types["MapFont"](_font_for),
    GetFontData=_types["GetFontData"](_copy_font),
    DeleteFont=_types["DeleteFont"](_let_go),
)


def use_no_font_of_the_machine() -> None:
    """To be called once PDFium is initialised, before the first document; again does no harm."""
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_FONTS))
