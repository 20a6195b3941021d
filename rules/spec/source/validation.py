"""The plain data of a spec against its pydantic model, every mistake brought back to its line and column.

The data goes through pydantic as JSON in strict mode: lists become tuples and texts become enum members, but no
number, truth or text is silently turned into another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from disclosure_checks.rules.formula.errors import closest
from disclosure_checks.rules.spec.source.problems import Problem, choice_in_words
from disclosure_checks.rules.spec.source.typing_mistakes import MERGE_KEY, mistake_in_key, mistake_in_value
from disclosure_checks.rules.spec.source.yaml_source import (
    MappingNode,
    Node,
    Origin,
    Position,
    ScalarNode,
    SequenceNode,
    problem_at,
)

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

# which branch of a union a mapping is written for: the key that must or must not be there
_TOLD_BY = {
    "Row": ("group", False),
    "RowGroup": ("group", True),
    "Column": ("group", False),
    "ColumnGroup": ("group", True),
    "Rule": ("override", False),
    "RuleOverride": ("override", True),
    "TextFact": ("override", False),
    "TextFactOverride": ("override", True),
    "Table": ("override", False),
    "TableOverride": ("override", True),
}
_WRONG_TYPE = {
    "string_type": "@text",
    "int_type": "@whole_number",
    "int_from_float": "@whole_number",
    "float_type": "@number",
    "bool_type": "@truth",
    "tuple_type": "@list",
    "dict_type": "@mapping",
    "model_type": "@mapping",
    "model_attributes_type": "@mapping",
}


def validate(model: type[Model], origin: Origin, data: object) -> tuple[Model | None, list[tuple[Path, Problem]]]:
    """The model filled from ``data``, or None and each mistake with the path of the part it is in.

    ``origin`` is where the data was written; it has the same shape as the data.
    """
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False)
        return model.model_validate_json(text, strict=True), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
    problems: dict[tuple[Path, Position, str], Problem] = {}
    for path, detail in _relevant(found, origin.node):
        problem = _problem(model, origin, path, detail)
        problems.setdefault((path, Position(problem.line, problem.column), _kind(detail)), problem)
    mistyped = {path[-1] for path, _, kind in problems if kind == "extra_forbidden" and mistake_in_key(str(path[-1]))}
    return None, [
        (path, problem)
        for (path, _, kind), problem in problems.items()
        if kind != "missing" or not any(_was_mistyped(str(path[-1]), str(key)) for key in mistyped)
    ]


def _was_mistyped(key: str, as_typed: str) -> bool:
    """Whether a key that is missing is there with a mistake of typing, which is told of it."""
    return as_typed == MERGE_KEY or re.sub("[^0-9a-z_]", "", as_typed).startswith(key)


def node_at(node: Node, path: Path) -> Node:
    """The deepest node along a path."""
    for step in path:
        below = _step(node, step)
        if below is None:
            break
        node = below
    return node


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode) and isinstance(step, str):
        return node.values.get(step)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def _relevant(found: list[ErrorDetails], root: Node) -> Iterator[tuple[Path, ErrorDetails]]:
    """Mistakes with their path in the file; those of the branch of a union that was not meant are dropped."""
    for detail in found:
        path: list[str | int] = []
        node, meant = root, True
        location = detail["loc"]
        for index, step in enumerate(location):
            below = _step(node, step)
            last = index == len(location) - 1
            if below is not None:
                node = below
                path.append(step)
            elif step == "[key]":
                continue
            elif last and detail["type"] in ("missing", "extra_forbidden"):
                path.append(step)
            else:  # the name of a branch of a union
                meant = meant and _is_meant(str(step), node)
        if meant and not _follows_from_items(detail, node):
            yield tuple(path), detail


def _follows_from_items(detail: ErrorDetails, node: Node) -> bool:
    """Whether a list is called too short only because its items are broken, which is told of the items."""
    least = (detail.get("ctx") or {}).get("min_length", 0)
    return detail["type"] == "too_short" and isinstance(node, SequenceNode) and len(node.items) >= least


def _is_meant(branch: str, node: Node) -> bool:
    """Whether a branch of a union is the one a node was written for."""
    if isinstance(node, MappingNode):
        key, present = _TOLD_BY.get(branch, ("", False))
        return (key in node.values) is present
    if branch.startswith("tuple"):
        return isinstance(node, SequenceNode)
    return not (branch == "str" and isinstance(node, SequenceNode))


def _kind(detail: ErrorDetails) -> str:
    return "wrong_type" if detail["type"] in _WRONG_TYPE else detail["type"]


def _problem(model: type[BaseModel], origin: Origin, path: Path, detail: ErrorDetails) -> Problem:
    """One pydantic error in our words, at its place."""
    kind = detail["type"]
    node = node_at(origin.node, path)
    if kind == "extra_forbidden":
        return _unknown_key(model, origin, path)
    if kind == "missing":
        known = _keys(_model_at(model, path[:-1], origin.node))
        return problem_at(origin.source, node.position, "missing_key", found=str(path[-1]), expected=known)
    if kind in _WRONG_TYPE:
        return _wrong_type(origin, node, _WRONG_TYPE[kind])
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if kind in ("enum", "literal_error"):
        return _wrong_choice(model, origin, path, node)
    if kind == "string_pattern_mismatch":
        position = _key_position(origin.node, path) if detail["loc"][-1] == "[key]" else node.position
        found = str(path[-1]) if detail["loc"][-1] == "[key]" else _text(node)
        return problem_at(origin.source, position, "malformed_id", found=found, expected=("@id_form",))
    if kind in ("string_too_long", "string_too_short", "too_short", "too_long"):
        limit = context.get("max_length", context.get("min_length", ""))
        return problem_at(origin.source, node.position, kind, limit=str(limit))
    return problem_at(origin.source, node.position, "invalid_value", detail=detail["msg"])


def _unknown_key(model: type[BaseModel], origin: Origin, path: Path) -> Problem:
    name = str(path[-1])
    known = _keys(_model_at(model, path[:-1], origin.node))
    place = _key_position(origin.node, path)
    mistake = mistake_in_key(name)
    if mistake is not None:
        place = Position(place.line, place.column + mistake.offset)
        return problem_at(origin.source, place, mistake.code, found=mistake.found)
    if _is_piece_of_a_text(origin, path):
        return problem_at(origin.source, place, "comma_in_text", found=name)
    return problem_at(
        origin.source,
        _key_position(origin.node, path),
        "unknown_key",
        expected=known,
        suggestion=closest(name, known),
        found=name,
    )


def _is_piece_of_a_text(origin: Origin, path: Path) -> bool:
    """Whether a key without a value stands behind a comma in a flow mapping: the end of a text that holds the comma."""
    holder = node_at(origin.node, path[:-1])
    value = _step(holder, path[-1])
    before = origin.source.line(holder.position.line)[holder.position.column - 1 : holder.position.column]
    return before == "{" and isinstance(value, ScalarNode) and not value.style and not value.text


def _wrong_type(origin: Origin, node: Node, wanted: str) -> Problem:
    if wanted == "@text" and isinstance(node, ScalarNode) and node.value is not None:
        quoted = f'"{node.text}"'
        return problem_at(origin.source, node.position, "text_needs_quotes", found=node.text, suggestion=quoted)
    found = "@mapping" if isinstance(node, MappingNode) else "@list" if isinstance(node, SequenceNode) else _text(node)
    return problem_at(origin.source, node.position, "wrong_type", expected=(wanted,), found=found or "@nothing")


def _wrong_choice(model: type[BaseModel], origin: Origin, path: Path, node: Node) -> Problem:
    choices = tuple(_choices(_annotation_at(model, path, origin.node)))
    mistake = mistake_in_value(_text(node))
    if mistake is not None:
        place = Position(node.position.line, node.position.column + mistake.offset)
        return problem_at(origin.source, place, mistake.code, found=mistake.found)
    suggestion = choice_in_words(_text(node), choices) or closest(_text(node), choices)
    return problem_at(
        origin.source, node.position, "wrong_choice", expected=choices, suggestion=suggestion, found=_text(node)
    )


def _text(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else ""


def _key_position(root: Node, path: Path) -> Position:
    holder = node_at(root, path[:-1])
    key = holder.keys.get(str(path[-1])) if isinstance(holder, MappingNode) else None
    return key.position if key else holder.position


def _keys(model: object) -> tuple[str, ...]:
    """The keys a part of the spec may have, as they are written in YAML."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return ()
    return tuple(information.alias or name for name, information in model.model_fields.items())


