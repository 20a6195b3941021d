"""No number that is not printed, anywhere: every value that is read stands in its file, as often as it was read.

The text of a file is taken once from its reader and once, where there is a simple way, by other means that know nothing
of tables, notes or formats.
"""

from __future__ import annotations

import email
import email.policy
import html
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.grammar.model.source_document import Grid
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.grammar.words.folding import fold
from tests.checking import ROOT, reader

_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"""<input\b[^>]*\bvalue=["']?([^"'>]*)""", re.IGNORECASE)
_CHOICE = re.compile(r'<w:listEntry w:val="([^"]*)"')
_END_OF_WORDS = re.compile(
    r"</(?:w:p|w:tc|a:p|si|is|v|c|text:p|Data|ss:Data|p|td|th|div|li)>|<(?:br|w:tab|w:br)\b[^>]*>"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")

# of these the reader's own text is all there is: binary files, values that a number format changes, values of fields
_WITHOUT_OTHER_WAY = {"07b_form_fields.pdf", "11a_format_trailing_comma.xlsx", "11b_format_point_as_literal.xlsx"}


def corpus() -> Iterator[Path]:
    fixtures = ROOT / "tests" / "fixtures"
    folders = (ROOT / "reports", fixtures / "document_cases", fixtures / "other_programs")
    for folder in folders:
        yield from sorted(
            path for path in folder.iterdir() if path.suffix not in (".py", ".json", ".pyc") and path.is_file()
        )


FILES = list(corpus())


def text_of_markup(content: str) -> str:
    values = " ".join([*_VALUE.findall(content), *_CHOICE.findall(content)])
    return html.unescape(_TAG.sub("", _END_OF_WORDS.sub(" ", content))) + " " + values


def text_of_page(content: bytes) -> str:
    if content.lstrip()[:5].lower() not in (b"mime-", b"from:"):
        return text_of_markup(content.decode("utf-8"))
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = (part for part in message.walk() if part.get_content_type() == "text/html")
    return " ".join(text_of_markup(bytes(part.get_payload(decode=True) or b"").decode("utf-8")) for part in parts)


def text_of_archive(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = (name for name in archive.namelist() if name.endswith((".xml", ".html")))
        return " ".join(text_of_markup(archive.read(name).decode("utf-8")) for name in names)


def text_of_pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in pages)


WAYS: Mapping[str, Callable[[bytes], str]] = {
    ".txt": lambda content: content.decode("utf-8"),
    ".md": lambda content: content.decode("utf-8"),
    ".csv": lambda content: content.decode("utf-8"),
    ".html": text_of_page,
    ".mhtml": text_of_page,
    ".xml": text_of_page,
    ".docx": text_of_archive,
    ".xlsx": text_of_archive,
    ".pdf": text_of_pdf,
}
_PAGES_CALLED_OTHERWISE = {"09a_word2003xml.doc", "09c_spreadsheetml.xls", "09d_mht_base64.doc"}


def printed_otherwise(path: Path) -> str | None:
    """The text of a file by other means than its reader; None where there is no simple one."""
    if path.name in _WITHOUT_OTHER_WAY:
        return None
    way = text_of_page if path.name in _PAGES_CALLED_OTHERWISE else WAYS.get(path.suffix)
    return way(path.read_bytes()) if way else None


@cache
def read_values(path: Path) -> Counter[str]:
    """The numbers that are read from a file, as their digits."""
    report = reader().read(path.read_bytes(), path.name)
    assert isinstance(report, Report), report
    cells = [cell for cell in report.cells.values() if cell.status is CellStatus.READ]
    return Counter(f"{abs(cell.value):.10f}".rstrip("0").rstrip(".") for cell in cells)


def more_than_printed(values: Counter[str], text: str) -> dict[str, tuple[int, int]]:
    """The numbers that are read more often than their digits stand in a text: how often read, how often printed."""
    numbers = "\n".join(_trimmed(number) for number in _DIGITS.findall(fold(text).replace(",", "")))
    return {value: (count, numbers.count(value)) for value, count in values.items() if numbers.count(value) < count}


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_number_read_stands_in_the_text_that_the_reader_extracted(path: Path) -> None:
    document = decode(path.read_bytes(), path.name)
    blocks = document.blocks
    text = "\n".join(
        "\n".join(cell.text for cell in block.cells) if isinstance(block, Grid) else block.text for block in blocks
    )
    assert read_values(path)
    assert more_than_printed(read_values(path), text) == {}


OTHERWISE = [path for path in FILES if printed_otherwise(path) is not None]


@pytest.mark.parametrize("path", OTHERWISE, ids=[path.name for path in OTHERWISE])
def test_every_number_read_stands_in_the_text_that_other_means_extract(path: Path) -> None:
    assert more_than_printed(read_values(path), printed_otherwise(path) or "") == {}


def test_most_files_are_looked_at_by_other_means_too() -> None:
    assert len(OTHERWISE) > 0.8 * len(FILES)


@pytest.mark.parametrize(
    ("values", "text", "missing"),
    [
        (Counter({"21": 1}), "21 0", {}),
        (Counter({"21": 2}), "21 0", {"21": (2, 1)}),
        (Counter({"10": 1}), "1\n0", {"10": (1, 0)}),
        (Counter({"1112": 1}), "1,112", {}),
        (Counter({"1.5": 1}), "1.50", {}),
    ],
)
def test_a_number_that_is_not_printed_is_noticed(
    values: Counter[str], text: str, missing: dict[str, tuple[int, int]]
) -> None:
    assert more_than_printed(values, text) == missing
