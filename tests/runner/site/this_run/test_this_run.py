"""The page about the run: what it says of time, inputs, specs, suites and files that could not be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.site.index_pages import RunChanges
from disclosure_checks.runner.site.this_run.facts import STEPS, RunFacts, Stopwatch, SuiteFacts, durations_script
from disclosure_checks.runner.site.this_run.page import RunPage, run_page
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import compiled, sample_run

TIME = datetime(2026, 3, 1, 17, 30, tzinfo=timezone(timedelta(hours=8)))
FACTS = RunFacts(
    time=TIME,
    files={"pdf": 1, "txt": 5},
    read=2,
    judged=3,
    is_repeatable=True,
    versions={"great_expectations": "1.24.0"},
    suites=(SuiteFacts("2021_format", "all_reports", TIME, 5, 224, 200, 24),),
    results=5,
)


def page(facts: RunFacts = FACTS, language: str = "zh") -> RunPage:
    return run_page([compiled()], sample_run().records, facts, load_texts(language), RunChanges(2, 1, 3, 0))


def test_it_says_when_the_run_was_and_what_it_was_given() -> None:
    told = {one.label: one.text for one in page().facts}
    assert told == {
        "时间": "2026-03-01 09:30:00 UTC",
        "输入": "文件 6 个（pdf 1、txt 5）",
        "其中重新读取": "2",
        "与上次相比": "新增 2、更新 1、保留 3、移除 0",
        "网站上的报告": "5",
        "重新核查的报告": "3",
    }


def test_it_names_the_suites_with_their_run_and_the_expectations_that_were_evaluated() -> None:
    assert [tuple(one) for one in page().suites] == [
        ("2021_format", "all_reports · 2026-03-01 09:30:00 UTC", 5, 224, 200, 24)
    ]
    assert page().results == "结果库中另有各机关各年度的结果 5 条。"


def test_it_gives_whole_fingerprints_and_versions() -> None:
    assert [one.fingerprint for one in page().specifications] == [compiled().fingerprint]
    assert [tuple(one) for one in page().versions] == [("great_expectations", "1.24.0")]


def test_files_that_could_not_be_read_are_listed_with_the_reason() -> None:
    assert [tuple(one) for one in page().unreadable] == [("scan.pdf", "这是扫描图片，没有文字。")]


def test_what_differs_from_run_to_run_stands_in_a_script_beside_the_site() -> None:
    script = durations_script(TIME, {"reading": 1.234, "rules": 0.5})
    assert script == 'window.thisRun={"begun": "2026-03-01 09:30:00 UTC", "seconds": {"reading": 1.2, "rules": 0.5}};\n'
    built = page(replace(FACTS, is_repeatable=False, durations=".collection/this_run.js"))
    html = site_views("zh").this_run(built)
    assert "09:30" not in html
    assert {one.label: one.text for one in built.facts}["时间"] == "2026-03-01"
    assert '<script src=".collection/this_run.js" defer></script>' in html
    assert html.count("data-step=") == len(STEPS)


def test_a_run_that_is_to_be_repeated_tells_no_durations_and_why() -> None:
    built = page()
    assert (built.steps, built.script) == ((), "")
    assert "SOURCE_DATE_EPOCH" in built.steps_note


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_shown_in_either_language(language: str) -> None:
    html = site_views(language).this_run(page(language=language))
    assert "2026-03-01 09:30:00 UTC" in html
    assert compiled().fingerprint in html


def test_a_stopwatch_adds_up_the_laps_of_each_step() -> None:
    times = iter([10.0, 11.5, 13.5, 14.0])
    watch = Stopwatch(lambda: next(times))
    for step in ("reading", "rules", "reading"):
        watch.lap(step)
    assert watch.seconds == {"reading": 2.0, "rules": 2.0}
