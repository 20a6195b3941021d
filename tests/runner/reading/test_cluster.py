"""A real scheduler and two worker processes on this machine: the site is the one made here, whoever dies meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="needs the extra: pip install 'disclosure-checks[cluster]'")

from distributed import Client

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.reading.cluster import dask_cluster, member
from disclosure_checks.runner.reading.cluster.executor import ClusterExecutor
from disclosure_checks.runner.reading.cluster.problems import ClusterProblem
from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.messages import WorkerLimits, encoded_task
from tests.checking import SPECIFICATION
from tests.generation.__main__ import main as generate
from tests.runner.reading import worker_tasks as tasks
from tests.runner.reading.alive_pipe import alive_pipe, read_pipe
from tests.runner.reading.cluster_accidents import OneDeath
from tests.runner.reading.dask_processes import PATIENCE, running_cluster, running_scheduler

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.name != "posix", reason="workers are supervised on Linux, and killed by signals"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two."""
    with running_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as (address, _):
        yield address


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty reports, and two files that cannot be read."""
    folder = tmp_path_factory.mktemp("reports")
    generate([str(folder), "--reports", "40", "--seed", "3"])
    (folder / "empty.txt").touch()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    return folder


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")


@pytest.fixture
def fifo(tmp_path: Path) -> Iterator[tuple[str, int]]:
    with alive_pipe(tmp_path) as pipe:
        yield pipe


def read(descriptor: int) -> bytes:
    return read_pipe(descriptor, PATIENCE, most=1)


def check(reports: Path, out: Path, *words: str) -> int:
    return main([str(SPECIFICATION), str(reports), "--out", str(out), "--quiet", "--fail-on", "never", *words])


def published(out: Path) -> dict[str, bytes]:
    """All that a run left for people. The collection notes when it saw a file, and in which order they came."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".collection" not in path.parts
    }


def dying(cluster: str, state: str, marker: Path) -> Client:
    """A client that has one of the workers killed: at the first of our tasks that comes to a state."""
    client = Client(cluster, set_as_default=False)
    client.register_plugin(OneDeath(state, str(marker)), "one death")
    return client


@pytest.mark.parametrize("state", ["executing", "memory"], ids=["while it reads", "before its results are fetched"])
def test_the_site_is_the_one_made_here_though_a_worker_is_killed(cluster, reports, tmp_path, state):
    assert check(reports, tmp_path / "here", "--jobs", "1") == ExitCode.UNREADABLE_INPUT
    with dying(cluster, state, tmp_path / "killed") as client:
        assert check(reports, tmp_path / "there", "--cluster", cluster) == ExitCode.UNREADABLE_INPUT
        client.unregister_worker_plugin("one death")
    assert (tmp_path / "killed").exists()
    assert len(published(tmp_path / "here")) > 80
    assert published(tmp_path / "there") == published(tmp_path / "here")


def test_pages_are_those_made_here_though_a_worker_is_killed_that_makes_them(cluster, reports, tmp_path):
    for out in (tmp_path / "here", tmp_path / "there"):
        check(reports, out, "--jobs", "1", "--lang", "en")
    # in another language all pages are made anew, and nothing is read
    check(reports, tmp_path / "here", "--jobs", "1")
    with dying(cluster, "executing", tmp_path / "killed") as client:
        check(reports, tmp_path / "there", "--cluster", cluster)
        client.unregister_worker_plugin("one death")
    assert (tmp_path / "killed").exists()
    assert published(tmp_path / "there") == published(tmp_path / "here")


def test_each_task_has_its_own_result_or_loss(cluster):
    with ClusterExecutor(cluster, [(tasks.prepare, ("a", "b"))], deadline=5.0) as executor:
        prepared = [executor.submit(tasks.prepared_with, str(number)) for number in range(40)]
        killed = executor.submit(tasks.kill_itself)
        failed = executor.submit(tasks.fail, "no cells")
        hung = executor.submit(tasks.hang)
        assert [one.result(PATIENCE) for one in prepared] == [f"ab{number}" for number in range(40)]
        losses = [one.exception(PATIENCE) for one in (killed, failed, hung)]
    assert [(type(one), one.loss.reason) for one in losses if isinstance(one, TaskLost)] == [
        (TaskLost, "process_died"),
        (TaskLost, "internal"),
        (TaskLost, "timeout"),
    ]
    assert "ValueError: no cells" in str(losses[1])


def with_own_process(answer: object) -> tuple[int, object]:
    return os.getpid(), answer


def test_what_needs_our_disk_is_done_here_and_the_work_elsewhere(cluster):
    task = PortableTask(tasks.beside_own_process, gather=with_own_process, deliver=with_own_process)
    with ClusterExecutor(cluster) as executor:
        delivered_by, (worker, (gathered_by, given)) = executor.submit(task, 5).result(PATIENCE)
    assert given == 5
    assert delivered_by == gathered_by == os.getpid()
    assert worker != os.getpid()


def test_workers_end_what_they_started_when_the_run_leaves(cluster, fifo):
    path, descriptor = fifo
    with ClusterExecutor(cluster) as executor:
        executor.submit(tasks.hold, path).result(PATIENCE)
        assert read(descriptor) == b"."
    assert read(descriptor) == b""


