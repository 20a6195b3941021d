"""What sentences say about cells: claims with their numbers, and the traps that are none."""

from __future__ import annotations

from functools import cache

import pytest

from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.claims.patterns import PatternError, parse_pattern
from disclosure_checks.grammar.claims.said_claims import FoundClaims
from disclosure_checks.grammar.claims.sentences.quantities import Quantity, read_quantity
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText
from disclosure_checks.grammar.words.folding import compact, fold
from disclosure_checks.rules.spec.compiling.claim_building import build_claim_language
from tests.checking import specification

BUREAU, COUNTY, YEAR = "某某市某某县财政局", "某某市某某县人民政府", 2023


@cache
def finder() -> ClaimFinder:
    return ClaimFinder(build_claim_language(specification().specification))


def found_in(text: str, agency: str = BUREAU) -> FoundClaims:
    lines = [
        SearchLine(compact(fold(line)), compact(line), Place(line=n)) for n, line in enumerate(text.split("\n"), 1)
    ]
    return finder().find({"section.overview": SearchText(lines)}, agency, YEAR)


def sure(text: str, agency: str = BUREAU) -> dict[str, float]:
    return {one.claim.id: one.value for one in found_in(text, agency).claims if one.sure}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("2023年，我局共收到政府信息公开申请18件。", {"received": 18}),
        ("全年收到 18 件政府信息公开申请。", {"received": 18}),
        ("全年新收政府信息公开申请，共计十八件。", {"received": 18}),
        (
            "全年收到政府信息公开申请18件，办结16件，结转下年度2件。",
            {"received": 18, "completed": 16, "carried_out": 2},
        ),
        ("收到政府信息公开申请9件，其中予以公开5件、部分公开4件。", {"received": 9, "granted": 5, "partly_granted": 4}),
        ("收到政府信息公开申请9件：5件予以公开、4件不予公开。", {"received": 9, "granted": 5, "refused": 4}),
        (
            "收到政府信息公开申请9件，予以公开、部分公开分别为5件、4件。",
            {"received": 9, "granted": 5, "partly_granted": 4},
        ),
        ("收到政府信息公开申请9件，其中自然人申请8件。", {"received": 9, "from_natural_persons": 8}),
        ("我局未收到政府信息公开申请。", {"none_received": 0}),
        ("未发生因政府信息公开引发的行政复议、行政诉讼。", {"no_cases": 0}),
        ("因政府信息公开引发行政复议3件，均维持。", {"reconsiderations": 3, "all_reconsiderations_upheld": 0}),
        ("全年制发行政规范性文件5件，废止2件。", {"normative_issued": 5, "normative_repealed": 2}),
        ("行政事业性收费12.5万元。", {"fee_amount": 12.5}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sentence_makes_its_claims(text: str, claims: dict[str, float]) -> None:
    assert sure(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "2022年收到政府信息公开申请18件。",
        "收到政府信息公开申请40余件。",
        "收到政府信息公开申请近40件。",
        "全县各部门共收到政府信息公开申请180件。",
        "县公安局收到政府信息公开申请18件。",
        "收到12345热线工单18件，办结18件。",
        "受理网民留言18条，答复18条。",
        "通过网络收到政府信息公开申请10件。",
        "开展政府信息公开申请办理培训3次。",
        "《政府信息公开条例》第三十三条规定，收到申请之日起20个工作日内答复。",
        "公开行政许可信息120条。",
        "备案规范性文件18件。",
        "办理行政复议案件56件，因行政处罚引发行政诉讼3件。",
        "每收到1件政府信息公开申请即登记。",
        "1—9月收到政府信息公开申请5件。",
        "没有超期答复的政府信息公开申请。",
    ],
)
def test_a_number_that_the_tables_do_not_count_is_no_claim(text: str) -> None:
    assert sure(text) == {}


def test_a_count_of_the_whole_county_is_unsure_in_the_report_of_its_government() -> None:
    claims = found_in("全县共收到政府信息公开申请180件。", COUNTY).claims
    assert [(one.claim.id, one.value, one.sure) for one in claims] in ([("received", 180, False)], [])


def test_a_claim_quotes_its_sentence_and_says_where_it_stands() -> None:
    (claim,) = found_in("（二）依申请公开\n全年，我局共收到政府信息公开申请18件。").claims
    assert (claim.shown.text, str(claim.shown.place)) == ("全年，我局共收到政府信息公开申请18件", "line 2")


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("公开信息190条，其中动态150条、公告36条、其他4条。", ["holds"]),
        ("公开信息190条，其中动态150条、公告63条。", ["exceeds"]),
        ("公开信息190条，其中动态150条、公告36条。", ["short"]),
        ("收到申请18件，其中自然人申请15件，占83.3%。", ["holds"]),
        ("收到申请18件，其中自然人申请15件，占38.3%。", ["share_differs"]),
        ("网站公开150条、报刊公开40条，共计180条。", ["differs"]),
        ("公开信息190条，同比增加20条。", []),
        ("公开信息190条。其中，动态150条、公告63条。", ["exceeds"]),
        ("公开信息190条。其中动态150条、公告40条。", ["holds"]),
        ("公开信息190条，解读20条。其中动态150条、公告63条。", []),
        ("收到申请19件。其中予以公开15件，不予公开6件。", []),  # some were carried in
        ("公开信息36条：公开类15条（动态11条，公告4条），占41.7%；其他21条，占58.3%。", ["holds"] * 4),
        ("共办结54条（含结转的7条），其中公开（41条），不公开（13条）。", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parts_and_shares_are_compared_with_their_whole(text: str, verdicts: list[str]) -> None:
    assert [one.said.verdict.value for one in found_in(text).sums] == verdicts


@pytest.mark.parametrize(
    ("text", "value", "unit", "exact"),
    [
        ("1,234件", 1234, "件", True),
        ("一百二十件次", 120, "件次", True),
        ("两件", 2, "件", True),
        ("1.2万元", 12000, "元", True),
        ("40余件", 40, "件", False),
        ("百分之八十", 80, "%", True),
        ("83.3%", 83.3, "%", True),
    ],
)
def test_a_number_is_read_as_it_is_said(text: str, value: float, unit: str, exact: bool) -> None:
    quantity = read_quantity(text)
    assert isinstance(quantity, Quantity)
    assert (quantity.value, quantity.unit, quantity.exact) == (value, unit, exact)


def test_what_is_no_number_is_not_read() -> None:
    assert read_quantity("近") is None


@pytest.mark.parametrize(("pattern", "offset"), [("a >", 2), ("a b >", 4), ("a ??", 3), ("Ä", 0)])
def test_a_broken_pattern_tells_where(pattern: str, offset: int) -> None:
    with pytest.raises(PatternError) as raised:
        parse_pattern(pattern)
    assert raised.value.offset == offset
