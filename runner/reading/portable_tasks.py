"""Tasks in three steps, of which the middle one can be done on any machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Given = TypeVar("Given", contravariant=True)
Result = TypeVar("Result", covariant=True)


@dataclass(frozen=True)
class PortableTask(Generic[Given, Result]):
    """``work`` uses what it is sent, in a process that is prepared; what it is sent and what comes of it are pickled.

    ``gather`` gets from the disk of the run what ``work`` is sent, and is called as late as can be; ``deliver`` puts
    there what came of it. Either may be missing. All are importable functions, or partials of such.

    Called, it does all three: so it is done in a worker process on the machine of the run. An executor whose workers
    are elsewhere does the first and the last step here.
    """

    work: Callable[[Any], Any]
    gather: Callable[[Given], Any] | None = None
    deliver: Callable[[Any], Result] | None = None

    def __call__(self, given: Given) -> Result:
        """All steps, here."""
        sent = given if self.gather is None else self.gather(given)
        return self.delivered(self.work(sent))

    def delivered(self, answer: Any) -> Result:
        """What comes of the answer to ``work``."""
        result: Result = answer if self.deliver is None else self.deliver(answer)
        return result
