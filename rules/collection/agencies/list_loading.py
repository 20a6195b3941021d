"""From ``agencies.yaml`` to the registry, or to everything that is wrong with the file, each at its line and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry, NameInUse, names_of
from disclosure_checks.rules.formula.errors import closest
from disclosure_checks.rules.spec.model.agency_list import (
    Agency,
    AgencyList,
    ListedAgency,
    agency_list_model,
    month_and_day,
)
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.spec.source.validation import node_at, validate
from disclosure_checks.rules.spec.source.yaml_source import (
    MappingNode,
    Node,
    Origin,
    ScalarNode,
    SequenceNode,
    compose,
    plain_data,
    problem_at,
    read_source,
)

_LIST = "agencies"


def load_agencies(path: Path, specifications: Iterable[Specification] = ()) -> AgencyRegistry:
    """The registry of a file, whose bodies may be of kinds that some specs know. Raises SpecificationError with every problem."""
    model = agency_list_model(body_vocabulary(one.bodies for one in specifications))
    source = read_source(path)
    root, problems = compose(source)
    origin = Origin(source, root)
    entries, mistakes = _sound_entries(origin, model)
    problems += mistakes
    checks = _Checks(origin, entries, _written_names(root))
    problems += [*checks.names(), *checks.parents(), *checks.circles(), *checks.dates()]
    if problems:
        raise SpecificationError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return AgencyRegistry(source.name, tuple(ListedAgency.of(entry) for entry in entries.values()))


def _sound_entries(origin: Origin, model: type[AgencyList]) -> tuple[dict[int, Agency], list[Problem]]:
    """The agencies of the right shape by their place in the list, and what is wrong with the others."""
    data = plain_data(origin.node)
    whole, mistakes = validate(model, origin, data)
    if whole is not None:
        return dict(enumerate(whole.agencies)), []
    problems = [problem for _, problem in mistakes]
    broken = {path[1] for path, _ in mistakes if path[0] == _LIST and len(path) > 1}
    listed = data.get(_LIST) if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return {}, problems
    positions = [position for position in range(len(listed)) if position not in broken]
    sound, _ = validate(model, origin, {_LIST: [listed[position] for position in positions]})
    return dict(zip(positions, sound.agencies, strict=True)) if sound else {}, problems


def _written_names(root: MappingNode) -> tuple[str, ...]:
    """The names of all agencies, those of broken entries too, so that a parent that is broken is not called unknown."""
    listed = root.values.get(_LIST)
    items = listed.items if isinstance(listed, SequenceNode) else []
    names = [item.values.get("name") for item in items if isinstance(item, MappingNode)]
    return tuple(name.text for name in names if isinstance(name, ScalarNode))


@dataclass(frozen=True)
class _Checks:
    """What the entries must have to do with one another. ``entries`` by their place in the list."""

    origin: Origin
    entries: Mapping[int, Agency]
    written_names: tuple[str, ...]

    def names(self) -> Iterator[Problem]:
        """Names that are two agencies' in one year, or stand twice with one agency."""
        taken: dict[str, list[tuple[NameInUse, Node]]] = defaultdict(list)
        for position, agency in self.entries.items():
            for use, node in zip(names_of(agency), self._name_nodes(position, agency), strict=True):
                before = taken[agency_key(use.name)]
                clash = next(((other, place) for other, place in before if _overlap(use, other)), None)
                if clash is not None:
                    other, place = clash
                    code = "agency_name_repeated" if other.agency is agency else "agency_name_taken"
                    line = str(place.position.line)
                    yield self._problem(node, code, found=use.name, owner=other.agency.name, line=line)
                before.append((use, node))

    def parents(self) -> Iterator[Problem]:
        """Parents that are no agency of the list."""
        canonical = {agency_key(use.name): agency.name for agency in self.entries.values() for use in names_of(agency)}
        for position, agency in self.entries.items():
            if agency.parent is None or agency.parent in self.written_names:
                continue
            suggestion = canonical.get(agency_key(agency.parent)) or closest(agency.parent, self.written_names)
            node = self._node(position, "parent")
            yield self._problem(node, "unknown_parent", suggestion=suggestion, found=agency.parent)

    def circles(self) -> Iterator[Problem]:
        """Agencies that stand above themselves; each circle is told once."""
        parents = {agency.name: agency.parent for agency in self.entries.values()}
        told: set[str] = set()
        for position, agency in self.entries.items():
            circle = _circle_from(agency.name, parents)
            if circle and told.isdisjoint(circle):
                told.update(circle)
                path = " → ".join((*circle, circle[0]))
                yield self._problem(self._node(position, "parent"), "parent_circle", found=path)

    def dates(self) -> Iterator[Problem]:
        """Due dates that are no day of a year, and years in the wrong order."""
        for position, agency in self.entries.items():
            if agency.due is not None and month_and_day(agency.due) is None:
                yield self._problem(self._node(position, "due"), "due_not_a_day", found=agency.due)
            yield from self._reversed(position, ("reports_until",), agency.reports_from, agency.reports_until)
            for number, former in enumerate(agency.former_names):
                yield from self._reversed(position, ("former_names", number, "until"), former.first, former.until)

    def _reversed(
        self, position: int, path: tuple[str | int, ...], first: int | None, last: int | None
    ) -> Iterator[Problem]:
        if first is not None and last is not None and last < first:
            yield self._problem(self._node(position, *path), "years_reversed", first=str(first), last=str(last))

    def _name_nodes(self, position: int, agency: Agency) -> Sequence[Node]:
        """Where each name of ``names_of`` was written."""
        aliases = [self._node(position, "aliases", number) for number in range(len(agency.aliases))]
        former = [self._node(position, "former_names", number, "name") for number in range(len(agency.former_names))]
        return [self._node(position, "name"), *aliases, *former]

    def _node(self, position: int, *path: str | int) -> Node:
        return node_at(self.origin.node, (_LIST, position, *path))

    def _problem(self, node: Node, code: str, *, suggestion: str = "", **details: str) -> Problem:
        return problem_at(self.origin.source, node.position, code, expected=(), suggestion=suggestion, **details)


def _overlap(one: NameInUse, other: NameInUse) -> bool:
    return one.first <= other.last and other.first <= one.last


def _circle_from(name: str, parents: Mapping[str, str | None]) -> list[str]:
    """The circle of parents that leads back to a name; empty where there is none."""
    path, above = [name], parents.get(name)
    while above is not None and above not in path:
        path.append(above)
        above = parents.get(above)
    return path if above == name else []
