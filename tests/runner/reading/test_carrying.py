"""Tasks on their way to a cluster: how many are under way, what is tried again, and what is said when it is gone."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import Any

import pytest

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.reading.cluster import carrying
from disclosure_checks.runner.reading.cluster.carrying import Arrival, Carrier, Outcome
from disclosure_checks.runner.reading.cluster.chunks import Task
from disclosure_checks.runner.reading.cluster.pickled_tasks import do
from disclosure_checks.runner.reading.cluster.problems import ClusterProblem
from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.program import differing_parts, program_parts
from disclosure_checks.runner.reading.workers.losses import Loss, TaskLost
from tests.checking import SPECIFICATION
from tests.generation.samples import FOLDER
from tests.runner.reading import worker_tasks as tasks

PATIENCE = 60.0  # seconds; only what hangs takes as long
DIED = Loss("process_died", "SIGKILL")


class OneAfterTheOther:
    """A cluster that answers when all that may be under way is under way: the chunk sent last first.

    So it does when it has all ``expected`` tasks, or one that is sent alone.
    """

    def __init__(
        self, places: int = 2, answer: Callable[[Sequence[bytes]], Arrival] | None = None, expected: int = 0
    ) -> None:
        self._places = places
        self._answer = answer or self.done
        self._under_way: list[tuple[Sequence[bytes], Callable[[Arrival], None]]] = []
        self.sent: list[Sequence[bytes]] = []
        self.most_under_way = 0
        self.expected = expected

    def places(self) -> int:
        return self._places

    def send(self, messages: Sequence[bytes], arrived: Callable[[Arrival], None]) -> None:
        self.sent.append(messages)
        self._under_way.append((messages, arrived))
        self.most_under_way = max(self.most_under_way, len(self._under_way))
        is_full = len(self._under_way) == 2 * self._places
        if is_full or len(messages) == 1 or sum(map(len, self.sent)) >= self.expected:
            while self._under_way:
                sent, answered = self._under_way.pop()
                answered(self._answer(sent))

    def drop(self) -> None:
        self._under_way.clear()

    def without_workers(self, seconds: float) -> ClusterProblem:
        return ClusterProblem("workers_gone", {"address": "tcp://here", "seconds": str(seconds)})

    @staticmethod
    def done(messages: Sequence[bytes]) -> list[Outcome]:
        return [do(message) for message in messages]


def carried(cluster: Any, given: Sequence[tuple[Callable[..., Any], Any]]) -> list[Future[Any]]:
    """The futures of tasks that were all given before the first was sent."""
    cluster.expected = cluster.expected or len(given)
    carrier = Carrier(cluster)
    handed = [Task.of(function, (argument,), {}) for function, argument in given]
    for one in handed:
        carrier.put(one)
    carrier.close(cancel=False)
    thread = Thread(target=carrier.run)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    return [one.future for one in handed]


def test_results_come_to_those_who_asked_for_them():
    results = carried(OneAfterTheOther(), [(tasks.twice, number) for number in range(300)])
    assert [one.result(0) for one in results] == [2 * number for number in range(300)]


def test_a_bounded_number_goes_together_and_is_under_way_and_the_last_go_one_by_one():
    cluster = OneAfterTheOther()
    carried(cluster, [(tasks.twice, number) for number in range(300)])
    assert max(map(len, cluster.sent)) == 16
    assert cluster.most_under_way == 4
    assert [len(messages) for messages in cluster.sent[-3:]] == [1, 1, 1]


def test_contents_are_gathered_as_they_are_sent_and_large_ones_do_not_wait_in_numbers():
    waiting = []

    def gather(number: int) -> bytes:
        waiting.append(number)
        return bytes(5_000_000)

    class Counting(OneAfterTheOther):
        most_gathered = 0

        def send(self, messages: Sequence[bytes], arrived: Callable[[Arrival], None]) -> None:
            self.most_gathered = max(self.most_gathered, len(waiting))
            waiting.clear()
            super().send(messages, arrived)

    cluster = Counting(places=100, answer=lambda messages: [pickle.dumps(len(messages[0]))])
    cluster._places = 1
    sizes = carried(cluster, [(PortableTask(tasks.size_of, gather=gather), number) for number in range(20)])
    assert cluster.most_gathered == 1
    assert all(one.result(0) > 5_000_000 for one in sizes)


def kills(message: bytes) -> bool:
    return b"kill_itself" in message


class Deadly(OneAfterTheOther):
    """A cluster on which a task kills its process: ``all_with_it`` loses the worker, and whatever was sent to it."""

    def __init__(self, all_with_it: bool) -> None:
        super().__init__(places=2, answer=self.survived)
        self.all_with_it = all_with_it

    def survived(self, messages: Sequence[bytes]) -> Arrival:
        under_way = [*messages, *(message for sent, _ in self._under_way for message in sent)]
        if self.all_with_it:
            return DIED if any(map(kills, under_way)) else self.done(messages)
        return [DIED if kills(message) else do(message) for message in messages]


@pytest.mark.parametrize("all_with_it", [True, False], ids=["a worker", "a supervised process"])
def test_only_the_task_that_kills_what_it_is_in_a_second_time_is_lost(all_with_it):
    cluster = Deadly(all_with_it)
    given = [(tasks.twice, number) for number in range(30)]
    results = carried(cluster, [*given, (tasks.kill_itself, 9), *given])
    lost = results.pop(30)
    assert [one.result(0) for one in results] == [2 * number for number in range(30)] * 2
    assert isinstance(problem := lost.exception(0), TaskLost)
    assert problem.loss == DIED
    tries = [messages for messages in cluster.sent if any(map(kills, messages))]
    assert len(tries) == 2
    assert len(tries[1]) == 1


@pytest.mark.parametrize("reason", ["timeout", "memory", "internal"])
def test_what_would_come_to_the_same_again_is_not_tried_again(reason):
    cluster = OneAfterTheOther(answer=lambda messages: [Loss(reason, "told")] * len(messages))
    [result] = carried(cluster, [(tasks.twice, 1)])
    assert isinstance(problem := result.exception(0), TaskLost)
    assert (problem.loss, len(cluster.sent)) == (Loss(reason, "told"), 1)


def fail(_: object) -> None:
    raise ValueError("no disk")


@pytest.mark.parametrize("task", [PortableTask(tasks.twice, gather=fail), PortableTask(tasks.twice, deliver=fail)])
def test_a_step_that_fails_here_loses_its_task_and_no_other(task):
    lost, kept = carried(OneAfterTheOther(expected=1), [(task, 1), (tasks.twice, 2)])
    assert isinstance(problem := lost.exception(0), TaskLost)
    assert "ValueError: no disk" in problem.detail
    assert kept.result(0) == 4


def test_a_cluster_that_is_lost_is_no_fault_of_the_tasks():
    gone = ClusterProblem("lost", {"address": "tcp://here", "reason": "gone"})
    cluster = OneAfterTheOther(answer=lambda _: gone)
    assert {one.exception(0) for one in carried(cluster, [(tasks.twice, number) for number in range(99)])} == {gone}


def test_a_cluster_whose_workers_do_not_come_back_is_given_up(monkeypatch):
    monkeypatch.setattr(carrying, "_LOOK_EVERY", 0.0)
    monkeypatch.setattr(carrying, "_LONGEST_WITHOUT_WORKERS", 0.0)

    class Empty(OneAfterTheOther):
        def send(self, messages: Sequence[bytes], arrived: Callable[[Arrival], None]) -> None:
            pass

    problems = {one.exception(0) for one in carried(Empty(places=0), [(tasks.twice, 1), (tasks.twice, 2)])}
    assert [one.code for one in problems if isinstance(one, ClusterProblem)] == ["workers_gone"]


def test_a_fault_of_ours_leaves_nobody_waiting():
    class Broken(OneAfterTheOther):
        def send(self, messages: Sequence[bytes], arrived: Callable[[Arrival], None]) -> None:
            raise ZeroDivisionError

    for one in carried(Broken(), [(tasks.twice, number) for number in range(99)]):
        assert isinstance(problem := one.exception(0), TaskLost)
        assert "ZeroDivisionError" in problem.detail


def test_a_portable_task_called_here_does_all_its_steps_here():
    task = PortableTask(tasks.twice, gather=len, deliver=str)
    assert task("four") == "8"
    assert pickle.loads(pickle.dumps(task)) == task


def test_a_problem_of_a_cluster_comes_from_a_worker_as_it_was():
    problem = ClusterProblem("nanny", {"worker": "tcp://there"})
    assert pickle.loads(pickle.dumps(problem)).render("en") == problem.render("en")


def test_what_differs_between_two_machines_is_named():
    ours = program_parts()
    assert differing_parts(ours, dict(ours)) == ""
    assert differing_parts(ours, {**ours, "lark": "0.1"}) == f"lark 0.1 ≠ {ours['lark']}"
    assert differing_parts(ours, {}).count("≠") == len(ours)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_extra_a_cluster_is_refused_with_what_to_install(tmp_path, monkeypatch, capsys, language):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = [str(SPECIFICATION), str(FOLDER), "--out", str(tmp_path / "out"), "--lang", language]
    assert main([*words, "--cluster", "tcp://127.0.0.1:8786"]) == ExitCode.WRONG_CALL
    assert "pip install 'disclosure-checks[cluster]'" in capsys.readouterr().err
    assert not (tmp_path / "out" / "index.html").exists()


def test_a_run_on_this_machine_loads_nothing_of_dask():
    code = (
        "import sys; import disclosure_checks.runner.pipeline.run, disclosure_checks.runner.commands.run_checks;"
        "print([name for name in sys.modules if name.partition('.')[0] in ('dask', 'distributed')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
