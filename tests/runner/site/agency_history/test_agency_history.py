"""The page of an agency: its states in the order of years, its numbers side by side, the ways to what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.site.agency_history.history import (
    AgencyHistory,
    CellNumbers,
    ReportOfAgency,
    histories_of,
    marks_of,
    report_of_agency,
)
from disclosure_checks.runner.site.agency_history.page import MOST_WRITTEN_LINKS, AgencyHistoryPages
from disclosure_checks.runner.site.agency_history.page_models import AgencyHistoryPage
from disclosure_checks.runner.site.agency_history.paths import agency_paths
from disclosure_checks.runner.site.finding_groups.cells_at_fault import OPERAND
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.checking import specification
from tests.runner.published_samples import balance_failure, compiled, finding, report, run, sample_run

RECEIVED = "requests.new_received.total"


def history(*, missing: tuple[int, ...] = ()) -> AgencyHistory:
    """Three years, the last of them with a wrong number."""
    years = {2021: 10, 2022: 0, 2023: 18}
    reports = [report(f"{year}/某局.txt", "某局", year, values={RECEIVED: number}) for year, number in years.items()]
    of = run([(one, [balance_failure(one)] if one.year == 2023 else []) for one in reports])
    [found] = histories_of(report_of_agency(one) for one in of.checked)
    return AgencyHistory(found.name, found.path, found.reports, missing)


def page(of: AgencyHistory, language: str = "zh") -> AgencyHistoryPage:
    return AgencyHistoryPages([compiled()], load_texts(language)).build(of)


def test_states_stand_in_the_order_of_years_with_those_that_are_missing() -> None:
    assert [(one.year.text, one.year.href, one.kind) for one in page(history(missing=(2020, 2024))).states] == [
        ("2020年度", "", "missing"),
        ("2021年度", "../2021/某局.html", "pass"),
        ("2022年度", "../2022/某局.html", "pass"),
        ("2023年度", "../2023/某局.html", "error"),
        ("2024年度", "", "missing"),
    ]


def test_only_cells_that_ever_held_a_number_are_listed_and_the_rest_is_counted() -> None:
    tables = {one.id: one for one in page(history()).tables}
    rows = {row.label: [line.column for line in row.lines] for row in tables["requests"].rows}
    assert rows["一、本年新收政府信息公开申请数量"] == ["总计"]
    assert "（一）予以公开" not in rows
    assert tables["review"].rows == ()
    assert tables["review"].rest == "其余 15 格各年都是 0、空白或没有刊载，不再列出。"


def test_a_number_that_is_part_of_a_finding_leads_to_its_cell() -> None:
    tables = {one.id: one for one in page(history()).tables}
    [line] = tables["requests"].rows[0].lines
    assert [(one.text, one.kind, one.href) for one in line.values] == [
        ("10", "", ""),
        ("0", "zero", ""),
        ("18", "operand", f"../2023/某局.html#{RECEIVED}"),
    ]


def test_only_the_number_that_is_to_be_changed_is_said_to_be_wrong() -> None:
    [marks] = [one.marks for one in history().reports if one.marks]
    wrong = [cell for cell, mark in marks.items() if mark == "error"]
    assert wrong == ["requests.carried_out.total"]
    assert {marks[cell] for cell in marks if cell not in wrong} == {OPERAND}
    assert site_views("zh").agency_history(page(history())).count("<sup>") == 1


@pytest.mark.parametrize(
    ("findings", "marks"),
    [
        pytest.param([{"rule": "text.granted"}], {RECEIVED: "likely"}, id="what the rule itself finds fault with"),
        pytest.param(
            [{"rule": "text.granted"}, {"rule": "requests.share_carried_out"}],
            {RECEIVED: "likely"},
            id="the gravest of several",
        ),
        pytest.param([{"rule": "structure.heading_variant"}], {}, id="a note says nothing is wrong"),
        pytest.param([{"rule": "text.granted", "status": ResultStatus.NOT_ASSESSABLE}], {}, id="what is not assessed"),
    ],
)
def test_what_is_said_of_a_cell(findings: list[dict[str, Any]], marks: dict[str, str]) -> None:
    one = report("a.txt", "某局", 2023)
    of = run([(one, [finding(of=one, cells=(RECEIVED,), **values) for values in findings])])
    assert marks_of(of.checked[0].findings, compiled()) == marks


def heavy(wrong: int, operands: int = 0) -> AgencyHistory:
    """Seven years of an agency with a long name: a number of four digits in every cell, so many of each year marked."""
    name, spec = "南湖市高新技术产业开发区城市管理综合行政执法局", specification()
    values = {cell: 1000.0 + number for number, cell in enumerate(spec.cells)}
    marks = dict.fromkeys(spec.cells[: wrong + operands], OPERAND) | dict.fromkeys(spec.cells[:wrong], "error")
    [(record, *_)] = history().reports[-1:]
    reports = tuple(
        ReportOfAgency(
            record._replace(agency=name, year=year, page=f"{year}/{name}.html"),
            CellNumbers(spec.fingerprint, values, {}),
            marks,
        )
        for year in range(2021, 2028)
    )
    return AgencyHistory(name, f"agencies/{name}.html", reports)


def html_of(of: AgencyHistory, language: str = "zh") -> str:
    return site_views(language).agency_history(AgencyHistoryPages([specification()], load_texts(language)).build(of))


FEW = MOST_WRITTEN_LINKS // 7  # marks of each year


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("wrong", "operands"),
    [
        pytest.param(0, 0, id="nothing is wrong"),
        pytest.param(FEW, 0, id="every link is written"),
        pytest.param(FEW, 70, id="every link of what is wrong is written, beside 490 operands"),
        pytest.param(70, 0, id="490 wrong cells"),
        pytest.param(50, 40, id="350 wrong cells and 280 operands"),
    ],
)
def test_a_page_stays_light_however_much_is_wrong_in_seven_years(wrong: int, operands: int, language: str) -> None:
    html = html_of(heavy(wrong, operands), language)
    assert html.count("<sup>") == 7 * wrong
    assert html.count('class="operand"') == 7 * operands
    assert len(html.encode()) < 60_000


@pytest.mark.parametrize(
    ("wrong", "operands", "written", "by_script"),
    [
        pytest.param(FEW, 0, 7 * FEW, False, id="all are written where they are few"),
        pytest.param(1, FEW, 7, True, id="those of what is wrong are written where all are many"),
        pytest.param(FEW + 1, 0, 0, True, id="none is written where much is wrong"),
    ],
)
def test_a_script_makes_the_links_that_are_not_written(
    wrong: int, operands: int, written: int, by_script: bool
) -> None:
    html = html_of(heavy(wrong, operands))
    numbers = html[html.index('id="numbers"') :]
    assert numbers.count("#proactive.") + numbers.count("#requests.") == written
    assert ("agency.js" in html) is by_script
    assert ('data-row="requests.new_received" data-columns="natural_person business research ' in html) is by_script


def test_charts_are_those_of_the_spec() -> None:
    charts = page(history()).charts
    assert [one.title for one in charts] == ["收到申请", "办理结果", "行政复议、行政诉讼", "行政规范性文件"]
    assert [bar.number for bar in charts[0].strips[0].bars] == ["10", "0", "18"]


def test_two_reports_of_one_year_both_have_a_column_and_no_bar() -> None:
    twice = run([(report(f"{name}.txt", "某局", year), []) for name, year in (("a", 2022), ("b", 2023), ("c", 2023))])
    [found] = histories_of(report_of_agency(one) for one in twice.checked)
    built = page(found)
    assert [(head.year.text, head.note) for head in built.heads] == [
        ("2022年度", ""), ("2023年度", "b.txt"), ("2023年度", "c.txt"),
    ]  # fmt: skip
    assert built.charts == ()


def test_a_report_whose_format_this_run_has_no_spec_for_has_a_state_and_no_numbers() -> None:
    whole = history()
    unknown = tuple(one._replace(cells=None) for one in whole.reports)
    built = page(AgencyHistory(whole.name, whole.path, unknown))
    assert (len(built.states), built.heads, built.charts) == (3, (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bar_is_also_a_number_in_a_table(language: str) -> None:
    html = site_views(language).agency_history(page(history(), language))
    assert html.count('<table class="for-listeners">') == html.count("<svg") == 4
    assert 'aria-hidden="true"' in html


def test_agencies_without_a_name_have_no_page() -> None:
    names = [one.name for one in histories_of(report_of_agency(one) for one in sample_run().checked)]
    assert "" not in names
    assert "南湖区人民政府办公室" in names


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        pytest.param(["乙局", "甲局"], {"乙局": "agencies/乙局.html", "甲局": "agencies/甲局.html"}, id="plain names"),
        pytest.param(["a/b", "a_b"], {"a/b": "agencies/a_b.html", "a_b": "agencies/a_b-2.html"}, id="names that look alike"),
        pytest.param(["index-2"], {"index-2": "agencies/_index-2.html"}, id="the name of a part of the list"),
        pytest.param([""], {}, id="no name"),
    ],
)  # fmt: skip
def test_where_the_pages_lie(names: list[str], paths: dict[str, str]) -> None:
    assert agency_paths(names) == paths
    assert agency_paths(reversed(names)) == paths
