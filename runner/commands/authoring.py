"""``check-spec --explain`` and ``check-spec --against``: what they ask, print and end with."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.rule_selection import UnknownRule
from disclosure_checks.rules.spec.source.problems import SpecificationError
from disclosure_checks.runner.authoring.explaining import ReportUnreadable, RuleOfAnotherFormat, explain
from disclosure_checks.runner.authoring.explanation_lines import explanation_lines
from disclosure_checks.runner.authoring.impact_request import (
    ImpactResult,
    MustBeReadAgain,
    impact_on_collection,
    impact_on_files,
)
from disclosure_checks.runner.authoring.impact_tables import (
    impact_csv,
    impact_json,
    impact_lines,
    notices,
    read_again_lines,
)
from disclosure_checks.runner.commands.console import tell
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.spec_folder import load_specifications
from disclosure_checks.runner.reading.input_errors import InputError
from disclosure_checks.runner.texts.authoring_texts import AUTHORING_TEXTS, authoring_text
from disclosure_checks.runner.texts.command_texts import command_text, unreadable_reason


def run_authoring(options: argparse.Namespace) -> int:
    """Explain a rule or compare with older rules, as the options ask; give the exit code."""
    language: str = options.lang
    try:
        problem = _wrong_call(options)
        if problem:
            return _stop(problem)
        specifications = [one for path in options.spec for one in load_specifications(path)]
        return _explain(options, specifications) if options.explain else _compare(options, specifications)
    except (SpecificationError, InputError) as error:
        return _stop(error.render(language))


def _wrong_call(options: argparse.Namespace) -> str:
    """What is wrong with the options together; "" where nothing is."""
    language = options.lang
    if not (options.explain or options.against):
        return authoring_text("calls", "report_or_collection_without", language)
    if options.explain and options.against:
        return authoring_text("calls", "explain_or_against", language)
    if options.explain and not options.report:
        return authoring_text("calls", "explain_needs_report", language)
    if options.against and not (options.report or options.collection):
        return authoring_text("calls", "against_needs_reports", language)
    if options.against and options.report and options.collection:
        return authoring_text("calls", "report_or_collection", language)
    for path in options.report:
        if not path.exists():
            near = _near(path)
            name = "no_report_like" if near else "no_report"
            return authoring_text("calls", name, language, path=str(path), suggestion=near)
    if options.explain and options.report[0].is_dir():
        return authoring_text("calls", "report_is_folder", language, path=str(options.report[0]))
    return ""


def _near(path: Path) -> str:
    """A file beside the one that is missing whose name is like it; "" where there is none."""
    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return ""
    return next((str(path.parent / name) for name in get_close_matches(path.name, names, 1)), "")


def _explain(options: argparse.Namespace, specifications: Sequence[CompiledSpecification]) -> int:
    language = options.lang
    words = dict(AUTHORING_TEXTS.block("verdicts", language))
    try:
        explanation = explain(
            specifications, options.spec[0], options.explain, options.report, options.collection, language, words
        )
    except UnknownRule as error:
        code = "unknown_rule_like" if error.suggestion else "unknown_rule"
        return _stop(command_text("problems", code, language, path=error.name, suggestion=error.suggestion))
    except RuleOfAnotherFormat as error:
        names = {"rule": error.rule, "report": error.source, "format": error.report, "known": ", ".join(error.known)}
        return _stop(authoring_text("calls", "rule_of_another_format", language, **names))
    except ReportUnreadable as error:
        print(f"{error.report.source}: {unreadable_reason(error.report, language)}", file=sys.stderr)
        return ExitCode.UNREADABLE_INPUT
    tell("\n".join(explanation_lines(explanation, language)))
    return ExitCode.CLEAN


def _compare(options: argparse.Namespace, new: Sequence[CompiledSpecification]) -> int:
    language = options.lang
    old = load_specifications(options.against)
    formats = [{one.specification.format for one in specs} for specs in (old, new)]
    if formats[0].isdisjoint(formats[1]):
        names = {name: ", ".join(sorted(own)) for name, own in zip(("old", "new"), formats, strict=True)}
        return _stop(authoring_text("impact", "no_common_format", language, **names))
    try:
        if options.collection:
            result = impact_on_collection(old, new, options.spec[0], options.collection)
        else:
            result = impact_on_files(old, new, options.spec[0], options.report)
    except MustBeReadAgain as problem:
        return _stop("\n".join(read_again_lines(problem, language)))
    for notice in notices(result, language):
        print(notice, file=sys.stderr)
    tell(_printed(options, result, [*old, *new]))
    if result.unreadable and not options.collection:
        return ExitCode.UNREADABLE_INPUT
    return ExitCode.FINDINGS if result.impact.reports else ExitCode.CLEAN


def _printed(options: argparse.Namespace, result: ImpactResult, specifications: Sequence[CompiledSpecification]) -> str:
    if options.output == "csv":
        return impact_csv(result.impact).rstrip("\n")
    if options.output == "json":
        return impact_json(result).rstrip("\n")
    return "\n".join(impact_lines(result, specifications, options.lang))


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return ExitCode.WRONG_CALL
