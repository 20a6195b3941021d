"""Two runs a year apart: what the first one published is compared with the reports of the second."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from disclosure_checks.runner.collection.history_files import HISTORY_FILE
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import ROOT, SPECIFICATION
from tests.generation.panel.panel import PanelReport, random_panel, rewritten
from tests.generation.planting.years import carried_in_total
from tests.runner.collection.history_stores import VERSION, Stored, execute, write_history

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
        if path.is_file() and not {".gx", ".collection"} & set(path.parts)
    }


def years_of(out: Path) -> dict[int, int]:
    """How many reports of each year are on the site, as the collection has it."""
    query = "SELECT year FROM reports JOIN readings ON readings.id = reading WHERE until IS NULL"
    with closing(sqlite3.connect(out / ".collection" / "collection.sqlite")) as connection:
        return dict(Counter(pd.read_sql(query, connection)["year"]))


def stored(report: PanelReport) -> Stored:
    """A report as an older program kept it."""
    cells = {cell: None if value is None else float(value) for cell, value in report.report.cells.items()}
    return Stored(cells, report.body.agency.name, report.year, "2021_format")


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
    assert years_of(out) == {2023: 12, 2024: 12}


def test_without_last_year_nothing_is_compared(tmp_path, wrong):
    check(put(tmp_path / "reports", with_wrong(wrong)), tmp_path / "out")
    assert findings(tmp_path / "out") == set()


@pytest.mark.parametrize("given", ["the published folder", "its collection", "a store of an older program"])
def test_earlier_years_may_have_been_published_elsewhere(tmp_path, published_in_2023, wrong, given):
    stores = {
        "the published folder": published_in_2023,
        "its collection": published_in_2023 / ".collection" / "collection.sqlite",
        "a store of an older program": write_history(tmp_path / "history.sqlite", *map(stored, of_year(2023))),
    }
    before = {path: path.read_bytes() for path in published_in_2023.rglob("*") if path.is_file()}
    out = tmp_path / "out"
    check(put(tmp_path / "reports", with_wrong(wrong)), out, "--history", stores[given])
    assert findings(out, "years.carried_in_total") == {(wrong.name, "years.carried_in_total")}
    assert years_of(out) == {2024: 12}
    assert {path: path.read_bytes() for path in published_in_2023.rglob("*") if path.is_file()} == before


def test_the_folder_itself_named_as_its_history_is_no_other_store(tmp_path, out, wrong):
    reports = put(tmp_path / "reports", with_wrong(wrong))
    check(reports, out, "--history", out)
    assert (wrong.name, "years.carried_in_total") in findings(out)
    with closing(sqlite3.connect(out / ".collection" / "collection.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM earlier").fetchone() == (0,)


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
    with closing(sqlite3.connect(tmp_path / "out" / ".collection" / "collection.sqlite")) as connection:
        formats = pd.read_sql("SELECT DISTINCT format FROM readings", connection)["format"]
    assert set(formats) == {"2019_format", "2021_format"}


def test_a_text_copied_from_last_years_report_is_found_without_its_file(tmp_path, out):
    last, report = RUNS[0][1], RUNS[0][2]
    copied = report.saying(last.narrative)
    check(put(tmp_path / "reports", [copied]), out)
    assert (copied.name, "text.same_as_last_year") in findings(out, "text.same_as")


@pytest.mark.parametrize(
    ("damage", "language", "word"), [("truncated", "zh", "损坏"), ("newer", "en", "later version")]
)
def test_what_an_older_program_left_and_cannot_be_used_is_told_of_and_kept(tmp_path, capsys, damage, language, word):
    out = tmp_path / "out"
    store = write_history(out / HISTORY_FILE, stored(of_year(2022)[0]))
    if damage == "truncated":
        store.write_bytes(store.read_bytes()[:3000])
    else:
        execute(store, f"PRAGMA user_version = {VERSION + 1}")
    # it was published, so it goes with the site that it was part of
    (out / ".published.json").write_text(f'{{"files": ["{HISTORY_FILE}"]}}', encoding="utf-8")
    content = store.read_bytes()
    code = check(put(tmp_path / "reports", of_year(2023)[:2]), out, "--lang", language)
    assert code in (ExitCode.CLEAN, ExitCode.FINDINGS)
    told = capsys.readouterr().err
    [kept] = out.glob("data/history-unused-*.sqlite")
    assert kept.read_bytes() == content
    assert not store.exists()
    assert str(store) in told
    assert str(kept) in told
    assert word in told


def test_a_history_that_is_not_there_is_a_wrong_call(tmp_path, capsys):
    reports = put(tmp_path / "reports", of_year(2023)[:1])
    assert check(reports, tmp_path / "out", "--history", tmp_path / "nowhere") == ExitCode.WRONG_CALL
    assert "nowhere" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
