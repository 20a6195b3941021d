"""Finding the reports: files and folders named on the command line -> files, each with the path it is known by.

No path is opened here but a folder, the list of what we published in it, and pages that may show files beside them: these
are parts of the page, and no files of their own.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.grammar.readers.html.saved_pages import SavedPages, is_page_name
from disclosure_checks.grammar.words.clean_text import clean_text
from disclosure_checks.rules.texts.file_names import (
    AGENCIES_FILE,
    AGENCIES_SCHEMA_NAME,
    DECISIONS_FILE,
    RETURN_NOTE_FILE,
)
from disclosure_checks.runner.reading.file_content import Refusal, UnreadableInput, content_of, refusal_by, refusal_of
from disclosure_checks.runner.reading.input_errors import InputError
from disclosure_checks.runner.reading.saved_pages import files_shown_by

# left in folders by file managers, or what is told of the agencies and its schema, of decisions, or of return notes
_NOT_REPORTS = frozenset(
    {"thumbs.db", "desktop.ini", AGENCIES_FILE, AGENCIES_SCHEMA_NAME, DECISIONS_FILE, RETURN_NOTE_FILE}
)
_TEMPORARY_PREFIXES = (".", "~$")
PUBLISHED_LIST = ".published.json"  # tells a folder that we publish into, and what in it is ours
_LARGEST_LIST = 256 * 1024 * 1024  # bytes


class InputFile(NamedTuple):
    """A file to read. ``source`` is its path relative to the folder given, with ``/``: the report's name everywhere.

    ``refusal``: why it will not be read, where that is known already; it is an unreadable input then. ``shown``: the files
    beside a page that it shows, by their paths below its folder: they are read with it.
    """

    path: Path
    source: str
    refusal: Refusal | None = None
    shown: tuple[str, ...] = ()

    @property
    def shown_paths(self) -> list[Path]:
        """Where the files that it shows lie."""
        return [self.path.parent / path for path in self.shown]

    @property
    def image_paths(self) -> list[Path]:
        """Where the images among them lie: a page that another one shows may still be a report of its own."""
        return [path for path in self.shown_paths if not is_page_name(path.name)]


def find_agencies(spec: Path, reports: Sequence[Path]) -> Path | None:
    """The list of agencies in one of the folders given; None where there is none.

    Raises InputError where there are several, as nobody can tell which one is meant.
    """
    return _only_one(AGENCIES_FILE, (*reports, spec), "several_agency_lists")


def find_decisions(spec: Path, reports: Sequence[Path], agencies: Path | None) -> Path | None:
    """The decisions in one of the folders given, or beside the list of agencies; None where there are none.

    Raises InputError where there are several files of them.
    """
    beside = [] if agencies is None else [agencies.parent]
    return _only_one(DECISIONS_FILE, (*reports, spec, *beside), "several_decision_lists")


def find_return_note(spec: Path, reports: Sequence[Path], agencies: Path | None) -> Path | None:
    """How an office words its return notes, in one of the folders given or beside the list of agencies; None for nothing.

    Raises InputError where there are several such files.
    """
    beside = [] if agencies is None else [agencies.parent]
    return _only_one(RETURN_NOTE_FILE, (*reports, spec, *beside), "several_return_notes")


def _only_one(name: str, folders: Iterable[Path], several: str) -> Path | None:
    files = [folder / name for folder in folders]
    found = {os.path.realpath(file): file for file in files if os.path.isfile(file)}
    if len(found) > 1:
        raise InputError(several, ", ".join(clean_text(str(file)) for file in found.values()))
    return next(iter(found.values()), None)


def find_inputs(paths: Sequence[Path], *lists: Path | None) -> list[InputFile]:
    """Every file below the paths, sorted by source. Hidden and temporary files and links to folders are left out.

    So are the ``lists`` (of agencies, of decisions, of words), and what we have published ourselves: a folder with the list of
    its published files in it is not looked into and, if it was given itself, only for what is not on that list.

    What is no file, cannot be reached or looked into is among the result, with its refusal. An image that a page
    shows is not, unless it was given by its own name; nor is anything in a folder that was saved with a page.

    Where several paths are given and two files would be known by one name, the name of the path is put before it.
    Raises InputError for a path that does not exist and where there is no file at all.
    """
    found: list[tuple[Path, InputFile]] = []
    named: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            found += [(path, file) for file in _without_parts(list(_files(path)))]
            continue
        if not _exists(path):
            raise InputError("no_such_path", clean_text(str(path)))
        file = _with_shown(InputFile(path, _name(path), refusal_of(path)))
        found.append((path.parent, file))
        named.add(_identity(file))
    unique = {_identity(file): (root, file) for root, file in found}
    shown = _real_paths(path for _, file in found for path in file.image_paths)
    for own in (*(os.path.realpath(one) for one in lists if one is not None), *(shown - named)):
        unique.pop(own, None)
    if not unique:
        raise InputError("nothing_to_check", ", ".join(clean_text(str(path)) for path in paths))
    return sorted(_distinct(list(unique.values())), key=lambda file: file.source)


def _real_paths(paths: Iterable[Path]) -> set[str]:
    """Where files lie in truth; each folder is asked once."""
    folders: dict[str, str] = {}
    found: set[str] = set()
    for path in paths:
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        found.add(os.path.realpath(path) if os.path.islink(path) else os.path.join(folders[folder], name))
    return found


def _without_parts(files: Sequence[InputFile]) -> Iterator[InputFile]:
    """The files of a folder but for what was saved with pages; pages with what they show."""
    saved = SavedPages(file.source for file in files)
    for file in files:
        if file.source not in saved.parts:
            yield _with_shown(file) if file.source in saved.pages else file


def _with_shown(file: InputFile) -> InputFile:
    is_page = file.refusal is None and is_page_name(file.path.name)
    return file._replace(shown=files_shown_by(file.path)) if is_page else file


def _exists(path: Path) -> bool:
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # there is something, which cannot be reached
        return True
    return True


def _identity(file: InputFile) -> str:
    """What two names of one file have in common."""
    return os.path.realpath(file.path) if file.refusal is None else os.path.abspath(file.path)


def _files(folder: Path) -> Iterator[InputFile]:
    published = _published_files(folder)
    waiting = [folder]
    while waiting:
        where = waiting.pop()
        try:
            with os.scandir(where) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as problem:
            yield InputFile(where, _source(where, folder), refusal_by(problem, is_folder=True))
            continue
        if where != folder and any(entry.name == PUBLISHED_LIST for entry in entries):
            continue
        for entry in entries:
            path = where / entry.name
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    waiting.append(path)
            elif _may_be_a_report(entry):
                source = _source(path, folder)
                if source not in published:
                    yield InputFile(path, source, None if entry.is_file(follow_symlinks=False) else refusal_of(path))


def _may_be_a_report(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(_TEMPORARY_PREFIXES) or entry.name.lower() in _NOT_REPORTS:
        return False
    return not (entry.is_symlink() and os.path.isdir(entry.path))


def _published_files(folder: Path) -> frozenset[str]:
    """The files that were published into a folder, as paths in it."""
    try:
        listed = json.loads(content_of(folder / PUBLISHED_LIST, _LARGEST_LIST))["files"]
        return frozenset(path for path in listed if isinstance(path, str))
    except (UnreadableInput, ValueError, KeyError, TypeError, RecursionError):  # there is none, or it is none of ours
        return frozenset()


def _source(path: Path, folder: Path) -> str:
    return _name(folder) if path == folder else clean_text(path.relative_to(folder).as_posix())


def _name(path: Path) -> str:
    return clean_text(os.path.basename(os.path.abspath(path)))


def _distinct(found: Sequence[tuple[Path, InputFile]]) -> Iterator[InputFile]:
    """The files with sources that differ: by the root's name, and by a number where roots have the same name too."""
    counts = Counter(file.source for _, file in found)
    taken: set[str] = set()
    for root, file in found:
        name = file.source if counts[file.source] == 1 else f"{_name(root)}/{file.source}"
        number, candidate = 1, name
        while candidate in taken:
            number += 1
            candidate = f"{number}/{name}"
        taken.add(candidate)
        yield file._replace(source=candidate)
