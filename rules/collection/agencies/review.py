"""What is to be said of the agencies of a run as a whole: who is missing, and whose names are suspiciously close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from disclosure_checks.rules.collection.agencies.body_facts import due_of
from disclosure_checks.rules.collection.agencies.names import agency_key, close_names
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.roll import AgencyRoll
from disclosure_checks.rules.spec.model.agency_list import Agency, due_date
from disclosure_checks.rules.spec.model.specification import Specification

OTHER_YEARS = "other_years"


class MissingReport(NamedTuple):
    """A listed agency without a report of a year. ``due``: the day by which it had to be published, if known."""

    agency: str
    year: int
    due: date | None


class SimilarName(NamedTuple):
    """An agency that may be another: nothing was merged.

    ``difference``: ``one_character``, ``left_out_word``, ``region`` (see ``rules.collection.agencies.names``), or ``other_years``
    where it is a former name that does not belong to these years.
    """

    agency: str
    years: tuple[int, ...]
    similar_to: str
    difference: str


@dataclass(frozen=True)
class AgencyReview:
    """``agencies_file``: the list of agencies that was used, "" without one; ``listed``: how many ``agencies`` it names."""

    agencies_file: str = ""
    listed: int = 0
    missing: tuple[MissingReport, ...] = ()
    similar: tuple[SimilarName, ...] = ()
    agencies: tuple[Agency, ...] = ()


NOTHING_REVIEWED = AgencyReview()


def review_agencies(roll: AgencyRoll, specifications: Sequence[Specification]) -> AgencyReview:
    """The review of a run. ``specifications`` say when a kind of body reports."""
    registry = roll.registry
    if registry is None:
        return AgencyReview(similar=tuple(_among_themselves(roll, list(roll.years_by_agency))))
    unlisted = [name for name in roll.years_by_agency if name not in registry.by_name]
    similar = [*_like_listed(roll, registry, unlisted), *_among_themselves(roll, unlisted)]
    similar.sort(key=lambda one: one.agency)
    missing = tuple(_missing_reports(roll, registry, specifications))
    return AgencyReview(registry.path, len(registry.agencies), missing, tuple(similar), registry.agencies)


def _missing_reports(
    roll: AgencyRoll, registry: AgencyRegistry, specifications: Sequence[Specification]
) -> Iterator[MissingReport]:
    """By year, then in the order of the list. Looked at are the years there is any report of."""
    for year in roll.years:
        specification = _serving(year, specifications)
        for agency in registry.agencies:
            if agency.reports_for(year) and (agency.name, year) not in roll.reports:
                due = due_of(agency, specification)
                yield MissingReport(agency.name, year, due_date(due, year) if due else None)


def _serving(year: int, specifications: Sequence[Specification]) -> Specification:
    """The spec for a year; the last one where none serves it."""
    for specification in specifications:
        first, last = specification.years.first, specification.years.last
        if first <= year and (last is None or year <= last):
            return specification
    return specifications[-1]


def _like_listed(roll: AgencyRoll, registry: AgencyRegistry, unlisted: Sequence[str]) -> Iterator[SimilarName]:
    """Unlisted agencies whose name is close to one of the list, or is one of it in other years."""
    owners = {use.name: use.agency.name for use in registry.all_names}
    by_key = {agency_key(name): owner for name, owner in owners.items()}
    for name in unlisted:
        owner = by_key.get(agency_key(name))
        if owner is not None:
            yield SimilarName(name, roll.years_by_agency[name], owner, OTHER_YEARS)
    told: set[tuple[str, str]] = set()
    for close in close_names(unlisted, owners):
        pair = (close.name, owners[close.other])
        if pair not in told and by_key.get(agency_key(close.name)) != owners[close.other]:
            told.add(pair)
            yield SimilarName(close.name, roll.years_by_agency[close.name], owners[close.other], close.difference)


def _among_themselves(roll: AgencyRoll, names: Sequence[str]) -> Iterator[SimilarName]:
    """Pairs of close names that never report on the same year: two bodies beside each other are two bodies."""
    # who reports on every year of the run reports beside everybody
    sometimes = sorted(name for name in names if roll.years_by_agency[name] != roll.years)
    order = {name: position for position, name in enumerate(sometimes)}
    for close in close_names(order, order):
        first, second = close.name, close.other
        apart = set(roll.years_by_agency[first]).isdisjoint(roll.years_by_agency[second])
        if order[first] < order[second] and apart:
            yield SimilarName(first, roll.years_by_agency[first], second, close.difference)
