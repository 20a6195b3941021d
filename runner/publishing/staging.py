"""The folder that a run builds its site in, and what to do with one that a killed run left.

    <staging>/staging-of-run-checks    marks the folder as ours, and is locked while its run lives; it holds the inode
                                       of ``new``, so that one can tell whether ``new`` has changed places with the site
    <staging>/new/                     the new site; after an exchange, the site of before
    <staging>/old/                     where the site is switched entry by entry: what was moved away

It lies beside the output folder, ``<parent>/.<name>.staging-xxxxxxxx``, where the two can exchange their names, and
inside it, ``<out>/.staging-xxxxxxxx``, where they cannot. Both are on the file system of the site.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from disclosure_checks.runner.publishing.carrying import link_file
from disclosure_checks.runner.publishing.exchange import exchange
from disclosure_checks.runner.publishing.folder_contents import remove_folder, take_attributes
from disclosure_checks.runner.publishing.folder_lock import LOCK_FILE, FolderInUse, locked_file
from disclosure_checks.runner.publishing.putting_back import put_back, put_back_entries

STAGING_PREFIX = ".staging-"
MARKER = "staging-of-run-checks"
_RANDOM_PART = re.compile(r"[a-z0-9_]{8}")


@dataclass(frozen=True)
class Staging:
    """A staging folder; ``beside``: it lies beside the output folder, and the two may be able to exchange names."""

    folder: Path
    beside: bool

    @property
    def new(self) -> Path:
        """The new site."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """What an entry-by-entry switch moves away."""
        return self.folder / "old"

    @property
    def marker(self) -> Path:
        """The file that makes the folder known as ours."""
        return self.folder / MARKER

    def inode_of_new(self) -> str:
        """What the marker says; nothing as long as, or since, the folder holds nothing that anybody could miss."""
        return self.marker.read_text(encoding="ascii", errors="replace") if self.marker.is_file() else ""


@contextmanager
def staging_folder(out: Path, private: Collection[str]) -> Iterator[Staging]:
    """Make a staging folder for ``out``; clear it in the end, whatever has become of it.

    Raises OSError where there is none to be had.
    """
    with ExitStack() as clearing:
        try:
            staging = clearing.enter_context(_staging(out, private, beside=True))
        except OSError:
            staging = clearing.enter_context(_staging(out, private, beside=False))
        yield staging


@contextmanager
def _staging(out: Path, private: Collection[str], *, beside: bool) -> Iterator[Staging]:
    parent, prefix = _place(out, beside)
    staging = Staging(Path(tempfile.mkdtemp(prefix=prefix, dir=parent)), beside)
    try:
        with locked_file(staging.marker) as marker:
            staging.new.mkdir()
            if beside:
                _try_exchange(out, staging)
            marker.write(b"%d" % os.lstat(staging.new).st_ino)
            yield staging
    finally:
        with suppress(OSError):  # what cannot be cleared now, the next run clears
            _clear(staging, out, private)


def _place(out: Path, beside: bool) -> tuple[Path, str]:
    """In which folder a staging folder lies, and how its name begins."""
    return (out.parent, f".{out.name}{STAGING_PREFIX}") if beside else (out, STAGING_PREFIX)


def _try_exchange(out: Path, staging: Staging) -> None:
    """Try all that an exchange needs, and make ``new`` a likeness of ``out``; raises OSError where it fails."""
    if Path.cwd().is_relative_to(out):
        raise OSError(f"{out}: whoever started this process works in there, and would be left in the old folder")
    trial = staging.folder / "trial"
    # a link from one to the other: no mount point lies between them
    link_file(str(out / LOCK_FILE), str(trial))
    trial.unlink()
    trial.mkdir()
    exchange(staging.new, trial)
    trial.rmdir()
    # before anything is written: files take their group and their access list from the folder they are made in
    take_attributes(out, staging.new)


def clear_leftovers(out: Path, private: Collection[str]) -> None:
    """Clear the staging folders of runs that were killed.

    What they hold of other people's files and ``out`` lacks goes back first. Raises OSError where it cannot.
    """
    for staging in list(_stagings_of(out)):
        if not staging.marker.is_file():
            with suppress(OSError):  # killed before it was marked, it is empty; anything else is not ours
                staging.folder.rmdir()
        elif not _lives(staging):
            _clear(staging, out, private)


def _stagings_of(out: Path) -> Iterator[Staging]:
    for beside in (True, False):
        parent, prefix = _place(out, beside)
        with suppress(PermissionError):  # a parent that may be passed through but not listed
            for name in sorted(os.listdir(parent)):
                if name.startswith(prefix) and _RANDOM_PART.fullmatch(name, len(prefix)):
                    yield Staging(parent / name, beside)


def _lives(staging: Staging) -> bool:
    """Whether a run is still at work here: one whose output folder was removed or replaced under it."""
    try:
        with locked_file(staging.marker):
            return False
    except FolderInUse:
        return True


def _clear(staging: Staging, out: Path, private: Collection[str]) -> None:
    inode = staging.inode_of_new()
    if inode:
        if staging.new.is_dir() and inode != str(os.lstat(staging.new).st_ino):
            put_back(staging.new, out, private)  # it has changed places with the site
        if staging.old.is_dir():
            put_back_entries(staging.old, out)
            put_back(staging.old, out, private)
        # from here on the folder is no witness of anything: it may be half removed when the next run finds it
        os.truncate(staging.marker, 0)
    for entry in staging.folder.iterdir():
        if entry.is_dir():
            remove_folder(entry)
        elif entry != staging.marker:
            entry.unlink()
    # the marker goes last, so that the next run knows what this one could not remove
    if list(staging.folder.iterdir()) == [staging.marker]:
        staging.marker.unlink()
    staging.folder.rmdir()
