"""A server as an intranet has it: on a port of this machine, with its worker processes."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

from disclosure_checks.runner.server.limits import Limits
from disclosure_checks.runner.server.serving import ServerRequest, serve
from tests.checking import specification
from tests.runner.server.asgi import BOUNDARY, Answer, form

LONGEST_START = 240  # seconds


@contextmanager
def server(limits: Limits | None = None, jobs: int = 2, **request: Any) -> Iterator[int]:
    """The port of a server over the format of 2021 (unless ``compiled`` names others)."""
    started: Queue[tuple[int, Callable[[], None]] | Exception] = Queue()
    wanted = ServerRequest(
        **{"compiled": [specification()], "host": "127.0.0.1", "port": 0, "jobs": jobs, **request},
        limits=limits or Limits(),
    )

    def run() -> None:
        try:
            serve(wanted, lambda port, stop: started.put((port, stop)))
        except Exception as problem:
            started.put(problem)

    thread = threading.Thread(target=run)
    thread.start()
    told = started.get(timeout=LONGEST_START)
    if isinstance(told, Exception):
        raise told
    port, stop = told
    try:
        yield port
    finally:
        stop()
        thread.join()


def send(port: int, path: str, files: Sequence[tuple[str, bytes]]) -> Answer:
    """What a server answers to files."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_START)
    try:
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        connection.request("POST", path, form(files), headers)
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def statuses(answer: Answer) -> dict[str, str]:
    """The status of each report in an answer."""
    return {one["report"]: one["status"] for one in json.loads(answer.body)["reports"]}


def files_of(folder: Path) -> list[tuple[str, bytes]]:
    """The files of a folder."""
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
