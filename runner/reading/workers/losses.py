"""What is said of a task that was lost, and of the exception that lost it."""

from __future__ import annotations

import signal
from types import TracebackType
from typing import Literal, NamedTuple

from disclosure_checks.runner.reading.workers.messages import Ending

LossReason = Literal["timeout", "memory", "process_died", "internal", "stopped"]
"""``timeout``: it took too long; ``memory``: it needed too much; ``process_died``: its process ended; ``internal``: it
raised, or its result cannot be given; ``stopped``: nobody waits for it any more."""

_OWN_PACKAGE = f"{__name__.partition('.')[0]}."
_LONGEST_MESSAGE = 300  # characters
# signals by which C code ends a process that has asked for memory in vain, or the system one that has too much
_ENDED_FOR_MEMORY = frozenset({"SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS", "SIGKILL"})
_MUCH = (
    4  # who dies with this part of its limit in use died of it: doubling a buffer fails from a third of the limit on
)


class Loss(NamedTuple):
    """Why a task has no result. ``detail`` is for people who look for the cause: a limit, a signal, an exception."""

    reason: LossReason
    detail: str = ""


class TaskLost(Exception):
    """The exception of a future whose task was lost."""

    def __init__(self, reason: LossReason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.loss = Loss(reason, detail)

    @property
    def reason(self) -> LossReason:
        """The kind of loss."""
        return self.loss.reason

    @property
    def detail(self) -> str:
        """What is known of it."""
        return self.loss.detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


def cause_of_death(ending: Ending, memory: int | None) -> Loss:
    """Why a worker ended in the middle of a task, with its limit in bytes."""
    if ending.code is None:
        return Loss("process_died")
    name = _signal_name(-ending.code) if ending.code < 0 else ""
    if memory is not None and name in _ENDED_FOR_MEMORY and ending.growth > memory // _MUCH:
        return Loss("memory", f"{memory_words(memory)} ({name})")
    return Loss("process_died", name or f"exit {ending.code}")


def memory_words(memory: int | None) -> str:
    """The limit that was exceeded."""
    return f"> {memory / 1e6:.0f} MB" if memory is not None else ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def describe(problem: BaseException) -> str:
    """Type, message and place of an exception: ``ValueError: no number (grammar/cells/numbers.py:21)``.

    The place is the deepest line of our own code. Paths of users are left out: the message of a problem with a file is
    that of the system alone.
    """
    message = _message(problem)
    place = _place(problem.__traceback__)
    return f"{type(problem).__name__}{': ' if message else ''}{message}{f' ({place})' if place else ''}"


def _message(problem: BaseException) -> str:
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror
    try:
        words = " ".join(str(problem).split())
    except Exception:  # an exception of somebody else's may fail at describing itself
        return ""
    # what is shown must be printable anywhere, whatever the exception quotes
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in words)
    return printable if len(printable) <= _LONGEST_MESSAGE else f"{printable[: _LONGEST_MESSAGE - 1]}…"


def _place(traceback: TracebackType | None) -> str:
    own = deepest = ""
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", ""))
        deepest = f"{module.removeprefix(_OWN_PACKAGE).replace('.', '/')}.py:{traceback.tb_lineno}"
        if module.startswith(_OWN_PACKAGE) and not module.startswith(f"{__package__}."):
            own = deepest
        traceback = traceback.tb_next
    return own or deepest
