"""Workers forked from a nursery, seen from the run: Linux. A nursery that was killed is replaced by the next start."""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from disclosure_checks.runner.reading.workers.messages import LARGEST_ORDER, Ending, Order, Setup, WorkerLimits

_LONGEST_END = 2.0  # seconds
_LONGEST_SENDING = 10  # seconds that a worker which waits for a task may take to fetch it
# libraries for arrays would start threads, which do not survive forking and are of no use here
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class ForkedWorkers:
    """A source of workers. The nursery starts with the first one, and takes the modules that it needs from ``sys.path``."""

    watch_every: float | None = None

    def __init__(self, preparations: bytes, limits: WorkerLimits) -> None:
        self._preparations = preparations
        self._limits = limits
        self._living: set[int] = set()
        self._nursery: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self, number: int) -> Connection:
        """Start a worker. Tasks can be sent at once; they wait in the pipe."""
        ours, theirs = socket.socketpair()
        with theirs:
            # a worker that does not fetch what is sent to it must not hold up the others
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _LONGEST_SENDING, 0))
            connection = Connection(ours.detach())
            try:
                socket.send_fds(self._open_control(), [pickle.dumps(Order("start", number))], [theirs.fileno()])
            except OSError:
                connection.close()
                raise
        self._living.add(number)
        return connection

    def stop(self, number: int) -> None:
        """Have the nursery kill a worker."""
        if self._control is not None and number in self._living:
            with contextlib.suppress(OSError):
                self._control.send(pickle.dumps(Order("stop", number)))

    def signs(self) -> Sequence[Any]:
        """The control socket."""
        return [self._control] if self._control is not None else []

    def endings(self) -> Iterator[Ending]:
        """What the nursery says; of all, if it has ended itself."""
        while self._control is not None:
            try:
                message = self._control.recv(LARGEST_ORDER, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except OSError:
                message = b""
            if message:
                ending: Ending = pickle.loads(message)
                self._living.discard(ending.number)
                yield ending
            else:
                self._end_nursery()
                lost, self._living = self._living, set()
                yield from (Ending(number, None) for number in sorted(lost))

    def swollen(self) -> Iterable[int]:
        """None: the system holds them to their limit."""
        return ()

    def close(self) -> None:
        """Close the control socket, at which the nursery ends its workers and itself."""
        self._end_nursery()

    def _open_control(self) -> socket.socket:
        if self._control is None:
            self._control = self._started_nursery()
        return self._control

    def _started_nursery(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; from {__package__}.nursery import main; main({theirs.fileno()})"
        )
        # a file without a name: nobody has to wait until the nursery reads it
        with theirs, os.fdopen(os.memfd_create("setup"), "w+b") as setup:
            setup.write(pickle.dumps(Setup(os.getpid(), self._limits, self._preparations)))
            setup.seek(0)
            self._nursery = subprocess.Popen(
                [sys.executable, *_interpreter_flags(), "-c", code],
                stdin=setup,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_ONE_THREAD},
                start_new_session=True,  # what a terminal sends to the run is not meant for it
            )
        return ours

    def _end_nursery(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._nursery is not None:
            try:
                self._nursery.wait(_LONGEST_END)
            except subprocess.TimeoutExpired:
                self._nursery.kill()
                self._nursery.wait()
            self._nursery = None


def _interpreter_flags() -> list[str]:
    """The options this interpreter was started with that decide what an import finds or a text is."""
    flags = {"-I": sys.flags.isolated, "-E": sys.flags.ignore_environment, "-s": sys.flags.no_user_site}
    return [*(flag for flag, is_set in flags.items() if is_set), "-X", f"utf8={sys.flags.utf8_mode}"]
