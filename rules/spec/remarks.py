"""What is worth a look in a sound spec: examples that do not hold, gaps in the examples, rules that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure_checks.rules.formula.expression import Condition
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.spec.lint.claim_examples import run_claim_cases
from disclosure_checks.rules.spec.lint.examples import ExampleCase, ExampleResult, example_cases, run_example
from disclosure_checks.rules.spec.lint.rule_logic import RuleRemark, alone, normal_form, together
from disclosure_checks.rules.spec.loading import LoadedSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.rules.spec.source.problems import Problem
from disclosure_checks.rules.texts.number_words import number_words

_WRONG = ("never_holds", "rules_contradict", "divides_by_zero", "never_assessable")


def failing_examples(loaded: LoadedSpecification) -> list[Problem]:
    """The examples that do not come out as they say."""
    positions = _positions(loaded)
    problems: list[Problem] = []
    for case in example_cases(loaded.compiled):
        result = run_example(case)
        if not result.holds:
            path = ("rules", positions[case.rule_id], "examples", case.number - 1)
            code, expected, found = _what_differs(case, result)
            problems.append(loaded.places.problem(path, code, wanted=expected, found=found))
    return [*problems, *_failing_claim_examples(loaded)]


def _failing_claim_examples(loaded: LoadedSpecification) -> Iterator[Problem]:
    for case, result in run_claim_cases(loaded.compiled.specification):
        if not result.holds:
            sure, unsure = (", ".join(number_words(value) for value in found) for found in (result.sure, result.unsure))
            path = ("claims", case.position, "examples", case.number - 1)
            yield loaded.places.problem(
                path, "claim_example_does_not_hold", sure=sure or "@nothing", unsure=unsure or "@nothing"
            )


def remarks(loaded: LoadedSpecification) -> list[Problem]:
    """Grave rules without a failing example, and rules that check the same thing as another."""
    return [
        *_without_failing_example(loaded),
        *_saying_the_same(loaded),
        *_told(loaded, [one for one in _logic(loaded) if one.code not in _WRONG]),
    ]


def impossible_rules(loaded: LoadedSpecification) -> list[Problem]:
    """Rules that no report can satisfy, or that can never be assessed."""
    return _told(loaded, [one for one in _logic(loaded) if one.code in _WRONG])


def _logic(loaded: LoadedSpecification) -> Iterator[RuleRemark]:
    own = [rule for rule in loaded.compiled.rules if rule.rule.id in _positions(loaded)]
    yield from alone(own)
    yield from together(own)


def _told(loaded: LoadedSpecification, found: Iterable[RuleRemark]) -> list[Problem]:
    positions = _positions(loaded)
    return [
        loaded.places.problem(("rules", positions[one.rule], "check"), one.code, found=one.rule, owner=one.owner)
        for one in found
    ]


def _formula(instance: RuleInstance) -> Condition:
    formula: Condition = instance.formula  # type: ignore[assignment]  # RuleInstance leaves the type open
    return formula


def _what_differs(case: ExampleCase, result: ExampleResult) -> tuple[str, str, str]:
    if result.status is not case.expected:
        return "example_does_not_hold", f"@{case.expected.value}", f"@{result.status.value}"
    return "example_difference", number_words(case.difference), number_words(result.difference)


def _without_failing_example(loaded: LoadedSpecification) -> Iterator[Problem]:
    for position, rule in enumerate(loaded.compiled.specification.rules):
        if rule.severity is Severity.ERROR and not any(example.fails is not None for example in rule.examples):
            yield loaded.places.problem(("rules", position, "id"), "no_failing_example", found=rule.id)


def _saying_the_same(loaded: LoadedSpecification) -> Iterator[Problem]:
    """Rules that share an instance: the same formula over the same columns."""
    positions = _positions(loaded)
    owners: dict[object, str] = {}
    told: set[tuple[str, str]] = set()
    for rule in loaded.compiled.rules:
        if rule.rule.id not in positions:  # a rule made of a claim reads numbers that no other rule reads
            continue
        for instance in rule.instances:
            owner = owners.setdefault(normal_form(_formula(instance)), rule.rule.id)
            if owner != rule.rule.id and (owner, rule.rule.id) not in told:
                told.add((owner, rule.rule.id))
                path = ("rules", positions[rule.rule.id], "check")
                yield loaded.places.problem(path, "same_formula", found=rule.rule.id, owner=owner)


def _positions(loaded: LoadedSpecification) -> dict[str, int]:
    return {rule.id: position for position, rule in enumerate(loaded.compiled.specification.rules)}
