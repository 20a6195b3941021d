"""The server itself: specs compiled once, workers that stay, uvicorn in front."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import uvicorn

from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.last_year import LastYearReports
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.parallel_reading import submit_content
from disclosure_checks.runner.reading.pictures.looking import picture_workers
from disclosure_checks.runner.reading.pictures.modes import AUTO, effective_mode, is_read
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.server.application import application
from disclosure_checks.runner.server.checks.worker_tasks import check_preparation
from disclosure_checks.runner.server.desk import Desk
from disclosure_checks.runner.server.lasting_workers import LastingWorkers
from disclosure_checks.runner.server.limits import Limits

PASSWORD_VARIABLE = "DISCLOSURE_CHECKS_PASSWORD"  # no option: other users of the machine see command lines
_CLOSING = 5  # seconds that requests may still take when the server is stopped
_CONNECTIONS = 512  # open at a time, most of them idle: a browser holds up to six


@dataclass(frozen=True)
class ServerRequest:
    """What is to be served. ``collection``: a collection to look up the year before in, where there is one.

    ``file_timeout``: seconds that reading one file, and checking one upload, may take. ``prefix``: as in ``Access``.
    ``pictures``: whether pictures are read, as a person asks for it.
    """

    compiled: Sequence[CompiledSpecification]
    host: str
    port: int
    jobs: int
    registry: AgencyRegistry | None = None
    collection: Path | None = None
    file_timeout: float = 20.0
    prefix: str = ""
    pictures: str = AUTO
    limits: Limits = field(default_factory=Limits)


class ServerProblem(Exception):
    """The server cannot be started. ``code`` names the message; ``detail`` fills it in."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def serve(request: ServerRequest, on_ready: Callable[[int, Callable[[], None]], None]) -> None:
    """Serve until the process is told to end. ``on_ready`` is told, before the first request, the port and how to stop.

    Raises ServerProblem where the address cannot be listened at, or no worker can be had.
    """
    password = os.environ.get(PASSWORD_VARIABLE) or None
    formats = [format_lexicon(one) for one in request.compiled]
    mode = effective_mode(request.pictures)
    preparations = [reading_preparation(formats, mode), check_preparation(request.compiled, request.registry)]
    with (
        _listening(request.host, request.port) as listener,
        LastingWorkers(
            partial(SupervisedExecutor, request.jobs, preparations, deadline=request.file_timeout)
        ) as workers,
        _pictures(request, mode) as looking,
    ):
        last_year = None if request.collection is None else LastYearReports(request.collection, request.registry)
        desk = Desk(workers, formats[0].lexicon.format, request.limits, last_year, looking)
        served = application(
            request.compiled,
            desk,
            request.limits,
            has_collection=last_year is not None,
            password=password,
            prefix=request.prefix,
        )
        _have_ready(workers, request.jobs)
        server = uvicorn.Server(
            uvicorn.Config(
                served,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                lifespan="off",
                ws="none",
                http="h11",
                loop="asyncio",
                limit_concurrency=_CONNECTIONS + request.limits.requests,
                timeout_graceful_shutdown=_CLOSING,
            )
        )
        on_ready(listener.getsockname()[1], lambda: setattr(server, "should_exit", True))
        server.run(sockets=[listener])
        workers.shutdown(cancel_futures=True)
        if looking is not None:
            looking.shutdown(cancel_futures=True)


def _pictures(request: ServerRequest, mode: str) -> AbstractContextManager[Executor | None]:
    """Who looks at pictures: fewer than who read, so that a scan does not keep the machine from everybody else."""
    if not is_read(mode):
        return nullcontext()
    return LastingWorkers(partial(picture_workers, max(1, request.jobs // 2)))


def _listening(host: str, port: int) -> socket.socket:
    """A socket at an address. What is wrong with it is told before anything takes time."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        if os.name != "nt":  # where it would let two servers listen at one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except (OSError, OverflowError) as problem:
        raise ServerProblem("cannot_listen", getattr(problem, "strerror", None) or str(problem)) from problem
    return listener


def _have_ready(workers: Executor, jobs: int) -> None:
    """Wait until the workers are there, so that the first upload need not."""
    for future in [submit_content(b"", "-.txt", workers) for _ in range(jobs)]:
        problem = future.exception()
        if problem is not None:
            raise ServerProblem("no_workers", str(problem))
