from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.fact_names import DOCUMENT_FACTS, REPORT_NAMES, SECTION_FACTS, TABLE_FACTS
from disclosure_checks.grammar.model.report import CellStatus, Evidence, Fact, Place
from disclosure_checks.rules.findings.finding import Diagnosis
from disclosure_checks.rules.findings.messages import (
    cell_label,
    diagnosis_message,
    finding_message,
    item_label,
    number_words,
    parse_place,
    place_words,
)
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.labels import MESSAGES
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.rules.spec_samples import (
    BALANCE,
    BALANCED,
    BLANK,
    RESULTS_SUM,
    ROW_TOTAL,
    UNREADABLE,
    findings_of,
    load_rules,
    rule,
    sample_report,
)

Values = dict[str, "float | CellStatus"]


def messages(folder: Path, text: str, values: Values, facts: dict[str, Fact] | None = None) -> list[str]:
    """The messages of the findings of one rule, each in both languages."""
    compiled = load_rules(folder, text)
    found = findings_of(compiled, sample_report(compiled, values, facts))
    return [finding_message(finding, compiled, language) for finding in found for language in LANGUAGES]


LONG_SUM = rule("a", "results_total == received + carried_in + sum(results.*)", loop="column: requests.total")

EQUATION_CASES = [
    pytest.param(
        BALANCE,
        {**BALANCED, "requests.carried_out.total": 5},
        "总计列：第一项 68 + 第二项 3 = 71，第三项总计 65 + 第四项 5 = 70，相差 1",
        "column total: item 1 68 + item 2 3 = 71, item 3 total 65 + item 4 5 = 70, difference 1",
        id="in a column rows are named",
    ),
    pytest.param(
        ROW_TOTAL,
        {"requests.granted.person": 3, "requests.granted.total": 4},
        "予以公开行：总计 4，自然人 3 + 企业 0 + 公益 0 = 3，相差 1",
        "row granted: total 4, persons 3 + businesses 0 + charities 0 = 3, difference 1",
        id="in a row columns are named",
    ),
    pytest.param(
        LONG_SUM,
        {"requests.received.total": 2, "requests.refused_secret.total": 1, "requests.results_total.total": 4},
        "总计列：第三项总计 4，第一项 2 + 秘密 1 = 3（其余各项为 0），相差 1",
        "column total: item 3 total 4, item 1 2 + secret 1 = 3 (all other terms are 0), difference 1",
        id="of a long sum only what is not 0",
    ),
    pytest.param(
        LONG_SUM,
        {"requests.results_total.total": 4},
        "总计列：第三项总计 4，各项之和 = 0，相差 4",
        "column total: item 3 total 4, sum of the terms = 0, difference 4",
        id="a long sum of nothing",
    ),
    pytest.param(
        rule("a", "if received == 0 then results_total + carried_out == 0", loop="column: requests.total"),
        {"requests.results_total.total": 3},
        "总计列：第三项总计 3 + 第四项 0 = 3，应等于 0",
        "column total: item 3 total 3 + item 4 0 = 3, should be equal to 0",
        id="what should be nothing",
    ),
    pytest.param(
        rule("a", "carried_out <= received + carried_in", loop="column: requests.total"),
        {"requests.received.total": 2, "requests.carried_out.total": 3},
        "总计列：第四项 3，应不大于 第一项 2 + 第二项 0 = 2",
        "column total: item 4 3, should be at most item 1 2 + item 2 0 = 2",
        id="an inequality",
    ),
    pytest.param(
        rule("a", "10 >= requests.granted.total"),
        {"requests.granted.total": 11},
        "予以公开（总计） 11，应不大于 10",
        "granted (total) 11, should be at most 10",
        id="a number on the left",
    ),
    pytest.param(
        rule("a", "requests.received.total - 2 * requests.granted.total + 1 == requests.carried_out.total"),
        {"requests.received.total": 9, "requests.granted.total": 1},
        "第一项（总计） 9 − 2 × 予以公开（总计） 1 + 1 = 8，第四项（总计） 0，相差 8",
        "item 1 (total) 9 − 2 × granted (total) 1 + 1 = 8, item 4 (total) 0, difference 8",
        id="signs factors and constants",
    ),
    pytest.param(
        rule("a", "value >= 0", loop="cell: stock.fees.amount"),
        {"stock.fees.amount": -1.5},
        "收费（金额） -1.5，应不小于 0",
        "收费 (金额) -1.5, should be at least 0",
        id="a cell names itself",
    ),
    pytest.param(
        rule("a", "requests.carried_out.total / requests.received.total <= 0.5"),
        {"requests.carried_out.total": 2, "requests.received.total": 3},
        "规则a（实为 0.6666666667，应不大于 0.5）",
        "rule a (it is 0.6666666667, should be at most 0.5)",
        id="a share has no terms",
    ),
    pytest.param(
        rule("a", "requests.carried_out.total / requests.received.total <= 0.5"),
        {},
        "除数为 0，无法判断",
        "division by 0, cannot be judged",
        id="a share of nothing",
    ),
    pytest.param(
        BALANCE,
        {**BALANCED, "requests.carried_in.total": UNREADABLE},
        "总计列：缺少 第二项，无法判断",
        "column total: item 2 missing, cannot be judged",
        id="a missing cell",
    ),
    pytest.param(
        BALANCE,
        {**BALANCED, "requests.carried_in.total": BLANK},
        "总计列：缺少 第二项，无法判断；若空白按 0 计，则相差 3",
        "column total: item 2 missing, cannot be judged; if blanks are read as 0 the difference is 3",
        id="a blank that would not fit",
    ),
    pytest.param(
        BALANCE,
        {"requests.carried_in.total": BLANK},
        "总计列：缺少 第二项，无法判断；若空白按 0 计，则规则成立",
        "column total: item 2 missing, cannot be judged; if blanks are read as 0 the rule holds",
        id="a blank that would fit",
    ),
    pytest.param(
        rule("a", "requests.granted.total >= 1"),
        {"requests.granted.total": BLANK},
        "缺少 予以公开（总计），无法判断；若空白按 0 计，则规则不成立（相差 1）",
        "granted (total) missing, cannot be judged; if blanks are read as 0 the rule fails (by 1)",
        id="a blank that would be too little",
    ),
]


