"""Where the history store is, and what can be wrong with one. Imports nothing heavy: the command line needs it first."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from disclosure_checks.runner.reading.inputs import InputError

HISTORY_FILE = "data/history.sqlite"  # below the folder that a run publishes to


class HistoryProblem(NamedTuple):
    """A store that was not used, and the copy of it that was kept (None where nothing would replace it)."""

    code: str
    path: Path
    kept: Path | None


def find_history(path: Path) -> Path:
    """The store at a path, or that of a folder a run published to. Raises InputError where there is none."""
    candidates = (path / HISTORY_FILE, path / Path(HISTORY_FILE).name) if path.is_dir() else (path,)
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise InputError("no_history", str(path))
