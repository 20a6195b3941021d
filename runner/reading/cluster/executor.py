"""Tasks on a cluster, behind the interface of ``concurrent.futures``. Nothing of Dask is imported with this module."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from threading import Lock, Thread
from types import TracebackType
from typing import Any, TypeVar

from disclosure_checks.runner.reading.cluster.carrying import Carrier
from disclosure_checks.runner.reading.cluster.chunks import Task
from disclosure_checks.runner.reading.cluster.dask_cluster import DaskCluster
from disclosure_checks.runner.reading.workers.executor import DEADLINE, LARGEST_RESULT, MEMORY
from disclosure_checks.runner.reading.workers.losses import TaskLost, describe
from disclosure_checks.runner.reading.workers.messages import Preparation, WorkerLimits

Result = TypeVar("Result")


class ClusterExecutor(Executor):
    """Runs tasks on the workers of a Dask cluster, each in a supervised process there (see ``SupervisedExecutor``).

    The future of a task that was lost raises ``TaskLost``, as there; one whose process died was tried twice. Where the
    cluster itself is lost, all futures raise ``ClusterProblem``. Of a ``PortableTask`` the first and the last step are
    done here, so that workers need no disk of ours. Contents are gathered as they are sent, a bounded number at a time.

    Making one connects to the scheduler and compares our version with that of the workers. Raises ClusterProblem.
    """

    def __init__(
        self,
        address: str,
        preparations: Sequence[Preparation] = (),
        *,
        deadline: float | None = DEADLINE,
        memory: int | None = MEMORY,
        largest_result: int = LARGEST_RESULT,
    ) -> None:
        self._cluster = DaskCluster(address, preparations, deadline, WorkerLimits(memory, largest_result))
        self._carrier = Carrier(self._cluster)
        self._lock = Lock()
        self._is_closed = False
        self._thread = Thread(target=self._live, name="carrying to the cluster", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have a task done. Raises RuntimeError after ``shutdown``."""
        try:
            task = Task.of(fn, args, kwargs)
        except Exception as problem:  # pickling calls whatever the arguments define
            lost: Future[Result] = Future()
            lost.set_exception(TaskLost("internal", describe(problem)))
            return lost
        with self._lock:
            if self._is_closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._carrier.put(task)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks and leave the cluster: when all tasks are done or, with ``cancel_futures``, at once.

        Tasks that had begun are then lost as ``stopped``.
        """
        with self._lock:
            self._is_closed = True
            self._carrier.close(cancel_futures)
        if wait:
            self._thread.join()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _live(self) -> None:
        self._carrier.run()
        self._cluster.close()
