"""Workers that could not be had for a while are there again for the next who asks."""

from __future__ import annotations

import pytest

from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.server.lasting_workers import LastingWorkers
from tests.runner.server.asgi import Here


def made(*losses: TaskLost | None) -> tuple[LastingWorkers, list[Here]]:
    """Workers, of which each executor that is made loses every task in its way; and those that were made."""
    waiting, executors = list(losses), []

    def make() -> Here:
        loss = waiting.pop(0)
        executors.append(Here(lambda *_: loss))
        return executors[-1]

    return LastingWorkers(make), executors


def test_after_a_loss_of_all_workers_the_next_task_is_done() -> None:
    workers, executors = made(TaskLost("no_workers", "out of memory"), None)
    with pytest.raises(TaskLost):
        workers.submit(abs, -1).result()
    assert (workers.submit(abs, -1).result(), len(executors)) == (1, 2)


@pytest.mark.parametrize("reason", ["memory", "timeout", "process_died", "internal", "stopped"])
def test_the_loss_of_one_task_changes_nothing(reason: str) -> None:
    workers, executors = made(TaskLost(reason, ""))  # type: ignore[arg-type]
    for _ in range(3):
        assert isinstance(workers.submit(abs, -1).exception(), TaskLost)
    assert len(executors) == 1
