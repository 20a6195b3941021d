"""Finding the reports: files and folders named on the command line -> files, each with the path it is known by."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.rules.spec.model.agency_list import AGENCIES_FILE, AGENCIES_SCHEMA_NAME
from disclosure_checks.runner.texts.command_texts import command_text

# left in folders by file managers, or what is told of the agencies and its schema
_NOT_REPORTS = frozenset({"thumbs.db", "desktop.ini", AGENCIES_FILE, AGENCIES_SCHEMA_NAME})
_TEMPORARY_PREFIXES = (".", "~$")


class InputFile(NamedTuple):
    """A file to read. ``source`` is its path relative to the folder given, with ``/``: the report's name everywhere."""

    path: Path
    source: str


class InputError(Exception):
    """A path that names nothing to check. ``code`` names the message, ``path`` the culprit."""

    def __init__(self, code: str, path: str) -> None:
        super().__init__(code, path)
        self.code = code
        self.path = path

    def render(self, language: str = "zh") -> str:
        """What to tell a person."""
        return command_text("problems", self.code, language, path=self.path)

    def __str__(self) -> str:
        return self.render()


def find_agencies(spec: Path, reports: Sequence[Path]) -> Path | None:
    """The list of agencies in one of the folders given; None where there is none.

    Raises InputError where there are several, as nobody can tell which one is meant.
    """
    files = [folder / AGENCIES_FILE for folder in (*reports, spec)]
    found = {file.resolve(): file for file in files if file.is_file()}
    if len(found) > 1:
        raise InputError("several_agency_lists", ", ".join(str(file) for file in found.values()))
    return next(iter(found.values()), None)


def find_inputs(paths: Sequence[Path], agencies: Path | None = None) -> list[InputFile]:
    """Every file below the paths, sorted by source. Hidden and temporary files and links to folders are left out.

    So is the list of ``agencies``.

    Where several paths are given and two files would be known by one name, the name of the path is put before it.
    Raises InputError for a path that does not exist and where there is no file at all.
    """
    found: list[tuple[Path, InputFile]] = []
    for path in paths:
        if path.is_dir():
            found += [(path, InputFile(file, file.relative_to(path).as_posix())) for file in _files(path)]
        elif path.exists():
            found.append((path.parent, InputFile(path, path.name)))
        else:
            raise InputError("no_such_path", str(path))
    if agencies is not None:
        found = [(root, file) for root, file in found if file.path.resolve() != agencies.resolve()]
    if not found:
        raise InputError("nothing_to_check", ", ".join(str(path) for path in paths))
    unique = {file.path.resolve(): (root, file) for root, file in found}
    return sorted(_distinct(list(unique.values())), key=lambda file: file.source)


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(_TEMPORARY_PREFIXES) and name.lower() not in _NOT_REPORTS:
                yield Path(root, name)


def _distinct(found: Sequence[tuple[Path, InputFile]]) -> Iterator[InputFile]:
    """The files with sources that differ: by the root's name, and by a number where roots have the same name too."""
    counts = Counter(file.source for _, file in found)
    taken: set[str] = set()
    for root, file in found:
        name = file.source if counts[file.source] == 1 else f"{root.resolve().name}/{file.source}"
        number, candidate = 1, name
        while candidate in taken:
            number += 1
            candidate = f"{number}/{name}"
        taken.add(candidate)
        yield InputFile(file.path, candidate)
