"""What older programs left, and other collections, are read as data: what they know of years before, or why not."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from disclosure_checks.grammar.model.packing import pack
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.earlier_years import EarlierText
from disclosure_checks.rules.collection.frame import build_frame, remembered_names
from disclosure_checks.rules.spec.model.agency_list import Agency
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns, naming, take_over_earlier_stores
from disclosure_checks.runner.collection.earlier_values import EarlierStore
from disclosure_checks.runner.collection.history_files import HISTORY_FILE, HistoryProblem, find_history
from disclosure_checks.runner.collection.membership import Member, members_after
from disclosure_checks.runner.collection.readings import FreshReading, ReadingKey, Readings
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.collection.schema import LAYOUT_VERSION
from disclosure_checks.runner.collection.store import DAMAGED, NEWER, CollectionHeld, collection_path, opened_collection
from disclosure_checks.runner.reading.input_errors import InputError
from tests.gx_samples import small_report, small_specification
from tests.runner.collection.history_stores import CLAUSES, VERSION, Stored, execute, write_history

COMPILED = small_specification()
TOTAL, GRANTED = "requests.new_received.total", "requests.granted.total"
NOBODY = frozenset[tuple[str, int]]()


def report(received: float | None = 9, agency: str = "甲局", year: int | None = 2024, **more) -> Report:
    found = small_report(COMPILED, f"{agency}{year}.txt", agency, year, requests__new_received__total=received)
    return Report(**{**vars(found), "fingerprint": CLAUSES, **more})


def stored(received: float | None, agency: str = "甲局", year: int = 2023, **more) -> Stored:
    return Stored({TOTAL: received, GRANTED: 0.0}, agency, year, **more)


class Known(NamedTuple):
    """A collection that has taken over what there was to take over."""

    connection: sqlite3.Connection
    problems: list[HistoryProblem]

    def runs(self, *reports: Report, registry: AgencyRegistry | None = None) -> EarlierRuns:
        return EarlierRuns(EarlierStore(self.connection), naming(reports, registry))

    def before(self, *reports: Report, name: str = TOTAL, spec=COMPILED, **more) -> list[float | None]:
        """Last year's value of a cell as a frame of these reports has it."""
        years = self.runs(*reports, **more).years_before(spec, {spec.specification.format: reports}, NOBODY)
        column = build_frame(spec, reports, years)[f"previous_year:{name}"]
        return [None if np.isnan(value) else value for value in column]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def take_over(out: Path) -> Iterator[Callable[..., Known]]:
    """A run into ``out``, as far as it takes over what older programs left there and what another store knows."""
    with opened_collection(collection_path(out)) as (connection, _):

        def take(further: Path | None = None) -> Known:
            register, store = Register(connection), EarlierStore(connection)
            return Known(connection, take_over_earlier_stores(out, further, register, store))

        yield take


def left(out: Path, *reports: Stored) -> Path:
    """What an older program left in the output folder."""
    return write_history(out / HISTORY_FILE, *reports)


def test_last_year_is_found_and_blanks_stay_unknown(out, take_over):
    left(out, stored(3), stored(None, "乙局"))
    known = take_over()
    assert known.problems == []
    assert known.before(report(), report(agency="乙局")) == [3, None]


def test_the_texts_of_last_year_are_found_and_no_others(out, take_over):
    left(out, stored(1), stored(1, year=2022), stored(1, "乙局"))
    texts = take_over().runs().texts([report()])
    assert texts == [EarlierText("乙局", 2023, CLAUSES), EarlierText("甲局", 2023, CLAUSES)]


def test_values_stay_when_the_file_they_came_from_is_gone(out, take_over):
    path = left(out, stored(3))
    take_over()
    path.unlink()
    assert take_over().before(report()) == [3]


def test_another_format_serves_where_its_own_has_no_last_year(out, take_over):
    left(out, stored(3, format="a_other_format"))
    assert take_over().before(report()) == [3]


