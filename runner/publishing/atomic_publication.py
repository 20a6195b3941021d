"""Publishing: a run builds its site in a staging folder, then switches it in; a failure leaves the old site.

    with publication(out, private=(".gx", ".collection")) as site:
        site.keep(path for path in site.published if unchanged(path))
        write what is new or has changed into site.folder
    # leaving the block publishes: what was kept and what was written is the site

On Linux the new folder and ``out`` exchange their names in one step (``at_once``): whatever kills the run, and
whenever, readers and the next run see the old site or the new one, whole. Where the system, the file system or the
folder does not allow that (a mount point, a parent that may not be written, the working directory of the run), the
entries of the site are switched one after the other (``entry_by_entry``). Both are ready to be thrown away until the
switch, and what a killed run leaves is cleared by the next one (``staging``). That a machine loses power is another
matter: nothing here waits for the disk.

``.published.json`` lists the files we published. Only those are ever replaced or removed; a file of a user inside one
of our folders is carried over, and one that stands where a page has to go is an error, not overwritten.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from disclosure_checks.runner.publishing.at_once import switch_at_once
from disclosure_checks.runner.publishing.carrying import keep_files
from disclosure_checks.runner.publishing.entry_by_entry import switch_entries
from disclosure_checks.runner.publishing.folder_contents import entries_below, files_below, folders_of, top_of
from disclosure_checks.runner.publishing.folder_lock import LOCK_FILE, FolderInUse, folder_lock
from disclosure_checks.runner.publishing.manifest import MANIFEST, read_manifest
from disclosure_checks.runner.publishing.staging import Staging, clear_leftovers, staging_folder
from disclosure_checks.runner.texts.command_texts import command_text


class PublishError(Exception):
    """The site could not be published. The message says where, why and what to do; the old site is untouched."""

    def __init__(self, code: str, path: Path, reason: str = "") -> None:
        super().__init__(code, path, reason)
        self.code = code
        self.path = path
        self.reason = reason

    def render(self, language: str = "zh") -> str:
        """What to tell a person."""
        return command_text("publishing", self.code, language, path=str(self.path), reason=self.reason)

    def __str__(self) -> str:
        return self.render("en")


class Site:
    """A site in the making.

    ``folder``: the new site, empty at first. ``published``: the files of the site that is published now, those that
    are still there; paths with ``/``.
    """

    def __init__(self, folder: Path, published: frozenset[str]) -> None:
        self.folder = folder
        self.published = published
        self._kept: set[str] = set()
        self._withdrawn = False

    def keep(self, paths: Iterable[str]) -> None:
        """Let published files stay as they are, byte for byte.

        They join the new site when the block is left, so ``folder`` may be written without a thought of them: a file
        that was written there takes the place of one that was kept. Raises ValueError for what is not published.
        """
        paths = frozenset(paths)
        if not paths <= self.published:
            raise ValueError(f"not published, so it cannot be kept: {min(paths - self.published)!r}")
        self._kept |= paths

    def withdraw(self) -> None:
        """Publish nothing after all: the site stays as it is."""
        self._withdrawn = True

    @property
    def kept(self) -> frozenset[str]:
        """What is to stay."""
        return frozenset(self._kept)

    @property
    def withdrawn(self) -> bool:
        """Whether nothing is to be published."""
        return self._withdrawn


@contextmanager
def publication(out: Path, private: Collection[str] = ()) -> Iterator[Site]:
    """Give a site to build, and publish it into ``out`` at the end of the block.

    ``private`` names folders of ours in ``out`` that are no part of the site and always stay. Nobody may be writing in
    them while the block is left.

    Raises:
        PublishError: ``out`` cannot be written, is in use by another run, was removed meanwhile, or holds a file of
            somebody else where one of ours has to go.
    """
    given, out = out, Path(os.path.realpath(out))
    with ExitStack() as closing:
        staging = None
        try:
            out.mkdir(parents=True, exist_ok=True)
            lock = closing.enter_context(folder_lock(out))
            clear_leftovers(out, private)
            staging = closing.enter_context(staging_folder(out, private))
            reserved = frozenset((*private, LOCK_FILE, MANIFEST))
            before = frozenset(path for path in read_manifest(out) if top_of(path) not in reserved)
            site = Site(staging.new, _still_there(out, before))
            yield site
            if not site.withdrawn:
                if not lock.guards(out):
                    raise PublishError("gone", given)
                _publish(out, staging, site, before, reserved)
        except FolderInUse:
            raise PublishError("in_use", given) from None
        except OSError as problem:
            if staging is not None and not _concerns(problem, out, staging.folder):
                raise
            raise _cannot_write(given, problem) from problem


def _concerns(problem: OSError, *folders: Path) -> bool:
    """Whether the problem is one of publishing, rather than of something else the caller did meanwhile."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if not isinstance(problem.filename, (str, bytes, os.PathLike)):
        return False
    path = Path(os.path.realpath(os.fsdecode(problem.filename)))
    return any(path.is_relative_to(folder) for folder in folders)


def _cannot_write(out: Path, problem: OSError) -> PublishError:
    reason = problem.strerror or str(problem)
    where = problem.filename or out
    return PublishError("cannot_write", out, f"{reason} ({where})")


def _still_there(out: Path, before: frozenset[str]) -> frozenset[str]:
    """Those of the files published before that nobody has removed, or put a link in the place of."""
    below = entries_below(out, only=folders_of(before))
    return frozenset(path for path, entry in below if path in before and entry.is_file(follow_symlinks=False))


def _publish(out: Path, staging: Staging, site: Site, before: frozenset[str], reserved: frozenset[str]) -> None:
    written = files_below(staging.new)
    misplaced = [path for path in written if top_of(path) in reserved]
    if misplaced:
        raise ValueError(f"no part of a site: {min(misplaced)!r}")
    _refuse_to_overwrite(out, written, before)
    kept = site.kept - written
    keep_files(out, staging.new, kept)
    if not switch_at_once(out, staging, before, written | kept):
        switch_entries(out, staging, before, written | kept)


def _refuse_to_overwrite(out: Path, written: frozenset[str], before: frozenset[str]) -> None:
    blocked = [path for path in folders_of(written) if (out / path).is_symlink() or (out / path).is_file()]
    blocked += [path for path in written - before if os.path.lexists(out / path)]
    if blocked:
        raise PublishError("not_ours", out / min(blocked))
