"""The content of a file, and what is said where there is none to be had. Only regular files are opened.

Opening a pipe waits for ever, a device may do anything: neither is ever an annual report.
"""

from __future__ import annotations

import errno
import os
import stat
from hashlib import blake2b
from typing import NamedTuple

# a pipe that took the place of a file since it was looked at does not make us wait
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_CODES = {errno.ELOOP: "link_loop", errno.ENAMETOOLONG: "path_too_long"}
_ANY_OTHER, _ANY_OTHER_FOLDER = "system", "folder_unreadable"


class Refusal(NamedTuple):
    """Why an input is not read: ``code`` names the message for people, ``detail`` fills it in."""

    code: str
    detail: str = ""


class UnreadableInput(Exception):
    """An input whose content cannot be had."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(*refusal)
        self.refusal = refusal


def refusal_of(path: str | os.PathLike[str]) -> Refusal | None:
    """Why a path is not a file that can be opened; None where it seems to be one. It is not opened."""
    try:
        mode = os.stat(path).st_mode
    except OSError as problem:
        return refusal_by(problem)
    return None if stat.S_ISREG(mode) else Refusal("not_a_file")


def refusal_by(problem: OSError, is_folder: bool = False) -> Refusal:
    """What a problem of the system with a file or folder is called."""
    code = _CODES.get(problem.errno or 0)
    if code is not None:
        return Refusal(code)
    return Refusal(_ANY_OTHER_FOLDER if is_folder else _ANY_OTHER, problem.strerror or type(problem).__name__)


def content_of(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a regular file of at most so many. Raises UnreadableInput."""
    content, size = _read(path, most + 1, most)
    if size > most:
        raise UnreadableInput(Refusal("too_large", f"{size / 1e6:.0f} MB > {most / 1e6:.0f} MB"))
    return content


def beginning_of(path: str | os.PathLike[str], count: int) -> bytes:
    """So many of the first bytes of a regular file, or all. Raises UnreadableInput."""
    return _read(path, count)[0]


def _read(path: str | os.PathLike[str], count: int, most: int | None = None) -> tuple[bytes, int]:
    """The first bytes of a regular file, and how many it has; none are read of one that says to have more than ``most``."""
    refusal = refusal_of(path)
    if refusal is not None:
        raise UnreadableInput(refusal)
    try:
        with open(os.open(path, _FLAGS), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableInput(Refusal("not_a_file"))
            content = file.read(count) if most is None or status.st_size <= most else b""
    except OSError as problem:
        raise UnreadableInput(refusal_by(problem)) from problem
    return content, max(status.st_size, len(content))


def content_digest(content: bytes) -> bytes:
    """A digest of the bytes of a file: files with the same one hold the same."""
    return blake2b(content, digest_size=20).digest()
