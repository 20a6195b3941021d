"""Two folders exchange their names in one step, where the system can do it: Linux, ``renameat2``."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_FROM_WORKING_DIRECTORY = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE

# what a system without the call, a file system without the flag, a mount point, two file systems, or folders of
# somebody else answer: the names stay as they were, and another way may still be open
NOT_POSSIBLE = frozenset(
    {
        errno.ENOSYS,
        errno.EINVAL,
        errno.EBUSY,
        errno.EPERM,
        errno.EACCES,
        errno.EXDEV,
        errno.EROFS,
        errno.EMLINK,
        errno.ENOTSUP,
        errno.EOPNOTSUPP,
    }
)


def exchange(one: Path, other: Path) -> None:
    """Give each of two folders the name of the other; whoever looks finds the one or the other, never nothing.

    Raises:
        OSError: nothing was changed; with an ``errno`` of ``NOT_POSSIBLE`` where it cannot be done here at all.
    """
    call = _renameat2()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one), None, str(other))
    directory = _FROM_WORKING_DIRECTORY
    if call(directory, os.fsencode(one), directory, os.fsencode(other), _EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    """The C library's function; None where it has none (other systems, glibc before 2.28)."""
    if sys.platform != "linux":
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    call.restype = ctypes.c_int
    function: Callable[[int, bytes, int, bytes, int], int] = call
    return function
