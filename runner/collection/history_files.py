"""Where values of earlier years are, and what can be wrong with a store. Imports nothing heavy."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from disclosure_checks.runner.collection.store import COLLECTION_FILE, COLLECTION_FOLDER
from disclosure_checks.runner.reading.input_errors import InputError

HISTORY_FILE = "data/history.sqlite"  # below the folder that a program before 0.2 published to


class HistoryProblem(NamedTuple):
    """A store that was not used, and where it was put (None where it was left in its place)."""

    code: str
    path: Path
    kept: Path | None


def find_history(path: Path) -> Path:
    """The store at a path, or that of a folder a run published to. Raises InputError where there is none."""
    below = (f"{COLLECTION_FOLDER}/{COLLECTION_FILE}", COLLECTION_FILE, HISTORY_FILE, Path(HISTORY_FILE).name)
    candidates = [path / name for name in below] if path.is_dir() else [path]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise InputError("no_history", str(path))
