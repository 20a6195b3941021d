"""From the rules of a spec to instances that can be evaluated: one a loop item, every name resolved to a column."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.spec.compiling.claim_rules import compile_claims
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.compiling.instances import compile_instance
from disclosure_checks.rules.spec.compiling.loops import LoopError, RulePath, expand_loop
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.model.specification import Rule, Specification


@dataclass(frozen=True)
class RuleError:
    """A mistake in one rule or claim: ``rule`` is its position in that list, ``path`` the place inside it."""

    rule: int
    path: RulePath
    error: FormulaError
    kind: str = "rules"

    @property
    def place(self) -> RulePath:
        """The place in the spec."""
        return (self.kind, self.rule, *self.path)


def compile_specification(
    specification: Specification, fingerprint: str, vocabulary: Vocabulary | None = None
) -> tuple[CompiledSpecification, list[RuleError]]:
    """The compiled spec and every mistake found; with mistakes, the rules concerned are left out."""
    vocabulary = vocabulary or vocabulary_of(specification)
    compiled: list[CompiledRule] = []
    errors: list[RuleError] = []
    for position, rule in enumerate(specification.rules):
        instances, found = compile_rule(rule, vocabulary)
        errors += [RuleError(position, error.path, error.error) for error in found]
        if not found:
            compiled.append(CompiledRule(rule, tuple(instances)))
    of_claims, mistakes = compile_claims(specification, vocabulary)
    compiled += of_claims
    errors += [RuleError(mistake.claim, mistake.path, mistake.error, "claims") for mistake in mistakes]
    return (
        CompiledSpecification(specification, tuple(compiled), vocabulary.cells, vocabulary.facts, fingerprint),
        errors,
    )


def compile_rule(rule: Rule, vocabulary: Vocabulary) -> tuple[list[RuleInstance], list[LoopError]]:
    """The instances of one rule in the order of its loop, and what is wrong with its loop and formula."""
    scopes, errors = expand_loop(rule.for_each, vocabulary)
    try:
        syntax = parse_formula(rule.check)
    except FormulaError as error:
        return [], [*errors, LoopError(("check",), error)]
    instances: list[RuleInstance] = []
    found: dict[tuple[str, int], FormulaError] = {}
    lacking: dict[tuple[str, int], FormulaError] = {}
    for scope in scopes:
        instance, mistakes = compile_instance(rule.id, syntax, scope, vocabulary)
        keep = lacking if scope.by_wildcard and _only_lacks_cells(mistakes) else found
        for mistake in mistakes:
            keep.setdefault((mistake.code, mistake.offset), mistake)
        if not mistakes:
            instances.append(instance)
    if not instances and not found:
        found = lacking
    return instances, errors + [LoopError(("check",), error) for error in found.values()]


def _only_lacks_cells(mistakes: list[FormulaError]) -> bool:
    """Whether nothing is wrong but that a row picked by a wildcard does not have the cells."""
    return bool(mistakes) and all(mistake.code == "no_such_cell" for mistake in mistakes)
