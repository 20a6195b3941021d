"""Recognising what has been read before: files by size, time and inode or by content, the program by its own files.

A file that looks as it did when it was last examined is taken to be that file, unless it is so young that it may have
been changed within the same tick of the clock, or the clock has gone backwards. Everything else is told by its bytes.
"""

from __future__ import annotations

import os
import re
import sys
import time
from functools import cache
from hashlib import blake2b
from pathlib import Path

from disclosure_checks.runner.collection.register import KnownFile
from disclosure_checks.runner.reading.file_content import UnreadableInput, content_digest
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.program import LIBRARIES, libreoffice, program_files, version_of
from disclosure_checks.runner.reading.saved_pages import content_with_shown

DIGEST_BYTES = 20
_YOUNG = 3_000_000_000  # nanoseconds; the coarsest clock of a file system in use (FAT) ticks every two seconds
_DIGITS_OF_INODE = 7  # bytes; SQLite keeps eight, with a sign
_EXTENDS = re.compile(rb"^extends\s*:\s*[\"']?([^\"'#\r\n]+)", re.MULTILINE)
_SPEC_ENDINGS = (".yaml", ".yml")


def path_text(path: Path) -> str:
    """A path as text that can be stored: bytes in it that are no characters are written out."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")


def digest_of(*parts: bytes) -> bytes:
    """A digest of some parts, each told from the next."""
    digest = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


def recognised(file: InputFile, known: KnownFile | None, now: int) -> KnownFile | None:
    """A file with a digest of its content; None where it cannot be opened or is too large to be read.

    ``known``: how it was recognised before; ``now``: the time in nanoseconds.
    """
    looks = looks_of_input(file)
    if looks is None:
        return None
    if known is not None and looks == known[:3] and known.modified + _YOUNG < known.examined <= now:
        return known
    try:
        content = content_with_shown(file.path, file.shown)
    except UnreadableInput:
        return None
    return KnownFile(*looks, content_digest(content), now)


def looks_the_same(file: InputFile, known: KnownFile) -> bool:
    """Whether a file has the size, time and inode it was recognised with. One that is gone does not."""
    return looks_of_input(file) == known[:3]


def looks_of_input(file: InputFile) -> tuple[int, int, int] | None:
    """What a change of a file is told by; a page looks like itself and all files that it shows.

    The time is then the latest of theirs, and the number of the inode stands for everything else of them.
    """
    looks = looks_of(file.path)
    if looks is None or not file.shown:
        return looks
    shown = [looks_of(path) for path in file.shown_paths]
    size, modified, _ = looks
    named = repr((looks, *zip(file.shown, shown, strict=True))).encode("utf-8", "surrogatepass")
    latest = max([modified, *(one[1] for one in shown if one is not None)])
    return size, latest, int.from_bytes(digest_of(named)[:_DIGITS_OF_INODE], "little")


def looks_of(path: Path) -> tuple[int, int, int] | None:
    """Size, time and inode of a file, by which a change is told; None where it cannot be asked for them."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


@cache  # a process runs what it began with
def digest_of_program() -> bytes:
    """A digest of our own files, of the versions of the libraries that results depend on, and of Python's."""
    parts: list[bytes] = [sys.version.encode()]
    parts += [f"{name} {version_of(name)}".encode() for name in LIBRARIES]
    # files that another program converts are read or not as it is installed
    parts.append(libreoffice().encode())
    for file in program_files():
        parts += [file.as_posix().encode("utf-8", "surrogateescape"), file.read_bytes()]
    return digest_of(*parts)


def digest_of_specs(path: Path) -> bytes:
    """A digest of the specs at a path (a file or a folder) and of all files that they extend."""
    return digest_of(*(content for _, content in sorted(contents_of_specs(path).items())))


def contents_of_specs(path: Path) -> dict[Path, bytes]:
    """The files of the specs at a path and all files that they extend, with what stands in them."""
    waiting = [path]
    if path.is_dir():
        waiting = [file for file in sorted(path.iterdir()) if file.suffix in _SPEC_ENDINGS]
    seen: dict[Path, bytes] = {}
    while waiting:
        file = Path(os.path.realpath(waiting.pop()))
        if file in seen:
            continue
        try:
            content = file.read_bytes()
        except OSError:
            content = b""
        seen[file] = content
        waiting += [file.parent / name.decode("utf-8", "replace").strip() for name in _EXTENDS.findall(content)]
    return seen


def now() -> int:
    """The time in nanoseconds."""
    return time.time_ns()


def digest_of_file(path: Path | None) -> bytes:
    """A digest of a file; empty where there is none or it cannot be read."""
    if path is None:
        return b""
    digest = blake2b(digest_size=DIGEST_BYTES)
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    except OSError:
        return b""
    return digest.digest()