@pytest.mark.parametrize(("text", "values", "chinese", "english"), EQUATION_CASES)
def test_an_equation_in_words(tmp_path: Path, text: str, values: Values, chinese: str, english: str):
    assert messages(tmp_path, text, values) == [chinese, english]


def test_many_missing_cells_are_counted(tmp_path: Path):
    values: Values = {
        f"requests.{row}.total": UNREADABLE for row in ("received", "carried_in", "granted", "results_total")
    }
    values |= {f"requests.{row}.total": UNREADABLE for row in ("refused_secret", "refused_internal", "other_fee")}
    chinese, english = messages(tmp_path, LONG_SUM, values)
    assert chinese == "总计列：缺少 第三项总计、第一项、第二项、予以公开、秘密、内部 等 7 项，无法判断"
    assert english.endswith("internal and others, 7 in all missing, cannot be judged")


SLIP = Fact(1.0, (Evidence(Place(line=60), "将 {where} 强化强化\n工作", ("requests.granted.total",), "强化"),))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("{where}“{text}”", "第 60 行“将 {where} 强化强化 工作”", id="place and text, kept as printed"),
        pytest.param("应为“{expected}”", "应为“强化”", id="what the evidence expects"),
        pytest.param("{observed}处，多{difference}处", "1处，多1处", id="numbers"),
        pytest.param("{agency}{year}年", "某市某局2024年", id="whose report"),
        pytest.param("{cells}、{label}", "予以公开（总计）、予以公开（总计）", id="cells"),
    ],
)
def test_the_message_of_a_rule_is_filled_in(tmp_path: Path, pattern: str, expected: str):
    text = rule("a", "text.slips == 0", f'message: {{zh: "{pattern}", en: "-"}}')
    assert messages(tmp_path, text, {}, {"text.slips": SLIP})[0] == expected


@pytest.mark.parametrize(
    ("pattern", "chinese", "english"),
    [
        pytest.param("({names})", "(甲局、乙局)", "(甲局, 乙局)", id="names"),
        pytest.param("{passages}", "“甲局”、“乙局”", "“甲局”, “乙局”", id="passages"),
        pytest.param("{expected_passages}", "“a.txt”、“b.txt”", "“a.txt”, “b.txt”", id="what was expected"),
    ],
)
def test_several_names_are_listed_as_the_language_lists_them(tmp_path: Path, pattern: str, chinese: str, english: str):
    fact = Fact(1.0, (Evidence(None, "甲局\n乙局", (), "a.txt\nb.txt"),))
    text = rule("a", "text.slips == 0", f'message: {{zh: "{pattern}", en: "{pattern}"}}')
    assert messages(tmp_path, text, {}, {"text.slips": fact}) == [chinese, english]


def test_a_long_quotation_is_cut(tmp_path: Path):
    fact = Fact(1.0, (Evidence(Place(line=1), "长" * 200),))
    text = rule("a", "text.slips == 0", 'message: {zh: "{text}", en: "-"}')
    assert messages(tmp_path, text, {}, {"text.slips": fact})[0] == "长" * 79 + "…"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("没有标题", "一、总体情况：没有标题", id="the item is put before it"),
        pytest.param("没有“{item}”", "没有“一、总体情况”", id="unless the message names it"),
        pytest.param("标题“{text}”", "标题“”", id="or quotes the heading of the section"),
    ],
)
def test_the_item_of_a_loop_is_named(tmp_path: Path, pattern: str, expected: str):
    text = rule("a", "count >= 1", f'message: {{zh: "{pattern}", en: "-"}}', loop="section: overview")
    assert messages(tmp_path, text, {})[0] == expected


def test_without_a_message_the_title_is_said_with_what_was_found_and_expected(tmp_path: Path):
    text = rule("a", "count >= 1", loop="section: overview")
    assert messages(tmp_path, text, {}) == [
        "一、总体情况：规则a（出现次数 0，应不小于 1）",
        "一、总体情况: rule a (occurrences 0, should be at least 1)",
    ]


