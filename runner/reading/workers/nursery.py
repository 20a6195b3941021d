"""The process from which workers are forked (Linux): small, prepared once, and the one who buries them.

It is started as a program of its own, not forked from the run: it inherits neither locks nor threads nor the memory of
what the run has read. Workers forked from it are ready in milliseconds, hold one end of their own pipe and of nobody
else's, and are its children, so that

- it learns how each of them ended and how much memory it had, and kills by number without mistaking one for another;
- what a worker had started (LibreOffice) becomes its child when the worker ends, and is killed (PR_SET_CHILD_SUBREAPER);
- when the run ends, however it ends, the nursery reads the end of the control socket, kills what is left and removes
  the temporary files. If it is killed itself, the system kills its workers (PR_SET_PDEATHSIG).

It reads ``Setup`` pickled from its standard input, then single messages from the control socket: ``start`` with one end
of a pipe, ``stop``, each with the number of a worker. It answers ``Ending`` for every worker that ended.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from multiprocessing.connection import Connection

from disclosure_checks.runner.reading.workers.limits import (
    adopt_orphans,
    be_silent,
    die_with,
    outlive_parent,
    settle_down,
)
from disclosure_checks.runner.reading.workers.losses import Loss
from disclosure_checks.runner.reading.workers.messages import LARGEST_ORDER, Ending, Order, Setup, WorkerLimits
from disclosure_checks.runner.reading.workers.serving import prepare, serve

_LONGEST_BURIAL = 1.5  # seconds to wait for what was killed; only a process stuck in the system takes as long
_PREFIX = "disclosure-checks-"


def main(control_descriptor: int) -> None:
    """The nursery's life."""
    setup: Setup = pickle.load(sys.stdin.buffer)
    die_with(setup.parent)
    be_silent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    unprepared = prepare(setup.preparations)
    with socket.socket(fileno=control_descriptor) as control:
        outlive_parent()  # from here on the end of the control socket is noticed, and more can be done about it
        nursery = _Nursery(control, setup.limits, unprepared)
        try:
            nursery.run()
        finally:
            nursery.bury_all()


class _Nursery:
    def __init__(self, control: socket.socket, limits: WorkerLimits, unprepared: Loss | None) -> None:
        self._control = control
        self._limits = limits
        self._unprepared = unprepared
        self._process = os.getpid()
        self._numbers: dict[int, int] = {}  # of the living, by process id
        self._folder = tempfile.mkdtemp(prefix=_PREFIX)
        self._size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        self._awakened, wake = os.pipe()
        os.set_blocking(self._awakened, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self._wake = wake

    def run(self) -> None:
        """Do as told until the run ends."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._awakened, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self._awakened:
                    self._bury()
                elif not self._obey():
                    return

    def _obey(self) -> bool:
        """Do what the next message says; False where there will be none."""
        message, descriptors, _, _ = socket.recv_fds(self._control, LARGEST_ORDER, 1)
        if not message:
            return False
        order: Order = pickle.loads(message)
        if order.verb == "start":
            self._start(order.number, descriptors[0])
            os.close(descriptors[0])
        else:
            for process, number in self._numbers.items():
                if number == order.number:
                    _kill(process)
        return True

    def _start(self, number: int, descriptor: int) -> None:
        folder = os.path.join(self._folder, str(number))
        try:
            os.mkdir(folder)
            process = os.fork()
        except OSError:
            self._tell(Ending(number, None))
            return
        if process:
            self._numbers[process] = number
            return
        code = 1
        try:
            self._become_worker(descriptor, folder)
            code = 0
        finally:
            os._exit(code)  # nothing of the nursery's is to happen here

    def _become_worker(self, descriptor: int, folder: str) -> None:
        die_with(self._process)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for not_its_own in (self._control.fileno(), self._awakened, self._wake):
            os.close(not_its_own)
        os.set_inheritable(descriptor, False)
        settle_down()
        tempfile.tempdir = folder
        serve(Connection(descriptor), self._limits, self._unprepared)

    def _bury(self) -> None:
        """Take note of every process that has ended, and end what the dead have left."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._awakened, 4096)
        while True:
            try:
                process, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not process:
                break
            number = self._numbers.pop(process, None)
            if number is not None:
                shutil.rmtree(os.path.join(self._folder, str(number)), ignore_errors=True)
                growth = max(0, usage.ru_maxrss * 1024 - self._size)
                self._tell(Ending(number, os.waitstatus_to_exitcode(status), growth))
        for child in _children():
            if child not in self._numbers:
                _kill(child)

    def _tell(self, ending: Ending) -> None:
        with contextlib.suppress(OSError):  # the run has ended
            self._control.send(pickle.dumps(ending))

    def bury_all(self) -> None:
        """End everything, within a time."""
        poll = select.poll()
        poll.register(self._awakened, select.POLLIN)
        end = time.monotonic() + _LONGEST_BURIAL
        while (children := _children() or tuple(self._numbers)) and (left := end - time.monotonic()) > 0:
            for child in children:
                _kill(child)
            poll.poll(left * 1000)
            self._bury()
        shutil.rmtree(self._folder, ignore_errors=True)


def _children() -> tuple[int, ...]:
    """The processes whose parent this one is; none where the system does not say."""
    try:
        with open(f"/proc/self/task/{threading.get_native_id()}/children", encoding="ascii") as children:
            return tuple(map(int, children.read().split()))
    except OSError:
        return ()


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
