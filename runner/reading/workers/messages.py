"""What run, nursery and workers say to each other.

task: pickled (function, arguments, named arguments)        answer: one letter, then what belongs to it, pickled
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

Preparation = tuple[Callable[..., None], tuple[Any, ...]]
"""What is called before the first task, and with what."""


def encoded_task(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> bytes:
    """A task as it goes over the pipe. Raises whatever pickling it raises."""
    return pickle.dumps((function, arguments, named), pickle.HIGHEST_PROTOCOL)


READY, RESULT, LOSS, UNPREPARED = b"Y", b"R", b"L", b"U"


class Answer(NamedTuple):
    """An answer as it goes over the pipe.

    ``kind`` is one of the letters below; ``is_last``: the worker ends with it, through no fault of what follows;
    ``body`` is pickled: the result, or a Loss.
    """

    kind: bytes
    is_last: bool
    body: bytes = b""

    def encode(self) -> bytes:
        """As bytes."""
        return b"".join((self.kind, b"!" if self.is_last else b".", self.body))

    @staticmethod
    def decode(message: bytes) -> Answer:
        """From bytes."""
        return Answer(message[:1], message[1:2] == b"!", message[2:])


class WorkerLimits(NamedTuple):
    """``memory``: bytes by which a worker may grow, None for any; ``largest_result``: bytes of a result, pickled."""

    memory: int | None
    largest_result: int


class Setup(NamedTuple):
    """What a nursery is started with. ``preparations`` stay pickled until it is sure to end with the run."""

    parent: int
    limits: WorkerLimits
    preparations: bytes


class Order(NamedTuple):
    """What the nursery is told: ``start`` or ``stop`` a worker."""

    verb: str
    number: int


class Ending(NamedTuple):
    """How a worker ended. ``code``: its exit code, negative for a signal; ``growth``: bytes it had grown by at most."""

    number: int
    code: int | None
    growth: int = 0


LARGEST_ORDER = 4096  # bytes of an order or an ending, pickled
