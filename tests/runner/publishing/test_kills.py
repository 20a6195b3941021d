"""Whatever kills a run, and whenever: the site of before or the new one, whole, and a next run that leaves no trace."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from disclosure_checks.runner.publishing import exchange
from disclosure_checks.runner.publishing.atomic_publication import publication
from tests.runner.publishing import versions
from tests.runner.publishing.versions import PRIVATE, contents, files_of, publish_version, whole_version

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged on Linux alone")

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
_LINES_UNTIL_AGAIN = 20_000  # of publishing; several publications


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a site of version 1, alone in its parent."""
    folder = tmp_path / "parent" / "out"
    versions.put_what_is_not_ours(folder)
    publish_version(folder, 1)
    return folder


def start(target: Callable[..., None], *arguments: object) -> multiprocessing.process.BaseProcess:
    # a fork of a server that has imported all this: a hundredth of a second each
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([versions.__name__])
    process = context.Process(target=target, args=arguments)
    process.start()
    return process


def signal_while_publishing(out: Path, first: int, at_once: bool, lines: int, number: signal.Signals) -> None:
    """Have a process publish version after version, and send it a signal when it has run so many lines."""
    reading, writing = multiprocessing.Pipe(duplex=False)
    process = start(publish_on_and_on, out, first, at_once, writing)
    writing.close()
    for _ in range(lines):
        assert os.read(reading.fileno(), 1) == b"."
    assert process.pid is not None
    os.kill(process.pid, number)
    further = 0
    while more := os.read(reading.fileno(), 65536):
        # a process that is told to end by an exception goes on for some lines, and must find room for their bytes; where
        # the exception comes while Python frees something, Python drops it, and Ctrl-C is pressed once more
        further += len(more)
        if further > _LINES_UNTIL_AGAIN:
            os.kill(process.pid, number)
            further = 0
    process.join()
    assert process.exitcode == (0 if number == signal.SIGINT else -number)


def publish_on_and_on(out: Path, first: int, at_once: bool, writing: Connection) -> None:
    # what is started in the background of a shell script ignores Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)
    versions.publish_on_and_on(out, first, at_once, writing.fileno())


def next_run_clears(out: Path) -> None:
    with publication(out, PRIVATE) as site:
        site.withdraw()
    assert os.listdir(out.parent) == [out.name]
    assert not [name for name in os.listdir(out) if name.startswith(".staging-")]


def check_signals(out: Path, kills: int) -> None:
    random_points = random.Random(kills)
    lines = versions.lines_of_a_publication(out, 2)
    version = whole_version(out)
    for _ in range(kills):
        number = random_points.choice(SIGNALS)
        signal_while_publishing(out, version + 1, True, random_points.randint(1, 2 * lines), number)
        found = whole_version(out)
        assert found >= version
        next_run_clears(out)
        assert whole_version(out) == found
        version = found


def test_a_signal_at_any_moment_leaves_a_whole_site(out: Path) -> None:
    check_signals(out, 9)


@pytest.mark.long
def test_two_hundred_and_two_signals_at_any_moment_leave_a_whole_site(out: Path) -> None:
    check_signals(out, 202)


def check_lines(out: Path, step: int) -> None:
    versions.lines_of_a_publication(out, 2)
    version = 2
    for line in range(step, versions.lines_of_a_publication(out, version), step):
        process = start(versions.publish_and_die, out, version + 1, True, line)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        found = whole_version(out)
        assert found in (version, version + 1)
        next_run_clears(out)
        assert whole_version(out) == found
        version = found


def test_a_kill_before_one_line_in_a_hundred_of_a_publication_leaves_a_whole_site(out: Path) -> None:
    check_lines(out, 101)


@pytest.mark.long
def test_a_kill_before_any_line_of_a_publication_leaves_a_whole_site(out: Path) -> None:
    check_lines(out, 1)


def check_interrupts(out: Path, step: int) -> None:
    version, line = 1, step
    while versions.publish_and_be_interrupted(out, version + 1, line):
        found = whole_version(out)
        assert found in (version, version + 1)
        next_run_clears(out)
        assert whole_version(out) == found
        version, line = found, line + step
    assert line > 10 * step


@pytest.mark.parametrize("at_once", [pytest.param(True, id="at once"), pytest.param(False, id="entry by entry")])
def test_an_interrupt_before_one_line_in_fifty_leaves_a_whole_site(
    out: Path, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_once:
        monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    check_interrupts(out, 53)


@pytest.mark.long
@pytest.mark.parametrize("at_once", [pytest.param(True, id="at once"), pytest.param(False, id="entry by entry")])
def test_an_interrupt_before_any_line_leaves_a_whole_site(
    out: Path, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_once:
        monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    check_interrupts(out, 1)


def check_entry_by_entry(out: Path, kills: int) -> None:
    """Here the next publication makes the site whole, and nothing of anybody else is lost in between."""
    random_points = random.Random(kills)
    lines = versions.lines_of_a_publication(out, 2)
    for version in range(3, 3 + kills):
        signal_while_publishing(out, version, False, random_points.randint(1, 2 * lines), random_points.choice(SIGNALS))
        with publication(out, PRIVATE) as site:
            site.withdraw()
        assert files_of(0).keys() <= contents(out).keys()
        publish_version(out, version)
        assert whole_version(out) == version
        assert os.listdir(out.parent) == [out.name]


def test_a_site_that_is_switched_entry_by_entry_is_whole_after_the_next_run(out: Path) -> None:
    check_entry_by_entry(out, 5)


@pytest.mark.long
def test_a_site_that_is_switched_entry_by_entry_is_whole_after_the_next_run_a_hundred_times(out: Path) -> None:
    check_entry_by_entry(out, 100)


def test_a_kill_in_the_first_publication_leaves_no_site_or_a_whole_one(tmp_path: Path) -> None:
    for line in range(40, versions.lines_of_a_publication(tmp_path / "counted", 1), 150):
        out = tmp_path / f"parent {line}" / "out"
        out.parent.mkdir()
        process = start(versions.publish_and_die, out, 1, True, line)
        process.join()
        assert contents(out) in ({}, files_of(1))
        next_run_clears(out)
