"""PDFs that do not carry their fonts read the same on every machine: PDFium takes our stand-in, never a font it finds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.pdfium_pages import fonts as pdf_fonts
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import opened, read_page
from disclosure_checks.grammar.readers.pdf.pdfium_pages.stand_in import stand_in_font
from tests.generation.documents.fontless_pdf import chinese_font, fontless_pdf, latin_font


def texts_of(content: bytes) -> list[tuple[str, float, float]]:
    """The characters of the first page, with where they begin and end."""
    with opened(content) as document:
        page = read_page(document, 1)
    assert page is not None
    return [(character.text, round(character.left, 1), round(character.right, 1)) for character in page.characters]


ONE_CHARACTER = {
    "Unicode": (chinese_font("SimSun", "UniGB-UCS2-H"), "utf-16-be"),
    "GBK": (chinese_font("SimSun,Bold", "GBK-EUC-H"), "gbk"),
    "a font named in Chinese": (chinese_font("仿宋_GB2312", "GBK-EUC-H"), "gbk"),
    "numbers of glyphs and what they mean": (
        chinese_font("SimSun", "Identity-H", "Identity", {ord(text): text for text in "一无㎡"}),
        "utf-16-be",
    ),
    "traditional characters": (chinese_font("MingLiU", "UniCNS-UCS2-H", "CNS1"), "utf-16-be"),
}


@pytest.mark.parametrize(("font", "encoding"), ONE_CHARACTER.values(), ids=ONE_CHARACTER)
def test_a_text_of_one_character_is_read_without_its_font(font, encoding):
    content = fontless_pdf(font, [text.encode(encoding) for text in "一无"])
    assert texts_of(content) == [("一", 50, 60), ("无", 110, 120)]


def test_a_text_of_one_character_that_runs_downwards_is_read_without_its_font():
    content = fontless_pdf(chinese_font("SimSun", "UniGB-UCS2-V"), [text.encode("utf-16-be") for text in "一（"])
    assert texts_of(content) == [("一", 45, 55), ("（", 105, 115)]


def test_a_character_beyond_the_first_plane_is_read_without_its_font():
    content = fontless_pdf(chinese_font("SimSun", "UniGB-UTF16-H"), ["𠮷一".encode("utf-16-be")])
    assert [text for text, *_ in texts_of(content)] == ["𠮷", "一"]


def test_blanks_alone_are_no_text():
    blanks = [blank.encode("utf-16-be") for blank in (" ", "\u3000", "\u00a0", "一")]
    assert texts_of(fontless_pdf(chinese_font("SimSun", "UniGB-UCS2-H"), blanks)) == [("一", 230, 240)]


LATIN = {
    "widths of the file": (latin_font("Calibri", 500), [("1", 50, 55), ("2", 55, 60), ("l", 110, 115)]),
    "narrow widths of the file": (latin_font("Calibri", 220), [("1", 50, 52.2), ("2", 52.2, 54.4), ("l", 110, 112.2)]),
    "no widths": (latin_font("Calibri"), [("1", 50, 55), ("2", 55, 60), ("l", 110, 115)]),
    "Helvetica, whose widths PDFium has": (
        ["<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"],
        [("1", 50, 55.6), ("2", 55.6, 61.1), ("l", 110, 112.2)],
    ),
    "another name of Times": (
        latin_font("TimesNewRomanPS-BoldMT"),
        [("1", 50, 55), ("2", 55, 60), ("l", 110, 112.8)],
    ),
}


@pytest.mark.parametrize(("font", "expected"), LATIN.values(), ids=LATIN)
def test_latin_characters_are_as_wide_as_the_file_or_the_built_in_font_says(font, expected):
    assert texts_of(fontless_pdf(font, [b"12", b"l"])) == expected


@pytest.fixture
def times_asked(monkeypatch) -> list[bytes]:
    """Grows by one each time that PDFium asks for the stand-in."""
    asked: list[bytes] = []

    def counted() -> bytes:
        asked.append(stand_in_font())
        return asked[-1]

    monkeypatch.setattr(pdf_fonts, "stand_in_font", counted)
    return asked


@pytest.mark.parametrize(
    "font",
    [
        pytest.param(chinese_font("SimSun", "UniGB-UCS2-H"), id="a Chinese font"),
        pytest.param(chinese_font("WenQuanYiMicroHei", "UniGB-UCS2-H"), id="a font that some machines have"),
        pytest.param(chinese_font("Arial", "UniGB-UCS2-H"), id="a Chinese font with the name of a built-in one"),
        pytest.param(latin_font("DejaVuSans", 500), id="a Latin font that some machines have"),
        pytest.param(latin_font("Wingdings", 500), id="a font of symbols"),
    ],
)
def test_for_a_font_that_is_not_in_the_file_ours_is_asked_and_no_machine(times_asked, font):
    texts_of(fontless_pdf(font, [b"\x4e\x00"]))
    assert times_asked


def test_a_font_that_is_in_the_file_or_built_in_is_taken_as_it_is(times_asked):
    pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))

    content = BytesIO()
    canvas = Canvas(content)
    for left, font in ((50, "Vera"), (110, "Helvetica")):
        canvas.setFont(font, 10)
        canvas.drawString(left, 300, "in")
    canvas.save()
    widths = [round(right - left, 1) for _, left, right in texts_of(content.getvalue())]
    assert (widths, times_asked) == ([2.8, 6.3, 2.2, 5.6], [])


def test_saying_it_again_does_no_harm(times_asked):
    content = fontless_pdf(chinese_font("SimSun", "UniGB-UCS2-H"), ["一".encode("utf-16-be")])
    for _ in range(2):
        pdf_fonts.use_no_font_of_the_machine()
        assert texts_of(content) == [("一", 50, 60)]
    assert times_asked
