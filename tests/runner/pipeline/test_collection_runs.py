"""Run after run into one folder: a site that adds up, and in which only what changed is made anew."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import SPECIFICATION
from tests.generation.panel.panel import PanelReport, random_panel, rewritten
from tests.runner.pipeline.collected_runs import (
    asked,
    broken_links,
    check,
    pages,
    published,
    put,
    reports_on,
    revisions,
    stamps,
    table,
    texts,
)

# what says which reports a run added
OVERVIEW = {"index.html", "assets/overview_data.js", "run.html"}
RUNS = random_panel(3, seed=7, years=(2024, 2025)).runs
FIRST, SECOND = ([run[number] for run in RUNS] for number in (0, 1))
ONE, *OTHERS = SECOND


def with_total(report: PanelReport, more: float) -> PanelReport:
    """The report with another total of what was carried out, and nothing else that is printed otherwise."""
    cell = "requests.carried_out.total"
    cells = {**report.report.cells, cell: report.report.cells[cell] + more}
    changed = rewritten(report, cells, report.before)
    return changed.saying(report.narrative)


FLAWED = with_total(ONE, 1)


class Folders:
    """Where the reports of the module lie, and the site of both years."""

    def __init__(self, root: Path) -> None:
        self.first = put(root / "2024", texts(FIRST))
        self.second = put(root / "2025", texts(SECOND))
        self.one_year = root / "one_year"
        self.both = root / "both"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A site of 2024, and that site with 2025 added: for reading only."""
    made = Folders(tmp_path_factory.mktemp("runs"))
    assert check(made.one_year, made.first) == ExitCode.CLEAN
    shutil.copytree(made.one_year, made.both)
    assert check(made.both, made.second) == ExitCode.CLEAN
    return made


@pytest.fixture
def out(folders: Folders, tmp_path: Path) -> Path:
    """The site of both years, to go on with."""
    return Path(shutil.copytree(folders.both, tmp_path / "out"))


# ---- a site that adds up


