"""What goes from the published folder into the new one as it is: pages that stay, and whatever is not ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from disclosure_checks.runner.publishing.folder_contents import folders_of, take_attributes
from disclosure_checks.runner.publishing.manifest import MANIFEST

Link = Callable[[str, str], None]


def keep_files(out: Path, new: Path, kept: Iterable[str]) -> None:
    """Put published files into the new folder, byte for byte."""
    made: set[str] = set()
    for path in sorted(kept):
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(f"{new}/{folder}", exist_ok=True)
            made.add(folder)
        link_or_copy(f"{out}/{path}", f"{new}/{path}")


def carry_over(out: Path, new: Path, ours: Collection[str], link: Link, only: Collection[str] | None = None) -> None:
    """Put what is not ours into the new folder: files, links as links, folders with mode and times.

    ``ours`` are the files published before; ``only``: of the entries of ``out`` these alone, where given. The
    manifest belongs to the folder that it speaks of and stays.
    """
    with os.scandir(out) as entries:
        wanted = [entry for entry in entries if entry.name != MANIFEST and (only is None or entry.name in only)]
    _Carrying(frozenset(ours), folders_of(ours), link).carry(wanted, str(new), "")


class _Carrying:
    def __init__(self, ours: frozenset[str], our_folders: frozenset[str], link: Link) -> None:
        self.ours = ours
        self.our_folders = our_folders
        self.link = link

    def carry(self, entries: Iterable[os.DirEntry[str]], target: str, prefix: str) -> None:
        for entry in entries:
            path, successor = prefix + entry.name, f"{target}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                self.carry_folder(entry, path, successor)
            elif path not in self.ours:
                self.carry_file(entry.path, target, successor)

    def carry_folder(self, folder: os.DirEntry[str], path: str, successor: str) -> None:
        theirs = path not in self.our_folders
        if theirs:
            os.makedirs(successor, exist_ok=True)
        with os.scandir(folder.path) as entries:
            self.carry(list(entries), successor, f"{path}/")
        if theirs:  # now that it is filled: its times are those of before, and it may be one that cannot be written
            take_attributes(folder.path, successor)

    def carry_file(self, source: str, target: str, successor: str) -> None:
        try:
            self.link(source, successor)
        except FileNotFoundError:
            os.makedirs(target, exist_ok=True)
            self.link(source, successor)


def link_file(source: str, target: str) -> None:
    """Make ``target`` the same file as ``source``; done already is well. Raises OSError where it cannot be."""
    try:
        _make_link(source, target)
    except FileExistsError:
        if not os.path.samestat(os.lstat(source), os.lstat(target)):
            raise


def link_or_copy(source: str, target: str) -> None:
    """Make ``target`` the same file as ``source``, or a copy of it where links are not possible."""
    try:
        link_file(source, target)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _make_link(source: str, target: str) -> None:
    if os.link in os.supports_follow_symlinks:
        os.link(source, target, follow_symlinks=False)
    else:
        os.link(source, target)
