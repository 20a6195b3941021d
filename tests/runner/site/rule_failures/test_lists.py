"""Who fails a rule: one line a report, the last year first, all of them, in parts of a bearable size."""

from __future__ import annotations

import pytest

from disclosure_checks.runner.site.rule_failures.lists import MOST_A_PAGE, failing_parts, part_paths
from disclosure_checks.runner.site.rule_failures.results import FailingReport, RuleResults
from disclosure_checks.runner.site.rule_pages import rule_list_page, rule_pages
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import compiled, finding, report, run, sample_run

PATH = "rules/requests.balance.html"


def failing(agency: str, year: int | None, times: int = 1) -> FailingReport:
    return FailingReport(agency, f"{year}/{agency}.txt", year, f"{year}/{agency}.html", 3, times, "差 1")


def test_the_last_year_comes_first_then_names_in_their_order() -> None:
    reports = [failing("乙", 2022), failing("甲", 2023), failing("丙", 2023), failing("丁", None)]
    [part] = failing_parts(PATH, reports, {"丙": 0, "甲": 1, "乙": 2, "丁": 3}, load_texts("zh"))
    assert [(one.agency.text, one.year) for one in part.lines] == [
        ("丙", "2023年度"), ("甲", "2023年度"), ("乙", "2022年度"), ("丁", "年度不明"),
    ]  # fmt: skip


def test_a_report_that_fails_a_rule_several_times_is_one_line() -> None:
    results = RuleResults()
    many = [finding("text.granted", item=str(number)) for number in range(3)]
    [checked] = run([(report(), many)]).checked
    results.add(checked.record, checked.findings)
    page = next(page for page in rule_pages([compiled()], results, load_texts("zh")) if page.id == "text.granted")
    assert [(one.agency.href, one.times) for one in page.failing.lines] == [
        ("../2023/南湖区人民政府办公室.html#finding-1", "3 处")
    ]


@pytest.mark.parametrize(
    ("count", "parts"),
    [
        pytest.param(0, 1, id="no report"),
        pytest.param(MOST_A_PAGE, 1, id="as many as a page holds"),
        pytest.param(MOST_A_PAGE + 1, 2, id="one more"),
    ],
)
def test_a_long_list_is_complete_in_several_pages(count: int, parts: int) -> None:
    found = failing_parts(PATH, [failing(f"{number:05}", 2023) for number in range(count)], {}, load_texts("zh"))
    assert [part.path for part in found] == part_paths(PATH, count)
    assert len(found) == parts
    assert sum(len(part.lines) for part in found) == count
    assert {len(part.parts) for part in found} == {parts if parts > 1 else 0}


def test_only_pages_of_rules_that_changed_are_made() -> None:
    results = RuleResults()
    for one in sample_run().checked:
        results.add(one.record, one.findings)
    known = {page.path: results.digest(page.id) for page in rule_pages([compiled()], results, load_texts("zh"))}
    [more] = run([(report("z.txt", "丙局"), [finding("text.granted", report("z.txt", "丙局"))])]).checked
    results.add(more.record, more.findings)
    made = [
        page.id
        for page in rule_pages(
            [compiled()], results, load_texts("zh"), lambda path, made_from: known.get(path) == made_from
        )
    ]
    assert made == ["text.granted"]


def test_rules_that_reports_fail_stand_first_the_gravest_before_others() -> None:
    results = RuleResults()
    for one in sample_run().checked:
        results.add(one.record, one.findings)
    page = rule_list_page([compiled()], results, load_texts("zh"))
    assert [line.id for line in page.categories[0].rules] == [
        "requests.balance", "text.granted", "requests.share_carried_out", "structure.heading_variant",
    ]  # fmt: skip
    assert [category.title for category in page.categories] == ["有报告不符合的规则", "跨年度"]