def test_its_own_format_comes_first(out, take_over):
    left(out, stored(3, format="a_other_format"), stored(4))
    assert take_over().before(report()) == [4]


@pytest.mark.parametrize("unknown", [report(agency=""), report(year=None)], ids=["without an agency", "without a year"])
def test_a_report_that_nobody_can_look_up_has_no_year_before(out, take_over, unknown):
    left(out, stored(3), stored(4, ""))
    assert take_over().before(unknown) == [None]


def test_cells_that_the_store_does_not_know_are_unknown_and_those_gone_from_the_spec_do_no_harm(out, take_over):
    left(out, Stored({TOTAL: 3.0, "requests.gone.total": 8.0}))
    known = take_over()
    assert known.before(report()) == [3]
    assert known.before(report(), name=GRANTED) == [None]


def test_facts_that_rules_ask_of_last_year_are_known(out, take_over):
    rule = {
        "id": "document.growth",
        "title": {"zh": "标题", "en": "title"},
        "check": "document.title_found == previous_year(document.title_found)",
        "severity": "info",
    }
    spec = small_specification(rule)
    assert "document.title_found" in remembered_names(spec)
    left(out, Stored({TOTAL: 3.0, "document.title_found": 1.0}))
    assert take_over().before(report(), name="document.title_found", spec=spec) == [1]


def test_what_earlier_runs_know_of_years_further_back_is_there_too(out, take_over):
    rule = {
        "id": "requests.trend",
        "title": {"zh": "趋势", "en": "trend"},
        "check": f"{TOTAL} <= years_ago(2, {TOTAL})",
        "severity": "info",
    }
    spec = small_specification(rule)
    left(out, stored(3, year=2023), stored(5, year=2022))
    years = take_over().runs(report()).years_before(spec, {spec.specification.format: [report()]}, NOBODY)
    assert build_frame(spec, [report()], years)[f"years_ago_2:{TOTAL}"][0] == 5


# ---- names


def test_a_name_typed_with_blanks_or_in_full_width_is_the_same_agency(out, take_over):
    left(out, stored(3, "甲局（东区）"))
    assert take_over().before(report(agency="甲局(东区)")) == [3]


def test_a_former_name_is_found_through_the_list_of_agencies(out, take_over):
    listed = Agency.model_validate(
        {"name": "甲市工业和信息化局", "kind": "department", "former_names": [{"name": "甲市经信委", "until": 2023}]}
    )
    registry = AgencyRegistry("agencies.yaml", (listed,))
    left(out, stored(3, "甲市经信委"))
    later, known = report(agency="甲市工业和信息化局"), take_over()
    assert known.before(later, registry=registry) == [3]
    assert known.runs(later, registry=registry).texts([later])[0].agency == "甲市工业和信息化局"


@pytest.mark.parametrize("folder", ["公开 年报", "100% #1?", "it's"])
def test_the_folder_may_be_called_anything(tmp_path, take_over, folder):
    path = write_history(tmp_path / folder / "history.sqlite", stored(3))
    assert take_over(path).before(report()) == [3]


@pytest.mark.parametrize("name", ['2021 "格式"', "a'b", "a;DROP TABLE reports"])
def test_a_format_may_be_called_anything(out, take_over, name):
    left(out, stored(3, format=name))
    assert take_over().before(report()) == [3]


# ---- values from elsewhere


def collection_of(folder: Path, *reports: Report, revised: Report | None = None) -> Path:
    """Another collection with these reports on its site; ``revised`` was there before the first of them."""
    path = collection_path(folder)
    with opened_collection(path) as (connection, _):
        readings, register = Readings(connection), Register(connection)
        for run in ([revised] if revised else [], reports):
            new = []
            for number, one in enumerate(run):
                content = f"{one.cells[TOTAL].value} {number}".encode()
                key = ReadingKey(content, one.source, b"r")
                [reading] = readings.add(key, [FreshReading(content, "small_format", pack(one))])
                whose = (one.agency, one.year) if one.agency and one.year else None
                new.append(Member(None, reading, content, one.source, one.source, whose))
            before = [
                Member(one.id, one.reading, b"", one.path, one.source, (report.agency, report.year))
                for one in register.on_the_site()
                for report in [readings.load([one.reading])[one.reading].report]
            ]
            register.record(members_after(before, new), "2026-01-01")
    return path


