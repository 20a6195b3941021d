"""A report that changes while it is checked: what is kept is what was read, under its own content, and it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from disclosure_checks.runner.collection.readings import Readings
from disclosure_checks.runner.collection.store import collection_path, opened_collection
from disclosure_checks.runner.pipeline.given_files import GivenFile, GivenFiles
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from tests.checking import specification
from tests.odd_texts import plain

FORMATS = [format_lexicon(specification())]
BEFORE, AFTER = plain(), plain().replace("甲市南局", "甲市北局")


class ChangingExecutor(ThreadPoolExecutor):
    """Reads in this process; what it is given may change before it is read."""

    change: Callable[[Path], object] = staticmethod(lambda _: None)

    def submit(self, fn: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:
        self.change(given[0].path)
        return super().submit(fn, *given)


@pytest.fixture(scope="module", autouse=True)
def prepared() -> None:
    """This process reads as a worker does."""
    prepare, given = reading_preparation(FORMATS)
    prepare(*given)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with opened_collection(collection_path(tmp_path / "out")) as (opened, _):
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> InputFile:
    path = tmp_path / "report.txt"
    path.write_text(BEFORE, encoding="utf-8")
    return InputFile(path, "report.txt")


def written(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def read(
    file: InputFile, connection: sqlite3.Connection, change: Callable[[Path], object] = lambda _: None
) -> tuple[GivenFiles, list[GivenFile]]:
    with ChangingExecutor(1) as workers:
        workers.change = change  # type: ignore[method-assign]
        files = GivenFiles([file], FORMATS, connection, workers, b"reader", b"limits")
        return files, list(files.results())


def agency(connection: sqlite3.Connection, given: list[GivenFile]) -> str:
    (one,) = given
    return next(iter(Readings(connection).load(one.readings).values())).report.agency


def test_a_file_that_stays_as_it_is_is_not_told(file: InputFile, connection: sqlite3.Connection) -> None:
    files, given = read(file, connection)
    assert files.changed() == []
    assert agency(connection, given) == "甲市南局"


def test_what_was_read_counts_where_a_file_changed_before_it_was_read(
    file: InputFile, connection: sqlite3.Connection
) -> None:
    files, given = read(file, connection, written(AFTER))
    assert files.changed() == [file]
    assert agency(connection, given) == "甲市北局"
    assert not files.files  # the next run looks at it again


def test_what_was_read_of_a_changed_file_is_never_taken_for_what_it_held_before(
    file: InputFile, connection: sqlite3.Connection
) -> None:
    read(file, connection, written(AFTER))
    written(BEFORE)(file.path)
    _, again = read(file, connection)
    assert agency(connection, again) == "甲市南局"
    written(AFTER)(file.path)
    _, changed = read(file, connection)
    assert agency(connection, changed) == "甲市北局"


@pytest.mark.parametrize("change", [written(AFTER), Path.unlink], ids=["changed", "gone"])
def test_a_file_that_changes_after_it_was_read_is_told(
    change: Callable[[Path], object], file: InputFile, connection: sqlite3.Connection
) -> None:
    files, given = read(file, connection)
    change(file.path)
    assert files.changed() == [file]
    assert agency(connection, given) == "甲市南局"
