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
from pathlib import Path

LOCK_FILE = ".publishing.lock"
_HELD_BY_ANOTHER = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
_open_here: set[int] = set()


class FolderInUse(Exception):
    """Another process holds the lock."""


@dataclass(frozen=True)
class FolderLock:
    """A lock that is held."""

    descriptor: int

    def guards(self, folder: Path) -> bool:
        """Whether this is still the lock of ``folder``: not so where somebody removed the folder, or its lock file."""
        try:
            return os.path.samestat(os.fstat(self.descriptor), os.stat(folder / LOCK_FILE))
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
    with locked_file(folder / LOCK_FILE) as descriptor:
        yield FolderLock(descriptor)


@contextmanager
def locked_file(path: Path) -> Iterator[int]:
    """Hold the lock of a file, made where it is missing, and give its descriptor.

    A file system without locks (some network drives) is used without one. Raises as ``folder_lock`` does.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    _open_here.add(descriptor)
    try:
        try:
            _lock(descriptor)
        except OSError as problem:
            if problem.errno in _HELD_BY_ANOTHER:
                raise FolderInUse(str(path)) from problem
        yield descriptor
    finally:
        if descriptor in _open_here:  # not so in a forked child that runs through here: the number may be another's
            _open_here.remove(descriptor)
            os.close(descriptor)


def _let_go() -> None:
    """Close what the parent holds. Closing leaves the parent's lock alone; unlocking would not."""
    while _open_here:
        os.close(_open_here.pop())


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    os.register_at_fork(after_in_child=_let_go)

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
