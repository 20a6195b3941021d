"""A server with its processes: hostile files, what is left behind, and a person with a browser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from disclosure_checks.runner.reading.workers.losses import LossReason
from disclosure_checks.runner.server.limits import Limits
from disclosure_checks.runner.server.serving import ServerProblem
from tests.checking import ROOT
from tests.runner.server.served import files_of, send, server, statuses

pytestmark = pytest.mark.long

TEXT = (ROOT / "reports" / "report_002.txt").read_bytes()
HOSTILE = files_of(ROOT / "tests" / "fixtures" / "hostile")
LOST: tuple[LossReason, ...] = ("memory", "timeout", "process_died")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with server(file_timeout=10.0) as port:
        yield port


@pytest.mark.parametrize("name", [name for name, _ in HOSTILE])
def test_a_hostile_file_gets_a_word_and_the_next_person_an_answer(port: int, name: str) -> None:
    told = send(port, "/check", [(name, dict(HOSTILE)[name])]).json
    assert told["reports"]
    assert all(one["reason"] or one["status"] in ("findings", "pass") for one in told["reports"])
    assert statuses(send(port, "/check", [("next.txt", TEXT)])) == {"next.txt": "findings"}


def test_hostile_files_of_many_at_once_keep_nobody_from_an_answer(port: int) -> None:
    given = [*HOSTILE[:4], *[(f"good_{number}.txt", TEXT) for number in range(8)]]
    with ThreadPoolExecutor(len(given)) as people:
        answers = list(people.map(lambda file: send(port, "/check", [file]), given))
    assert [answer.status for answer in answers] == [200] * len(given)
    good = {name: status for answer in answers for name, status in statuses(answer).items() if name.startswith("good")}
    assert good == {f"good_{number}.txt": "findings" for number in range(8)}


def test_nothing_of_an_upload_is_left_on_the_disk(port: int) -> None:
    before = left()
    large = ("large.txt", TEXT + b"\n" * 5_000_000)  # more than a parser keeps in memory by itself
    assert statuses(send(port, "/check", [large, *HOSTILE[5:8]]))["large.txt"]
    assert left() - before == set()


def left() -> set[Path]:
    """The files of this process and its workers among the temporary ones."""
    return {path for path in Path(tempfile.gettempdir()).glob("disclosure-checks-*/*/*") if path.is_file()}


def test_who_comes_when_there_is_no_room_is_told_to_come_again() -> None:
    with server(Limits(requests=1), jobs=1) as port, ThreadPoolExecutor(6) as people:
        answers = list(people.map(lambda number: send(port, "/reports/", [(f"{number}.txt", TEXT)]), range(6)))
    assert {answer.status for answer in answers} == {200, 503}
    assert all("半分钟" in answer.text for answer in answers if answer.status == 503)


def test_a_port_that_is_taken_is_told_before_anything_starts(port: int) -> None:
    with pytest.raises(ServerProblem) as problem, server(port=port):
        pass
    assert problem.value.code == "cannot_listen"
