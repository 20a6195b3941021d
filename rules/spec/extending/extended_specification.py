"""Putting a spec and its extension together, and telling where each part of the result was written.

Order: what is left out goes, what is overridden is changed in its place, what is new comes after the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, Union

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.spec.extending.claims import extended_language, fitted_claims
from disclosure_checks.rules.spec.extending.left_out_cells import LeftOutCells, left_out_cells
from disclosure_checks.rules.spec.extending.table_changes import Changed, Path, changed_table
from disclosure_checks.rules.spec.model.claims import Claim
from disclosure_checks.rules.spec.model.extension import (
    ADDED_TO,
    MERGED,
    REPLACED,
    Extension,
    RuleOverride,
    TableOverride,
    TextFactOverride,
)
from disclosure_checks.rules.spec.model.specification import Chart, Rule, SectionFormat, Specification, Table, TextFact

Item = TypeVar("Item", bound=Union[Rule, TextFact, Table, Claim, Chart])


@dataclass(frozen=True)
class ExtensionMistake:
    """Something of an extension that does not fit the extended spec, at a path in the extension."""

    path: Path
    error: FormulaError
    at_key: bool = False


@dataclass
class Extended:
    """The result, and where its parts stand: path in the result -> path in the base (``inherited``) or in the extension
    (``own``); of several the longest counts. ``dropped``: ids of rules about cells that are left out."""

    specification: Specification
    inherited: dict[Path, Path] = field(default_factory=dict)
    own: dict[Path, Path] = field(default_factory=dict)
    mistakes: list[ExtensionMistake] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Step(Generic[Item]):
    """One item of a list of the extension: ``change`` makes it of the item with its id; ``new`` stands at the end."""

    id: str
    new: Item | None = None
    change: Callable[[Item], Changed[Item]] | None = None


def extend(base: Specification, extension: Extension) -> Extended:
    """The base with the changes and additions of an extension."""
    result = Extended(base)
    updates: dict[str, object] = {name: value for name in REPLACED if (value := getattr(extension, name)) is not None}
    updates |= {name: {**getattr(base, name), **getattr(extension, name)} for name in MERGED}
    updates |= {name: _with_more(getattr(base, name), getattr(extension, name)) for name in ADDED_TO}
    updates["sections"] = _sections(base.sections, extension.heading_variants, result)
    updates["tables"] = _merged("tables", base.tables, [_table_step(one) for one in extension.tables], (), result)
    facts = [_fact_step(fact) for fact in extension.facts]
    updates["facts"] = _merged("facts", base.facts, facts, extension.without.facts, result)
    updates["claim_language"] = extended_language(base.claim_language, extension.claim_words)
    result.specification = base.model_copy(update={**updates, "rules": (), "claims": ()})
    cells, mistakes = left_out_cells(base, result.specification, extension.without.cells)
    result.mistakes += [ExtensionMistake(("without", "cells", number), error) for number, error in mistakes]
    updates["rules"] = tuple(_rules(base, extension, cells, result))
    updates["claims"] = tuple(_claims(base, extension, cells, result))
    updates["charts"] = tuple(_charts(base.charts, extension, cells, result))
    result.specification = base.model_copy(update=updates)
    return result


def _with_more(words: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*words, *more)))


def _claims(base: Specification, extension: Extension, cells: LeftOutCells, result: Extended) -> list[Claim]:
    """The inherited claims as far as they fit, and the extension's own."""
    fitted = list(fitted_claims(base, result.specification, cells))
    dropped = [claim.id for claim, kept in zip(base.claims, fitted, strict=True) if kept is None]
    result.dropped += [f"claims.{name}" for name in dropped]
    inherited = [kept or claim for claim, kept in zip(base.claims, fitted, strict=True)]
    steps = [_claim_step(claim) for claim in extension.claims]
    return _merged("claims", inherited, steps, extension.without.claims, result, dropped)


def _charts(inherited: Sequence[Chart], extension: Extension, cells: LeftOutCells, result: Extended) -> list[Chart]:
    """The inherited charts without series of cells that are left out, and the extension's own."""
    fitted = [
        chart.model_copy(update={"series": tuple(one for one in chart.series if cells.cells.isdisjoint(one.cells))})
        for chart in inherited
    ]
    dropped = [chart.id for chart in fitted if not chart.series]
    dropped = [name for name in dropped if name not in {chart.id for chart in extension.charts}]
    return _merged("charts", fitted, [_chart_step(chart) for chart in extension.charts], (), result, dropped)


def _rules(base: Specification, extension: Extension, cells: LeftOutCells, result: Extended) -> list[Rule]:
    """The inherited rules as far as they fit, changed, and the extension's own."""
    named = {*extension.without.rules, *(rule.id for rule in extension.rules)}
    fitted: dict[str, Rule] = {}
    for rule in base.rules:
        inherited = cells.fitted(rule)
        if inherited is None and rule.id in named:
            inherited = rule  # what the extension says of it may make it fit
        if inherited is None:
            result.dropped.append(rule.id)
        else:
            fitted[rule.id] = _resting_on(inherited, base, extension)
    inherited_rules = [fitted.get(rule.id, rule) for rule in base.rules]
    steps = [_rule_step(rule) for rule in extension.rules]
    return _merged("rules", inherited_rules, steps, extension.without.rules, result, result.dropped)


