"""Whether a run would find nothing changed: told from the collection without loading anything that reads or checks.

Nothing has changed where the program, the specs, the list of agencies, the options and every file are what they were,
and everything that was published is still there. Then the last run's summary and exit code hold again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from disclosure_checks.runner.collection.recognition import (
    digest_of,
    digest_of_file,
    digest_of_program,
    digest_of_specs,
    now,
    path_text,
    recognised,
)
from disclosure_checks.runner.collection.register import LAST_RUN, Register
from disclosure_checks.runner.collection.store import (
    CollectionDamaged,
    CollectionHeld,
    collection_path,
    opened_collection,
    reading_collection,
)
from disclosure_checks.runner.publishing.manifest import read_manifest
from disclosure_checks.runner.reading.inputs import InputFile

_AGENCIES = "agencies"  # in the note


class LastRun(NamedTuple):
    """What is said again where nothing has changed. ``failing``: findings by severity; ``notices``: what was warned of."""

    summary: Sequence[str]
    notices: Sequence[str]
    failing: Mapping[str, int]
    unreadable: int


def key_of_run(
    spec: Path, agencies: Path | None, history: Path | None, files: Sequence[InputFile], options: Sequence[str]
) -> str:
    """What a run was asked to do, but for the content of its files."""
    named = [f"{path_text(file.path)}\n{file.source}\n{file.refusal}" for file in files]
    return digest_of(
        digest_of_program(),
        digest_of_specs(spec),
        digest_of_file(agencies),
        digest_of_file(history),
        *(one.encode("utf-8", "surrogatepass") for one in (*options, *named)),
    ).hex()


def unchanged_run(out: Path, key: str, files: Sequence[InputFile]) -> LastRun | None:
    """The last run, if it was asked the same and nothing has changed since; else None."""
    path = collection_path(out)
    if not path.is_file():
        return None
    try:
        with reading_collection(path) as connection:
            register = Register(connection)
            note = register.note(LAST_RUN)
            if not isinstance(note, dict) or note.get("key") != key:
                return None
            if not _same_files(files, register) or not _is_there(out):
                return None
            return _last_run(note)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, sqlite3.Error):
        return None  # a run that does everything will tell what is wrong


def keep_last_run(out: Path, key: str, last: LastRun, agencies: Path | None) -> None:
    """Remember a run that was published. Where that is not possible, the next run does everything once more."""
    note = {"key": key, _AGENCIES: "" if agencies is None else path_text(agencies), **last._asdict()}
    with suppress(CollectionHeld, CollectionDamaged, OSError), opened_collection(collection_path(out)) as (found, _):
        Register(found).keep_note(LAST_RUN, note)


def agencies_of_last_run(out: Path) -> str:
    """The list of agencies that the last run went by; "" where it had none, or nothing is known of it."""
    path = collection_path(out)
    if not path.is_file():
        return ""
    try:
        with reading_collection(path) as connection:
            note = Register(connection).note(LAST_RUN)
    except (ValueError, RecursionError, sqlite3.Error):
        return ""
    agencies = note.get(_AGENCIES, "") if isinstance(note, dict) else ""
    return agencies if isinstance(agencies, str) else ""


def _last_run(note: Mapping[str, Any]) -> LastRun:
    """The run of a note. Raises ValueError where it is not one of ours."""
    last = LastRun(note["summary"], note["notices"], note["failing"], note["unreadable"])
    texts = [*last.summary, *last.notices, *last.failing]
    numbers = [*last.failing.values(), last.unreadable]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(number, int) for number in numbers):
        raise ValueError("a note of another kind")
    return last


def _same_files(files: Sequence[InputFile], register: Register) -> bool:
    known, moment = register.known_files(), now()
    for file in files:
        if file.refusal is not None:
            continue
        before = known.get(path_text(file.path))
        found = recognised(file, before, moment)
        if before is None and found is None:
            continue  # it could not be opened, and still cannot
        if before is None or found is None or before.content != found.content:
            return False
    return True


def _is_there(out: Path) -> bool:
    """Whether all that was published still lies in the output folder."""
    published = read_manifest(out)
    return bool(published) and all(os.path.lexists(out / path) for path in published)
