"""From a spec file to a compiled spec, or to everything that is wrong with it.

    file -> nodes with marks -> plain data -> Specification (pydantic) -> consistency -> compiled rules -> examples

Every step goes on as far as it makes sense: a broken rule does not hide what is wrong with the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, Union

from pydantic import BaseModel

from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.spec.compiling.compilation import compile_specification
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.extending.extended_specification import extend
from disclosure_checks.rules.spec.lint.consistency import inconsistencies
from disclosure_checks.rules.spec.lint.examples import VALUE_MISTAKES, build_cases
from disclosure_checks.rules.spec.model.extension import Extension
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.source.places import SpecificationPlaces
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.spec.source.validation import node_at, validate
from disclosure_checks.rules.spec.source.yaml_source import (
    MappingNode,
    Node,
    Origin,
    ScalarNode,
    SequenceNode,
    SourceFile,
    compose,
    plain_data,
    read_source,
)

Model = TypeVar("Model", bound=BaseModel)

_LISTS = ("facts", "rules")  # a broken item of these is left out so that the rest can still be checked
_MAXIMUM_CHAIN = 5

PartPath = tuple[Union[str, int], ...]  # such as ("rules", 3, "check")


@dataclass(frozen=True)
class LoadedSpecification:
    """A compiled spec with the places its parts were written at, for tools that say more about it."""

    compiled: CompiledSpecification
    places: SpecificationPlaces
    dropped: tuple[str, ...] = ()  # ids of inherited rules about cells that this spec does not have


@dataclass(frozen=True)
class _Draft:
    """A spec whose parts have the right shape; ``assumed_facts`` were declared but are broken."""

    specification: Specification
    places: SpecificationPlaces
    problems: tuple[Problem, ...]
    assumed_facts: tuple[str, ...]
    fingerprint: bytes
    base: _Draft | None = None
    dropped: tuple[str, ...] = ()


def load_specification(path: Path) -> CompiledSpecification:
    """The compiled spec of a file. Raises SpecificationError with every problem found."""
    return load_with_places(path).compiled


def load_with_places(path: Path) -> LoadedSpecification:
    """As ``load_specification``, with the places of the parts."""
    draft = _read_draft(path, ())
    places, problems = draft.places, list(draft.problems)
    problems += [places.formula_problem(place, error) for place, error in inconsistencies(draft.specification)]
    vocabulary = vocabulary_of(draft.specification, draft.assumed_facts)
    compiled, rule_errors = compile_specification(draft.specification, draft.fingerprint.hex(), vocabulary)
    problems += _misfits(draft, {found.rule for found in rule_errors if found.kind == "rules"})
    problems += [places.formula_problem(found.place, found.error) for found in rule_errors]
    problems += _example_problems(compiled, places, vocabulary)
    if problems:
        raise SpecificationError(_in_order(problems))
    return LoadedSpecification(compiled, places, draft.dropped)


def _misfits(draft: _Draft, broken: set[int]) -> list[Problem]:
    """Inherited rules that are sound in the extended spec but not in this one: what to do is said in this file."""
    if draft.base is None or not broken:
        return []
    base = draft.base
    _, errors = compile_specification(base.specification, "", vocabulary_of(base.specification, base.assumed_facts))
    unsound = {base.specification.rules[one.rule].id for one in errors if one.kind == "rules"}
    sound = {rule.id for rule in base.specification.rules} - unsound
    wrong = [draft.specification.rules[position].id for position in sorted(broken)]
    return [
        draft.places.problem(("extends",), "inherited_rule_does_not_fit", found=rule_id)
        for rule_id in wrong
        if rule_id in sound
    ]


def _example_problems(
    compiled: CompiledSpecification, places: SpecificationPlaces, vocabulary: Vocabulary
) -> list[Problem]:
    positions = {id(rule): position for position, rule in enumerate(compiled.specification.rules)}
    problems: list[Problem] = []
    for rule in compiled.rules:
        _, mistakes = build_cases(rule, vocabulary, compiled.specification.years.first)
        for path, error in mistakes:
            full = ("rules", positions[id(rule.rule)], *path)
            of_key = len(path) > 2 and error.code not in VALUE_MISTAKES
            tell = places.key_problem if of_key else places.problem
            problems.append(_told(tell, full, error, places))
    return problems


def _told(tell: Callable[..., Problem], path: PartPath, error: FormulaError, elsewhere: SpecificationPlaces) -> Problem:
    """A mistake at a path, as ``tell`` (of the places) says it: of a value or of a key.

    ``elsewhere``: the places of the spec that has the other part it names.
    """
    details = elsewhere.details(error)
    return tell(path, error.code, expected=error.expected, suggestion=error.suggestion, offset=error.offset, **details)


def _in_order(problems: list[Problem]) -> list[Problem]:
    files = list(dict.fromkeys(problem.source for problem in problems))
    return sorted(problems, key=lambda problem: (files.index(problem.source), problem.line, problem.column))


def _read_draft(path: Path, chain: tuple[Path, ...]) -> _Draft:
    source = read_source(path)
    root, problems = compose(source)
    origin = Origin(source, root)
    if "extends" in root.values:
        return _extended_draft(origin, problems, (*chain, path.resolve()))
    specification, indices, broken = _validate_leniently(Specification, origin, problems)
    parts: dict[PartPath, Origin] = {(name, new): Origin(source, node) for name, new, node in _items(root, indices)}
    places = SpecificationPlaces(origin, parts)
    return _Draft(specification, places, tuple(problems), broken, _digest(source))


def _extended_draft(origin: Origin, problems: list[Problem], chain: tuple[Path, ...]) -> _Draft:
    extension, indices, broken = _validate_leniently(Extension, origin, problems)
    base = _read_base(extension, origin, problems, chain)
    extended = extend(base.specification, extension)
    written = _WrittenIn(origin, indices)
    own = SpecificationPlaces(origin)
    for mistake in extended.mistakes:
        tell = own.key_problem if mistake.at_key else own.problem
        problems.append(_told(tell, written.path(mistake.path), mistake.error, base.places))
    parts: dict[PartPath, Origin] = {}
    for new, old in extended.inherited.items():
        parts |= {(*new, *path[2:]): part for path, part in base.places.parts.items() if path[:2] == old}
        parts[new] = base.places.origin(old)
    parts |= {new: written.origin(path) for new, path in extended.own.items()}
    # what the file does not say is told where the extended spec says it
    return _Draft(
        extended.specification,
        SpecificationPlaces(origin, parts, fallback=base.places),
        (*base.problems, *problems),
        (*base.assumed_facts, *broken),
        hashlib.sha256(base.fingerprint + _digest(origin.source)).digest(),
        base,
        tuple(extended.dropped),
    )


@dataclass(frozen=True)
class _WrittenIn:
    """Where the parts of a model stand in its file: broken items were left out of the model."""

    file: Origin
    indices: dict[str, list[int]]

    def path(self, path: PartPath) -> PartPath:
        if path[0] in self.indices and len(path) > 1 and isinstance(path[1], int):
            return (path[0], self.indices[str(path[0])][path[1]], *path[2:])
        return path

    def origin(self, path: PartPath) -> Origin:
        return Origin(self.file.source, node_at(self.file.node, self.path(path)))


def _read_base(extension: Extension, origin: Origin, problems: list[Problem], chain: tuple[Path, ...]) -> _Draft:
    places = SpecificationPlaces(origin)
    path = origin.source.path.parent / extension.extends
    if path.resolve() in chain or len(chain) > _MAXIMUM_CHAIN:
        problem = places.problem(("extends",), "extends_itself", found=extension.extends)
        raise SpecificationError([*problems, problem])
    try:
        return _read_draft(path, chain)
    except SpecificationError as error:
        problem = places.problem(("extends",), "extended_spec_broken", found=extension.extends)
        raise SpecificationError([*problems, problem, *error.problems]) from error


def _items(root: MappingNode, indices: dict[str, list[int]]) -> list[tuple[str, int, Node]]:
    """The sound items of the lists: list name, position in the model, node."""
    found: list[tuple[str, int, Node]] = []
    for name, kept in indices.items():
        sequence = root.values.get(name)
        if isinstance(sequence, SequenceNode):
            found += [(name, new, sequence.items[old]) for new, old in enumerate(kept)]
    return found


def _validate_leniently(
    model: type[Model], origin: Origin, problems: list[Problem]
) -> tuple[Model, dict[str, list[int]], tuple[str, ...]]:
    """The model without its broken rules and facts, which items were kept, and the ids of broken facts.

    Adds to ``problems``. Raises SpecificationError where the rest is broken too.
    """
    data = plain_data(origin.node)
    if not isinstance(data, dict):
        raise TypeError("the root of a spec is a mapping")
    instance, mistakes = validate(model, origin, data)
    problems += [problem for _, problem in mistakes]
    broken = {path[:2] for path, _ in mistakes if path[0] in _LISTS and len(path) > 1}
    problems += _formula_problems(origin, broken)
    if any(path[:2] not in broken for path, _ in mistakes):
        raise SpecificationError(_in_order(problems))
    kept = {
        name: [position for position in range(len(items)) if (name, position) not in broken]
        for name in _LISTS
        if isinstance(items := data.get(name), list)
    }
    if instance is None:
        sound = {name: [data[name][position] for position in positions] for name, positions in kept.items()}
        instance, _ = validate(model, origin, {**data, **sound})
    if instance is None:
        raise SpecificationError(_in_order(problems))
    return instance, kept, tuple(_broken_fact_ids(origin.node, kept.get("facts", [])))


def _formula_problems(origin: Origin, broken: set[PartPath]) -> list[Problem]:
    """Mistakes in the formulas of rules that are left out for other mistakes; their names are not looked up."""
    places = SpecificationPlaces(origin)
    problems: list[Problem] = []
    for path in sorted(path for path in broken if path[0] == "rules"):
        node = places.origin((*path, "check")).node
        if isinstance(node, ScalarNode) and isinstance(node.value, str) and node_at(origin.node, path) is not node:
            try:
                parse_formula(node.value)
            except FormulaError as error:
                problems.append(places.formula_problem((*path, "check"), error))
    return problems


def _broken_fact_ids(root: Node, kept: list[int]) -> list[str]:
    facts = root.values.get("facts") if isinstance(root, MappingNode) else None
    if not isinstance(facts, SequenceNode):
        return []
    nodes = [node for position, node in enumerate(facts.items) if position not in kept]
    ids = [node.values.get("id") for node in nodes if isinstance(node, MappingNode)]
    return [node.text for node in ids if isinstance(node, ScalarNode)]


def _digest(source: SourceFile) -> bytes:
    return hashlib.sha256(source.text.encode("utf-8")).digest()