def _resting_on(rule: Rule, base: Specification, extension: Extension) -> Rule:
    """A rule of the extended format in a format of its own: it rests on that format's document."""
    if extension.format is None or extension.basis is None or base.basis not in rule.basis:
        return rule
    return rule.model_copy(update={"basis": rule.basis.replace(base.basis, extension.basis)})


def _merged(
    name: str,
    base: Sequence[Item],
    steps: Sequence[_Step[Item]],
    without: Sequence[str],
    result: Extended,
    dropped: Sequence[str] = (),
) -> list[Item]:
    """A list of the spec without what is left out, with what is changed, then what is new."""
    known = [item.id for item in base]
    for number, left_out in enumerate(without):
        if left_out not in known:
            error = _matches_nothing("left_out_matches_nothing", left_out, known)
            result.mistakes.append(ExtensionMistake(("without", name, number), error))
    kept = [(position, item) for position, item in enumerate(base) if item.id not in (*without, *dropped)]
    items = [item for _, item in kept]
    places = {item.id: place for place, item in enumerate(items)}
    result.inherited |= {(name, place): (name, position) for place, (position, _) in enumerate(kept)}
    for number, step in enumerate(steps):
        if step.change is not None and step.id in places:
            place = places[step.id]
            changed = step.change(items[place])
            items[place] = changed.item
            result.own |= {(name, place, *path): (name, number, *own) for path, own in changed.own.items()}
            result.mistakes += [
                ExtensionMistake((name, number, *path), error, at_key) for path, error, at_key in changed.mistakes
            ]
        elif step.new is not None and step.id in places:
            error = FormulaError("repeats_extended", 0, elsewhere=(name, known.index(step.id), "id"), found=step.id)
            result.mistakes.append(ExtensionMistake((name, number, "id"), error))
        elif step.new is not None:
            result.own[name, len(items)] = (name, number)
            items.append(step.new)
        else:
            error = _matches_nothing("override_matches_nothing", step.id, list(places))
            result.mistakes.append(ExtensionMistake((name, number, "id"), error))
    return items


def _rule_step(rule: Rule | RuleOverride) -> _Step[Rule]:
    if isinstance(rule, Rule):
        return _Step(rule.id, new=rule)
    said = rule.model_fields_set - {"id", "override"}
    given = {name: value for name in sorted(said) if (value := getattr(rule, name)) is not None}
    own: dict[Path, Path] = {(name,): (name,) for name in given}
    return _Step(rule.id, change=lambda item: Changed(item.model_copy(update=given), own))


def _fact_step(fact: TextFact | TextFactOverride) -> _Step[TextFact]:
    if not isinstance(fact, TextFactOverride):
        return _Step(fact.id, new=fact)
    restated = TextFact(**{name: getattr(fact, name) for name in TextFact.model_fields})
    return _Step(fact.id, change=lambda _: Changed(restated, {(): ()}))


def _claim_step(claim: Claim) -> _Step[Claim]:
    return _Step(claim.id, new=claim, change=lambda _: Changed(claim, {(): ()}))


def _chart_step(chart: Chart) -> _Step[Chart]:
    return _Step(chart.id, new=chart, change=lambda _: Changed(chart, {(): ()}))


def _table_step(table: Table | TableOverride) -> _Step[Table]:
    if isinstance(table, TableOverride):
        return _Step(table.id, change=lambda item: changed_table(item, table))
    return _Step(table.id, new=table, change=lambda _: Changed(table, {(): ()}))


def _sections(
    sections: Sequence[SectionFormat], variants: Mapping[str, tuple[str, ...]], result: Extended
) -> tuple[SectionFormat, ...]:
    """The sections with further headings."""
    known = tuple(section.id for section in sections)
    for unknown in sorted(variants.keys() - set(known)):
        error = FormulaError("unknown_section", 0, expected=known, suggestion=closest(unknown, known), found=unknown)
        result.mistakes.append(ExtensionMistake(("heading_variants", unknown), error, at_key=True))
    return tuple(_sections_with(sections, variants, result))


def _sections_with(
    sections: Sequence[SectionFormat], variants: Mapping[str, tuple[str, ...]], result: Extended
) -> Iterator[SectionFormat]:
    for position, section in enumerate(sections):
        added = variants.get(section.id, ())
        for number in range(len(added)):
            place: Path = ("sections", position, "variants", len(section.variants) + number)
            result.own[place] = ("heading_variants", section.id, number)
        yield section.model_copy(update={"variants": (*section.variants, *added)}) if added else section


def _matches_nothing(code: str, found: str, known: Iterable[str]) -> FormulaError:
    return FormulaError(code, 0, suggestion=closest(found, tuple(known)), found=found)
