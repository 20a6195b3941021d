"""Numbers in sentences are read whole or not at all; what is only about right is no number to hold a table against."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.claims.sentences.quantities import read_quantity
from tests.checking import GRAVE
from tests.grammar.claims.test_claims_in_sentences import sure
from tests.odd_texts import NUMERALS, case, rules_failed


def received(number: str) -> dict[str, float]:
    return sure(f"全年收到政府信息公开申请{number}。")


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("二百○三件", 203),
        ("二百〇三件", 203),
        ("一千零五件", 1005),
        ("廿三件", 23),
        ("卅件", 30),
        ("一百廿五件", 125),
        ("3万5000件", 35000),
        ("1万2300件", 12300),
        ("2万3千件", 23000),
        ("1.2万件", 12000),
        ("3百件", 300),
        ("1'203件", 1203),
        ("1’203件", 1203),
        ("1,203件", 1203),
        ("1，203，456件", 1203456),
        ("1 203件", 1203),
        ("一万零三百件", 10300),
        ("一二〇件", 120),
        ("一十八件", 18),
        ("十件", 10),
    ],
)
def test_a_number_is_read_whole(number: str, value: float):
    assert received(number)["received"] == value


@pytest.mark.parametrize("broken", ["2\n03件", "二百\n零三件", "1,2\n03件"])
def test_a_number_that_a_line_end_breaks_is_read_whole_or_not_at_all(broken: str):
    assert received(broken).get("received") in (None, 203, 1203)
    assert received(broken).get("received") != 2


@pytest.mark.parametrize(
    "number",
    [
        "三四十件",
        "三五件",
        "两三件",
        "三、四件",
        "十五六件",
        "二十七八件",
        "3至5件",
        "3-5件",
        "3~5件",
        "3件至5件",
        "三到五件",
        "二十至三十件",
        "上百件",
        "上千件",
        "近百件",
        "百余件",
        "百件",
        "千余件",
        "十余件",
        "十几件",
        "10多件",
        "二十来件",
        "几十件",
        "数十件",
        "数百件",
        "若干件",
        "约30件",
        "30件左右",
        # what is not read for sure
        "一百二件",
        "1·203件",
        "1.203件",
        "2□03件",
        "1万23000件",
        "12345678901234567890件",
    ],
)
def test_what_is_about_right_or_unclear_is_left_alone(number: str):
    assert received(number) == {}


def test_a_number_that_is_left_alone_leaves_the_others_of_its_sentence():
    assert sure("全年收到政府信息公开申请十余件，其中予以公开5件、不予公开3至5件、部分公开2件。") == {
        "granted": 5,
        "partly_granted": 2,
    }


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("我局完成办理政府信息公开申请十件。", {"completed": 10}),
        ("全年收到政府信息公开申请18件，结转3件至2024年。", {"received": 18, "carried_out": 3}),
        ("全年收到政府信息公开申请18件，办结率94.4%。", {"received": 18, "completion_rate": 94.4}),
        ("全年收到政府信息公开申请18件，办结率百分之九十四点四。", {"received": 18, "completion_rate": 94.4}),
        ("行政事业性收费十二点五万元。", {"fee_amount": 12.5}),
        ("2022至2023年收到政府信息公开申请38件，2023年收到政府信息公开申请18件。", {"received": 18}),
    ],
)
def test_what_stands_beside_a_number_does_not_change_it(sentence: str, claims: dict[str, float]):
    assert sure(sentence) == claims


@pytest.mark.parametrize(
    ("text", "value", "exact"),
    [
        ("80%-90%", 90, False),
        ("80-90%", 90, False),
        ("百分之百", 100, True),
        ("百分之八十点五", 80.5, True),
        ("三点五万元", 35000, True),
        ("3亿2000万元", 320000000, True),
    ],
)
def test_percentages_and_amounts(text: str, value: float, exact: bool):
    quantity = read_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.exact) == (value, exact)


@pytest.mark.parametrize("number", range(10))
def test_reports_whose_numerals_agree_with_their_tables_are_left_alone(number: int):
    assert rules_failed(case(f"13_claim_{number}", NUMERALS), *GRAVE) == []


@pytest.mark.parametrize("run", ["1万" * 5000, "一1" * 5000, "1至" * 5000, "一" * 5000, "1,111" * 3000])
def test_a_line_of_nothing_but_numerals_says_no_number(run: str):
    assert received(f"{run}件") == {}


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("9" * 400 + "件", id="digits"),
        pytest.param("9" * 5000 + "件", id="more digits than Python reads"),
        pytest.param("1." + "9" * 400 + "万件", id="decimals"),
        pytest.param("九" * 400 + "件", id="digits in words"),
        pytest.param("1" + "亿" * 40 + "件", id="magnitudes"),
        pytest.param("0" + "亿" * 40 + "件", id="none of the largest"),
        pytest.param("百分之" + "亿" * 40, id="a percentage in words"),
        pytest.param("二点" + "五" * 400 + "亿件", id="decimals in words"),
    ],
)
def test_a_number_larger_than_any_float_is_not_read_and_breaks_nothing(number: str):
    assert read_quantity(number) is None
    assert "received" not in received(number)
