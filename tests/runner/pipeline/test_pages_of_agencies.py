"""Pages made from several reports, run after run: only those of what changed are made anew; a run can be repeated."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from disclosure_checks.runner.site.agency_history.paths import agency_paths
from tests.generation.panel.panel import PanelReport, random_panel, rewritten
from tests.runner.pipeline.collected_runs import broken_links, check, published, put, texts

pytestmark = pytest.mark.long  # whole runs

FIRST_DAY, SECOND_DAY = "1764547200", "1764633600"  # 1 and 2 December 2025
REPORTS = [report for run in random_panel(2, seed=11, years=(2023, 2024)).runs for report in run]
STAYING, CHANGING = ([one for one in REPORTS if one.body is body] for body in (REPORTS[0].body, REPORTS[-1].body))


def wrong(report: PanelReport) -> PanelReport:
    """The report with a total that its column does not come to."""
    cell = "requests.carried_out.total"
    cells = {**report.report.cells, cell: report.report.cells[cell] + 1}
    return rewritten(report, cells, report.before).saying(report.narrative)


def page_of(reports: list[PanelReport]) -> str:
    name = reports[0].body.agency.name
    return agency_paths([name])[name]


def inodes(out: Path) -> dict[str, int]:
    return {path: (out / path).stat().st_ino for path in published(out) if path.endswith(".html")}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], dict[str, int]]:
    """A site, and the inodes of its pages before and after one report was given again with a wrong number."""
    root = tmp_path_factory.mktemp("runs")
    out = root / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", FIRST_DAY)
        check(out, put(root / "first", texts(REPORTS)))
        before = inodes(out)
        patch.setenv("SOURCE_DATE_EPOCH", SECOND_DAY)
        check(out, put(root / "second", texts([wrong(CHANGING[-1])])))
    return out, before, inodes(out)


def test_the_page_of_an_agency_is_made_anew_where_one_of_its_reports_changed(runs):
    out, before, after = runs
    assert before[page_of(CHANGING)] != after[page_of(CHANGING)]
    assert before[page_of(STAYING)] == after[page_of(STAYING)]
    assert '<td class="error">' in (out / page_of(CHANGING)).read_text(encoding="utf-8")
    assert broken_links(out) == []


def test_the_pages_of_rules_are_made_anew_where_what_is_told_of_them_changed(runs):
    _, before, after = runs
    rules = {path for path in before if path.startswith("rules/") and path != "rules/index.html"}
    changed = {path for path in rules if before[path] != after[path]}
    assert "rules/requests.balance.html" in changed
    assert len(changed) < len(rules) / 2


def test_a_revision_names_the_day_of_the_one_before(runs):
    out, *_ = runs
    page = (out / "2024" / f"{CHANGING[0].body.agency.name}.html").read_text(encoding="utf-8")
    block = re.search(r'<section class="revision".*?</section>', page, re.DOTALL)
    assert block is not None
    assert "2025-12-01" in block.group()


def test_the_store_of_great_expectations_says_which_run_judged_what(runs):
    out, *_ = runs
    results = sorted((out / ".gx" / "validations").rglob("*.json"))
    times = {(path.parts[-3], path.parts[-2]) for path in results}
    assert {("2023", "20251201T000000.000000Z"), ("2024", "20251202T000000.000000Z")} <= times
    assert len([path for path in results if path.parts[-3] != "all_reports"]) == len(REPORTS)


def test_an_agency_that_is_gone_takes_its_page_along(runs, tmp_path):
    out = Path(shutil.copytree(runs[0], tmp_path / "out"))
    check(out, put(tmp_path / "left", texts(STAYING)), "--prune")
    assert not (out / page_of(CHANGING)).exists()
    assert (out / page_of(STAYING)).exists()
    assert broken_links(out) == []


def test_with_a_time_that_is_set_the_same_run_gives_the_same_bytes_on_every_page(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", FIRST_DAY)
    folder = put(tmp_path / "reports", texts(STAYING))
    outs = [tmp_path / name for name in ("one", "two")]
    for out in outs:
        check(out, folder)
    assert published(outs[0]) == published(outs[1])
    assert "2025-12-01 00:00:00 UTC" in (outs[0] / "run.html").read_text(encoding="utf-8")