def test_a_second_year_adds_to_the_first(folders):
    names = {report.name for report in (*FIRST, *SECOND)}
    assert set(reports_on(folders.both)) == names
    assert all((folders.both / page).is_file() for page in pages(folders.both).values())
    index = (folders.both / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{page}"' in index for page in pages(folders.both).values())
    assert re.findall(r'scope="col"[^>]*>(?:<[^>]+>)*(20\d\d)', index)[:2] == ["2024", "2025"]
    assert broken_links(folders.both) == []


def test_the_overview_knows_which_reports_a_run_added(folders):
    def added(out: Path) -> set[str]:
        text = (out / "assets" / "overview_data.js").read_text(encoding="utf-8")
        data = json.loads(text.removeprefix("window.overviewData=").removesuffix(";\n"))
        changed = ["+" in one for one in data["outcomes"].split(" ")]
        cells = (zip(data["years"], row.split("|"), strict=True) for row in data["cells"])
        return {year for row in cells for year, cell in row if cell and changed[int(cell, 36)]}

    assert added(folders.one_year) == {"2024"}
    assert added(folders.both) == {"2025"}


def test_the_pages_of_two_years_lead_to_each_other(folders):
    found = pages(folders.both)
    for first, second in RUNS:
        early, late = ((folders.both / found[one.name]).read_text(encoding="utf-8") for one in (first, second))
        assert f'rel="next" href="../{found[second.name]}"' in early
        assert f'rel="prev" href="../{found[first.name]}"' in late


def test_all_exports_hold_both_years(folders):
    names = {report.name for report in (*FIRST, *SECOND)}
    assert {row["report"] for row in table(folders.both, "cells.csv")} == names
    junit = (folders.both / "data" / "junit.xml").read_text(encoding="utf-8")
    assert [one for one in names if one not in junit] == []
    found = json.loads((folders.both / "data" / "findings.json").read_text(encoding="utf-8"))
    listed = table(folders.both, "findings.csv")
    assert [one["report"] for one in found["findings"]] == [row["report"] for row in listed]
    assert {row["year"] for row in listed} == {"2024", "2025"}


def test_what_was_built_in_two_steps_is_what_is_built_at_once(folders, tmp_path):
    at_once = tmp_path / "at_once"
    check(at_once, folders.first, folders.second)
    found, expected = published(folders.both), published(at_once)
    # the overview says besides what this run added
    assert {path for path in {*found, *expected} if found.get(path) != expected.get(path)} == OVERVIEW


def test_the_same_files_in_an_empty_folder_give_the_same_bytes(folders, tmp_path):
    check(tmp_path / "again", folders.first)
    assert published(tmp_path / "again") == published(folders.one_year)


def test_the_summary_is_of_the_files_given_and_says_how_many_there_are_besides(folders, out, tmp_path, capsys):
    main(
        [
            str(SPECIFICATION),
            str(put(tmp_path / "new", texts([FLAWED]))),
            "--out",
            str(out),
            "--jobs",
            "1",
            "--lang",
            "en",
        ]
    )
    said = capsys.readouterr().out
    assert FLAWED.name in said
    assert SECOND[1].name not in said
    assert "6 reports on the site, 5 of them from earlier runs" in said


def test_equal_file_names_of_two_years_are_told_apart_by_the_year(folders, tmp_path):
    out = tmp_path / "out"
    for number, report in enumerate(RUNS[0]):
        check(out, put(tmp_path / str(number), {"report.txt": report.text}))
    assert set(reports_on(out)) == {"2024/report.txt", "2025/report.txt"}
    assert len(set(pages(out).values())) == 2
    assert broken_links(out) == []


# ---- revisions


def corrected(folders: Folders, tmp_path: Path, out: Path, *versions: PanelReport) -> str:
    """The page of a report after its versions were given, each in the place of the one before."""
    for version in versions:
        check(out, put(tmp_path / "corrected", texts([version])))
    return (out / pages(out)[ONE.name]).read_text(encoding="utf-8")


def revision_block(page: str) -> str:
    found = re.search(r'<section class="revision".*?</section>', page, re.DOTALL)
    return found.group() if found else ""


def test_a_corrected_report_tells_what_was_solved_and_which_cells_changed(folders, tmp_path, out):
    page = corrected(folders, tmp_path, out, FLAWED, ONE)
    block = revision_block(page)
    assert "已解决" in block
    assert "新出现" not in block
    assert "requests.balance" in block
    before = FLAWED.report.cells["requests.carried_out.total"]
    after = ONE.report.cells["requests.carried_out.total"]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</th><td>(.*?)</td><td>(.*?)</td></tr>", block)
    assert rows == [(f"{before:g}", f"{after:g}")]
    assert check(out, tmp_path / "corrected") == ExitCode.CLEAN


def test_a_correction_that_brings_a_fault_tells_that_it_is_new(folders, tmp_path, out):
    block = revision_block(corrected(folders, tmp_path, out, FLAWED))
    assert "新出现" in block
    assert "已解决" not in block


def test_the_revision_before_is_kept_and_no_longer_on_the_site(folders, tmp_path, out):
    corrected(folders, tmp_path, out, FLAWED)
    assert revisions(out) == [(ONE.name, ONE.name)]
    assert len(reports_on(out)) == 6
    old = asked(out, "SELECT details.reading FROM reports JOIN details USING (reading) WHERE until IS NOT NULL")
    assert len(old) == 1


def test_what_changed_stays_on_the_page_when_other_reports_come(folders, tmp_path, out):
    block = revision_block(corrected(folders, tmp_path, out, FLAWED))
    other = with_total(SECOND[1], 1)
    check(out, put(tmp_path / "other", texts([other])))
    page = (out / pages(out)[ONE.name]).read_text(encoding="utf-8")
    assert revision_block(page) == block != ""


def test_the_same_text_under_other_names_is_no_revision(folders, tmp_path, out):
    before = reports_on(out)
    files = {f"公开/{number}.txt": report.text for number, report in enumerate(SECOND)}
    check(out, put(tmp_path / "elsewhere", files))
    assert revisions(out) == []
    assert sorted(reports_on(out).values()) == sorted(before.values())
    assert set(reports_on(out)) == {*(report.name for report in FIRST), *files}


def test_a_revision_with_the_same_cells_says_so(folders, tmp_path, out):
    changed = {ONE.name: ONE.text + "\n联系电话见网站。\n"}
    check(out, put(tmp_path / "changed", changed))
    page = (out / pages(out)[ONE.name]).read_text(encoding="utf-8")
    assert "表格中的数没有变化" in revision_block(page)


def test_near_names_are_not_merged(folders, tmp_path, out):
    text = ONE.text.replace(ONE.body.agency.name, f"{ONE.body.agency.name}办公室")
    check(out, put(tmp_path / "near", {"near.txt": text}))
    assert len(reports_on(out)) == 7
    assert revisions(out) == []


# ---- leaving


def test_pruning_leaves_what_was_given(folders, out):
    check(out, folders.second, "--prune")
    assert set(reports_on(out)) == {report.name for report in SECOND}
    assert sorted(path.parent.name for path in out.glob("20*/*.html")) == ["2025"] * 3
    assert not (out / "2024").exists()
    assert broken_links(out) == []


def test_beginning_afresh_forgets_all_and_gives_the_site_of_these_files_alone(folders, tmp_path, out):
    corrected(folders, tmp_path, out, FLAWED)
    check(out, folders.first, "--fresh")
    assert published(out) == published(folders.one_year)
    assert revisions(out) == []


def test_a_file_that_could_not_be_read_is_told_of_as_long_as_it_is_there(folders, tmp_path, out):
    reports = put(
        tmp_path / "reports", {ONE.name: ONE.text, "scan.pdf": b"%PDF-1.4 broken", "other.pdf": b"%PDF broken"}
    )
    assert check(out, reports) == ExitCode.UNREADABLE_INPUT
    assert check(out, folders.first) == ExitCode.CLEAN
    assert {"scan.pdf", "other.pdf"} <= set(reports_on(out))
    (reports / "scan.pdf").unlink()
    (reports / "other.pdf").write_text(SECOND[1].text)
    assert check(out, reports) == ExitCode.CLEAN
    assert "scan.pdf" not in reports_on(out)
    assert "unreadable" not in reports_on(out).values()


def test_a_report_whose_file_breaks_stays_as_it_was(folders, tmp_path, out):
    assert check(out, put(tmp_path / "2025", {ONE.name: b"\0" * 50})) == ExitCode.UNREADABLE_INPUT
    found = reports_on(out)
    assert len(found) == 7
    assert sorted(found.values()).count("unreadable") == 1
    check(out, put(tmp_path / "2025", texts([FLAWED])))
    assert len(reports_on(out)) == 6
    assert "新出现" in revision_block((out / pages(out)[ONE.name]).read_text(encoding="utf-8"))


# ---- only what changed


def test_where_nothing_changed_nothing_is_written_and_the_same_is_said(folders, tmp_path, capsys):
    words = [str(SPECIFICATION), str(put(tmp_path / "in", {**texts([FLAWED]), "scan.pdf": b"%PDF broken"}))]
    words += ["--out", str(tmp_path / "out"), "--jobs", "1", "--lang", "en"]
    first = main(words), *capsys.readouterr()
    before = stamps(tmp_path / "out")
    second = main(words), *capsys.readouterr()
    assert second[0] == first[0] == ExitCode.UNREADABLE_INPUT
    unchanged, _, summary = second[1].partition("\n")
    assert "Nothing has changed" in unchanged
    assert summary == first[1]
    assert stamps(tmp_path / "out") == before


def test_the_answer_that_nothing_changed_needs_no_library_that_checks(folders):
    code = (
        "import sys\n"
        "from disclosure_checks.runner.commands.run_checks import main\n"
        "code = main(sys.argv[1:])\n"
        "heavy = {'great_expectations', 'pydantic', 'lark', 'numpy', 'pandas', 'jinja2', 'tqdm'}\n"
        "print(code, sorted(heavy & set(sys.modules)))\n"
    )
    words = [str(SPECIFICATION), str(folders.second), "--out", str(folders.both), "--jobs", "1", "--quiet"]
    before = stamps(folders.both)
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout == "0 []\n"
    assert stamps(folders.both) == before


def test_the_severity_to_fail_on_is_applied_to_what_was_found_before(folders, tmp_path):
    reports = put(tmp_path / "in", texts([FLAWED]))
    assert check(tmp_path / "out", reports) == ExitCode.FINDINGS
    before = stamps(tmp_path / "out")
    assert check(tmp_path / "out", reports, "--fail-on", "never") == ExitCode.CLEAN
    assert stamps(tmp_path / "out") == before


def test_of_several_reports_only_the_page_of_the_one_that_changed_is_written(folders, tmp_path, out):
    reports = put(tmp_path / "2025", texts(SECOND))
    check(out, reports)
    before = stamps(out)
    (reports / ONE.name).write_text(FLAWED.text)
    assert check(out, reports) == ExitCode.FINDINGS
    after = stamps(out)
    changed = {page for page in pages(out).values() if before[page] != after[page]}
    assert changed == {pages(out)[ONE.name]}


def test_a_change_of_one_year_is_seen_in_the_year_after(folders, tmp_path, out):
    early, late = RUNS[1]
    check(out, put(tmp_path / "2024", texts([with_total(early, 1)])))
    found = [row["report"] for row in table(out, "findings.csv") if row["rule"] == "years.carried_in_total"]
    assert found == [late.name]


def test_a_changed_rule_judges_all_reports_again(folders, tmp_path, out):
    content = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    content["rules"].append(
        {
            "id": "requests.none",
            "title": {"zh": "没有收到申请", "en": "no requests"},
            "check": "requests.new_received.total < 0",
            "severity": "advisory",
        }
    )
    spec = tmp_path / SPECIFICATION.name
    spec.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    check(out, folders.second, spec=spec)
    failed = {row["report"] for row in table(out, "findings.csv") if row["rule"] == "requests.none"}
    assert failed >= {report.name for report in SECOND}
    assert set(reports_on(out)) == {report.name for report in (*FIRST, *SECOND)}
    assert broken_links(out) == []


@pytest.mark.parametrize("gone", ["a page", "an export", "the overview", "the stores of Great Expectations"])
def test_what_was_removed_from_the_site_is_written_again(folders, out, gone):
    expected = published(folders.both)
    target = {
        "a page": out / pages(out)[ONE.name],
        "an export": out / "data" / "cells.csv",
        "the overview": out / "index.html",
        "the stores of Great Expectations": out / ".gx",
    }[gone]
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    check(out, folders.second)
    found = published(out)
    assert {path for path in expected if found.get(path) != expected[path]} <= OVERVIEW
    assert set(found) == set(expected)


# ---- what may happen in between

_DIE_AT = """
import os, signal, sys
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.pipeline import publications
from disclosure_checks.runner.publishing import atomic_publication

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv.pop(1)
if point == "judging":
    publications.Publications.keep = die
elif point == "committed":
    atomic_publication._publish = die
elif point == "switched":
    Register.drop_note = lambda self, name, known=Register.drop_note: die() if "pending" in name else known(self, name)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("point", ["judging", "committed", "switched"])
def test_a_run_that_is_killed_leaves_one_site_or_the_other_and_a_next_run_that_completes_it(folders, tmp_path, point):
    out = Path(shutil.copytree(folders.one_year, tmp_path / "parent" / "out"))
    words = [str(SPECIFICATION), str(folders.second), "--out", str(out), "--jobs", "1", "--quiet"]
    ended = subprocess.run([sys.executable, "-c", _DIE_AT, point, *words], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    old, new = published(folders.one_year), published(folders.both)
    left = {path: content for path, content in published(out).items() if path != ".publishing.lock"}
    assert left == {path: content for path, content in (new if point == "switched" else old).items() if path in left}
    assert len(reports_on(out)) == (6 if point == "switched" else 3)
    assert check(out, folders.second) == ExitCode.CLEAN
    found = published(out)
    assert {path for path in {*found, *new} if found.get(path) != new.get(path)} <= OVERVIEW
    assert os.listdir(out.parent) == ["out"]
    before = stamps(out)
    assert check(out, folders.second) == ExitCode.CLEAN
    assert stamps(out) == before
