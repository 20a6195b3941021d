"""What a worker process may use of the machine, and how it sees to that.

Linux: the limit holds inside the process (RLIMIT_AS): an allocation beyond it fails, in Python as a MemoryError, in C as
C code takes it, which may be by aborting. macOS ignores that limit and Windows has none like it: see ``sources``.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys

_NICENESS = 5  # the process that gathers the results has the longest chain of work: it should not wait for a core
_WORN = 4  # a worker that has grown by this part of its limit and kept it is replaced by a fresh one


class MemoryGuard:
    """Holds a process to what it may grow by from here on. Where the system cannot, it does nothing."""

    def __init__(self, growth: int | None) -> None:
        self._growth = growth
        self._start = _address_space() if growth is not None else None
        self._allow(growth)

    def lift(self) -> None:
        """Let the process have all it wants: it has something to say before it ends."""
        self._allow(None)

    def is_worn(self) -> bool:
        """Whether so much of the limit is in use between two tasks that the next one may not have enough."""
        if self._growth is None or self._start is None:
            return False
        return (_address_space() or 0) - self._start > self._growth // _WORN

    def _allow(self, growth: int | None) -> None:
        if self._start is not None:
            _set_address_space_limit(None if growth is None else self._start + growth)


def settle_down() -> None:
    """Make this process a worker: low priority, quiet, no interest in Ctrl-C, no dumps of its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to everyone; the parent ends its workers
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    gc.set_threshold(200_000, 50, 50)  # reading makes many small immutable objects and no cycles
    _forbid_core_dumps()
    be_silent()


def be_silent() -> None:
    """Nothing that code here prints, in Python or in C, reaches the terminal or the output of the run."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if nowhere > 2:
        os.close(nowhere)


if sys.platform == "linux":
    import ctypes
    import resource

    _PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
    _system = ctypes.CDLL(None, use_errno=True)

    def die_with(parent: int) -> None:
        """Have the system kill this process when the thread that started it ends."""
        _system.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before
            os._exit(1)

    def outlive_parent() -> None:
        """Take ``die_with`` back."""
        _system.prctl(_PR_SET_PDEATHSIG, 0, 0, 0, 0)

    def adopt_orphans() -> None:
        """Become the parent of every descendant whose own parent ends."""
        _system.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def _address_space() -> int | None:
        with open("/proc/self/statm", "rb") as sizes:
            return int(sizes.read().split()[0]) * resource.getpagesize()

    def _set_address_space_limit(size: int | None) -> None:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = most if size is None or (most != resource.RLIM_INFINITY and size > most) else size
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))

else:

    def _address_space() -> int | None:
        return None

    def _set_address_space_limit(size: int | None) -> None:
        """Nothing would come of it here."""


def _forbid_core_dumps() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
