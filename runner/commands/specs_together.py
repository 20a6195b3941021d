"""Specs that are checked together: what two of them claim, only one can have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from disclosure_checks.rules.spec.loading import LoadedSpecification
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.model.wordings import expand_wording
from disclosure_checks.rules.spec.source.problems import Problem
from disclosure_checks.runner.commands.spec_folder import extended_in_its_format


def claimed_twice(loaded: Sequence[tuple[Path, LoadedSpecification]]) -> Iterator[Problem]:
    """Format ids and years of one kind of report that are those of two specs, told of the later one.

    A file that builds on another and keeps its format, such as the rules of a province, stands for it.
    """
    for (one, first), (other, second) in combinations(loaded, 2):
        if one.resolve() in _built_on(other) or other.resolve() in _built_on(one):
            continue
        mine, theirs = first.compiled.specification, second.compiled.specification
        if mine.format == theirs.format:
            yield second.places.problem(("format",), "format_claimed_twice", found=theirs.format, owner=one.name)
        elif _of_one_kind(mine, theirs) and (years := _common_years(mine, theirs)):
            yield second.places.problem(("years",), "years_claimed_twice", found=years, owner=one.name)


def _built_on(file: Path) -> set[Path]:
    """The files that a file extends in their format, one through another."""
    found: set[Path] = set()
    base = extended_in_its_format(file)
    while base is not None and base not in found:
        found.add(base)
        base = extended_in_its_format(base)
    return found


def _of_one_kind(one: Specification, other: Specification) -> bool:
    """Whether titles of one spec's reports may be those of the other's."""
    kinds = [{word for kind in spec.report_title.kinds for word in expand_wording(kind)} for spec in (one, other)]
    return not kinds[0].isdisjoint(kinds[1])


def _common_years(one: Specification, other: Specification) -> str:
    first = max(one.years.first, other.years.first)
    last = min((years.last for years in (one.years, other.years) if years.last is not None), default=None)
    if last is not None and last < first:
        return ""
    return f"{first}–" if last is None else str(first) if first == last else f"{first}–{last}"
