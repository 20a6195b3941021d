"""Workers end when the run does, however it ends, and leave nothing behind.

Who is alive is told by a named pipe that everyone concerned holds open: its end comes when the last of them has ended.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_checks.runner.publishing.folder_lock import folder_lock
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.sources import worker_source
from disclosure_checks.runner.reading.workers.spawned_workers import SpawnedWorkers
from tests.runner.reading import worker_tasks as tasks
from tests.runner.reading.alive_pipe import alive_pipe, read_pipe

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="promised on Linux")

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0  # seconds; an orphan would live for ever


@pytest.fixture
def fifo(tmp_path: Path) -> Iterator[tuple[str, int]]:
    with alive_pipe(tmp_path) as pipe:
        yield pipe


def read(descriptor: int) -> bytes:
    return read_pipe(descriptor, PATIENCE)


def read_signs(descriptor: int, count: int) -> None:
    """Wait until so many have said that they hold the pipe."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    said = 0
    while said < count:
        assert poll.poll(PATIENCE * 1000), "workers did not come to life"
        with contextlib.suppress(BlockingIOError):
            signs = os.read(descriptor, 100)
            assert signs, "all have ended before they said it"
            said += len(signs)


def started_run(source: str, holder: str, fifo: str, temporary: Path) -> subprocess.Popen[str]:
    temporary.mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "tests.runner.reading.run_with_workers", source, holder, fifo],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen_to_interrupts,
    )


def listen_to_interrupts() -> None:
    """What is started in the background of a shell script ignores Ctrl-C, and so would whatever it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def send(run: subprocess.Popen[str], number: int) -> None:
    """Send a signal as it is sent in life: a terminal sends Ctrl-C to everyone."""
    if number == signal.SIGINT:
        os.killpg(run.pid, number)
    else:
        os.kill(run.pid, number)


@ON_LINUX
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize(
    ("holder", "signs"), [("task", 3), ("task in C", 3), ("child", 7), ("idle", 1), ("preparation", 1)]
)
def test_when_a_run_is_killed_nobody_is_left(fifo, tmp_path, number, holder, signs):
    path, descriptor = fifo
    run = started_run("forked", holder, path, tmp_path / "temporary")
    read_signs(descriptor, signs)
    send(run, number)
    said, problems = run.communicate(timeout=PATIENCE)
    assert read(descriptor) == b""
    assert (said, problems) == ("interrupted\n" if number == signal.SIGINT else "", "")
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_spawned_workers_end_with_the_run_unless_they_are_in_c_code(fifo, tmp_path, number):
    path, descriptor = fifo
    run = started_run("spawned", "task", path, tmp_path / "temporary")
    read_signs(descriptor, 4)
    send(run, number)
    assert run.communicate(timeout=PATIENCE)[1] == ""
    assert read(descriptor) == b""


@pytest.mark.parametrize("source", [worker_source, SpawnedWorkers], ids=["workers of this system", "spawned workers"])
def test_what_a_worker_has_started_ends_with_it(fifo, source):
    path, descriptor = fifo
    with SupervisedExecutor(1, deadline=5.0, source=source) as executor:
        hanging = executor.submit(tasks.hold_and_start_child, path)
        with pytest.raises(TaskLost):
            hanging.result(PATIENCE)
        while read(descriptor):
            pass


@ON_LINUX
def test_what_a_worker_has_started_ends_with_it_when_the_worker_dies_by_itself(fifo):
    path, descriptor = fifo
    with SupervisedExecutor(1, deadline=None) as executor:
        with pytest.raises(TaskLost):
            executor.submit(tasks.start_child_and_die, path).result(PATIENCE)
        read_signs(descriptor, 2)
        assert read(descriptor) == b""


@pytest.mark.parametrize("source", [worker_source, SpawnedWorkers], ids=["workers of this system", "spawned workers"])
def test_nobody_is_left_after_a_run(fifo, tmp_path, source):
    path, descriptor = fifo
    with SupervisedExecutor(2, [(tasks.hold, (path,))], source=source) as executor:
        assert list(executor.map(tasks.twice, range(6))) == [0, 2, 4, 6, 8, 10]
        read_signs(descriptor, 1)
    while read(descriptor):
        pass


@pytest.mark.parametrize("source", [worker_source, SpawnedWorkers], ids=["workers of this system", "spawned workers"])
def test_workers_do_not_hold_the_lock_of_a_run(tmp_path, source):
    with SupervisedExecutor(1, source=source) as executor:
        with folder_lock(tmp_path):
            executor.submit(tasks.twice, 1).result(PATIENCE)
        with folder_lock(tmp_path):
            assert executor.submit(tasks.twice, 2).result(PATIENCE) == 4
