"""Atomic publishing: a run builds its site in a staging folder, then switches it in; a failure leaves the old site.

    with publication(out) as folder:      # <out>/.staging-…/new, on the same file system as the site
        write everything into folder
    # leaving the block publishes; an exception in it removes the staging folder and changes nothing else

How atomic it is. The site lives in ``out`` beside things that are not ours (``.gx``, ``.gitkeep``, a user's files), so
``out`` itself cannot be swapped. Its top-level entries are: each folder (years, assets, data, rules) by two renames
(old away, new in), and ``index.html`` last, by one atomic replace. No file is ever seen half written, and a reader who
comes through index.html is sent to the new site only when all of it is in place; what remains is the moment between
two renames, when a folder's address may answer "not found". If a rename fails, those already made are undone. Of a run
that is killed in between, the next run puts back what is missing; a lock that dies with its process keeps two runs
from publishing at once.

``.published.json`` lists the files we published. Only those are ever replaced or removed; a file of a user inside one
of our folders is carried over, and one that stands where a page has to go is an error, not overwritten.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from disclosure_checks.runner.publishing.folder_lock import FolderInUse, folder_lock
from disclosure_checks.runner.texts.command_texts import command_text

MANIFEST = ".published.json"
STAGING_PREFIX = ".staging-"
_NEW, _OLD = "new", "old"
_LAST = "index.html"


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


@contextmanager
def publication(out: Path) -> Iterator[Path]:
    """Give an empty folder to build the site in, and publish it into ``out`` at the end.

    Raises:
        PublishError: ``out`` cannot be written, is in use by another run, or holds a file of somebody else where one
            of ours has to go.
    """
    with ExitStack() as cleaning_up:
        try:
            out.mkdir(parents=True, exist_ok=True)
            cleaning_up.enter_context(folder_lock(out))
            _undo_killed_runs(out)
            staging = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=out))
        except FolderInUse:
            raise PublishError("in_use", out) from None
        except OSError as problem:
            raise _cannot_write(out, problem) from problem
        cleaning_up.callback(shutil.rmtree, staging, ignore_errors=True)
        new = staging / _NEW
        new.mkdir()
        try:
            yield new
            _switch(out, staging)
        except OSError as problem:
            if not _concerns(problem, out):
                raise
            raise _cannot_write(out, problem) from problem


def _concerns(problem: OSError, out: Path) -> bool:
    """Whether the problem is one of the output folder, rather than of something else the caller did meanwhile."""
    if problem.errno == errno.ENOSPC:
        return True
    if not isinstance(problem.filename, (str, bytes, os.PathLike)):
        return False
    return Path(os.path.abspath(os.fsdecode(problem.filename))).is_relative_to(os.path.abspath(out))


def _cannot_write(out: Path, problem: OSError) -> PublishError:
    reason = problem.strerror or str(problem)
    where = problem.filename or out
    return PublishError("cannot_write", out, f"{reason} ({where})")


def _switch(out: Path, staging: Path) -> None:
    new, old = staging / _NEW, staging / _OLD
    published = _files(new)
    before = _read_manifest(out)
    _refuse_to_overwrite(out, published, before)
    entries = {PurePosixPath(path).parts[0] for path in (*published, *before)}
    for entry in sorted(entries):
        _carry_over(out, new, entry, before)
    # a crash between here and the last line must leave a manifest that knows both the old files and the new
    _write_manifest(out, {*before, *published})
    old.mkdir()
    _swap_all(out, new, old, sorted(entries, key=lambda entry: (entry == _LAST, entry)))
    _write_manifest(out, published)


def _refuse_to_overwrite(out: Path, published: Iterable[str], before: frozenset[str]) -> None:
    folders = {parent.as_posix() for path in published for parent in PurePosixPath(path).parents} - {"."}
    blocked = [folder for folder in folders if (out / folder).is_symlink() or (out / folder).is_file()]
    blocked += [path for path in published if path not in before and os.path.lexists(out / path)]
    if blocked:
        raise PublishError("not_ours", out / min(blocked))


def _carry_over(out: Path, new: Path, entry: str, before: frozenset[str]) -> None:
    """Copy the files that are not ours from the published folder ``entry`` into its successor."""
    folder = out / entry
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in _files(folder):
        if f"{entry}/{path}" not in before:
            target = new / entry / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / path, target, follow_symlinks=False)


def _swap_all(out: Path, new: Path, old: Path, entries: Iterable[str]) -> None:
    with ExitStack() as undoing:
        for entry in entries:
            _swap(out, new, old, entry, undoing)
        undoing.pop_all()  # every rename is made: nothing to undo


def _swap(out: Path, new: Path, old: Path, entry: str, undoing: ExitStack) -> None:
    published, successor, aside = out / entry, new / entry, old / entry
    if successor.is_file() and published.is_file():
        shutil.copy2(published, aside)
        os.replace(successor, published)
        undoing.callback(os.replace, aside, published)
        return
    if os.path.lexists(published):
        os.rename(published, aside)
        undoing.callback(os.rename, aside, published)
    if os.path.lexists(successor):
        os.rename(successor, published)
        undoing.callback(os.rename, published, successor)


def _undo_killed_runs(out: Path) -> None:
    """Put back what a run that was killed in the middle of its switch had moved away, and remove its staging folder."""
    for staging in sorted(out.glob(f"{STAGING_PREFIX}*")):
        old = staging / _OLD
        for aside in sorted(old.iterdir()) if old.is_dir() else ():
            if not os.path.lexists(out / aside.name):
                os.rename(aside, out / aside.name)
        shutil.rmtree(staging)


def _files(folder: Path) -> frozenset[str]:
    """The files below ``folder``, as paths with ``/``; links count as files and are not followed."""
    found: set[str] = set()
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        found.update((Path(where) / name).relative_to(folder).as_posix() for name in (*names, *links))
    return frozenset(found)


def _read_manifest(out: Path) -> frozenset[str]:
    """What we published before; nothing where there is no manifest or it is not one of ours."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError):
        return frozenset()
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, list):
        return frozenset()
    # a path that leads out of the folder is none of ours, whoever wrote it
    return frozenset(path for path in files if isinstance(path, str) and _stays_inside(path))


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and ":" not in path and "\\" not in path


def _write_manifest(out: Path, files: Iterable[str]) -> None:
    text = json.dumps({"files": sorted(files)}, ensure_ascii=False, indent=0)
    draft = out / f"{MANIFEST}.draft"
    draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    os.replace(draft, out / MANIFEST)
