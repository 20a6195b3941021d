"""How long a sum, a list and a quotation may be before something is left out, and when a number is said at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import Evidence, Fact, Place
from tests.rules.findings.test_messages import Values, messages
from tests.rules.spec_samples import BLANK, UNREADABLE, rule

ROWS = ("received", "carried_in", "granted", "refused_secret", "refused_internal", "carried_out")
ITEMS = ["第一项 0", "第二项 0", "予以公开 0", "秘密 0", "内部 0", "第四项 0"]


def summed(terms: int, *more: str) -> str:
    """A rule that adds up the first rows."""
    return rule("a", f"results_total == {' + '.join([*ROWS[:terms], *more])}", loop="column: requests.total")


def test_a_sum_of_six_terms_is_written_out(tmp_path: Path):
    written = " + ".join(ITEMS)
    assert messages(tmp_path, summed(6), {"requests.results_total.total": 4})[0] == (
        f"总计列：第三项总计 4，{written} = 0，相差 4"
    )


@pytest.mark.parametrize(
    ("values", "sum_in_words"),
    [
        pytest.param({}, "各项之和 = 0", id="nothing but zeros"),
        pytest.param({"requests.received.total": 3}, "第一项 3 = 3（其余各项为 0）", id="one number"),
        pytest.param(
            {"requests.received.total": 3, "requests.granted.total": -1},
            "第一项 3 + 予以公开 -1 = 2（其余各项为 0）",
            id="two numbers",
        ),
        pytest.param(
            {f"requests.{row}.total": 1 for row in (*ROWS, "other_fee")},
            "第一项 1 + 第二项 1 + 予以公开 1 + 秘密 1 + 内部 1 + 第四项 1 + 未缴费 1 = 7",
            id="nothing but numbers",
        ),
    ],
)
def test_of_a_sum_of_seven_terms_zeros_are_left_out(tmp_path: Path, values: Values, sum_in_words: str):
    found = messages(tmp_path, summed(6, "other_fee"), {**values, "requests.results_total.total": 9})[0]
    assert found.startswith(f"总计列：第三项总计 9，{sum_in_words}，相差 ")


@pytest.mark.parametrize(
    ("formula", "values", "sentence"),
    [
        pytest.param(
            "received == granted + 1", {"received": 3}, "第一项 3，予以公开 0 + 1 = 1，相差 2", id="a constant"
        ),
        pytest.param(
            "received == granted - 1", {"granted": 3}, "第一项 0，予以公开 3 − 1 = 2，相差 2", id="one taken off"
        ),
        pytest.param(
            "received == 0 - granted", {"granted": 3}, "第一项 0，−予以公开 3 = -3，相差 3", id="a minus before it"
        ),
        pytest.param("received == 2 * granted", {"granted": 3}, "第一项 0，2 × 予以公开 3 = 6，相差 6", id="a factor"),
        pytest.param("received == 1.5", {"received": 3}, "第一项 3，应等于 1.5", id="nothing but a number"),
        pytest.param("received < granted", {}, "第一项 0，应小于 予以公开 0", id="less"),
        pytest.param("received > granted", {}, "第一项 0，应大于 予以公开 0", id="more"),
        pytest.param("2 < received", {}, "第一项 0，应大于 2", id="a number that is less"),
        pytest.param("2 <= received", {}, "第一项 0，应不小于 2", id="a number that is not more"),
        pytest.param("2 > received", {"received": 3}, "第一项 3，应小于 2", id="a number that is more"),
        pytest.param("2 == received", {}, "第一项 0，应等于 2", id="a number that is equal"),
        pytest.param("received != granted", {}, "第一项 0，应不等于 予以公开 0", id="different"),
    ],
)
def test_both_sides_in_words(tmp_path: Path, formula: str, values: Values, sentence: str):
    cells: Values = {f"requests.{row}.total": value for row, value in values.items()}
    assert messages(tmp_path, rule("a", formula, loop="column: requests.total"), cells)[0] == f"总计列：{sentence}"


@pytest.mark.parametrize(
    ("formula", "values", "expected"),
    [
        pytest.param("received == granted", {"received": 2}, "则相差 2", id="a difference"),
        pytest.param("granted == received", {"received": 2}, "则相差 2", id="the same the other way round"),
        pytest.param("received == granted", {}, "则规则成立", id="no difference"),
        pytest.param("granted <= received", {}, "则规则成立", id="not more"),
        pytest.param("granted < received", {}, "则规则不成立（相差 0）", id="not less"),
        pytest.param("granted >= received", {"received": 2}, "则规则不成立（相差 2）", id="too little"),
        pytest.param("granted > received", {"received": -2}, "则规则成立", id="more"),
        pytest.param("granted != received", {}, "则规则不成立（相差 0）", id="no difference where there should be one"),
    ],
)
def test_what_would_come_out_if_a_blank_were_zero(tmp_path: Path, formula: str, values: Values, expected: str):
    cells: Values = {f"requests.{row}.total": value for row, value in values.items()}
    text = rule("a", formula, loop="column: requests.total")
    sentence = messages(tmp_path, text, {**cells, "requests.granted.total": BLANK})[0]
    assert sentence == f"总计列：缺少 予以公开，无法判断；若空白按 0 计，{expected}"


@pytest.mark.parametrize(
    ("count", "missing"),
    [
        pytest.param(6, "第一项、第二项、予以公开、秘密、内部、第四项", id="six are named"),
        pytest.param(7, "第一项、第二项、予以公开、秘密、内部、第四项 等 7 项", id="of seven the first six"),
    ],
)
def test_missing_cells_are_named(tmp_path: Path, count: int, missing: str):
    rows = (*ROWS, "other_fee")
    text = rule("a", f"{' + '.join(rows)} == 0", loop="column: requests.total")
    values: Values = {f"requests.{row}.total": UNREADABLE for row in rows[:count]}
    assert messages(tmp_path, text, values)[0] == f"总计列：缺少 {missing}，无法判断"


@pytest.mark.parametrize(
    ("length", "quoted"), [(80, "长" * 80), (81, f"{'长' * 79}…")], ids=["eighty characters", "one more"]
)
def test_a_quotation_has_up_to_eighty_characters(tmp_path: Path, length: int, quoted: str):
    fact = Fact(1.0, (Evidence(Place(line=1), "长" * length),))
    text = rule("a", "text.slips == 0", 'message: {zh: "{text}", en: "-"}')
    assert messages(tmp_path, text, {}, {"text.slips": fact})[0] == quoted
