"""The command line: the options of each command with their defaults, and what exit codes mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from disclosure_checks.runner.commands import bundle_checks, check_spec, run_options, serve_checks
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.documentation.markdown import code, page, section, table, words

PARSERS: Mapping[str, Callable[[str], argparse.ArgumentParser]] = {
    "run-checks": run_options.parser,
    "check-spec": check_spec.parser,
    "serve-checks": serve_checks.parser,
    "bundle-checks": bundle_checks.parser,
}
"""The installed commands, each with what makes its parser in a language."""

_OF_THIS_MACHINE = "jobs"  # an option whose default depends on where the command runs


def command_reference(language: str) -> str:
    """The document."""
    commands = [
        section(code(name), parser(language).description or "", _options(parser(language), language))
        for name, parser in PARSERS.items()
    ]
    codes = [(str(int(one)), words("commands", one.name.lower(), language)) for one in ExitCode]
    headings = [words("commands", "code", language), words("frame", "meaning", language)]
    exit_codes = section(words("commands", "exit_codes", language), table(headings, codes))
    return page(words("commands", "title", language), language, *commands, exit_codes)


def _options(parser: argparse.ArgumentParser, language: str) -> str:
    headings = [
        words("commands", "option", language),
        words("frame", "meaning", language),
        words("commands", "choices", language),
        words("commands", "default", language),
    ]
    return table(headings, _rows(parser, language))


def _rows(parser: argparse.ArgumentParser, language: str) -> Iterator[tuple[str, str, str, str]]:
    for action in parser._actions:  # argparse has no other list of them
        if isinstance(action, argparse._HelpAction):
            continue
        name = " ".join(filter(None, (", ".join(action.option_strings), str(action.metavar or ""))))
        choices = " ".join(code(str(choice)) for choice in action.choices or ())
        yield code(name), action.help or "", choices, _default(action, language)


def _default(action: argparse.Action, language: str) -> str:
    if action.dest == _OF_THIS_MACHINE:
        return words("commands", "processors", language)
    if isinstance(action.default, (str, int, float, Path)) and not isinstance(action.default, bool):
        return code(f"{action.default:g}" if isinstance(action.default, float) else str(action.default))
    return ""
