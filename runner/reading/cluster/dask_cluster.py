"""The client of a Dask cluster. ``distributed`` is an extra, and is imported when a cluster is asked for, not before."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from disclosure_checks.runner.reading.cluster.carrying import Arrival
from disclosure_checks.runner.reading.cluster.problems import ClusterProblem
from disclosure_checks.runner.reading.program import differing_parts, program_parts
from disclosure_checks.runner.reading.workers.losses import Loss, describe
from disclosure_checks.runner.reading.workers.messages import Preparation, WorkerLimits

_LONGEST_CONNECTING = 10  # seconds, for the scheduler and again for the first worker
_LONGEST_LEAVING = 10  # seconds
_NAME = "disclosure-checks"
_LARGEST_GRAPH = "1 GB"  # Dask would warn of contents that are sent with tasks; ours are bounded


class DaskCluster:
    """A connection to a scheduler. The workers are prepared as they join, until it is closed."""

    def __init__(
        self, address: str, preparations: Sequence[Preparation], deadline: float | None, limits: WorkerLimits
    ) -> None:
        try:
            import dask
            import distributed

            from disclosure_checks.runner.reading.cluster import member
        except ImportError as problem:
            raise ClusterProblem("extra_missing") from problem
        self._address = address
        self._do_all = member.do_all
        self._distributed = distributed
        self._name = f"{_NAME}-{uuid4().hex}"
        self._last_number = 0
        self._under_way: dict[str, Any] = {}
        dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGEST_GRAPH})
        try:
            self._client = distributed.Client(address, timeout=_LONGEST_CONNECTING, set_as_default=False)
        except Exception as problem:
            raise ClusterProblem("unreachable", {"address": address, "reason": _reason(problem)}) from problem
        try:
            self._compare_with_workers(member.check)
            plugin = member.Supervisor(self._name, pickle.dumps(tuple(preparations)), deadline, limits, program_parts())
            self._client.register_plugin(plugin, self._name)
        except ClusterProblem:
            self._client.close()
            raise
        except Exception as problem:
            self._client.close()
            raise ClusterProblem("lost", {"address": address, "reason": _reason(problem)}) from problem

    def places(self) -> int:
        """The threads of all workers."""
        try:
            return sum(self._client.nthreads().values())
        except Exception:  # the connection may come back; tasks under way say if it does not
            return 0

    def send(self, messages: Sequence[bytes], arrived: Callable[[Arrival], None]) -> None:
        """Submit one Dask task for all."""
        self._last_number += 1
        key = f"{self._name}-{self._last_number}"
        try:
            future = self._client.submit(self._do_all, self._name, messages, key=key, pure=False)
        except Exception as problem:
            arrived(ClusterProblem("lost", {"address": self._address, "reason": _reason(problem)}))
            return
        self._under_way[key] = future

        def came(done: Any) -> None:
            if self._under_way.pop(key, None) is not None:
                arrived(self._arrival(done))

        future.add_done_callback(came)

    def drop(self) -> None:
        """Cancel what is under way."""
        futures = list(self._under_way.values())
        self._under_way.clear()
        with suppress(Exception):  # the cluster may be gone
            self._client.cancel(futures)

    def without_workers(self, seconds: float) -> ClusterProblem:
        """The cluster has lost all its workers."""
        return ClusterProblem("workers_gone", {"address": self._address, "seconds": str(round(seconds))})

    def close(self) -> None:
        """Leave: the workers end what they started for us."""
        with suppress(Exception):  # the cluster may be gone
            self._client.unregister_worker_plugin(self._name)
        with suppress(Exception):
            self._client.close(timeout=_LONGEST_LEAVING)

    def _arrival(self, future: Any) -> Arrival:
        try:
            outcomes: Arrival = future.result()
            return outcomes
        except ClusterProblem as problem:
            return problem
        except self._distributed.scheduler.KilledWorker:
            return Loss("process_died")
        except BaseException as problem:  # also CancelledError, which is none of Exception's
            if future.status in ("cancelled", "lost") or self._client.status != "running":
                return ClusterProblem("lost", {"address": self._address, "reason": _reason(problem)})
            return Loss("internal", describe(problem))

    def _compare_with_workers(self, check: Callable[[], Mapping[str, str]]) -> None:
        """Refuse a cluster on which the program is another than here."""
        try:
            self._client.wait_for_workers(1, timeout=_LONGEST_CONNECTING)
        except self._distributed.TimeoutError as problem:
            raise ClusterProblem("no_workers", {"address": self._address}) from problem
        ours = program_parts()
        for worker, theirs in sorted(self._client.run(check, on_error="return").items()):
            if isinstance(theirs, ClusterProblem):
                raise theirs
            if isinstance(theirs, BaseException):  # Dask wraps what is missing there in exceptions of its own
                raise ClusterProblem("program_missing", {"worker": worker, "reason": str(theirs)})
            difference = differing_parts(ours, theirs)
            if difference:
                raise ClusterProblem("program_differs", {"worker": worker, "difference": difference})


def _reason(problem: BaseException) -> str:
    """The first cause of a problem, as Dask tells it."""
    while problem.__cause__ is not None:
        problem = problem.__cause__
    return " ".join(str(problem).split()) or type(problem).__name__
