"""``run-checks --watch``: the same run again whenever a file it was made from is saved, by a process that stays.

Folders are watched, not files: an editor that saves puts a new file in the place of the old one.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from disclosure_checks.grammar.readers.html.saved_pages import is_page_name
from disclosure_checks.runner.collection.recognition import contents_of_specs
from disclosure_checks.runner.commands.console import tell
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.staying.resident import Resident
from disclosure_checks.runner.reading.inputs import PUBLISHED_LIST
from disclosure_checks.runner.reading.saved_pages import files_shown_by
from disclosure_checks.runner.texts.command_texts import command_text

Attempt = Callable[[argparse.Namespace, Resident], int]

_STEP = 30  # milliseconds without another change after which the changes so far are taken together
_MOST_WAITING = 400  # milliseconds that changes are gathered for at most
_TICK = 200  # milliseconds after which a watcher that has nothing to tell says so
_MOST_NAMED = 3
_TEMPORARY = (".", "~$")


def watch(options: argparse.Namespace, attempt: Attempt) -> int:
    """Run, and run again at each change, until Ctrl-C; the exit code of the last run."""
    if options.fresh or options.cluster is not None:
        return _stop(command_text("watch", "not_with_fresh", options.lang))
    if find_spec("watchfiles") is None:
        return _stop(command_text("watch", "extra_missing", options.lang))
    code: int = ExitCode.CLEAN
    with Resident() as resident, suppress(KeyboardInterrupt):
        for changed in _changes(options):
            if changed:
                _say(options, "changed", time=time.strftime("%H:%M:%S"), names=_names(changed))
            start = time.monotonic()
            code = attempt(options, resident)
            _say(options, "checked", seconds=f"{time.monotonic() - start:.1f}")
    return code


def _changes(options: argparse.Namespace) -> Iterator[Collection[Path]]:
    """The files that were saved, time after time; ends at Ctrl-C.

    Nothing at first, and whenever there is a folder more or less: what was saved before it was watched is checked then.
    """
    from watchfiles import watch as changes_in

    folders: list[Path] = []
    while folders != (folders := watched_folders(options)):
        is_watched = False
        for changes in changes_in(
            *folders,
            recursive=False,
            step=_STEP,
            debounce=_MOST_WAITING,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            watch_filter=None,
            raise_interrupt=False,
        ):
            counted = {Path(path) for _, path in changes if _counts(Path(path), options.out)}
            if counted or not is_watched:
                is_watched = True
                yield counted
            if changes and watched_folders(options) != folders:
                break


def watched_folders(options: argparse.Namespace) -> list[Path]:
    """The folders in which reports, specs and lists lie, those that are published to left out."""
    files = [*contents_of_specs(options.spec), options.agencies, options.decisions]
    found = {path.parent for path in files if path is not None}
    found |= {options.spec} if options.spec.is_dir() else set()
    for path in options.reports:
        found |= set(_folders_below(path)) if path.is_dir() else {path.parent, *_folders_of_shown(path)}
    out = options.out.resolve()
    real = {folder.resolve() for folder in found}
    return sorted(folder for folder in real if folder.is_dir() and folder != out and out not in folder.parents)


def _folders_below(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        if PUBLISHED_LIST in names and Path(where) != folder:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield Path(where)


def _folders_of_shown(path: Path) -> Iterator[Path]:
    """The folders of the images that a page shows."""
    if is_page_name(path.name):
        yield from ((path.parent / one).parent for one in files_shown_by(path))


def _counts(path: Path, out: Path) -> bool:
    """Whether a change of a file is one of a report, a spec or a list."""
    published = out.resolve()
    if path == published or published in path.parents:
        return False
    # a publication writes beside its folder, under a name of this kind, as editors do
    return not path.name.startswith(_TEMPORARY)


def _names(paths: Iterable[Path]) -> str:
    names = sorted({path.name for path in paths})
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _say(options: argparse.Namespace, name: str, **values: str) -> None:
    if not options.quiet:
        tell(command_text("watch", name, options.lang, **values))


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return ExitCode.WRONG_CALL
