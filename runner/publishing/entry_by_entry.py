"""The switch where two folders cannot exchange their names: the top-level entries of the site, one after the other.

Each folder (years, assets, data, rules) takes two renames (old away, new in), and ``index.html`` comes last, by one
atomic replace. No file is ever seen half written, and a reader who comes through index.html is sent to the new site
only when all of it is in place; what remains is the moment between two renames, when a folder's address may answer
"not found". If a rename fails, those already made are undone. Of a run that is killed in between, the next run puts
back what is missing; until it has published, pages of two runs may stand side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from disclosure_checks.runner.publishing.carrying import carry_over, link_or_copy
from disclosure_checks.runner.publishing.folder_contents import top_of
from disclosure_checks.runner.publishing.manifest import MANIFEST, write_manifest
from disclosure_checks.runner.publishing.staging import Staging

_LAST = "index.html"


def switch_entries(out: Path, staging: Staging, before: frozenset[str], published: frozenset[str]) -> None:
    """Put the new site in the place of the old one; ``before`` and ``published`` are the files of the two.

    Raises OSError; the old site is back then.
    """
    entries = {top_of(path) for path in (*published, *before)}
    carry_over(out, staging.new, before, link_or_copy, only=entries)
    staging.old.mkdir()
    if (out / MANIFEST).is_file():
        link_or_copy(str(out / MANIFEST), str(staging.old / MANIFEST))
    with ExitStack() as undoing:
        # what undoes a step stands ready before the step is made: an interrupt may come between any two
        undoing.callback(_replace_manifest, out, staging, before)
        # a crash between here and the last line must leave a manifest that knows both the old files and the new
        _replace_manifest(out, staging, before | published)
        _swap_all(out, staging, sorted(entries, key=lambda entry: (entry == _LAST, entry)), undoing)
        _replace_manifest(out, staging, published)
        undoing.pop_all()  # every rename is made: nothing to undo


def _swap_all(out: Path, staging: Staging, entries: Iterable[str], undoing: ExitStack) -> None:
    for entry in entries:
        _swap(out / entry, staging.new / entry, staging.old / entry, undoing)


def _swap(published: Path, successor: Path, aside: Path, undoing: ExitStack) -> None:
    if os.path.lexists(successor):
        undoing.callback(_undo, published, successor, aside)
    else:
        undoing.callback(_undo_removal, published, aside)
    if successor.is_file() and published.is_file():
        link_or_copy(str(published), str(aside))
        os.replace(successor, published)
        return
    if os.path.lexists(published):
        os.rename(published, aside)
    if os.path.lexists(successor):
        os.rename(successor, published)


def _undo(published: Path, successor: Path, aside: Path) -> None:
    if not os.path.lexists(successor):
        if aside.is_file() and published.is_file():
            os.replace(aside, published)
            return
        os.rename(published, successor)
    _undo_removal(published, aside)


def _undo_removal(published: Path, aside: Path) -> None:
    if os.path.lexists(aside) and not os.path.lexists(published):
        os.rename(aside, published)


def _replace_manifest(out: Path, staging: Staging, files: Iterable[str]) -> None:
    draft = staging.folder / MANIFEST
    write_manifest(draft, files)
    os.replace(draft, out / MANIFEST)
