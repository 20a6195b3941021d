"""The options of ``run-checks``. Nothing heavy is imported here: a run that finds nothing changed needs no more."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from disclosure_checks.runner.reading.pictures.modes import AUTO, PICTURES
from disclosure_checks.runner.texts.command_texts import command_text

NEVER = "never"
FAIL_ON = ("error", "likely", "advisory", NEVER)
FILE_TIMEOUT = 60.0  # seconds
LANGUAGES = ("zh", "en")


def language_of(words: Sequence[str]) -> str:
    """The language asked for, before the words are parsed: the help itself is in it."""
    return "en" if "--lang=en" in words or ("--lang", "en") in pairwise(words) else "zh"


def parser(language: str) -> argparse.ArgumentParser:
    """What the command understands, explained in a language."""

    def text(name: str) -> str:
        return command_text("run", name, language)

    words = argparse.ArgumentParser("run-checks", description=text("description"), epilog=text("exit_codes"))
    words.add_argument("spec", type=Path, metavar="SPEC", help=text("spec_help"))
    words.add_argument("reports", type=Path, nargs="+", metavar="REPORTS", help=text("reports_help"))
    words.add_argument("--out", type=Path, default=Path("reports_out"), metavar="DIR", help=text("out_help"))
    words.add_argument(
        "--jobs",
        type=lambda word: count(word, language),
        default=os.cpu_count() or 1,
        metavar="N",
        help=text("jobs_help"),
    )
    words.add_argument("--cluster", metavar="ADDRESS", help=text("cluster_help"))
    words.add_argument(
        "--file-timeout",
        type=lambda word: seconds(word, language),
        default=FILE_TIMEOUT,
        metavar="S",
        help=text("file_timeout_help"),
    )
    add_pictures_option(words, language)
    words.add_argument("--history", type=Path, metavar="DIR", help=text("history_help"))
    words.add_argument("--agencies", type=Path, metavar="FILE", help=text("agencies_help"))
    words.add_argument("--decisions", type=Path, metavar="FILE", help=text("decisions_help"))
    words.add_argument("--return-note", type=Path, metavar="FILE", help=text("return_note_help"))
    words.add_argument("--write-decisions", type=Path, metavar="FILE", help=text("write_decisions_help"))
    words.add_argument("--rule", action="append", default=[], metavar="ID", help=text("rule_help"))
    words.add_argument("--without-rule", action="append", default=[], metavar="ID", help=text("without_rule_help"))
    words.add_argument("--watch", action="store_true", help=text("watch_help"))
    words.add_argument("--prune", action="store_true", help=text("prune_help"))
    words.add_argument("--fresh", action="store_true", help=text("fresh_help"))
    words.add_argument("--fail-on", choices=FAIL_ON, default="error", help=text("fail_on_help"))
    words.add_argument("--lang", choices=LANGUAGES, default="zh", help=text("lang_help"))
    words.add_argument("--quiet", action="store_true", help=text("quiet_help"))
    return words


def add_pictures_option(words: argparse.ArgumentParser, language: str) -> None:
    """``--pictures``, which means the same to every command that reads files."""
    words.add_argument(
        "--pictures", choices=PICTURES, default=AUTO, help=command_text("pictures", "option_help", language)
    )


def count(word: str, language: str) -> int:
    """A number of at least 1 on the command line."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(command_text("problems", "not_a_count", language, word=word))
    return int(word)


def seconds(word: str, language: str) -> float:
    """A time on the command line."""
    try:
        seconds = float(word)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(command_text("problems", "no_seconds", language, word=word))
    return seconds
