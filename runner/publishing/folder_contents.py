"""What lies in a folder: walks that make one system call a folder, for sites of a hundred thousand files.

Paths are relative to the folder walked, with ``/``. Links are entries of their own and are never followed. A name that
is no text in the system's encoding keeps its bytes (Python's ``surrogateescape``).
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Container, Iterable, Iterator
from pathlib import Path


def entries_below(
    folder: str | Path, only: Container[str] | None = None, prefix: str = ""
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file and link below ``folder`` with its path; of the folders in it those of ``only``, where given."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield path, entry
            elif only is None or path in only:
                yield from entries_below(entry.path, only, f"{path}/")


def files_below(folder: Path) -> frozenset[str]:
    """The paths of every file and link below ``folder``."""
    return frozenset(path for path, _ in entries_below(folder))


def folders_of(paths: Iterable[str]) -> frozenset[str]:
    """Every folder that one of the paths lies in, at any depth; not the one they are relative to."""
    found: set[str] = set()
    todo = {path.rpartition("/")[0] for path in paths}
    while todo := todo - found - {""}:
        found |= todo
        todo = {folder.rpartition("/")[0] for folder in todo}
    return frozenset(found)


def top_of(path: str) -> str:
    """The first name of a path."""
    return path.partition("/")[0]


def take_attributes(source: str | Path, target: str | Path) -> None:
    """Give the folder ``target`` the owner, the mode, the times and the extended attributes (access lists) of another.

    Raises OSError where the owner cannot be given.
    """
    wanted, found = os.stat(source), os.stat(target)
    if (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
        os.chown(target, wanted.st_uid, wanted.st_gid)
    shutil.copystat(source, target)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that is possible."""
    for where, folders, _ in os.walk(folder):
        for name in folders:
            _allow_emptying(f"{where}/{name}")
    shutil.rmtree(folder, ignore_errors=True)


def _allow_emptying(folder: str) -> None:
    """A folder that may not be written is not emptied either, even by its owner."""
    try:
        mode = os.lstat(folder).st_mode
        if stat.S_ISDIR(mode) and mode & stat.S_IRWXU != stat.S_IRWXU:
            os.chmod(folder, stat.S_IMODE(mode) | stat.S_IRWXU)
    except OSError:
        return
