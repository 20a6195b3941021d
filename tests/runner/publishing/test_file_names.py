from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.runner.publishing.file_names import LONGEST_NAME, FileNames, PageKey, page_paths, safe_file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("南湖区人民政府办公室", "南湖区人民政府办公室", id="an ordinary name stays"),
        pytest.param('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j", id="characters Windows forbids are replaced"),
        pytest.param("50%#1", "50__1", id="characters with a meaning in an address are replaced"),
        pytest.param("a\x00b\x1fc\u200bd\u202ee", "a b c d e", id="invisible characters are gone"),
        pytest.param("某局. . ", "某局", id="no dot or space at the end"),
        pytest.param("..gx", "gx", id="no hidden file"),
        pytest.param("../../etc/passwd", "_.._etc_passwd", id="no way out of the folder"),
        pytest.param("CON", "_CON", id="a device of Windows"),
        pytest.param("nul.x", "_nul.x", id="a device with an extension"),
        pytest.param("COM¹", "_COM¹", id="a device with a superscript digit"),
        pytest.param("CONSUL", "CONSUL", id="only begins like a device"),
        pytest.param("", "unnamed", id="nothing"),
        pytest.param(" . ", "unnamed", id="nothing that can be shown"),
        pytest.param("\ud800", "unnamed", id="half a character"),
        pytest.param("e\u0301", "é", id="composed form"),
        pytest.param("市" * 60, "市" * 33, id="cut between characters"),
    ],
)
def test_a_safe_name(text: str, name: str) -> None:
    assert safe_file_name(text) == name


@given(st.text())
def test_any_text_gives_a_name_that_is_safe_everywhere(text: str) -> None:
    name = safe_file_name(text)
    assert 0 < len(name.encode("utf-8")) <= LONGEST_NAME
    assert not re.search(r'[<>:"/\\|?*%#\x00-\x1f]', name)
    assert name == name.strip(" .")
    assert safe_file_name(name) == name


@given(st.lists(st.text(alphabet="aA.-2 ａ市", max_size=60), max_size=12))
def test_no_two_names_are_equal_where_case_and_width_do_not_count(texts: list[str]) -> None:
    names = FileNames()
    given_out = [names.allocate(text) for text in texts]
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in given_out}) == len(texts)
    assert all(len(name.encode("utf-8")) <= LONGEST_NAME for name in given_out)


def test_reserved_names_are_not_handed_out() -> None:
    assert FileNames(reserved=("index",)).allocate("Index") == "Index-2"


def test_reports_of_one_agency_and_year_get_numbered_pages_in_the_order_of_their_sources() -> None:
    keys = [
        PageKey("c.txt", "某局", 2023),
        PageKey("a.txt", "某局", 2023),
        PageKey("b.txt", "某局", 2022),
        PageKey("d.txt", "某局", None),
    ]
    expected = {
        "a.txt": "2023/某局.html",
        "b.txt": "2022/某局.html",
        "c.txt": "2023/某局-2.html",
        "d.txt": "unknown-year/某局.html",
    }
    assert page_paths(keys) == expected
    assert page_paths(reversed(keys)) == expected


def test_a_name_that_looks_numbered_does_not_collide_with_a_number() -> None:
    keys = [PageKey("a", "局", 2023), PageKey("b", "局-2", 2023), PageKey("c", "局", 2023)]
    assert page_paths(keys) == {"a": "2023/局.html", "b": "2023/局-2.html", "c": "2023/局-3.html"}
