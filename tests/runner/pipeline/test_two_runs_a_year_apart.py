"""Two runs a year apart: what the first one published is compared with the reports of the second."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from disclosure_checks.runner.collection.history_files import HISTORY_FILE
from disclosure_checks.runner.collection.history_layout import LAYOUT_VERSION
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import ROOT, SPECIFICATION
from tests.generation.panel.panel import PanelReport, random_panel, rewritten
from tests.generation.planting.years import carried_in_total

SPECS = ROOT / "specs"
RUNS = random_panel(12, seed=4, years=(2022, 2023, 2024)).runs


@pytest.fixture(scope="module")
def wrong() -> PanelReport:
    """A report of 2024 that carries in what 2023 did not carry out; 2022 and 2023 are as they were."""
    for number, run in enumerate(RUNS):
        planted = carried_in_total(run[1:], Random(number))
        if planted is not None:
            return planted.run[-1]
    raise AssertionError("no run gives an occasion")


def put(folder: Path, reports: Sequence[PanelReport]) -> Path:
    """The folder with these reports and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for report in reports:
        (folder / report.name).write_text(report.text, encoding="utf-8")
    return folder


def check(reports: Path, out: Path, *words: object, spec: Path = SPECIFICATION) -> int:
    return main([str(spec), str(reports), "--out", str(out), "--jobs", "1", "--quiet", *map(str, words)])


def findings(out: Path, prefix: str = "years.") -> set[tuple[str, str]]:
    with (out / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["report"], row["rule"]) for row in csv.DictReader(file) if row["rule"].startswith(prefix)}


def published(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".gx" not in path.parts
    }


def of_year(year: int) -> list[PanelReport]:
    return [report for run in RUNS for report in run if report.year == year]


@pytest.fixture(scope="module")
def published_in_2023(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run over the reports of 2023 leaves behind; each test continues a copy of it."""
    folder = tmp_path_factory.mktemp("2023")
    check(put(folder / "reports", of_year(2023)), folder / "out")
    return folder / "out"


@pytest.fixture
def out(published_in_2023: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published_in_2023, tmp_path / "out"))


def with_wrong(wrong: PanelReport) -> list[PanelReport]:
    return [wrong if report.name == wrong.name else report for report in of_year(2024)]


def test_the_second_run_checks_the_carry_over_without_last_years_files(tmp_path, out, wrong):
    reports = tmp_path / "reports"
    assert findings(out) == set()
    check(put(reports, with_wrong(wrong)), out)
    assert (wrong.name, "years.carried_in_total") in findings(out)
    assert findings(out, "years.carried_in_total") == {(wrong.name, "years.carried_in_total")}
    first = published(out)
    check(reports, out)
    assert published(out) == first
    with (out / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = [row for row in csv.DictReader(file) if row["rule"] == "years.carried_in_total"]
    assert "上年" in row["message"]
    assert row["cells"] == "requests.carried_in.total"
    assert row["where"]
    known = pd.read_sql("SELECT DISTINCT year FROM reports", sqlite3.connect(out / HISTORY_FILE))
    assert sorted(known["year"]) == [2023, 2024]


def test_earlier_years_may_have_been_published_elsewhere(tmp_path, published_in_2023, wrong):
    reports = put(tmp_path / "reports", with_wrong(wrong))
    check(reports, tmp_path / "alone")
    assert findings(tmp_path / "alone") == set()
    check(reports, tmp_path / "out", "--history", published_in_2023)
    assert (wrong.name, "years.carried_in_total") in findings(tmp_path / "out")
    known = pd.read_sql("SELECT year FROM reports", sqlite3.connect(tmp_path / "out" / HISTORY_FILE))
    assert known["year"].value_counts().to_dict() == {2023: 12, 2024: 12}
    assert len(sqlite3.connect(published_in_2023 / HISTORY_FILE).execute("SELECT * FROM reports").fetchall()) == 12


def test_a_corrected_report_of_last_year_replaces_the_one_that_was_published(tmp_path, out, wrong):
    last = next(report for report in of_year(2023) if report.body == wrong.body)
    total = wrong.report.cells["requests.carried_in.total"]
    cells = {**last.report.cells, "requests.carried_out.total": total}
    check(put(tmp_path / "corrected", [rewritten(last, cells, last.before)]), out)
    check(put(tmp_path / "reports", with_wrong(wrong)), out)
    assert (wrong.name, "years.carried_in_total") not in findings(out)


def test_the_year_before_may_be_in_another_format_of_the_same_run(tmp_path):
    runs = random_panel(8, seed=5, years=(2020, 2021)).runs
    planted = next(one for one in (carried_in_total(run, Random(1)) for run in runs) if one)
    reports = [report for run in runs for report in (planted.run if run[0].body == planted.run[0].body else run)]
    check(put(tmp_path / "reports", reports), tmp_path / "out", spec=SPECS)
    assert findings(tmp_path / "out", "years.carried_in_total") == {(planted.name, "years.carried_in_total")}
    tables = pd.read_sql("SELECT name FROM sqlite_master", sqlite3.connect(tmp_path / "out" / HISTORY_FILE))["name"]
    assert {"cells_2019_format", "cells_2021_format"} <= set(tables)


def test_a_text_copied_from_last_years_report_is_found_without_its_file(tmp_path, out):
    last, report = RUNS[0][1], RUNS[0][2]
    copied = report.saying(last.narrative)
    check(put(tmp_path / "reports", [copied]), out)
    assert (copied.name, "text.same_as_last_year") in findings(out, "text.same_as")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("damage", ["truncated", "of a later version"])
def test_history_that_cannot_be_used_is_told_of_and_kept(tmp_path, out, capsys, damage, language):
    reports = put(tmp_path / "reports", of_year(2023)[:2])
    store = out / HISTORY_FILE
    if damage == "truncated":
        store.write_bytes(store.read_bytes()[:3000])
    else:
        connection = sqlite3.connect(store)
        connection.execute(f"PRAGMA user_version = {LAYOUT_VERSION + 1}")
        connection.close()
    content = store.read_bytes()
    capsys.readouterr()
    code = check(reports, out, "--lang", language)
    assert code in (ExitCode.CLEAN, ExitCode.FINDINGS)
    told = capsys.readouterr().err
    [kept] = out.glob("data/history-unused-*.sqlite")
    assert kept.read_bytes() == content
    assert str(store) in told
    assert str(kept) in told
    assert ("升级" in told or "损坏" in told) == (language == "zh")
    check(reports, out, "--lang", language)
    assert capsys.readouterr().err == ""
    assert kept.exists()


def test_a_history_that_is_not_there_is_a_wrong_call(tmp_path, capsys):
    reports = put(tmp_path / "reports", of_year(2023)[:1])
    assert check(reports, tmp_path / "out", "--history", tmp_path / "nowhere") == ExitCode.WRONG_CALL
    assert "nowhere" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
