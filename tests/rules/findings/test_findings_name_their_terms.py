"""The terms of a finding: factors, groups that are read from one row or from their rows, noise, and what is missing."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.texts.number_words import number_words
from tests.rules.findings.test_messages import messages
from tests.rules.spec_samples import ABSENT, BLANK, UNREADABLE, findings_of, load_rules, rule, sample_report

Values = dict[str, "float | CellStatus"]


def of_column(values: dict[str, float | CellStatus]) -> Values:
    return {f"requests.{row}.total": value for row, value in values.items()}


def sentence(folder: Path, formula: str, **values: float | CellStatus) -> str:
    """What is said of the formula in the column of totals."""
    found = messages(folder, rule("a", formula, loop="column: requests.total"), of_column(values))
    return found[0].removeprefix("总计列：")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        pytest.param(
            "received == 2 * (granted + 3 * carried_in)", "2 × 予以公开 1 + 6 × 第二项 1 = 8", id="a product of a sum"
        ),
        pytest.param("received == granted / 2 + carried_in", "0.5 × 予以公开 1 + 第二项 1 = 1.5", id="a quotient"),
        pytest.param("received == 2 * (carried_in - granted)", "2 × 第二项 1 − 2 × 予以公开 1 = 0", id="a difference"),
        pytest.param("received == 2 * other", "2 × 未缴费 1 + 2 × 其余 2 = 6", id="twice a group"),
        pytest.param("received == granted - other", "予以公开 1 − 未缴费 1 − 其余 2 = -2", id="less a group"),
        pytest.param("received == 3 * (granted + 2 * other)", "3 × 予以公开 1 + 6 × 未缴费 1 + 6 × 其余 2 = 21",
                     id="a product of a sum with a group"),
    ],
)  # fmt: skip
def test_factors_are_those_of_each_term(tmp_path: Path, formula: str, expected: str):
    values = {"received": 9, "granted": 1, "carried_in": 1, "other_fee": 1, "other_rest": 2}
    assert sentence(tmp_path, formula, **values).split("，")[1] == expected


def test_a_group_is_read_from_its_one_row_where_that_is_known(tmp_path: Path):
    printed = {"received": 9, "other": 4, "other_fee": 1, "other_rest": 2}
    assert sentence(tmp_path, "received == 2 * other", **printed) == "第一项 9，2 × 其他处理 4 = 8，相差 1"


def test_the_last_bits_of_decimals_are_no_further_term(tmp_path: Path):
    found = sentence(tmp_path, "granted == received + refused", received=0.1, refused_secret=0.2, refused_internal=0.3)
    assert found == "予以公开 0，第一项 0.1 + 秘密 0.2 + 内部 0.3 = 0.6，相差 0.6"


def test_the_last_bits_of_decimals_do_not_keep_a_blank_from_being_zero(tmp_path: Path):
    values = {"received": 0.1, "carried_in": 0.2, "refused_secret": 0.3, "granted": BLANK}
    found = sentence(tmp_path, "received + carried_in - refused_secret == granted", **values)
    assert found == "缺少 予以公开，无法判断；若空白按 0 计，则规则成立"


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        pytest.param({"other_fee": BLANK}, ("other_fee",), id="a row of the group"),
        pytest.param({"other_fee": BLANK, "other_rest": UNREADABLE}, ("other_fee", "other_rest"), id="both rows"),
        pytest.param({"other_fee": ABSENT, "other_rest": ABSENT}, ("other_fee", "other_rest"), id="rows not printed"),
        pytest.param({"other": BLANK, "other_fee": ABSENT, "other_rest": ABSENT}, ("other",), id="the one row"),
        pytest.param({"other": BLANK, "other_fee": 1.0, "other_rest": BLANK}, ("other",), id="the one row and a row"),
        pytest.param({"received": BLANK, "other_fee": BLANK}, ("received", "other_fee"), id="another cell as well"),
    ],
)
def test_what_is_missing_of_a_group(tmp_path: Path, cells: dict[str, float | CellStatus], missing: tuple[str, ...]):
    compiled = load_rules(tmp_path, rule("a", "received == other", loop="column: requests.total"))
    [finding] = findings_of(compiled, sample_report(compiled, of_column(cells)))
    assert finding.status is ResultStatus.NOT_ASSESSABLE
    assert finding.missing == tuple(f"requests.{row}.total" for row in missing)


def test_a_blank_one_row_does_not_matter_where_the_rows_are_known(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "received == other", loop="column: requests.total"))
    values = of_column({"received": 3, "other": BLANK, "other_fee": 1, "other_rest": 2})
    assert findings_of(compiled, sample_report(compiled, values)) == []


def test_a_finding_of_a_group_names_the_cells_that_were_read(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "received == other", loop="column: requests.total"))
    one_row = {"received": 9.0, "other": 4.0, "other_fee": ABSENT, "other_rest": ABSENT}
    [finding] = findings_of(compiled, sample_report(compiled, of_column(one_row)))
    assert finding.cells == ("requests.received.total", "requests.other.total")
    [finding] = findings_of(compiled, sample_report(compiled, of_column({"received": 9.0})))
    assert finding.cells == ("requests.received.total", "requests.other_fee.total", "requests.other_rest.total")


def test_a_formula_without_a_comparison_names_no_terms_of_a_group(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "not known(other)", loop="column: requests.total"))
    [finding] = findings_of(compiled, sample_report(compiled, {}))
    assert (finding.left, finding.right) == ((), ())
    assert finding.cells == ("requests.other_fee.total", "requests.other_rest.total")


def test_a_number_beyond_measure_is_said_as_such():
    assert number_words(math.inf) == "inf"
