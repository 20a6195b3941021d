"""Locks that live in a file: one run at a time. The system lets go of them when the process ends, however it ends.

A lock belongs to the process that took it. Files opened here are closed when another program is started (``O_CLOEXEC``,
Python's default); a process that is forked would inherit the open file, and with it the lock, beyond the end of its
parent. So the child's side closes it: at once, in ``_let_go``, before any other code of the child runs. Workers that a
fork server or a fresh interpreter starts never have it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from weakref import WeakSet

LOCK_FILE = ".publishing.lock"
_HELD_BY_ANOTHER = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
_held: WeakSet[FileIO] = WeakSet()


class FolderInUse(Exception):
    """Another process holds the lock."""


@dataclass(frozen=True)
class FolderLock:
    """A lock that is held."""

    file: FileIO

    def guards(self, folder: Path) -> bool:
        """Whether this is still the lock of ``folder``: not so where somebody removed the folder, or its lock file."""
        try:
            return os.path.samestat(os.fstat(self.file.fileno()), os.stat(folder / LOCK_FILE))
        except (FileNotFoundError, NotADirectoryError):
            return False


@contextmanager
def folder_lock(folder: Path) -> Iterator[FolderLock]:
    """Hold the lock of ``folder``, through an empty file in it that stays.

    The lock is one of the file, not of its name: a folder that takes the place of ``folder`` is guarded by the same
    lock if the file is linked into it.

    Raises:
        FolderInUse: another process holds the lock.
        OSError: the lock file cannot be made.
    """
    with locked_file(folder / LOCK_FILE) as file:
        yield FolderLock(file)


@contextmanager
def locked_file(path: Path) -> Iterator[FileIO]:
    """Hold the lock of a file, opened for writing and made where it is missing.

    A file system without locks (some network drives) is used without one. Raises as ``folder_lock`` does.
    """
    with FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+") as file:
        _held.add(file)
        try:
            _lock(file.fileno())
        except OSError as problem:
            if problem.errno in _HELD_BY_ANOTHER:
                raise FolderInUse(str(path)) from problem
        yield file


def _let_go() -> None:
    """Close what the parent holds. Closing leaves the parent's lock alone; unlocking would not."""
    for file in _held:
        file.close()  # which does nothing the second time, should the child run to the end of the parent's block


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    os.register_at_fork(after_in_child=_let_go)

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