def _model_at(model: type[BaseModel], path: Path, root: Node) -> object:
    return _pick_model(_annotation_at(model, path, root), node_at(root, path))


def _annotation_at(model: object, path: Path, root: Node) -> object:
    """The type the model asks for at a path."""
    annotation: object = model
    node: Node | None = root
    for step in path:
        if node is None:
            return object
        annotation = _pick_model(annotation, node)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            fields = {info.alias or name: info.annotation for name, info in annotation.model_fields.items()}
            annotation = fields.get(str(step), object)
        else:
            annotation = _item_type(annotation)
        node = _step(node, step)
    return annotation


def _item_type(annotation: object) -> object:
    """What a list or mapping holds."""
    for branch in _branches(annotation):
        if get_origin(branch) is tuple:
            return get_args(branch)[0]
        if get_origin(branch) is dict:
            return get_args(branch)[1]
    return object


def _pick_model(annotation: object, node: Node) -> object:
    """The model among the branches of a type that a node was written for; else the type itself."""
    models = [branch for branch in _branches(annotation) if isinstance(branch, type) and issubclass(branch, BaseModel)]
    if len(models) > 1:
        models = [branch for branch in models if _is_meant(branch.__name__, node)]
    return models[0] if models else annotation


def _branches(annotation: object) -> list[object]:
    if get_origin(annotation) is Annotated:
        return _branches(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [branch for argument in get_args(annotation) for branch in _branches(argument)]
    return [annotation]


def _choices(annotation: object) -> Iterator[str]:
    for branch in _branches(annotation):
        if isinstance(branch, type) and issubclass(branch, Enum):
            yield from (str(member.value) for member in branch)
        elif get_origin(branch) is Literal:
            yield from (str(choice) for choice in get_args(branch))
