"""From a line to tokens: labels wherever they stand, numbers beside them, pieces of labels, other text."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.alignment.scanning.line_scanning import LineScanner
from disclosure_checks.grammar.alignment.scanning.tokens import Kind
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader
from tests.checking import lexicon

LEXICON = lexicon()
SCANNER = LineScanner(LabelIndex(LEXICON), NumberReader(LEXICON))


def scanned(line: str) -> list[tuple[str, str]]:
    return [(token.kind.name, token.folded) for row in SCANNER.line(line).rows for token in row]


def test_the_longest_label_is_taken():
    line = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    assert [kind for kind, _ in scanned(line)] == ["LABEL"]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1.属于国家秘密00000442.其他法律行政法规禁止公开8000008", ["0000044", "8000008"]),
        ("1.属于国家秘密 0 0 0 0 0 4 4 2.其他法律行政法规禁止公开 8 0 0 0 0 0 8", [*"0000044", *"8000008"]),
        ("规章000行政规范性文件3357140", ["000", "3357140"]),
        ("规章 | 0 | 1 | 2 |", ["0", "1", "2"]),
    ],
    ids=["glued", "separated by blanks", "without ordinals", "separated by bars"],
)
def test_an_ordinal_is_never_a_number(line, numbers):
    assert [text for kind, text in scanned(line) if kind == "VALUE"] == numbers


def test_what_stands_for_a_number_may_be_broken_over_the_lines_of_its_cell():
    assert [(token.kind, token.column) for token in SCANNER.cell("不\n适\n用", 3, "grid")] == [(Kind.VALUE, 3)]


def test_a_digit_without_the_mark_of_an_ordinal_is_a_number():
    assert scanned("0 0 0 0 0 0 2 其他")[-2:] == [("VALUE", "2"), ("LABEL", "其他")]


def test_pieces_of_two_labels_that_touch_are_told_apart():
    found = scanned("一、本年新收政府1595信息公开申请数量二、上年结转政府0")
    assert [kind for kind, _ in found] == ["PIECE", "VALUE", "PIECE", "PIECE", "VALUE"]


def test_a_heading_inside_a_line_is_found():
    found = scanned("情况良好。二、主动公开政府信息情况第二十条第（一）项信息内容")
    assert ("HEADING", "二、主动公开政府信息情况") in found


@pytest.mark.parametrize("line", ["- 4 -", "第 2 页", "|---|---|", "", "   "])
def test_what_belongs_to_the_page_gives_no_token(line):
    assert scanned(line) == []


def test_empty_cells_between_bars_keep_their_places():
    row = SCANNER.line("规章 | | 3 | |").rows[0]
    assert [(token.kind, token.column) for token in row] == [
        (Kind.LABEL, 0),
        (Kind.EMPTY, 1),
        (Kind.VALUE, 2),
        (Kind.EMPTY, 3),
    ]
