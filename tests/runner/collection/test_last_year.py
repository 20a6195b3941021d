"""The year before in a collection that somebody else writes: found, read alone, and never waited for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.packing import pack, unpack
from disclosure_checks.runner.collection.last_year import LastYearReports
from disclosure_checks.runner.collection.membership import Member, Membership
from disclosure_checks.runner.collection.readings import FreshReading, ReadingKey, Readings
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.collection.store import DAMAGED, HELD, opened_collection
from tests.checking import read
from tests.generation.panel.panel import PanelReport, random_panel

RUN: Sequence[PanelReport] = random_panel(1, seed=4, years=(2022, 2023, 2024)).runs[0]
BEFORE, NOW, _ = RUN


def collection(path: Path, *reports: PanelReport) -> Path:
    """A collection of these reports."""
    with opened_collection(path) as (connection, _):
        readings, members = Readings(connection), []
        for number, one in enumerate(reports):
            report = read(one.text, one.name)
            key = ReadingKey(str(number).encode(), one.name, b"reader")
            [reading] = readings.add(key, [FreshReading(key.content, "2021_format", pack(report))])
            members.append(Member(None, reading, key.content, one.name, one.name, None))
        Register(connection).record(Membership((), (), tuple(members), (), ()), "2026-01-01")
    return path


def test_the_report_of_the_year_before_is_found_with_all_that_was_read(tmp_path: Path) -> None:
    last_year = LastYearReports(collection(tmp_path / "collection.sqlite", *RUN))
    found = last_year.before([(read(NOW.text, NOW.name).agency, NOW.year)])
    [(name, report)] = found.reports
    expected = read(BEFORE.text, BEFORE.name)
    assert (name, found.problem, report.year) == ("2021_format", "", NOW.year - 1)
    opened = unpack(report)
    assert repr(list(opened.cells.values())) == repr(list(expected.cells.values()))
    assert repr(opened.sections) == repr(expected.sections)


def test_nothing_is_found_for_an_unknown_agency_or_year(tmp_path: Path) -> None:
    last_year = LastYearReports(collection(tmp_path / "collection.sqlite", *RUN))
    agency = NOW.body.agency.name
    for whose in (("", NOW.year), (agency, None), ("别的机关", NOW.year), (agency, BEFORE.year)):
        assert last_year.before([whose]) == ((), "")


def test_a_report_that_came_meanwhile_is_found(tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.sqlite", NOW)
    last_year = LastYearReports(path)
    whose = [(NOW.body.agency.name, NOW.year)]
    assert last_year.before(whose).reports == ()
    path.unlink()
    collection(path, BEFORE, NOW)
    assert len(last_year.before(whose).reports) == 1


def test_of_two_reports_of_one_agency_and_year_both_are_told_so_that_neither_counts(tmp_path: Path) -> None:
    last_year = LastYearReports(collection(tmp_path / "collection.sqlite", BEFORE, BEFORE))
    assert len(last_year.before([(NOW.body.agency.name, NOW.year)]).reports) == 2


def test_a_run_that_holds_the_file_is_not_waited_for_and_does_not_wait(tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.sqlite", *RUN)
    last_year, whose = LastYearReports(path), [(NOW.body.agency.name, NOW.year)]
    with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as run:
        run.execute("BEGIN IMMEDIATE")  # as a run is at work: it writes, and others read
        assert len(last_year.before(whose).reports) == 1
        run.execute("INSERT INTO notes VALUES ('a', '1')")
        run.execute("COMMIT")  # would fail at once if a reader still held the file
        run.execute("BEGIN EXCLUSIVE")
        assert last_year.before(whose) == ((), HELD)


@pytest.mark.parametrize("content", [b"", b"no collection at all" * 100, None])
def test_a_file_that_cannot_be_used_is_told_and_left_as_it_is(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "collection.sqlite"
    if content is not None:
        path.write_bytes(content)
    assert LastYearReports(path).before([("甲局", 2024)]) == ((), DAMAGED)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == ([] if content is None else [content])
