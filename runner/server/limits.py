"""What an upload may be, and how many may be looked at together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The bounds of a server. ``upload``, ``together``: bytes of one request, and of all that are looked at now.

    ``files``: of a request; ``reports``: of a request, those in archives counted; ``requests``: looked at now.
    ``sending``, ``answering``: seconds that a request may take to arrive and to be answered;
    ``answering_pictures``: the latter where pictures are read, which takes some 10 seconds a page.
    """

    upload: int = 32 * MEGABYTE
    together: int = 256 * MEGABYTE
    files: int = 20
    reports: int = 50
    requests: int = 16
    sending: float = 60.0
    answering: float = 90.0
    answering_pictures: float = 300.0


class RequestProblem(Exception):
    """A request that is not answered as it was meant. ``code`` names the text for people, ``status`` is HTTP's."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


class Admission:
    """Lets requests in as long as there is room. For one thread: that of the event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._requests = 0
        self._size = 0

    @contextmanager
    def admitted(self, declared: int | None) -> Iterator[None]:
        """A place for a request. ``declared``: its size as it says; the largest size where it says none.

        Raises RequestProblem where there is none, or none for any request of that size.
        """
        size = self._limits.upload if declared is None else declared
        if size > self._limits.upload:
            raise RequestProblem("too_large", 413)
        if self._requests >= self._limits.requests or self._size + size > self._limits.together:
            raise RequestProblem("busy", 503)
        self._requests += 1
        self._size += size
        try:
            yield
        finally:
            self._requests -= 1
            self._size -= size
