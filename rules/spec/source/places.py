"""Where each part of a spec was written, also where the spec is put together from several files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.spec.model.extension import MERGED
from disclosure_checks.rules.spec.source.problems import Problem
from disclosure_checks.rules.spec.source.scalar_positions import position_within
from disclosure_checks.rules.spec.source.validation import Path, node_at
from disclosure_checks.rules.spec.source.yaml_source import (
    MappingNode,
    Node,
    Origin,
    Position,
    ScalarNode,
    SourceFile,
    problem_at,
)


@dataclass(frozen=True)
class SpecificationPlaces:
    """``root`` is the spec's own file; ``parts`` says where single parts stand, such as (list, position) or deeper.

    What the file itself does not say is looked up in ``fallback``, the places of the spec it extends.
    """

    root: Origin
    parts: Mapping[Path, Origin] = field(default_factory=dict)
    fallback: SpecificationPlaces | None = None

    def origin(self, path: Path) -> Origin:
        """The deepest part along a path that was written down."""
        for length in range(len(path), 1, -1):
            part = self.parts.get(path[:length])
            if part is not None:
                return Origin(part.source, node_at(part.node, path[length:]))
        if self.fallback is not None and not self._writes(path):
            return self.fallback.origin(path)
        return Origin(self.root.source, node_at(self.root.node, path))

    def _writes(self, path: Path) -> bool:
        """Whether the file says anything about the beginning of a path (two steps for mappings that are merged)."""
        depth = 2 if path[0] in MERGED else 1
        node = self.root.node
        for step in path[:depth]:
            if not isinstance(node, MappingNode) or str(step) not in node.values:
                return False
            node = node.values[str(step)]
        return True

    def problem(
        self,
        path: Path,
        code: str,
        *,
        expected: tuple[str, ...] = (),
        suggestion: str = "",
        offset: int = 0,
        **details: str,
    ) -> Problem:
        """A problem with the value at a path; ``offset`` is the place inside a text, from 0."""
        source, node = self.origin(path)
        position = _inside(source, node, offset)
        return problem_at(source, position, code, expected=expected, suggestion=suggestion, **details)

    def key_problem(
        self,
        path: Path,
        code: str,
        *,
        expected: tuple[str, ...] = (),
        suggestion: str = "",
        offset: int = 0,
        **details: str,
    ) -> Problem:
        """A problem with the key at the end of a path."""
        source, holder = self.origin(path[:-1])
        key = holder.keys.get(str(path[-1])) if isinstance(holder, MappingNode) else None
        position = _inside(source, key, offset) if key else holder.position
        return problem_at(source, position, code, expected=expected, suggestion=suggestion, **details)

    def formula_problem(self, path: Path, error: FormulaError) -> Problem:
        """A mistake in a formula, a pattern or another text at a path."""
        return self.problem(
            path,
            error.code,
            expected=error.expected,
            suggestion=error.suggestion,
            offset=error.offset,
            **self.details(error),
        )

    def details(self, error: FormulaError) -> dict[str, str]:
        """What a mistake is told with; where the other part stands that it names, as ``file:line:column``."""
        if not error.elsewhere:
            return dict(error.details)
        source, node = self.origin(error.elsewhere)
        position = _inside(source, node, 0)
        return {**error.details, "elsewhere": f"{source.name}:{position.line}:{position.column}"}


def _inside(source: SourceFile, node: Node, offset: int) -> Position:
    if isinstance(node, ScalarNode) and node.text:
        return position_within(source, node, offset)
    return node.position