def test_another_collection_gives_what_is_on_its_site(tmp_path, take_over):
    path = collection_of(tmp_path / "other", report(3, year=2023), revised=report(2, year=2023))
    known = take_over(path)
    assert known.problems == []
    assert known.before(report()) == [3]
    assert known.runs().texts([report()]) == [EarlierText("甲局", 2023, CLAUSES)]


def test_a_collection_gives_nothing_of_reports_without_an_agency_or_a_year(tmp_path, take_over):
    path = collection_of(tmp_path / "other", report(3, agency=""), report(3, year=None))
    take_over(path)
    [(count,)] = take_over(path).connection.execute("SELECT count(*) FROM earlier")
    assert count == 0


def test_what_another_store_knows_comes_first_and_nothing_is_lost(tmp_path, out, take_over):
    further = write_history(tmp_path / "further.sqlite", stored(3), stored(8, "丙局"))
    left(out, stored(30), stored(4, "乙局"))
    known = take_over(further)
    assert known.before(report(), report(agency="乙局"), report(agency="丙局")) == [3, 4, 8]


def test_a_store_is_taken_over_once_until_it_changes(tmp_path, take_over):
    path = write_history(tmp_path / "further.sqlite", stored(3))
    known = take_over(path)
    known.connection.execute("DELETE FROM earlier")
    assert take_over(path).before(report()) == [None]
    execute(path, f'UPDATE cells_small_format SET "{TOTAL}" = 5')
    assert take_over(path).before(report()) == [5]


@pytest.mark.parametrize("given", ["published", "published/data", "published/data/history.sqlite"])
def test_an_old_store_is_found_by_its_folder_or_itself(tmp_path, given):
    path = left(tmp_path / "published", stored(3))
    assert find_history(tmp_path / given) == path


@pytest.mark.parametrize("given", ["published", "published/.collection", "published/.collection/collection.sqlite"])
def test_a_collection_is_found_by_its_folder_or_itself_and_before_an_old_store(tmp_path, given):
    left(tmp_path / "published", stored(3))
    path = collection_of(tmp_path / "published", report(3, year=2023))
    assert find_history(tmp_path / given) == path


@pytest.mark.parametrize("given", ["nowhere", "."])
def test_a_path_without_a_store_is_refused(tmp_path, given):
    with pytest.raises(InputError) as caught:
        find_history(tmp_path / given)
    assert caught.value.code == "no_history"


