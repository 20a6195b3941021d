"""Tasks in three steps, of which the middle one can be done on any machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Given = TypeVar("Given")
Sent = TypeVar("Sent")
Answer = TypeVar("Answer")
Result = TypeVar("Result")


@dataclass(frozen=True)
class PortableTask(Generic[Given, Sent, Answer, Result]):
    """``gather`` and ``deliver`` use the disk of the run; ``work`` uses what it is sent, in a process that is prepared.

    Called, it does all three: so it is done in a worker process on the machine of the run. An executor whose workers
    are elsewhere does the first and the last step here. All three are importable functions.
    """

    gather: Callable[[Given], Sent]
    work: Callable[[Sent], Answer]
    deliver: Callable[[Given, Answer], Result]

    def __call__(self, given: Given) -> Result:
        """All steps, here."""
        return self.deliver(given, self.work(self.gather(given)))


def as_it_came(_: object, answer: Answer) -> Answer:
    """The last step of a task whose answer is its result."""
    return answer
