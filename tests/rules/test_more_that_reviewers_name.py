"""Fees finer than a fen, all completed beside a lower rate, section one of the year before, growth that does not close."""

from __future__ import annotations

import pytest

from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import GRAVE, failed, findings_of, read
from tests.odd_texts import PROACTIVE, REQUESTS, plain, received, rules_failed


@pytest.mark.parametrize(
    ("amount", "rules"),
    [
        ("60.75", []),
        ("12.345678", []),
        ("1234.5", []),
        ("0.0001", []),
        ("12.3456789", ["proactive.fee_too_fine"]),
        ("0.12345678", ["proactive.fee_too_fine"]),
        ("1234.00000001234", ["proactive.fee_too_fine"]),
    ],
)
def test_no_fee_is_finer_than_a_fen(amount: str, rules: list[str]):
    assert rules_failed(plain({"行政事业性收费 | 0": f"行政事业性收费 | {amount}"}), *GRAVE) == rules


@pytest.mark.parametrize(
    ("sentence", "accused"),
    [
        ("收到政府信息公开申请18件，均已办结，办结率94.4%。", True),
        ("收到政府信息公开申请18件，已全部办结。申请办结率95%。", True),
        ("收到政府信息公开申请18件，全部办结。办结率为98.25%。", True),
        ("收到政府信息公开申请18件，均已办结，办结率100%。", False),
        ("收到政府信息公开申请18件，均已办结，群众满意率98%。", False),
        ("收到政府信息公开申请18件，均已办结。", False),
    ],
)
def test_all_completed_beside_a_lower_rate(sentence: str, accused: bool):
    found = rules_failed(received(sentence, 18), *GRAVE)
    assert ("text.completed_beside_a_lower_rate" in found) == accused


@pytest.mark.parametrize(
    ("sentence", "accused"),
    [
        ("2022年，我局规范公开。", True),
        ("2022年度，全局公开信息20条。", True),
        ("2022年甲市南局认真贯彻落实条例。", True),
        ("2022年以来，各科室规范公开。", True),
        ("2023年，我局规范公开。", False),
        ("根据2022年修订的办法，我局规范公开。", False),
        ("2022年，我局启动整改。今年，我局规范公开。", False),
        ("与2022年相比，公开更加规范。", False),
        ("2021年，我局规范公开。", False),
        ("规范公开。", False),
    ],
)
def test_section_one_that_speaks_only_of_the_year_before(sentence: str, accused: bool):
    text = plain({PROACTIVE: sentence, REQUESTS: "未收到政府信息公开申请。"})
    assert ("text.copied_forward" in rules_failed(text, *GRAVE, Severity.ADVISORY)) == accused


@pytest.mark.parametrize(("growth", "accused"), [("40%", True), ("66.7%", False), ("66%", True)])
def test_growth_that_does_not_close_on_itself(growth: str, accused: bool):
    text = received(f"收到政府信息公开申请25件，比上年增加10件，增长{growth}。", 25)
    assert ("text.growth_differs" in rules_failed(text, *GRAVE)) == accused


@pytest.mark.parametrize(
    ("sentence", "last_year", "accused"),
    [
        ("收到政府信息公开申请25件，比上年增加10件。", 15, False),
        ("收到政府信息公开申请25件，比上年增加10件。", 12, True),
        ("收到政府信息公开申请25件，同比减少5件。", 30, False),
        ("收到政府信息公开申请25件，较2022年减少5件。", 25, True),
        ("收到政府信息公开申请25件，较2022年的20件增长25%。", 20, False),
        ("收到政府信息公开申请25件，较2022年的20件增长25%。", 18, True),
        ("收到政府信息公开申请25件，同比增长66.7%。", 15, False),
        ("收到政府信息公开申请25件，同比增长67%。", 15, False),
        ("收到政府信息公开申请25件，同比增长40%。", 15, True),
        ("收到政府信息公开申请25件，比上年下降50%。", 50, False),
        ("收到政府信息公开申请25件，比上年下降40%。", 50, True),
        ("收到政府信息公开申请25件，其中自然人25件，比上年增加10件。", 12, False),
    ],
)
def test_growth_is_held_against_last_years_report(sentence: str, last_year: int, accused: bool):
    before = received(f"收到政府信息公开申请{last_year}件。", last_year).replace("2023", "2022")
    reports = [read(before, "2022.txt"), read(received(sentence, 25), "2023.txt")]
    rules = [one.rule for one in failed(findings_of(reports)["2023.txt"])]
    assert any(rule.startswith(("claims.received_more", "claims.received_less")) for rule in rules) == accused


def test_growth_without_last_years_report_is_not_judged():
    assert rules_failed(received("收到政府信息公开申请25件，比上年增加10件。", 25), *GRAVE) == []
