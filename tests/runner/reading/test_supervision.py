"""A worker that hangs, swells or dies costs the task it worked on, and nothing else."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from multiprocessing.connection import Listener
from typing import Any

import pytest

from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.sources import WorkerSource, worker_source
from disclosure_checks.runner.reading.workers.spawned_workers import SpawnedWorkers
from tests.runner.reading import worker_tasks as tasks

SHORT = 1.0  # seconds; tasks that hang never end by themselves
LONG = 300.0  # seconds; for tasks that end by themselves, on however slow a machine
MEMORY = 200_000_000  # bytes

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system does not hold processes to a limit")

Source = Callable[..., WorkerSource]


@pytest.fixture(params=[worker_source, SpawnedWorkers], ids=["workers of this system", "spawned workers"])
def source(request: pytest.FixtureRequest) -> Source:
    chosen: Source = request.param
    return chosen


def loss_of(future: Future[Any]) -> TaskLost:
    with pytest.raises(TaskLost) as lost:
        future.result(LONG)
    return lost.value


@pytest.fixture
def executor() -> Iterator[SupervisedExecutor]:
    with SupervisedExecutor(2, deadline=LONG, memory=MEMORY) as made:
        yield made


def test_results_come_back_for_every_task(source):
    with SupervisedExecutor(2, deadline=LONG, source=source) as executor:
        assert list(executor.map(tasks.twice, range(40))) == [2 * number for number in range(40)]


def test_workers_are_prepared_before_their_first_task(source):
    with SupervisedExecutor(2, [(tasks.prepare, ("a", "b")), (tasks.prepare, ("c",))], source=source) as executor:
        assert set(executor.map(tasks.prepared_with, "d" * 8)) == {"abcd"}
    assert tasks.prepared_with("") == ""


def test_one_worker_too_is_another_process(source):
    with SupervisedExecutor(1, source=source) as executor:
        processes = set(executor.map(tasks.process, range(8)))
    assert len(processes) == 1
    assert processes != {os.getpid()}


@pytest.mark.parametrize("task", [tasks.hang, tasks.hang_in_c], ids=["in Python", "in C"])
def test_a_task_that_hangs_is_lost_at_its_deadline_and_the_others_are_done(source, task):
    with SupervisedExecutor(1, deadline=SHORT, source=source) as executor:
        hanging = executor.submit(task)
        others = [executor.submit(tasks.twice, number) for number in range(20)]
        assert loss_of(hanging).loss == ("timeout", "> 1 s")
        assert [one.result(LONG) for one in others] == [2 * number for number in range(20)]


@pytest.mark.parametrize(
    ("task", "code"),
    [(tasks.exit_process, "exit 3"), (tasks.kill_itself, "SIGKILL"), (tasks.segfault, "SIGSEGV")],
    ids=["by leaving", "by a signal", "by a fault in C"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_task_that_kills_its_process_is_lost_alone(source, task, code):
    with SupervisedExecutor(1, deadline=LONG, source=source) as executor:
        before = [executor.submit(tasks.twice, number) for number in range(5)]
        lost = executor.submit(task)
        after = [executor.submit(tasks.twice, number) for number in range(5)]
        assert loss_of(lost).loss == ("process_died", code)
        assert [one.result(LONG) for one in before + after] == [0, 2, 4, 6, 8] * 2


@ON_LINUX
@pytest.mark.parametrize("task", [tasks.swell, tasks.swell_slowly], ids=["at once", "little by little"])
def test_a_task_that_needs_too_much_memory_is_lost_for_that(executor, task):
    assert loss_of(executor.submit(task)).loss == ("memory", "> 200 MB")
    assert executor.submit(tasks.twice, 4).result(LONG) == 8


@ON_LINUX
def test_c_code_that_aborts_for_want_of_memory_is_lost_for_that(executor):
    assert loss_of(executor.submit(tasks.abort_when_full)).loss == ("memory", "> 200 MB (SIGABRT)")


@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells the size of a process")
def test_a_spawned_worker_that_swells_is_seen_and_stopped():
    with SupervisedExecutor(1, deadline=LONG, memory=MEMORY, source=SpawnedWorkers) as executor:
        assert loss_of(executor.submit(tasks.swell_and_stay, 2 * MEMORY)).loss == ("memory", "> 200 MB")


def test_a_deadline_does_not_run_while_a_worker_is_being_prepared():
    with SupervisedExecutor(1, [(tasks.prepare_for, (2 * SHORT,))], deadline=SHORT) as executor:
        assert executor.submit(tasks.twice, 2).result(LONG) == 4


def test_an_exception_is_an_internal_loss_with_its_place_and_the_worker_goes_on():
    with SupervisedExecutor(1, deadline=LONG) as executor:
        first = executor.submit(tasks.process).result(LONG)
        lost = loss_of(executor.submit(tasks.fail, "no\nnumber \ud800"))
        assert lost.reason == "internal"
        assert lost.detail.startswith(
            "ValueError: no number \N{REPLACEMENT CHARACTER} (tests/runner/reading/worker_tasks.py:"
        )
        assert executor.submit(tasks.process).result(LONG) == first


def test_what_is_said_of_an_exception_holds_no_path_of_a_user(executor, tmp_path):
    detail = loss_of(executor.submit(tasks.fail_with_a_file, str(tmp_path / "secret.txt"))).detail
    assert detail.startswith("FileNotFoundError: No such file or directory (tests/runner/")


@pytest.mark.parametrize(
    ("task", "words"),
    [(tasks.exit_politely, "SystemExit: 4"), (tasks.recurse, "RecursionError"), (tasks.not_picklable, "pickle")],
    ids=["leaving", "endless recursion", "a result that cannot be given"],
)
def test_no_exception_ends_a_worker(task, words):
    with SupervisedExecutor(1, deadline=LONG) as executor:
        first = executor.submit(tasks.process).result(LONG)
        lost = loss_of(executor.submit(task))
        assert lost.reason == "internal"
        assert words in lost.detail
        assert executor.submit(tasks.process).result(LONG) == first


def test_a_result_beyond_the_bound_is_an_internal_loss():
    with SupervisedExecutor(1, deadline=LONG, largest_result=1_000_000) as executor:
        assert loss_of(executor.submit(tasks.large, 2_000_000)).loss == ("internal", "result of 2 MB > 1 MB")
        assert len(executor.submit(tasks.large, 900_000).result(LONG)) == 900_000


def test_a_task_that_cannot_be_sent_is_an_internal_loss(executor):
    assert loss_of(executor.submit(lambda: None)).reason == "internal"


def test_large_arguments_reach_their_worker(source):
    with SupervisedExecutor(2, deadline=LONG, source=source) as executor:
        sizes = [5_000_000, 10, 20_000_000, 9_000, 65_000]
        assert list(executor.map(tasks.size_of, [bytes(size) for size in sizes])) == sizes


def test_what_a_task_prints_reaches_nobody(capfd):
    with SupervisedExecutor(1, deadline=LONG) as executor:
        assert executor.submit(tasks.talk).result(LONG) == "said"
    assert capfd.readouterr() == ("", "")


def test_in_a_storm_of_dying_workers_every_other_task_is_done():
    with SupervisedExecutor(2, deadline=LONG) as executor:
        dying, living = [], []
        for number in range(60):
            dying.append(executor.submit(tasks.kill_itself, signal.SIGTERM))
            living.append(executor.submit(tasks.twice, number))
        assert {loss_of(one).reason for one in dying} == {"process_died"}
        assert [one.result(LONG) for one in living] == [2 * number for number in range(60)]


def test_a_worker_that_keeps_too_much_is_replaced_and_nothing_is_lost():
    with SupervisedExecutor(1, deadline=LONG, memory=4 * MEMORY) as executor:
        kept = [executor.submit(tasks.keep, MEMORY // 2) for _ in range(12)]
        assert len({one.result(LONG) for one in kept}) > 1


@pytest.mark.parametrize(
    ("preparation", "words"),
    [((tasks.fail_to_prepare, ()), "ValueError: no lexicon"), ((tasks.die_while_preparing, ()), "do not start")],
    ids=["raises", "dies"],
)
def test_where_workers_cannot_be_prepared_every_task_is_lost_and_says_why(source, preparation, words):
    with SupervisedExecutor(2, [preparation], source=source) as executor:
        for lost in [loss_of(executor.submit(tasks.twice, number)) for number in range(3)]:
            assert lost.reason == "internal"
            assert words in lost.detail


@ON_LINUX
def test_when_the_nursery_is_killed_another_takes_its_place():
    with SupervisedExecutor(1, deadline=LONG) as executor, Listener() as begun:
        nursery = executor.submit(tasks.parent_process).result(LONG)
        hanging = executor.submit(tasks.tell_and_hang, begun.address)
        begun.accept().close()
        os.kill(nursery, signal.SIGKILL)
        assert loss_of(hanging).reason == "process_died"
        assert executor.submit(tasks.parent_process).result(LONG) != nursery


def test_leaving_by_an_exception_stops_what_runs_and_cancels_what_waits(source):
    given: list[Future[Any]] = []

    def leave_in_the_middle() -> None:
        with SupervisedExecutor(1, deadline=LONG, source=source) as executor:
            executor.submit(tasks.twice, 1).result(LONG)
            given.extend(executor.submit(tasks.hang) for _ in range(9))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        leave_in_the_middle()
    assert all(one.done() for one in given)
    with pytest.raises(CancelledError):
        given[-1].result(LONG)


def test_a_task_that_runs_when_all_is_stopped_is_lost_as_stopped(source):
    with SupervisedExecutor(1, deadline=LONG, source=source) as executor, Listener() as begun:
        running = executor.submit(tasks.tell_and_hang, begun.address)
        begun.accept().close()
        executor.shutdown(cancel_futures=True)
    assert loss_of(running).reason == "stopped"


def test_a_cancelled_task_is_not_done(executor, tmp_path):
    blocking = [executor.submit(tasks.hang) for _ in range(2)]
    cancelled = executor.submit(tasks.leave_a_file, str(tmp_path / "made"))
    assert cancelled.cancel()
    executor.shutdown(cancel_futures=True)
    assert all(one.done() for one in blocking)
    assert not (tmp_path / "made").exists()


def test_no_task_is_taken_after_the_end():
    with SupervisedExecutor(1) as executor:
        pass
    with pytest.raises(RuntimeError):
        executor.submit(tasks.twice, 1)
