"""Which tables the straight walk may read: those in which nothing is odd. What it takes for plain it never reads wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from random import Random

import pytest

from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.interpretation.document_reading import DocumentReader
from disclosure_checks.grammar.interpretation.plain_tables import is_plain
from disclosure_checks.grammar.interpretation.table_finding import TableFinder
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.grammar.words.numbers import NumberReader
from tests.checking import lexicon, read
from tests.generation.damages import DAMAGES, as_it_is
from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report

REPORT = random_report("plain tables", year=2023, profile="quiet")
TEXT_LAYOUTS = [*LAYOUTS, *(name for name in LATER_LAYOUTS if "html" not in name)]
NEVER_PLAIN = ("glued", "broken_labels", "numbers_above")


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Mapping[str, bool]]:
    """Says of every table of a text whether the straight walk may read it."""

    def judge(text: str) -> Mapping[str, bool]:
        asked: dict[str, bool] = {}

        def remember(reading: TableReading, parts: object) -> bool:
            asked[reading.table.id] = is_plain(reading, parts)  # type: ignore[arg-type]
            return asked[reading.table.id]

        monkeypatch.setattr("disclosure_checks.grammar.interpretation.document_reading.is_plain", remember)
        numbers = NumberReader(lexicon())
        DocumentReader(lexicon(), TableFinder(lexicon(), numbers), numbers).read(decode(text.encode(), "report.txt"))
        return asked

    return judge


@pytest.mark.parametrize("layout", [name for name in TEXT_LAYOUTS if not any(part in name for part in NEVER_PLAIN)])
def test_a_table_printed_as_the_format_has_it_is_plain(layout: str, plain: Callable[[str], Mapping[str, bool]]):
    assert plain(print_layout(REPORT, Random(1), layout)) == {"proactive": True, "requests": True, "review": True}


PAGE = print_layout(REPORT, Random(1), "page_text")


@pytest.mark.parametrize(
    ("pattern", "replacement", "table"),
    [
        pytest.param(r"\n自然人\n", "\n", "requests", id="a column is not named"),
        pytest.param(
            r"\n商业企业\n(\n?)科研机构\n", r"\n科研机构\n\1商业企业\n", "requests", id="two columns change places"
        ),
        pytest.param(r"\n重复申请|\n2\.重复申请", "\n2.其他申请", "requests", id="a row has another label"),
        pytest.param(r"\n本年制发件数\n", "\n本年新制作数量\n", "proactive", id="a column of the other format"),
        pytest.param(r"\n行政许可\n", "\n行政许可\n7\n", "proactive", id="a number too many"),
        pytest.param(r"\n行政许可\n+\d+\n", "\n行政许可\n", "proactive", id="a number too few"),
        pytest.param(
            r"\n行政复议\n+行政诉讼\n", "\n行政诉讼\n行政复议\n", "review", id="rows of table 4 change places"
        ),
        pytest.param(r"\n结果维持\n", "\n", "review", id="a column of table 4 is not named"),
    ],
)
def test_whatever_is_not_so_is_odd(
    pattern: str, replacement: str, table: str, plain: Callable[[str], Mapping[str, bool]]
):
    changed = re.sub(pattern, replacement, PAGE, count=1)
    assert changed != PAGE
    judged = plain(changed)
    assert not judged[table]
    assert sum(judged.values()) == 2


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_no_number_of_a_damaged_print_is_read_wrong(
    damage: Callable[[GeneratedReport, Random, str], tuple[str, GeneratedReport]], layout: str
):
    text, truth = damage(REPORT, Random(f"{damage.__name__} {layout}"), layout)
    cells = read(text).cells
    wrong = {
        cell: (cells[cell].value, value)
        for cell, value in truth.cells.items()
        if not math.isnan(cells[cell].value) and cells[cell].value != value
    }
    assert wrong == {}
    if damage is as_it_is and "glued" not in layout:
        assert all(cells[cell].value == value for cell, value in truth.cells.items())
