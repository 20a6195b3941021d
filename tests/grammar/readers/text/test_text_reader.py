"""Bytes of any usual encoding become the same lines; what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.readers.text.charset import NotText, decode_text

TEXT = "一、总体情况\n我局2023年收到申请 18 件。\n"
ENCODED = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a byte order mark": codecs.BOM_UTF8 + TEXT.encode(),
    "GB18030": TEXT.encode("gb18030"),
    "GBK": TEXT.encode("gbk"),
    "UTF-16 with a byte order mark": TEXT.encode("utf-16"),
    "UTF-16 little endian without one": TEXT.encode("utf-16-le"),
    "UTF-16 big endian without one": TEXT.encode("utf-16-be"),
    "Windows line ends": TEXT.replace("\n", "\r\n").encode(),
    "old Mac line ends": TEXT.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings_are_recognised(name):
    assert decode_text(ENCODED[name]) == TEXT


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 20, b"\x7fELF" + b"\x00\x01" * 500, b"PK\x03\x04" + b"\x00" * 90]
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(NotText):
        decode_text(content)


@pytest.mark.parametrize("end", ["\x07", "\r\x07"], ids=["alone", "behind a paragraph mark"])
def test_marks_of_cells_end_them(end):
    cells = ["规章", "12", "0", "3", "行政规范性文件", "1"]
    assert decode_text((end.join(cells) + end).encode()).split() == cells


def test_a_damaged_byte_does_not_lose_the_text():
    damaged = bytearray((TEXT * 20).encode())
    damaged[4] = 0xFF
    assert "收到申请 18 件" in decode_text(bytes(damaged))


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Co", "Cn"))))
def test_any_text_comes_back_from_utf8(text):
    assert decode_text(text.encode()).replace("\n", "") == "".join(decode_text(text.encode()).split("\n"))
