"""What a spec says about titles, years and units is what is read; what it does not say has a neutral default."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from disclosure_checks.grammar.model.report import CellStatus, Place
from disclosure_checks.grammar.prose.identity import identify
from disclosure_checks.grammar.prose.titles import TitleWords, title_of
from disclosure_checks.grammar.words.column_values import column_value
from disclosure_checks.grammar.words.numbers import NumberReader
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.model.specification import Specification
from tests.checking import ROOT

EXAMPLE = ROOT / "specs" / "examples" / "proposals" / "proposals.yaml"


@cache
def specification() -> Specification:
    return load_specification(EXAMPLE).specification


def words(**keys: Any) -> TitleWords:
    title = specification().report_title.model_copy(update=keys)
    return TitleWords.of(build_lexicon(specification().model_copy(update={"report_title": title})))


def told(line: str, **keys: Any) -> tuple[str, int | None] | None:
    title = title_of([line], words(**keys), Place())
    return (title.agency, title.year) if title else None


@pytest.mark.parametrize(
    "line",
    [
        "甲市教育局2024年建议提案办理情况报告",
        "甲市教育局2024建议提案办理情况报告",
        "2024年度甲市教育局建议提案办理情况的通报",
    ],
)
def test_a_year_needs_no_word_right_before_a_title(line: str) -> None:
    assert told(line) == ("甲市教育局", 2024)


def test_of_two_numbers_the_one_before_the_words_that_titles_begin_with_is_the_year() -> None:
    line = "甲市2008路教育局2024重点建议提案办理情况报告"
    assert told(line, begins=("重点",)) == ("甲市2008路教育局重点", 2024)
    assert told(line) == ("甲市路教育局2024重点", 2008)  # where no spec says so, the first number is


def test_a_line_that_goes_on_as_no_title_does_is_none() -> None:
    line = "甲市教育局2024年建议提案办理情况报告样表"
    assert told(line) == ("甲市教育局", 2024)
    assert told(line, no_title=("样表",)) is None


@pytest.mark.parametrize(("earliest", "year"), [(2000, 2003), (2008, None)])
def test_a_year_in_the_name_of_a_file_before_the_first_report_is_none(earliest: int, year: int | None) -> None:
    assert identify((), (), "word2003.txt", words(earliest_year=earliest)).year == year


@pytest.mark.parametrize(
    ("amount_units", "status"), [((), CellStatus.READ), (("元",), CellStatus.AMBIGUOUS)], ids=["counts", "is an amount"]
)
def test_a_unit_of_amounts_in_a_column_of_counts_leaves_the_number_open(
    amount_units: tuple[str, ...], status: CellStatus
) -> None:
    values = specification().values.model_copy(update={"units": ("件", "元"), "amount_units": amount_units})
    lexicon = build_lexicon(specification().model_copy(update={"values": values}))
    read = column_value(lexicon.tables[0], "total", NumberReader(lexicon).read("3元"))
    assert read.status is status
