"""The agencies of an ``agencies.yaml``, looked up by the name a report prints."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.spec.model.agency_list import Agency


class NameInUse(NamedTuple):
    """A name with the report years in which it is the agency's, both included."""

    name: str
    agency: Agency
    first: float
    last: float

    def covers(self, year: int) -> bool:
        """Whether it was the agency's name in a report year."""
        return self.first <= year <= self.last


def names_of(agency: Agency) -> Iterator[NameInUse]:
    """Every name of an agency: name and aliases as long as it reports, former names in their years."""
    first = -math.inf if agency.reports_from is None else float(agency.reports_from)
    last = math.inf if agency.reports_until is None else float(agency.reports_until)
    for name in (agency.name, *agency.aliases):
        yield NameInUse(name, agency, first, last)
    for former in agency.former_names:
        yield NameInUse(former.name, agency, -math.inf if former.first is None else float(former.first), former.until)


@dataclass(frozen=True)
class AgencyRegistry:
    """All agencies, in the order of the file. ``path`` is how messages call the file."""

    path: str
    agencies: tuple[Agency, ...]

    def find(self, name: str, year: int | None) -> Agency | None:
        """The agency that prints this name in a report of this year; None where that is not certain.

        A former name counts in its years only. A name or alias counts outside the years its agency reports as well,
        where it was nobody else's then. Where the year is unknown, the name must be one agency's in every year.
        """
        uses = self._uses.get(agency_key(name), ())
        if year is None:
            owners = {use.agency.name for use in uses}
            current = [use for use in uses if not self._is_former(use)]
            return current[0].agency if current and len(owners) == 1 else None
        covering = next((use for use in uses if use.covers(year)), None)
        if covering is None:
            covering = next((use for use in uses if not self._is_former(use)), None)
        return covering.agency if covering else None

    def children(self, name: str) -> tuple[Agency, ...]:
        """The agencies right below the one of this name."""
        return self._children.get(name, ())

    @cached_property
    def by_name(self) -> Mapping[str, Agency]:
        """The agencies by their names, aliases and former names left out."""
        return {agency.name: agency for agency in self.agencies}

    @cached_property
    def all_names(self) -> tuple[NameInUse, ...]:
        """Every name of every agency."""
        return tuple(use for agency in self.agencies for use in names_of(agency))

    @cached_property
    def _uses(self) -> Mapping[str, tuple[NameInUse, ...]]:
        uses: dict[str, list[NameInUse]] = defaultdict(list)
        for use in self.all_names:
            uses[agency_key(use.name)].append(use)
        return {key: tuple(found) for key, found in uses.items()}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Agency, ...]]:
        children: dict[str, list[Agency]] = defaultdict(list)
        for agency in self.agencies:
            if agency.parent is not None:
                children[agency.parent].append(agency)
        return {name: tuple(found) for name, found in children.items()}

    @staticmethod
    def _is_former(use: NameInUse) -> bool:
        return use.name not in (use.agency.name, *use.agency.aliases)
