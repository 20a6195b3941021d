"""From ``decisions.yaml`` to decisions, or to everything that is wrong with the file, each at its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from disclosure_checks.rules.spec.model.decision_list import Decision, DecisionList
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.spec.source.validation import node_at, validate
from disclosure_checks.rules.spec.source.yaml_source import Origin, compose, plain_data, problem_at, read_source

_LIST = "decisions"


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file. Raises SpecificationError with every problem found."""
    source = read_source(path)
    root, problems = compose(source)
    origin = Origin(source, root)
    found, mistakes = validate(DecisionList, origin, _without_empty_list(plain_data(root)))
    problems += [problem for _, problem in mistakes]
    decisions = found.decisions if found is not None else ()
    problems += [*_dates(origin, decisions), *_repeated(origin, decisions)]
    if problems:
        raise SpecificationError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return decisions


def _without_empty_list(data: object) -> object:
    """The file without a list whose entries are all commented out."""
    if isinstance(data, dict) and data.get(_LIST, ()) is None:
        return {name: value for name, value in data.items() if name != _LIST}
    return data


def _dates(origin: Origin, decisions: tuple[Decision, ...]) -> Iterator[Problem]:
    for position, decision in enumerate(decisions):
        if not decision.until:
            continue
        try:
            date.fromisoformat(decision.until)
        except ValueError:
            node = node_at(origin.node, (_LIST, position, "until"))
            yield problem_at(origin.source, node.position, "until_not_a_day", found=decision.until)


def _repeated(origin: Origin, decisions: tuple[Decision, ...]) -> Iterator[Problem]:
    """Decisions about the same findings; nobody could tell which of them holds."""
    lines: dict[object, int] = {}
    for position, decision in enumerate(decisions):
        node = node_at(origin.node, (_LIST, position))
        about = (decision.rule, decision.agency, decision.year, frozenset(decision.cells))
        first = lines.setdefault(about, node.position.line)
        if first != node.position.line:
            yield problem_at(origin.source, node.position, "decision_repeated", found=decision.rule, line=str(first))