def test_a_run_that_breaks_off_stops_its_tasks(cluster, fifo):
    path, descriptor = fifo
    executor = ClusterExecutor(cluster)
    begun = executor.submit(tasks.hold_and_hang, path)
    assert read(descriptor) == b"."
    executor.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert isinstance(begun.exception(PATIENCE), TaskLost)
    assert read(descriptor) == b""


def test_a_worker_ends_what_it_started_for_a_run_that_is_heard_of_no_more(fifo, monkeypatch):
    path, descriptor = fifo
    monkeypatch.setattr(member, "_LONGEST_IDLE", 0.0)

    class Worker:
        address = "tcp://127.0.0.1:1"
        state: Any = type("State", (), {"nthreads": 1})

    supervisor = member.Supervisor("run", b"\x80\x04).", None, WorkerLimits(None, 1000), member.program_parts())
    supervisor.setup(Worker())
    supervisor.do_all([encoded_task(tasks.hold, (path,), {})])
    assert read(descriptor) == b"."
    assert read(descriptor) == b""


def refusal(capsys: pytest.CaptureFixture[str], reports: Path, out: Path, address: str, language: str = "en") -> str:
    """What is said of a cluster that is not used. Nothing is published."""
    assert check(reports, out, "--cluster", address, "--lang", language) == ExitCode.WRONG_CALL
    assert not (out / "index.html").exists()
    return capsys.readouterr().err


def test_workers_with_another_program_are_refused(cluster, reports, tmp_path, monkeypatch, capsys):
    parts = {**dask_cluster.program_parts(), "lark": "0.1"}
    monkeypatch.setattr(dask_cluster, "program_parts", lambda: parts)
    said = refusal(capsys, reports, tmp_path / "out", cluster)
    assert "another program" in said
    assert "≠ 0.1" in said


def test_workers_that_join_later_with_another_program_are_refused(cluster, monkeypatch):
    monkeypatch.setattr(dask_cluster.DaskCluster, "_compare_with_workers", lambda *_: None)
    monkeypatch.setattr(dask_cluster, "program_parts", lambda: {"lark": "0.1"})
    with ClusterExecutor(cluster) as executor:
        given = [executor.submit(tasks.twice, number) for number in range(3)]
        wait(given, PATIENCE)
        assert {one.exception().code for one in given} == {"program_differs"}
        late = executor.submit(tasks.twice, 4).exception(PATIENCE)
        assert isinstance(late, ClusterProblem)


@pytest.mark.parametrize(("language", "words"), [("en", "no connection"), ("zh", "连不上")])
def test_a_scheduler_that_cannot_be_reached_is_told(reports, tmp_path, monkeypatch, capsys, language, words):
    monkeypatch.setattr(dask_cluster, "_LONGEST_CONNECTING", 0.5)
    said = refusal(capsys, reports, tmp_path / "out", "tcp://127.0.0.1:1", language)
    assert words in said
    assert "tcp://127.0.0.1:1" in said


@pytest.mark.parametrize("address", ["scheduler", "http://127.0.0.1:8786", "tcp://", ":::"])
def test_an_address_that_is_none_is_told(reports, tmp_path, monkeypatch, capsys, address):
    monkeypatch.setattr(dask_cluster, "_LONGEST_CONNECTING", 0.5)
    assert "no connection" in refusal(capsys, reports, tmp_path / "out", address)


def test_a_scheduler_without_workers_is_told(reports, tmp_path, monkeypatch, capsys):
    with running_scheduler(tmp_path) as (address, _):
        monkeypatch.setattr(dask_cluster, "_LONGEST_CONNECTING", 0.5)
        assert f"dask worker {address}" in refusal(capsys, reports, tmp_path / "out", address)


def test_a_task_that_kills_every_worker_is_lost_and_those_sent_with_it_are_not(tmp_path, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with running_cluster(tmp_path, workers=1) as (address, _), ClusterExecutor(address) as executor:
        given = [executor.submit(tasks.twice, number) for number in range(20)]
        deadly = executor.submit(tasks.kill_starter_of_nursery)
        given += [executor.submit(tasks.twice, number) for number in range(20, 40)]
        assert [one.result(PATIENCE) for one in given] == [2 * number for number in range(40)]
        assert isinstance(problem := deadly.exception(PATIENCE), TaskLost)
        assert problem.reason == "process_died"


def test_a_run_in_which_nothing_has_changed_needs_no_cluster(reports, tmp_path):
    assert check(reports, tmp_path, "--jobs", "1") == ExitCode.UNREADABLE_INPUT
    assert check(reports, tmp_path, "--cluster", "tcp://127.0.0.1:1") == ExitCode.UNREADABLE_INPUT


def test_a_scheduler_that_dies_ends_the_run_and_no_file_is_blamed(tmp_path, fifo):
    path, descriptor = fifo
    with running_cluster(tmp_path, workers=1) as (address, scheduler), ClusterExecutor(address) as executor:
        begun = executor.submit(tasks.hold_and_hang, path)
        waiting = executor.submit(tasks.twice, 1)
        assert read(descriptor) == b"."
        scheduler.kill()
        assert isinstance(begun.exception(PATIENCE), ClusterProblem)
        assert isinstance(waiting.exception(PATIENCE), ClusterProblem)
