"""The application of a server asked without a network and without other processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import anyio
from starlette.types import ASGIApp

from disclosure_checks.runner.collection.last_year import LastYearReports
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from disclosure_checks.runner.server.application import application
from disclosure_checks.runner.server.checks.worker_tasks import check_preparation
from disclosure_checks.runner.server.desk import Desk
from disclosure_checks.runner.server.limits import Limits
from tests.checking import specification

BOUNDARY = "----limit"
LIMITS = Limits()


class Here(Executor):
    """Does tasks at once, in this process. ``losing``: raised in place of a task, where it is given one to lose."""

    def __init__(self, losing: Callable[[Callable[..., Any], tuple[Any, ...]], Exception | None] | None = None) -> None:
        self._losing = losing

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        lost = self._losing(fn, args) if self._losing else None
        if lost is not None:
            future.set_exception(lost)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@cache
def prepared() -> str:
    """Make this process a worker of the format of 2021; the name of the format."""
    compiled = specification()
    for prepare, arguments in (reading_preparation([format_lexicon(compiled)]), check_preparation([compiled], None)):
        prepare(*arguments)
    return compiled.specification.format


def served(
    limits: Limits = LIMITS,
    *,
    workers: Executor | None = None,
    collection: Path | None = None,
    **access: Any,
) -> ASGIApp:
    """The application over the format of 2021."""
    last_year = None if collection is None else LastYearReports(collection)
    desk = Desk(workers or Here(), prepared(), limits, last_year)
    return application([specification()], desk, limits, has_collection=collection is not None, **access)


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: Sequence[bytes] = (b"",),
    query: str = "",
) -> Answer:
    """What the application answers. ``body``: the parts in which it arrives."""
    parts = list(body)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip

    async def asked() -> None:
        await app(scope, receive, send)

    anyio.run(asked)
    answered = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], answered, b"".join(one.get("body", b"") for one in sent[1:]))


def form(files: Iterable[tuple[str, bytes]], fields: Mapping[str, str] | None = None) -> bytes:
    """Files and fields as a browser sends them."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (fields or {}).items()
    ]
    for name, content in files:
        shown = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{shown}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def upload(
    app: ASGIApp,
    path: str,
    *files: tuple[str, bytes],
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """What the application answers to files."""
    body = form(files, fields)
    own = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(len(body))}
    return ask(app, path, "POST", {**own, **(headers or {})}, [body])
