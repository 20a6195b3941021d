"""What a point says is printed and what should be: of the finding's own cell or place, and only what is certain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pytest

from disclosure_checks.grammar.model.report import UNKNOWN, Cell, CellStatus, Evidence, Fact, Place
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.runner.exports.points.point_words import Point, PointWords
from disclosure_checks.runner.exports.records import FindingRecord, ProposedChange, Records
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.checking import specification
from tests.rules.spec_samples import columns_of, sample_report

HERE = Place(line=7)
TOTAL = "requests.carried_in.total"
PENALTIES = "proactive.penalties.decisions"
DUPLICATE = tuple(cell for cell in specification().cells if cell.startswith("requests.rejected_duplicate."))
FORMAT = "国办公开办函〔2021〕30号"


@dataclass(frozen=True)
class Case:
    """A failure of one rule. ``values``: of cells and of facts; ``columns``: of other reports and of the body."""

    rule: str
    values: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    columns: Mapping[str, float] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)


def said(text: str, value: float = 1, expected: str = "", *cells: str, place: Place | None = HERE) -> Fact:
    return Fact(value, (Evidence(place, text, cells, expected),))


@cache
def with_one_rule(rule: str) -> CompiledSpecification:
    compiled = specification()
    return replace(compiled, rules=(compiled.rule_by_id[rule],))


@cache
def _nothing_said() -> Mapping[str, Fact]:
    """A report that has every section, and no number in a sentence."""
    sections = {
        name: Fact(1.0) for name in specification().facts if name.startswith("section.") and name.endswith(".count")
    }
    return {**{name: UNKNOWN for name in specification().facts if name.startswith("claim.")}, **sections}


def points_of(case: Case) -> list[Point]:
    compiled = with_one_rule(case.rule)
    report = sample_report(compiled, case.values, {**_nothing_said(), **case.facts})
    cells = {
        name: Cell(name, text, report.cells[name].value, CellStatus.READ, HERE) for name, text in case.printed.items()
    }
    report = replace(report, cells={**report.cells, **cells})
    columns = columns_of(compiled, [report]) | {name: np.array([value]) for name, value in case.columns.items()}
    findings = assemble_findings(compiled, [report], columns, evaluate_all(compiled, columns, 1))
    checked = Records(compiled, finding_message, "zh").checked_report(report, findings, "page.html")
    assert checked.findings
    return PointWords(compiled, load_texts("zh")).of(checked.findings)


GOVERNMENT = body_vocabulary([specification().specification.bodies]).code("government")
CHILDREN = {"body.kind": GOVERNMENT, "body.children_reported": 1.0}
WHO = Fact(1.0, (Evidence(None, "甲镇人民政府"),))
SENTENCE = "全年废止规范性文件5件"
PARTS = "34 / 13 + 6 + 18 = 37"


def line(case: Case) -> tuple[str, str, str]:
    """What the one point names, what is printed there and what should be."""
    [point] = points_of(case)
    [only] = point.lines
    return only.what, only.printed, only.wanted


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(
            Case(
                "hierarchy.covers_children",
                {PENALTIES: 9},
                {"body.children_reported": WHO},
                {**CHILDREN, f"children_sum_known:{PENALTIES}": 12},
            ),
            ("行政处罚（本年处理决定数量）", "9", ""),
            id="a sum over children is no name of a child, and no number to be printed",
        ),
        pytest.param(
            Case("years.much_less", {PENALTIES: 3}, columns={f"previous_year:{PENALTIES}": 400}),
            ("行政处罚（本年处理决定数量）", "3", ""),
            id="last year's number is not printed in this report",
        ),
        pytest.param(
            Case("values.whole_number", {PENALTIES: 12.5}),
            ("行政处罚（本年处理决定数量）", "12.5", ""),
            id="which whole number it should be is not certain",
        ),
        pytest.param(
            Case("years.carried_in_total", {TOTAL: 4}, columns={"previous_year:requests.carried_out.total": 2}),
            ("第二项（总计）", "4", "2"),
            id="what is carried in is what last year's report carried out",
        ),
        pytest.param(
            Case(
                "years.carried_in_total",
                {TOTAL: 4},
                columns={"previous_year:requests.carried_out.total": 2},
                printed={TOTAL: "4件"},
            ),
            ("第二项（总计）", "“4件”", "2"),
            id="what is printed is the text of the cell",
        ),
        pytest.param(
            Case(
                "years.stock",
                {"proactive.regulations.in_force": 40},
                columns={"previous_year:proactive.regulations.in_force": 31},
            ),
            ("规章行", "", ""),
            id="of several cells none is certain",
        ),
        pytest.param(
            Case("text.parts_exceed", facts={"document.sums_exceeding": said(SENTENCE, expected=PARTS)}),
            ("", f"“{SENTENCE}”", ""),
            id="a sum written out is nothing to be printed",
        ),
        pytest.param(
            Case(
                "claims.normative_repealed",
                {"proactive.normative_documents.repealed": 8},
                {"claim.normative_repealed.first": said(SENTENCE, 5)},
            ),
            ("行政规范性文件（本年废止件数）", f"“{SENTENCE}”", "与表格一致（8）"),
            id="a sentence should say what the table holds",
        ),
        pytest.param(
            Case("claims.processing_fee", facts={"claim.processing_fee.to_one": said("收取信息处理费125元", 125)}),
            ("", "“收取信息处理费125元”", ""),
            id="a sentence about what stands in no table",
        ),
        pytest.param(
            Case(
                "claims.all_reconsiderations_upheld",
                {"review.reconsideration.corrected": 2},
                {"claim.all_reconsiderations_upheld.first": said("均予以维持", 0)},
            ),
            ("行政复议（结果纠正）、行政复议（其他结果）、行政复议（尚未审结）", "“均予以维持”", ""),
            id="a sentence that implies a number says none",
        ),
        pytest.param(
            Case(
                "claims.other_reading",
                {"proactive.normative_documents.in_force": 10, "proactive.normative_documents.issued": 2},
                {"claim.normative_in_force.first": said("现行有效规范性文件8件", 8)},
            ),
            ("行政规范性文件（现行有效件数）、行政规范性文件（本年制发件数）", "“现行有效规范性文件8件”", ""),
            id="a sentence that may be read in another way is not surely wrong",
        ),
        pytest.param(
            Case("tables.row_unclear", facts={"table.requests.rows_unclear": said("1 0 2", 1, "7", TOTAL, PENALTIES)}),
            ("第二项（总计）、行政处罚（本年处理决定数量）", "“1 0 2”", ""),
            id="how many numbers a row has is nothing to be printed",
        ),
        pytest.param(
            Case("tables.row_unsplit", facts={"table.requests.rows_unsplit": said("102", 1, "1", TOTAL, PENALTIES)}),
            ("第二项（总计）、行政处罚（本年处理决定数量）", "102", ""),
            id="nor is it of a row that cannot be divided",
        ),
        pytest.param(
            Case("tables.label_alias", facts={"table.requests.labels_aliased": said("予以公开", 1, "（一）予以公开")}),
            ("", "“予以公开”", "（一）予以公开"),
            id="a label should be printed as in the format",
        ),
        pytest.param(
            Case(
                "sections.misnumbered", facts={"section.overview.misnumbered": said("二、总体情况", 1, "一、总体情况")}
            ),
            ("", "“二、总体情况”", "一、总体情况"),
            id="a heading should be printed as in the format",
        ),
        pytest.param(
            Case(
                "sections.out_of_order",
                facts={"section.overview.out_of_order": said("一、总体情况", 1, "一、总体情况")},
            ),
            ("", "“一、总体情况”", ""),
            id="a heading in the wrong place should read no other way",
        ),
        pytest.param(
            Case("tables.rows_missing", facts={"table.requests.rows_missing": said("", 1, "2.重复申请", *DUPLICATE)}),
            ("2.重复申请行", "", "2.重复申请"),
            id="a row that is missing is named, and none of its cells",
        ),
        pytest.param(
            Case("tables.row_unclear", facts={"table.requests.rows_unclear": said("1 0", 1, "7", *DUPLICATE[1:])}),
            (
                "2.重复申请（商业企业）、2.重复申请（科研机构）、2.重复申请（社会公益组织）、2.重复申请（法律服务机构） 等 6 格",
                "“1 0”",
                "",
            ),
            id="cells of a row are named where not all of them are meant",
        ),
        pytest.param(
            Case("sections.missing", facts={"section.other_matters.count": Fact(0.0)}),
            ("六、其他需要报告的事项", "", ""),
            id="a section that is missing is named",
        ),
        pytest.param(
            Case(
                "title.year_disagrees", facts={"document.year_disagreements": said("2023.txt", 1, "2024", place=None)}
            ),
            ("报告整体", "", ""),
            id="the name of a file stands nowhere in the report",
        ),
        pytest.param(
            Case(
                "reports.same_year_differs",
                {TOTAL: 4},
                {"document.cells_differing_in_same_year": said("4 / 6", 1, "乙.docx", TOTAL)},
            ),
            ("第二项（总计）", "4", ""),
            id="the numbers of several reports do not stand in one",
        ),
        pytest.param(
            Case(
                "proactive.regulations_without_power",
                {"proactive.regulations.issued": 3},
                {"text.body_without_rule_making": said("本镇人民政府")},
                {"body.makes_rules": np.nan},
            ),
            ("规章（本年制发件数）", "3", "0"),
            id="a sentence that is a condition is not what is wrong",
        ),
    ],
)
def test_a_point_tells_what_is_printed_at_its_own_place_and_what_is_certain(
    case: Case, expected: tuple[str, str, str]
) -> None:
    assert line(case) == expected


def test_what_is_missing_from_the_text_stands_nowhere() -> None:
    facts = {"text.body_is_government": said("甲市人民政府"), "text.aspect_assessment": Fact(1.0)}
    [point] = points_of(Case("sections.government_aspects", facts=facts, columns={"body.kind": GOVERNMENT}))
    assert {(one.where, one.printed, one.wanted) for one in point.lines} == {("", "", "")}
    assert point.lines[0].what


def test_what_stands_in_a_cell_without_a_number_is_quoted_beside_its_correction() -> None:
    change = ProposedChange(TOTAL, None, 3.0, "line 7", 1)
    record = FindingRecord(
        "report.txt", "某市某局", 2024, "values.blank", "advisory", "fail", (TOTAL,), None, None, None, "空", "line 7", "", None,
        correction=(change,), quotation="/",
    )  # fmt: skip
    [point] = PointWords(specification(), load_texts("zh")).of([record])
    assert point.lines == (("第二项（总计）", "第 7 行", "“/”", "3"),)


def test_one_sentence_that_contradicts_two_cells_is_one_point_with_both() -> None:
    received, granted = (
        FindingRecord(
            "report.txt", "某市某局", 2024, rule, "likely", "fail", (cell,), value, None, None, rule, "line 7", "", None,
            quotation="收到9件，予以公开5件", sentence_id="overview:0",
        )
        for rule, cell, value in (
            ("claims.received", "requests.new_received.total", 8.0), ("claims.granted", "requests.granted.total", 6.0),
        )
    )  # fmt: skip
    [point] = PointWords(specification(), load_texts("zh")).of([received, granted])
    assert [one.what for one in point.lines] == ["第一项（总计）", "（一）予以公开（总计）"]
    assert point.why == ("claims.received", "claims.granted")


def test_a_number_that_is_not_whole_is_told_as_it_is_printed() -> None:
    [point] = points_of(Case("values.whole_number", {PENALTIES: 12.5}))
    assert point.why == ("行政处罚（本年处理决定数量）为12.5，件数应为整数",)


@pytest.mark.parametrize("name", ["expired", "unmatched"])
def test_what_people_decided_is_no_point(name: str) -> None:
    """It concerns who decided, and tells reasons that are not the agency's to read."""
    assert points_of(Case(f"decisions.{name}", facts={f"decision.{name}": said("旧决定", place=None)})) == []


@pytest.mark.parametrize(
    ("case", "basis"),
    [
        pytest.param(
            Case("years.carried_in_total", {TOTAL: 4}, columns={"previous_year:requests.carried_out.total": 2}),
            f"{FORMAT}，表三",
            id="that of the rule",
        ),
        pytest.param(
            Case("values.not_negative", {TOTAL: -4}), FORMAT, id="that of the format, of what is surely wrong"
        ),
        pytest.param(Case("values.whole_number", {TOTAL: 0.5}), "", id="none of what only may be wrong"),
    ],
)
def test_a_point_names_the_statute_that_its_rule_rests_on(case: Case, basis: str) -> None:
    [point] = points_of(case)
    assert point.basis == basis