def test_where_no_two_numbers_are_compared_what_was_read_is_said(tmp_path: Path):
    text = rule("a", "if document.title_found == 0 then text.slips >= 1 or known(text.plan_year) and text.slips > 3")
    assert messages(tmp_path, text, {}) == [
        "规则a（现为 重复词语 0、计划年度 0）",
        "rule a (there is doubled words 0, planned year 0)",
    ]


def test_a_missing_fact_is_named(tmp_path: Path):
    text = rule("a", "rows_missing == 0", loop="table: requests")
    facts = {"table.requests.rows_missing": Fact(float("nan"))}
    assert messages(tmp_path, text, {}, facts) == [
        "缺少 “申请”表：缺少的行，无法判断",
        "table “Requests”: missing rows missing, cannot be judged",
    ]


@pytest.fixture
def compiled(tmp_path: Path) -> CompiledSpecification:
    loops = ("section: overview", "table: stock", "cell: requests.granted.total", "fact: text.slips")
    checks = ("count >= 1", "count >= 1", "value >= 1", "value >= 1")
    rules = [rule(f"a{n}", check, loop=loop) for n, (check, loop) in enumerate(zip(checks, loops, strict=True))]
    return load_rules(tmp_path, BALANCE, ROW_TOTAL, RESULTS_SUM, *rules)


@pytest.mark.parametrize(
    ("rule_id", "item", "chinese", "english"),
    [
        ("requests.balance", "requests.total", "总计列", "column total"),
        ("requests.row_total", "requests.other", "其他处理行", "row other"),
        ("a0", "section.overview", "一、总体情况", "一、总体情况"),
        ("a1", "table.stock", "“文件”表", "table “Documents”"),
        ("a2", "requests.granted.total", "予以公开（总计）", "granted (total)"),
        ("a3", "text.slips", "重复词语", "doubled words"),
        ("requests.balance", "", "", ""),
    ],
)
def test_items_have_names(compiled: CompiledSpecification, rule_id: str, item: str, chinese: str, english: str):
    assert item_label(compiled, rule_id, item) == chinese
    assert item_label(compiled, rule_id, item, "en") == english


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("requests.other.total", "其他处理（总计）"),
        ("stock.documents.in_force", "规范性文件（有效）"),
        ("previous_year:requests.carried_out.total", "上年第四项（总计）"),
        ("section.overview.count", "一、总体情况：出现次数"),
        ("document.title_year", "标题中的年度"),
        ("report.year", "报告年度"),
        ("text.slips", "重复词语"),
        ("text.aspect_one", "“甲”"),
        ("nothing.known", "nothing.known"),
    ],
)
def test_cells_and_facts_have_names(compiled: CompiledSpecification, name: str, label: str):
    assert cell_label(compiled, name) == label


PLACES = [
    (Place(line=60), "第 60 行", "line 60"),
    (Place(table=2, row=5, column=4), "表 2 第 5 行第 4 列", "table 2 row 5 column 4"),
    (Place(page=3, line=7), "第 3 页 第 7 行", "page 3 line 7"),
    (Place(table=2), "表 2", "table 2"),
    (Place(), "", ""),
]


@pytest.mark.parametrize(("place", "chinese", "english"), PLACES)
def test_places_in_words_and_back(place: Place, chinese: str, english: str):
    assert (place_words(place), place_words(place, "en")) == (chinese, english)
    assert parse_place(str(place)) == place


@pytest.mark.parametrize(
    ("value", "words"),
    [(18.0, "18"), (-2.0, "-2"), (0.1 + 0.2, "0.3"), (1e15, "1000000000000000"), (float("nan"), "?"), (None, "?")],
)
def test_numbers_are_plain(value: float | None, words: str):
    assert number_words(value) == words


@pytest.mark.parametrize("hint", ["", "digits_swapped", "neighbouring_column"])
def test_a_diagnosis_names_the_cell_and_its_value(compiled: CompiledSpecification, hint: str):
    diagnosis = Diagnosis("requests.granted.total", 41.0, hint)
    for language, label in (("zh", "予以公开（总计）"), ("en", "granted (total)")):
        message = diagnosis_message(diagnosis, compiled, language)
        assert label in message
        assert "41" in message


@pytest.mark.parametrize(
    ("block", "facts"),
    [
        ("report_facts", REPORT_NAMES),
        ("document_facts", DOCUMENT_FACTS),
        ("section_facts", SECTION_FACTS),
        ("table_facts", TABLE_FACTS),
    ],
)
def test_every_fact_of_the_grammar_has_a_name(block: str, facts: dict[str, str]):
    assert set(MESSAGES.names(block)) == set(facts)


def test_a_waived_finding_reads_like_a_failure(tmp_path: Path):
    compiled = load_rules(tmp_path, BALANCE)
    [finding] = findings_of(compiled, sample_report(compiled, {**BALANCED, "requests.carried_out.total": 5}))
    waived = replace(finding, status=ResultStatus.WAIVED)
    assert finding_message(waived, compiled) == finding_message(finding, compiled)
