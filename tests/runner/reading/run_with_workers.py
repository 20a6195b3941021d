"""A run whose workers never end by themselves: ``python -m ... SOURCE HOLDER FIFO``. It says "interrupted" on Ctrl-C."""

from __future__ import annotations

import sys

from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.reading.workers.sources import worker_source
from disclosure_checks.runner.reading.workers.spawned_workers import SpawnedWorkers
from tests.runner.reading import worker_tasks as tasks

HOLDERS = {
    "preparation": (tasks.hold_and_hang, tasks.twice),
    "task": (tasks.hold, tasks.hold_and_hang),
    "task in C": (tasks.hold, tasks.hold_and_hang_in_c),
    "child": (tasks.hold, tasks.hold_and_start_child),
    "idle": (tasks.hold, tasks.twice),
}


def main(source: str, holder: str, fifo: str) -> None:
    preparation, task = HOLDERS[holder]
    chosen = SpawnedWorkers if source == "spawned" else worker_source
    try:
        with SupervisedExecutor(2, [(preparation, (fifo,))], deadline=None, source=chosen) as executor:
            for result in [executor.submit(task, fifo) for _ in range(2)]:
                result.result()
            executor.submit(tasks.hang).result()
    except KeyboardInterrupt:
        print("interrupted")


if __name__ == "__main__":
    main(*sys.argv[1:])
