"""``check-spec SPEC...``: is a spec sound, and do its examples hold? Writes the JSON Schema for editors beside it.

``--explain RULE --report FILE`` shows one rule on one report, ``--against OLD_SPEC`` what new rules change over the
reports of a collection (see ``runner.commands.authoring``); both write nothing.

Exit codes: 0 everything is sound, 2 something is wrong (nothing is written beside a spec that cannot be loaded). With
``--explain``: 0 it was explained, 2 no such rule or report, 3 the report cannot be read. With ``--against``: 0 nothing
changes, 1 some reports change, 2 the call or a spec is wrong or the reports must be read again, 3 some cannot be read.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence, Sized
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.collection.decisions.loading import load_decisions
from disclosure_checks.rules.spec.coverage import untouched_cells
from disclosure_checks.rules.spec.ids_schema import ids_schema_name, write_ids_schema
from disclosure_checks.rules.spec.json_schema import SCHEMA_NAME, write_agencies_schema, write_schema
from disclosure_checks.rules.spec.lint.examples import example_cases
from disclosure_checks.rules.spec.loading import LoadedSpecification, load_specification, load_with_places
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.remarks import failing_examples, impossible_rules, remarks
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.rules.texts.file_names import (
    AGENCIES_FILE,
    AGENCIES_SCHEMA_NAME,
    DECISIONS_FILE,
    RETURN_NOTE_FILE,
)
from disclosure_checks.runner.commands.console import accept_any_encoding, tell
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.spec_folder import spec_files
from disclosure_checks.runner.commands.specs_together import claimed_twice
from disclosure_checks.runner.site.return_notes.note_wording import load_wording
from disclosure_checks.runner.texts.command_texts import command_text

_SPEC_SUFFIXES = (".yaml", ".yml")


def main(argv: Sequence[str] | None = None) -> int:
    """Checks the specs named on the command line and returns the exit code."""
    accept_any_encoding()
    arguments = parser(_language_of(argv)).parse_args(argv)
    language: str = arguments.lang
    if any((arguments.explain, arguments.against, arguments.report, arguments.collection, arguments.output)):
        # reading reports takes imports that checking a spec does without
        return int(import_module("disclosure_checks.runner.commands.authoring").run_authoring(arguments))
    sound = True
    loaded: list[tuple[Path, LoadedSpecification]] = []
    for path in sorted(
        _spec_files(arguments.spec), key=lambda file: _is_list_of(file, AGENCIES_FILE)
    ):  # a list after its specs
        sound &= _check(path, language, loaded)
    for _, one in loaded if arguments.coverage else ():
        tell(_coverage(one, language))
    twice = list(claimed_twice(loaded))
    _tell(twice, language)
    sound &= not twice
    return int(ExitCode.CLEAN if sound else ExitCode.WRONG_CALL)


def _check(path: Path, language: str, others: list[tuple[Path, LoadedSpecification]]) -> bool:
    """Checks one spec, adds it to the others and says what came of it. Tells whether it is sound."""
    if _is_list_of(path, AGENCIES_FILE):
        return _check_agencies(path, language, [one.compiled.specification for _, one in others])
    if _is_list_of(path, DECISIONS_FILE):
        return _check_content(path, language, "decisions", load_decisions)
    if path.name == RETURN_NOTE_FILE:
        return _check_content(path, language, "return_note", lambda one: load_wording(one).model_fields_set)
    try:
        loaded = load_with_places(path)
    except SpecificationError as error:
        _tell(error.problems, language)
        return False
    others.append((path, loaded))
    broken = [*failing_examples(loaded), *impossible_rules(loaded)]
    _tell([*broken, *remarks(loaded)], language)
    if not broken:
        tell(_summary(path, loaded, language))
        if loaded.dropped:
            tell(_text("dropped", language, rules="  ".join(loaded.dropped)))
    written = _write_schema(write_schema, path.parent / SCHEMA_NAME, language)
    written &= _write_schema(
        lambda _: write_ids_schema(path, loaded.compiled.specification), path.with_name(ids_schema_name(path)), language
    )
    return written and not broken


def _is_list_of(path: Path, usual: str) -> bool:
    """Whether a file is a list that usually has another name: it is told by the key that the list stands under."""
    if path.name == usual:
        return True
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return False
    return re.search(rf"^{Path(usual).stem}[ \t]*:", text, re.MULTILINE) is not None


def _check_agencies(path: Path, language: str, specifications: Sequence[Specification]) -> bool:
    """Checks a list of agencies and says what came of it. Tells whether it is sound."""
    known = specifications or _specifications_in(path.parent)
    try:
        registry = load_agencies(path, known)
    except SpecificationError as error:
        _tell(error.problems, language)
        return False
    tell(_text("agencies", language, file=path.name, count=str(len(registry.agencies))))
    return _write_schema(
        lambda folder: write_agencies_schema(folder, known), path.parent / AGENCIES_SCHEMA_NAME, language
    )


def _specifications_in(folder: Path) -> list[Specification]:
    """The specs of a folder that can be loaded: a list of agencies beside them may use their words for bodies."""
    found: list[Specification] = []
    for file in spec_files(folder):
        with suppress(SpecificationError):  # it is told where the spec itself is checked
            found.append(load_specification(file).specification)
    return found


def _check_content(path: Path, language: str, name: str, load: Callable[[Path], Sized]) -> bool:
    """Checks a file that needs no spec and says how much stands in it. Tells whether it is sound."""
    try:
        content = load(path)
    except SpecificationError as error:
        _tell(error.problems, language)
        return False
    tell(_text(name, language, file=path.name, count=str(len(content))))
    return True


def _summary(path: Path, loaded: LoadedSpecification, language: str) -> str:
    rules = loaded.compiled.rules
    return _text(
        "summary",
        language,
        file=path.name,
        rules=str(len(rules)),
        instances=str(sum(len(rule.instances) for rule in rules)),
        examples=str(len(example_cases(loaded.compiled))),
    )


def _coverage(loaded: LoadedSpecification, language: str) -> str:
    """Which cells no rule reads."""
    cells = untouched_cells(loaded.compiled)
    title = loaded.compiled.specification.title.said_in(language)
    if not cells:
        return _text("all_covered", language, spec=title, count=str(len(loaded.compiled.cells)))
    return _text("not_covered", language, spec=title, count=str(len(cells)), cells="\n  ".join(cells))


def _write_schema(write: Callable[[Path], bool], path: Path, language: str) -> bool:
    try:
        write(path.parent)
    except OSError as error:
        detail = error.strerror or ""
        print(_text("schema_not_written", language, file=str(path), detail=detail), file=sys.stderr)
        return False
    return True


def _tell(problems: Sequence[Problem], language: str) -> None:
    for problem in problems:
        print(problem.render(language), file=sys.stderr)


def _spec_files(paths: Sequence[Path]) -> list[Path]:
    """The files given; of a folder its YAML files."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(file for file in path.iterdir() if file.suffix in _SPEC_SUFFIXES) if path.is_dir() else []
        files += inside or [path]
    return files


