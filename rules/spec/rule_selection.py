"""A run with some of a spec's rules: those that are named, or all but those that are named.

Reading is as with all rules, as numbers printed without separators are told apart by their equations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from disclosure_checks.rules.formula.errors import closest
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification, RuleSelection
from disclosure_checks.rules.spec.compiling.vocabulary import matching
from disclosure_checks.rules.spec.model.specification import Rule


class UnknownRule(ValueError):
    """A rule that no spec has. ``suggestion``: the one that was probably meant, or ""."""

    def __init__(self, name: str, suggestion: str) -> None:
        super().__init__(name)
        self.name = name
        self.suggestion = suggestion


def select_rules(
    specifications: Sequence[CompiledSpecification], only: Sequence[str], without: Sequence[str]
) -> list[CompiledSpecification]:
    """The specs with the rules that are asked for; ``*`` in a name is any run of characters.

    Raises UnknownRule for a name that no spec has.
    """
    known = list(dict.fromkeys(name for one in specifications for rule in one.rules for name in _names(rule.rule)))
    for name in (*only, *without):
        if not matching(name, known):
            raise UnknownRule(name, closest(name, known))
    if not only and not without:
        return list(specifications)
    selection = RuleSelection(tuple(only), tuple(without))
    return [_selected(one, selection) for one in specifications]


def _selected(compiled: CompiledSpecification, selection: RuleSelection) -> CompiledSpecification:
    kept = tuple(rule for rule in compiled.rules if _is_selected(rule.rule, selection))
    fingerprint = hashlib.sha256(repr((compiled.fingerprint, selection)).encode()).hexdigest()
    return replace(compiled, rules=kept, every_rule=compiled.rules, selection=selection, fingerprint=fingerprint)


def _is_selected(rule: Rule, selection: RuleSelection) -> bool:
    names = _names(rule)
    asked = not selection.only or any(matching(pattern, names) for pattern in selection.only)
    return asked and not any(matching(pattern, names) for pattern in selection.without)


def _names(rule: Rule) -> tuple[str, ...]:
    return (rule.id, *rule.renamed_from)
