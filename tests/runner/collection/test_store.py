"""The file of the collection: made, opened again, and put aside where it is damaged, newer, or not one of ours."""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd
import pytest

from disclosure_checks.grammar.model.packing import pack
from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.collection.membership import Member, members_after
from disclosure_checks.runner.collection.readings import FreshReading, ReadingKey, Readings
from disclosure_checks.runner.collection.register import PENDING, KnownFile, Register
from disclosure_checks.runner.collection.schema import APPLICATION_ID, LAYOUT_VERSION, TABLES
from disclosure_checks.runner.collection.soundness import is_damaged
from disclosure_checks.runner.collection.store import (
    DAMAGED,
    HELD,
    NEWER,
    CollectionDamaged,
    CollectionHeld,
    collection_path,
    opened_collection,
    reading_collection,
    set_aside,
)
from tests.gx_samples import small_report, small_specification

COMPILED = small_specification()
REPORT = small_report(COMPILED, requests__new_received__total=3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A collection with a report, an unreadable file and a note."""
    path = collection_path(tmp_path)
    with opened_collection(path) as (connection, problem):
        assert problem is None
        readings, register = Readings(connection), Register(connection)
        packed = pack(REPORT)
        [first] = readings.add(ReadingKey(b"1", "a.txt", b"r"), [FreshReading(b"1", "small_format", packed)])
        unreadable = UnreadableReport("b.pdf", "damaged_pdf")
        [second] = readings.add(ReadingKey(b"2", "b.pdf", b"r"), [FreshReading(b"2", "small_format", unreadable)])
        new = [
            Member(None, first, b"1", "/in/a.txt", "a.txt", (REPORT.agency, 2024)),
            Member(None, second, b"2", "/in/b.pdf", "b.pdf", None),
        ]
        register.record(members_after([], new), "2026-01-01")
        register.keep_files({"/in/a.txt": KnownFile(1, 2, 3, b"1", 4)})
        register.keep_note("the last run", {"key": "k"})
    return path


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def execute(path: Path, *statements: str) -> None:
    with plain(path) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_collection_that_is_opened_again_holds_what_was_put_in(path):
    with opened_collection(path) as (connection, problem):
        assert problem is None
        on_the_site = Register(connection).on_the_site()
        assert [one.source for one in on_the_site] == ["a.txt", "b.pdf"]
        loaded = Readings(connection).load([one.reading for one in on_the_site])
        report, unreadable = (loaded[one.reading].report for one in on_the_site)
        assert report.cells["requests.new_received.total"].value == 3
        assert unreadable == UnreadableReport("b.pdf", "damaged_pdf")
        assert Register(connection).known_files() == {"/in/a.txt": KnownFile(1, 2, 3, b"1", 4)}
        assert not is_damaged(connection)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"nothing", id="of no stream"),
        pytest.param(zlib.compress(b"[]"), id="of another kind"),
        pytest.param(zlib.compress(b'{"texts": [], "places": []}'), id="of an older program"),
    ],
)
def test_a_detail_that_cannot_be_opened_is_damage(path, body):
    with plain(path) as connection:
        connection.execute("UPDATE details SET body = ?", (body,))
        assert is_damaged(connection)


def test_other_tools_read_it(path):
    with plain(path) as connection:
        tables = {name: pd.read_sql(f"SELECT * FROM {name}", connection) for name in TABLES}
    assert tables["reports"]["source"].tolist() == ["a.txt", "b.pdf"]
    assert tables["readings"]["problem"].tolist() == ["", "damaged_pdf"]
    header = path.read_bytes()
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == LAYOUT_VERSION


# ---- what cannot be used at all


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))


UNUSABLE: dict[str, Callable[[Path], None]] = {
    "truncated": truncated,
    "random bytes": random_bytes,
    "no database": lambda path: path.write_text("report,agency\n" * 500),
    "another program's": lambda path: execute(path, "PRAGMA application_id = 1"),
    "an older layout": lambda path: execute(path, "PRAGMA user_version = 0"),
    "a view in it": lambda path: execute(path, "CREATE VIEW all_reports AS SELECT * FROM reports"),
    "a view in the place of a table": lambda path: execute(
        path, "DROP TABLE notes", "CREATE VIEW notes AS SELECT 'x' AS name, '{}' AS value"
    ),
    "a trigger in it": lambda path: execute(
        path, "CREATE TRIGGER t AFTER INSERT ON reports BEGIN DELETE FROM reports; END"
    ),
    "a virtual table": lambda path: execute(
        path, "DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING fts5(name, value)"
    ),
    "a table less": lambda path: execute(path, "DROP TABLE earlier"),
    "a table more": lambda path: execute(path, "CREATE TABLE further (a)"),
    "a column more": lambda path: execute(path, "ALTER TABLE notes ADD COLUMN further TEXT"),
    "a computed column": lambda path: execute(
        path,
        "DROP TABLE notes",
        "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT AS (hex(zeroblob(1000000))) NOT NULL) WITHOUT ROWID",
    ),
}


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_no_collection_of_ours_is_put_aside_and_begun_anew(path, spoil):
    spoil(path)
    content = path.read_bytes()
    with opened_collection(path) as (connection, problem):
        assert Register(connection).on_the_site() == []
    assert problem is not None
    assert problem.code == DAMAGED
    assert problem.path == path
    assert problem.kept.read_bytes() == content
    with opened_collection(path) as (_, problem):
        assert problem is None


def test_a_later_layout_is_put_aside_and_told_as_such(path):
    execute(path, f"PRAGMA user_version = {LAYOUT_VERSION + 1}")
    with opened_collection(path) as (_, problem):
        assert problem is not None
        assert problem.code == NEWER
    with pytest.raises(ValueError, match=NEWER), reading_collection(problem.kept):
        pass


def test_a_folder_in_its_place_is_put_aside(path):
    path.unlink()
    path.mkdir()
    with opened_collection(path) as (_, problem):
        assert problem is not None
        assert problem.kept.is_dir()


def test_an_empty_file_is_begun_anew_without_a_word(path):
    path.write_bytes(b"")
    with opened_collection(path) as (connection, problem):
        assert problem is None
        assert Register(connection).on_the_site() == []


def test_each_one_put_aside_keeps_a_name_of_its_own_and_its_journal(path):
    path.with_name(f"{path.name}-journal").write_bytes(b"j")
    first = set_aside(path)
    path.write_bytes(b"2")
    second = set_aside(path)
    assert [one.name for one in (first, second)] == ["collection-unused-1.sqlite", "collection-unused-2.sqlite"]
    assert first.with_name(f"{first.name}-journal").read_bytes() == b"j"


# ---- what is found out while it is used


def one_page_overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = random.Random(2).randbytes(4096)
    path.write_bytes(content)


INSIDE: dict[str, Callable[[Path], None]] = {
    "a page overwritten": one_page_overwritten,
    "a word where a number belongs": lambda path: execute(path, "UPDATE reports SET reading = 'one'"),
    "a number where a word belongs": lambda path: execute(path, "UPDATE readings SET agency = x'00'"),
    "text that is not UTF-8": lambda path: execute(path, "UPDATE readings SET agency = CAST(x'ff' AS TEXT)"),
    "a report whose reading is gone": lambda path: execute(path, "DELETE FROM readings WHERE id = 1"),
    "a reading whose detail is gone": lambda path: execute(path, "DELETE FROM details"),
    "a reading whose names are gone": lambda path: execute(path, "DELETE FROM vocabularies"),
    "an array cut short": lambda path: execute(path, "UPDATE readings SET cell_values = x'00' WHERE id = 1"),
    "facts without their names": lambda path: execute(path, "UPDATE readings SET fact_places = x''"),
    "a fingerprint cut short": lambda path: execute(path, "UPDATE readings SET clauses = x'00'"),
    "a detail that is not compressed": lambda path: execute(path, "UPDATE details SET body = x'0102'"),
    "a note that is no JSON": lambda path: execute(path, "UPDATE notes SET value = '{'"),
    "a note that nests without end": lambda path: execute(
        path, "UPDATE notes SET value = replace(hex(zeroblob(100000)), '00', '[')"
    ),
}


@pytest.mark.parametrize("spoil", INSIDE.values(), ids=INSIDE)
def test_a_failure_over_a_damaged_collection_is_told_as_that(path, spoil):
    spoil(path)
    with pytest.raises(CollectionDamaged), opened_collection(path):
        raise KeyError("whatever comes of it")


def test_a_failure_over_a_sound_collection_is_what_it_is(path):
    with pytest.raises(KeyError, match="a fault of ours"), opened_collection(path):
        raise KeyError("a fault of ours")


def test_a_failure_in_the_middle_of_a_change_undoes_it(path):
    def change_and_fail() -> None:
        with opened_collection(path) as (connection, _):
            connection.execute("BEGIN IMMEDIATE")
            Register(connection).keep_note(PENDING, True)
            raise KeyError

    with pytest.raises(KeyError):
        change_and_fail()
    with opened_collection(path) as (connection, _):
        assert Register(connection).note(PENDING) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database is locked", CollectionHeld),
        ("database or disk is full", OSError),
        ("attempt to write a readonly database", OSError),
        ("disk I/O error", OSError),
    ],
)
def test_what_the_system_does_not_allow_is_no_damage(path, words, kind):
    with pytest.raises(kind), opened_collection(path):
        raise sqlite3.OperationalError(words)


# ---- a collection that another program holds


@pytest.fixture
def held(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("disclosure_checks.runner.collection.store._WAIT", 0.05)
    with plain(path) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield path


def test_a_collection_that_is_held_is_not_waited_for_without_end(held):
    with pytest.raises(CollectionHeld) as caught, opened_collection(held):
        pass
    assert caught.value.path == held
    with pytest.raises(ValueError, match=HELD), reading_collection(held):
        pass


def test_a_collection_that_another_program_takes_meanwhile_is_held(path, monkeypatch):
    monkeypatch.setattr("disclosure_checks.runner.collection.store._WAIT", 0.05)
    with plain(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CollectionHeld), opened_collection(path) as (connection, _):
            connection.execute("BEGIN IMMEDIATE")