def _language_of(argv: Sequence[str] | None) -> str:
    """The language asked for, before the command line is read: its help is in that language too."""
    words = argparse.ArgumentParser(prog="check-spec", add_help=False)
    words.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    known, _ = words.parse_known_args(argv)
    return str(known.lang)


def parser(language: str) -> argparse.ArgumentParser:
    """What the command understands, explained in a language."""
    words = argparse.ArgumentParser(
        "check-spec", description=_text("description", language), epilog=_text("exit_codes", language)
    )
    words.add_argument("spec", nargs="+", type=Path, metavar="SPEC", help=_text("spec", language))
    words.add_argument("--coverage", action="store_true", help=_text("coverage", language))
    words.add_argument("--explain", metavar="RULE", help=_text("explain", language))
    words.add_argument("--against", type=Path, metavar="OLD_SPEC", help=_text("against", language))
    words.add_argument(
        "--report", type=Path, action="append", default=[], metavar="FILE", help=_text("report", language)
    )
    words.add_argument("--collection", type=Path, metavar="DIR", help=_text("collection", language))
    words.add_argument("--as", dest="output", choices=("csv", "json"), help=_text("as", language))
    words.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=_text("lang", language))
    return words


def _text(name: str, language: str, **values: str) -> str:
    return command_text("check_spec", name, language, **values)


if __name__ == "__main__":
    sys.exit(main())
