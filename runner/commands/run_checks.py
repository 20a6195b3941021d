"""``run-checks SPEC REPORTS...``: the command line of a run.

What a run needs is imported only where something has changed since the last one.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from disclosure_checks.runner.collection.history_files import find_history
from disclosure_checks.runner.collection.recognition import digest_of_file
from disclosure_checks.runner.collection.store import collection_path
from disclosure_checks.runner.commands.console import accept_any_encoding, tell
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.reading_progress import ReadingProgress
from disclosure_checks.runner.commands.run_options import FAIL_ON, NEVER, language_of, parser
from disclosure_checks.runner.pipeline.last_run import (
    LastRun,
    agencies_of_last_run,
    keep_last_run,
    key_of_run,
    unchanged_run,
)
from disclosure_checks.runner.pipeline.today import today
from disclosure_checks.runner.reading.input_errors import InputError
from disclosure_checks.runner.reading.inputs import (
    InputFile,
    find_agencies,
    find_decisions,
    find_inputs,
    find_return_note,
)
from disclosure_checks.runner.reading.pictures.modes import RECOGNISER_FAILED, effective_mode, mode_digest
from disclosure_checks.runner.texts.command_texts import command_text

if TYPE_CHECKING:
    from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
    from disclosure_checks.rules.collection.decisions.register import DecisionRegister
    from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
    from disclosure_checks.runner.commands.staying.resident import Resident
    from disclosure_checks.runner.reading.pictures.looking import PictureProblem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    accept_any_encoding()
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(words)
    options = parser(language).parse_args(words)
    if options.watch:
        from disclosure_checks.runner.commands.staying.watching import watch

        return watch(options, _attempt)
    return _attempt(options)


def _attempt(options: argparse.Namespace, resident: Resident | None = None) -> int:
    """One run, whatever comes of it; its exit code."""
    try:
        return _run(options, resident)
    except InputError as error:
        return _stop(error.render(options.lang))
    except KeyboardInterrupt:
        raise
    except Exception as fault:
        # a fault of ours must never look like findings; what was published before is as it was
        return _fault(fault, options.lang)


def _run(options: argparse.Namespace, resident: Resident | None) -> int:
    agencies = options.agencies or find_agencies(options.spec, options.reports)
    decisions = options.decisions or find_decisions(options.spec, options.reports, agencies)
    if options.write_decisions is not None and options.write_decisions.exists():
        return _stop(command_text("problems", "decisions_exist", options.lang, path=str(options.write_decisions)))
    history = find_history(options.history) if options.history else None
    if history is not None and _is_one(history, collection_path(options.out)):
        history = None  # a run knows what it adds to
    return_note = options.return_note or find_return_note(options.spec, options.reports, agencies)
    files = find_inputs(options.reports, agencies, decisions, return_note)
    flags = [f"{options.lang} prune={options.prune} timeout={options.file_timeout}"]
    flags.append(f"pictures={mode_digest(effective_mode(options.pictures))!r}")
    flags += [f"rules={options.rule!r} without={options.without_rule!r}"]
    if decisions is not None:
        flags.append(f"decisions={digest_of_file(decisions).hex()} on {today()}")  # some are over tomorrow
    if return_note is not None:
        flags.append(f"return_note={digest_of_file(return_note).hex()}")
    key = key_of_run(options.spec, agencies, history, files, flags)
    last = None if options.fresh else unchanged_run(options.out, key, files)
    if last is None:
        # a run makes millions of small immutable objects and no cycles worth looking for
        gc.set_threshold(200_000, 50, 50)
        # nor is there one to be looked for at the end: that alone would take as long as checking a thousand reports
        atexit.register(gc.freeze)
        outcome = _changed_run(options, Lists(agencies, decisions, history, return_note), files, resident)
        if isinstance(outcome, int):
            return outcome
        last = outcome
        keep_last_run(options.out, key, last, agencies)
    elif not options.quiet:
        tell(command_text("summary", "unchanged", options.lang))
    for notice in last.notices:
        print(notice, file=sys.stderr)
    if not options.quiet:
        tell("\n".join(last.summary))
    if options.write_decisions is not None:
        _write_decisions(options)
    return _exit_code(last.failing, last.unreadable, options.fail_on)


class Lists(NamedTuple):
    """What a run knows beside specs and reports."""

    agencies: Path | None
    decisions: Path | None
    history: Path | None
    return_note: Path | None


def _write_decisions(options: argparse.Namespace) -> None:
    """The skeleton of decisions, from what is published."""
    from disclosure_checks.runner.exports.decision_skeleton import write_decision_skeleton

    path: Path = options.write_decisions
    count = write_decision_skeleton(path, options.out / "data" / "findings.json", options.lang)
    if not options.quiet:
        tell(command_text("decisions", "written", options.lang, path=str(path), count=str(count)))


def _changed_run(
    options: argparse.Namespace, lists: Lists, files: Sequence[InputFile], resident: Resident | None
) -> LastRun | int:
    """Read, check and publish; an exit code where that was not possible."""
    from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
    from disclosure_checks.rules.formula.outcomes import RuleExecutionError
    from disclosure_checks.rules.spec.rule_selection import UnknownRule, select_rules
    from disclosure_checks.rules.spec.source.problems import SpecificationError
    from disclosure_checks.runner.collection.store import CollectionHeld
    from disclosure_checks.runner.commands.spec_folder import load_specifications
    from disclosure_checks.runner.commands.summary import (
        decision_notice,
        failing_by_severity,
        history_notice,
        summary_lines,
        unreadable_inputs,
    )
    from disclosure_checks.runner.pipeline.request import RunRequest
    from disclosure_checks.runner.pipeline.run import run
    from disclosure_checks.runner.publishing.atomic_publication import PublishError
    from disclosure_checks.runner.reading.cluster.problems import ClusterProblem
    from disclosure_checks.runner.site.return_notes.note_wording import load_wording
    from disclosure_checks.runner.texts.command_texts import unreadable_reason

    language = options.lang
    watch = ReadingProgress(options)
    told = list(_notices_of_call(options, lists))
    try:
        every_rule = resident.specifications(options.spec) if resident else load_specifications(options.spec)
        specifications = select_rules(every_rule, options.rule, options.without_rule)
        formats = [one.specification for one in every_rule]
        registry = load_agencies(lists.agencies, formats) if lists.agencies else None
        request = RunRequest(
            compiled=specifications,
            spec=options.spec,
            files=files,
            out=options.out,
            jobs=options.jobs,
            language=language,
            reason=lambda unreadable: unreadable_reason(unreadable, language),
            progress=watch.files,
            registry=registry,
            decisions=_decisions(lists.decisions, registry, every_rule, specifications),
            history=lists.history,
            prune=options.prune,
            fresh=options.fresh,
            file_timeout=options.file_timeout,
            cluster=options.cluster,
            note_wording=load_wording(lists.return_note) if lists.return_note else None,
            pictures=options.pictures,
            on_picture=watch.on_picture,
        )
        result = run(resident.staying(request) if resident else request)
    except (SpecificationError, PublishError, ClusterProblem) as error:
        return _stop(error.render(language))
    except UnknownRule as error:
        code = "unknown_rule_like" if error.suggestion else "unknown_rule"
        return _stop(command_text("problems", code, language, path=error.name, suggestion=error.suggestion))
    except CollectionHeld as error:
        return _stop(command_text("publishing", "held", language, path=str(error.path)))
    except RuleExecutionError as error:
        return _stop(str(error))
    index = options.out / "index.html"
    return LastRun(
        summary_lines(result.records, index, language, result.review, result.on_the_site),
        [
            *told,
            *_example_notices(every_rule, language),
            *(history_notice(problem, language) for problem in result.history_problems),
            *(decision_notice(decision, language) for decision in result.undecided),
            *(command_text("summary", "changed", language, source=source) for source in result.changed_files),
            *_picture_notices(result.picture_problems, language),
            *(command_text("summary", "replaced", language, old=old, new=new) for old, new in result.replaced),
        ],
        failing_by_severity(result.records),
        unreadable_inputs(result.records),
    )


def _notices_of_call(options: argparse.Namespace, lists: Lists) -> Iterator[str]:
    """What a run is asked that changes more of the site than one might think; told before the next run is known."""
    if options.rule or options.without_rule:
        yield command_text("summary", "selected", options.lang)
    before = "" if lists.agencies else agencies_of_last_run(options.out)
    if before:
        yield command_text("summary", "without_agencies", options.lang, path=before)


def _is_one(path: Path, other: Path) -> bool:
    return other.is_file() and path.samefile(other)


def _decisions(
    path: Path | None,
    registry: AgencyRegistry | None,
    every_rule: Sequence[CompiledSpecification],
    specifications: Sequence[CompiledSpecification],
) -> DecisionRegister | None:
    """What was decided, but for rules that this run leaves out."""
    from disclosure_checks.rules.collection.decisions.loading import load_decisions
    from disclosure_checks.rules.collection.decisions.register import DecisionRegister, rules_of

    if path is None:
        return None
    kept = [
        decision
        for decision in load_decisions(path)
        if any(rules_of(decision, one) for one in specifications)
        or not any(rules_of(decision, one) for one in every_rule)
    ]
    return DecisionRegister(tuple(kept), today(), registry)


def _example_notices(specifications: Sequence[CompiledSpecification], language: str) -> Iterator[str]:
    """The specs whose rules do not do what their examples say; those of claims take check-spec to run."""
    from disclosure_checks.rules.spec.lint.examples import example_cases, run_example

    for one in specifications:
        broken = [case.rule_id for case in example_cases(one) if not run_example(case).holds]
        if broken:
            rules = ", ".join(dict.fromkeys(broken))
            title = one.specification.title.said_in(language)
            yield command_text("summary", "examples", language, spec=title, count=str(len(broken)), rules=rules)


def _picture_notices(problems: Sequence[PictureProblem], language: str) -> Iterator[str]:
    """That the recogniser cannot be used is told once, however many pictures there are."""
    failed = next((problem for problem in problems if problem.code == RECOGNISER_FAILED), None)
    if failed is not None:
        yield command_text("pictures", "failed", language, detail=failed.detail)


def _exit_code(failing: Mapping[str, int], unreadable: int, fail_on: str) -> int:
    if unreadable:
        return ExitCode.UNREADABLE_INPUT
    if fail_on == NEVER:
        return ExitCode.CLEAN
    counted = FAIL_ON[: FAIL_ON.index(fail_on) + 1]
    return ExitCode.FINDINGS if any(failing.get(severity, 0) for severity in counted) else ExitCode.CLEAN


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return ExitCode.WRONG_CALL


def _fault(fault: Exception, language: str) -> int:
    """Tell of a fault of ours: what, where, and what to do."""
    own = [frame for frame in traceback.extract_tb(fault.__traceback__) if "disclosure_checks" in str(frame.filename)]
    last = (own or traceback.extract_tb(fault.__traceback__))[-1]
    place = f"{Path(last.filename).name}:{last.lineno} {last.name}"
    what = f"{type(fault).__name__}: {fault}"
    print(command_text("publishing", "fault", language, what=what[:500], place=place), file=sys.stderr)
    return ExitCode.FAULT


if __name__ == "__main__":
    sys.exit(main())