# ---- stores that cannot be used


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def overwritten_inside(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


def spoilt(*statements: str) -> Callable[[Path], None]:
    return lambda path: execute(path, *statements)


CELLS = "agency TEXT, year INTEGER, source TEXT"
ENDLESS = (
    "WITH RECURSIVE endless(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM endless) "
    "SELECT '甲局' AS agency, number AS year, 'small_format' AS format, '' AS source, '甲局' AS printed_agency FROM endless"
)
DAMAGES: dict[str, Callable[[Path], None]] = {
    "truncated": truncated,
    "overwritten inside": overwritten_inside,
    "random bytes": lambda path: path.write_bytes(random.Random(3).randbytes(30_000)),
    "empty": lambda path: path.write_bytes(b""),
    "no database at all": lambda path: path.write_text("report,agency\n" * 2000),
    "another program's database": spoilt("PRAGMA application_id = 1"),
    "without its reports": spoilt("DROP TABLE reports"),
    "without its texts": spoilt("DROP TABLE text_fingerprints"),
    "without its cells": spoilt("DROP TABLE cells_small_format"),
    "a view that never ends": spoilt("DROP TABLE reports", f"CREATE VIEW reports AS {ENDLESS}"),
    "a view of cells that never ends": spoilt(
        "DROP TABLE cells_small_format", f"CREATE VIEW cells_small_format AS {ENDLESS}"
    ),
    "a trigger": spoilt("CREATE TRIGGER t AFTER INSERT ON reports BEGIN DELETE FROM reports; END"),
    "a virtual table": spoilt(
        "DROP TABLE cells_small_format", "CREATE VIRTUAL TABLE cells_small_format USING fts5(agency, year, source, x)"
    ),
    "a computed cell": spoilt(
        "DROP TABLE cells_small_format",
        f'CREATE TABLE cells_small_format ({CELLS}, "{TOTAL}" AS (length(hex(zeroblob(400000000)))))',
        "INSERT INTO cells_small_format VALUES ('甲局', 2023, '')",
    ),
    "a computed name": spoilt(
        "DROP TABLE reports",
        "CREATE TABLE reports (agency, year, format, source, printed_agency AS (hex(zeroblob(400000000))))",
        "INSERT INTO reports VALUES ('甲局', 2023, 'small_format', '')",
    ),
    "a computed text": spoilt(
        "DROP TABLE text_fingerprints",
        "CREATE TABLE text_fingerprints (agency, year, format, clauses AS (zeroblob(800000000)))",
        "INSERT INTO text_fingerprints VALUES ('甲局', 2023, 'small_format')",
    ),
    "a word where a number belongs": spoilt(f"UPDATE cells_small_format SET \"{TOTAL}\" = '三'"),
    "bytes where a number belongs": spoilt(f"UPDATE cells_small_format SET \"{TOTAL}\" = x'33'"),
    "a number without end": spoilt(f'UPDATE cells_small_format SET "{TOTAL}" = 9e999'),
    "a year in words": spoilt("UPDATE reports SET year = '去年'"),
    "a year of cells in words": spoilt("UPDATE cells_small_format SET year = '去年'"),
    "a year far beyond": spoilt("UPDATE reports SET year = 9000000000000000000"),
    "nothing where an agency belongs": spoilt(
        "CREATE TABLE copied AS SELECT * FROM reports",
        "DROP TABLE reports",
        "ALTER TABLE copied RENAME TO reports",
        "UPDATE reports SET agency = NULL",
    ),
    "nothing where a name belongs": spoilt(
        "CREATE TABLE copied AS SELECT * FROM reports",
        "DROP TABLE reports",
        "ALTER TABLE copied RENAME TO reports",
        "UPDATE reports SET printed_agency = NULL",
    ),
    "a number where a format belongs": spoilt(
        "CREATE TABLE copied AS SELECT * FROM reports",
        "DROP TABLE reports",
        "ALTER TABLE copied RENAME TO reports",
        "UPDATE reports SET format = 7",
    ),
    "a name that is not UTF-8": spoilt("UPDATE reports SET printed_agency = CAST(x'ff' AS TEXT)"),
    "a text cut short": spoilt("UPDATE text_fingerprints SET clauses = x'0102'"),
    "a huge number where a text belongs": spoilt("UPDATE text_fingerprints SET clauses = 9000000000000"),
    "a word where a text belongs": spoilt("UPDATE text_fingerprints SET clauses = 'abcdefgh'"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_told_of_kept_and_not_used(out, take_over, damage):
    path = left(out, stored(3))
    damage(path)
    content = path.read_bytes()
    known = take_over()
    [problem] = known.problems
    assert (problem.code, problem.path) == (DAMAGED, path)
    assert problem.kept is not None
    assert problem.kept.read_bytes() == path.read_bytes() == content
    assert known.before(report()) == [None]
    assert known.runs().texts([report()]) == []


def test_nothing_of_a_store_is_taken_where_its_last_row_is_damaged(out, take_over):
    path = left(out, stored(3), stored(4, "乙局"))
    execute(
        path,
        f"UPDATE cells_small_format SET \"{TOTAL}\" = '四' WHERE rowid = (SELECT max(rowid) FROM cells_small_format)",
    )
    known = take_over()
    assert [problem.code for problem in known.problems] == [DAMAGED]
    assert known.before(report(), report(agency="乙局")) == [None, None]


def test_reading_ends_where_a_store_takes_more_steps_than_one_of_its_kind_can(out, take_over, monkeypatch):
    monkeypatch.setattr("disclosure_checks.runner.collection.earlier_values._STEPS", 0)
    path = left(out, *(stored(number, f"{number}局") for number in range(4000)))
    # sorting by what no index holds, over and over
    execute(
        path,
        "CREATE TABLE copied AS SELECT * FROM reports",
        "DROP TABLE reports",
        "ALTER TABLE copied RENAME TO reports",
    )
    for _ in range(6):
        execute(path, "INSERT INTO reports SELECT * FROM reports")
    assert [problem.code for problem in take_over().problems] == [DAMAGED]


def test_a_store_of_a_later_version_is_kept_and_not_used(out, take_over):
    path = left(out, stored(3))
    execute(path, f"PRAGMA user_version = {VERSION + 1}")
    [problem] = take_over().problems
    assert problem.code == NEWER
    assert problem.kept is not None


def test_a_store_elsewhere_is_not_copied_as_it_stays_where_it_is(tmp_path, take_over):
    path = write_history(tmp_path / "further.sqlite", stored(3))
    truncated(path)
    [problem] = take_over(path).problems
    assert problem.kept is None
    assert list(path.parent.glob("further*")) == [path]


def test_the_same_damaged_store_is_kept_once(out, take_over):
    path = left(out, stored(3))
    truncated(path)
    assert take_over().problems == take_over().problems
    assert len(list(path.parent.iterdir())) == 2


OTHER_COLLECTIONS: dict[str, Callable[[Path], None]] = {
    "truncated": truncated,
    "overwritten inside": overwritten_inside,
    "with a view": spoilt("DROP TABLE reports", f"CREATE VIEW reports AS {ENDLESS}"),
    "numbers cut short": spoilt("UPDATE readings SET cell_values = x'0102'"),
    "a huge number where numbers belong": spoilt("UPDATE readings SET cell_values = 9000000000000"),
    "names that are no list": spoilt("UPDATE vocabularies SET names = id"),
    "names that nest without end": spoilt(
        "UPDATE vocabularies SET names = id || replace(hex(zeroblob(100000)), '00', '[')"
    ),
    "an agency that is not UTF-8": spoilt("UPDATE readings SET agency = CAST(x'ff' AS TEXT)"),
    "a year in words": spoilt("UPDATE readings SET year = '去年'"),
    "a text cut short": spoilt("UPDATE readings SET clauses = x'0102'"),
}


@pytest.mark.parametrize("damage", OTHER_COLLECTIONS.values(), ids=OTHER_COLLECTIONS)
def test_another_collection_that_is_damaged_is_told_of_and_left_alone(tmp_path, take_over, damage):
    path = collection_of(tmp_path / "other", report(3, year=2023))
    damage(path)
    content = path.read_bytes()
    known = take_over(path)
    assert known.problems == [HistoryProblem(DAMAGED, path, None)]
    assert known.before(report()) == [None]
    assert path.read_bytes() == content


def test_another_collection_of_a_later_version_is_told_as_such(tmp_path, take_over):
    path = collection_of(tmp_path / "other", report(3, year=2023))
    execute(path, f"PRAGMA user_version = {LAYOUT_VERSION + 1}")
    assert take_over(path).problems == [HistoryProblem(NEWER, path, None)]


def test_another_collection_that_is_held_is_not_called_damaged(tmp_path, take_over, monkeypatch):
    path = collection_of(tmp_path / "other", report(3, year=2023))
    monkeypatch.setattr("disclosure_checks.runner.collection.store._WAIT", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CollectionHeld):
            take_over(path)
