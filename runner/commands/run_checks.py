"""``run-checks SPEC REPORTS...``: the command line of a run."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.formula.outcomes import RuleExecutionError
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.rules.spec.source.problems import SpecificationError
from disclosure_checks.runner.collection.history_files import HistoryProblem, find_history
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.spec_folder import load_specifications
from disclosure_checks.runner.commands.summary import summary_lines
from disclosure_checks.runner.exports.records import ReportRecord, ReportStatus
from disclosure_checks.runner.pipeline.request import RunRequest
from disclosure_checks.runner.pipeline.run import run
from disclosure_checks.runner.publishing.atomic_publication import PublishError
from disclosure_checks.runner.reading.file_reader import Reading
from disclosure_checks.runner.reading.inputs import InputError, find_agencies, find_inputs
from disclosure_checks.runner.texts.command_texts import command_text, unreadable_reason

_NEVER = "never"
_FAIL_ON = (Severity.ERROR.value, Severity.LIKELY.value, Severity.ADVISORY.value, _NEVER)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    # a run makes millions of small immutable objects and no cycles worth looking for
    gc.set_threshold(200_000, 50, 50)
    # nor is there one to be looked for at the end: that alone would take as long as checking a thousand reports
    atexit.register(gc.freeze)
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(_language(words)).parse_args(words)
    try:
        compiled = load_specifications(options.spec)
        agencies = options.agencies or find_agencies(options.spec, options.reports)
        registry = load_agencies(agencies) if agencies else None
        files = find_inputs(options.reports, agencies)
        result = run(
            RunRequest(
                compiled=compiled,
                files=files,
                out=options.out,
                jobs=options.jobs,
                language=options.lang,
                reason=lambda unreadable: unreadable_reason(unreadable, options.lang),
                progress=lambda readings, total: _watched(readings, total, options),
                registry=registry,
                history=find_history(options.history) if options.history else None,
            )
        )
    except (SpecificationError, InputError, PublishError) as error:
        return _stop(error.render(options.lang))
    except RuleExecutionError as error:
        return _stop(str(error))
    for problem in result.history_problems:
        print(_history_notice(problem, options.lang), file=sys.stderr)
    if not options.quiet:
        index = options.out / "index.html"
        print("\n".join(summary_lines(result.records, index, options.lang, result.review)))
    return _exit_code(result.records, options.fail_on)


def _language(words: Sequence[str]) -> str:
    """The language asked for, before the words are parsed: the help itself is in it."""
    return "en" if "--lang=en" in words or ("--lang", "en") in pairwise(words) else "zh"


def _parser(language: str) -> argparse.ArgumentParser:
    def text(name: str) -> str:
        return command_text("run", name, language)

    parser = argparse.ArgumentParser("run-checks", description=text("description"), epilog=text("exit_codes"))
    parser.add_argument("spec", type=Path, metavar="SPEC", help=text("spec_help"))
    parser.add_argument("reports", type=Path, nargs="+", metavar="REPORTS", help=text("reports_help"))
    parser.add_argument("--out", type=Path, default=Path("reports_out"), metavar="DIR", help=text("out_help"))
    parser.add_argument(
        "--jobs",
        type=lambda word: _processes(word, language),
        default=os.cpu_count() or 1,
        metavar="N",
        help=text("jobs_help"),
    )
    parser.add_argument("--history", type=Path, metavar="DIR", help=text("history_help"))
    parser.add_argument("--agencies", type=Path, metavar="FILE", help=text("agencies_help"))
    parser.add_argument("--fail-on", choices=_FAIL_ON, default=Severity.ERROR.value, help=text("fail_on_help"))
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help=text("lang_help"))
    parser.add_argument("--quiet", action="store_true", help=text("quiet_help"))
    return parser


def _processes(word: str, language: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(command_text("problems", "not_a_count", language, word=word))
    return int(word)


def _history_notice(problem: HistoryProblem, language: str) -> str:
    notice = command_text("history", problem.code, language, path=str(problem.path))
    kept = command_text("history", "kept", language, path=str(problem.kept)) if problem.kept else ""
    return f"{notice}{kept}"


def _watched(readings: Iterable[Reading], total: int, options: argparse.Namespace) -> Iterable[Reading]:
    """The readings behind a progress bar: on a terminal only."""
    from tqdm import tqdm  # its import looks up its own version in the installed packages; GX has loaded it by now

    hidden = options.quiet or not sys.stderr.isatty()
    label = command_text("summary", "reading", options.lang)
    return tqdm(readings, desc=label, total=total, disable=hidden, file=sys.stderr, leave=False)


def _exit_code(records: Sequence[ReportRecord], fail_on: str) -> int:
    if any(record.status == ReportStatus.UNREADABLE.value for record in records):
        return ExitCode.UNREADABLE_INPUT
    if fail_on == _NEVER:
        return ExitCode.CLEAN
    counted = list(Severity)[: list(Severity).index(Severity(fail_on)) + 1]
    failing = any(record.failing(severity) for record in records for severity in counted)
    return ExitCode.FINDINGS if failing else ExitCode.CLEAN


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return ExitCode.WRONG_CALL


if __name__ == "__main__":
    sys.exit(main())
