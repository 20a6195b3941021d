"""Lines that hold neither a number nor a word: what damaged and converted files print between the rows of tables."""

from __future__ import annotations

import math
from random import Random

import pytest

from disclosure_checks.grammar.words.divided_digits import may_have_blanks
from tests.checking import read
from tests.generation.layouts.printing import print_layout
from tests.generation.truth import random_report

REPORT = random_report("lines of marks", year=2023, profile="quiet")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("\t（", id="a bracket behind a tab"),
        pytest.param("\t\ufffd", id="a character that could not be decoded"),
        pytest.param("\t（\ufffd", id="both"),
        pytest.param("\t\ufffd\ufffd\t", id="several of them between tabs"),
        pytest.param("|（|", id="a bracket in a row of pipes"),
    ],
)
@pytest.mark.parametrize("layout", ["word_text", "glued_tables"])
def test_a_line_of_marks_among_the_rows_makes_no_number_wrong(line: str, layout: str):
    lines = print_layout(REPORT, Random(1), layout).split("\n")
    for place in range(len(lines) - 1, 0, -7):
        lines.insert(place, line)
    cells = read("\n".join(lines)).cells
    known = {name: cell.value for name, cell in cells.items() if not math.isnan(cell.value)}
    assert known
    assert {name: value for name, value in known.items() if REPORT.cells.get(name) != value} == {}


def test_where_no_digit_is_printed_every_cell_may_be_blank():
    assert may_have_blanks(("a", "b"), (), ())
