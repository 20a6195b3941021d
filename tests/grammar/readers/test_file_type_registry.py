"""The list of file types: no name twice, and a type for any bytes whatsoever."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.model.source_document import ReaderError, TextLine
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.grammar.readers.registry import FILE_TYPES, file_type, registered
from disclosure_checks.grammar.readers.text.reader import LARGEST_TEXT

SIGNATURES = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf", b"<html>", b"\xff\xfe<\x00"]
NAMES = ["a.docx", "a.xls", "a.zip", "a.html", "a.txt", "a", ""]


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "%PDF-1.7")
    return stream.getvalue()


def test_a_type_whose_name_is_taken_is_refused_by_name():
    with pytest.raises(ValueError, match=f"twice: {FILE_TYPES[0].name}$"):
        registered(*FILE_TYPES, FILE_TYPES[0])


@given(st.sampled_from(SIGNATURES), st.binary(max_size=200), st.sampled_from(NAMES))
def test_any_bytes_are_a_file_of_some_type(signature, rest, name):
    assert file_type(signature + rest, name) in FILE_TYPES


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(zipped("a.pdf"), "archive", id="an archive whose first member is a PDF"),
        pytest.param(zipped("mimetype", "content.xml"), "office", id="an OpenDocument"),
        pytest.param(b"PK\x03\x04 and no more", "docx", id="a damaged archive, left to the Word reader"),
        pytest.param(b"\r\n%PDF-1.7", "pdf", id="a PDF behind a line break"),
    ],
)
def test_what_shows_in_the_bytes_of_another_type_misleads_nobody(content, name):
    assert file_type(content, "a.txt").name == name


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\t", "empty", id="white space"),
        pytest.param(zipped("a.txt"), "nested_archive", id="an archive"),
        pytest.param(b"line\n" * (LARGEST_TEXT // 5 + 1), "too_large", id="a very long text"),
        pytest.param(bytes(range(256)) * 20, "not_text", id="no text"),
    ],
)
def test_what_cannot_be_decoded_is_named(content, code):
    with pytest.raises(ReaderError) as caught:
        decode(content, "a.txt")
    assert caught.value.code == code


def test_every_line_of_a_text_keeps_its_number_blank_ones_too():
    lines = ["一、总体情况", "", *["行"] * 3000]
    document = decode("\n".join(lines).encode(), "a.txt")
    assert [block.text for block in document.blocks if isinstance(block, TextLine)] == lines
    assert [block.place.line for block in document.blocks] == list(range(1, len(lines) + 1))
