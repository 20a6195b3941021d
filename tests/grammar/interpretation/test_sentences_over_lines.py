"""A sentence that goes on in the next line keeps the number that this line begins with."""

from __future__ import annotations

from random import Random

import pytest

from disclosure_checks.grammar.words.folding import fold
from tests.checking import read
from tests.generation.layouts.printing import print_layout
from tests.generation.truth import random_reports

LAYOUTS = ("word_text", "spaced_rows", "spaced_rows_numbers_first")
ENDS = {
    "blanks around the number": ("收取信息处理费\n 0 元，\n没有减免。", "0元,"),
    "a blank behind the number": ("收取信息处理费\n120 元。", "120元。"),
    "the number at the end of the line": ("收取信息处理费 120\n元。", "120元。"),
    "thousands": ("收取信息处理费\n 1,230 元，\n没有减免。", "1,230元,"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ENDS)
def test_the_number_stands_in_its_place(layout: str, name: str) -> None:
    printed, rest = ENDS[name]
    generated = next(iter(random_reports(1, seed=3)))
    lines = print_layout(generated, Random(1), layout).split("\n")
    heading = next(number for number, line in enumerate(lines) if "存在的主要问题" in line)
    text = "\n".join([*lines[: heading + 1], f"全年{printed}", *lines[heading + 1 :]])
    prose = "".join(fold(line.text) for section in read(text, "report.txt").sections for line in section.prose)
    assert f"全年收取信息处理费{rest}"[:-1] in prose.replace(" ", "")


def test_numbers_before_a_label_with_a_comma_are_still_those_of_its_row() -> None:
    generated = next(iter(random_reports(1, seed=3)))
    text = print_layout(generated, Random(1), "spaced_rows_numbers_first")
    report = read(text, "report.txt")
    assert report.cells["requests.partly_granted.total"].value == generated.cells["requests.partly_granted.total"]
