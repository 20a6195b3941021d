"""Inherited rules without the cells that the extending spec says it lacks (``without: cells``).

A loop loses the patterns that stand for such cells only; a rule whose loop has nothing left, or whose formula reads
such cells by name, is dropped. What does not fit for any other reason stays, and is told as a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.spec.compiling.compilation import compile_rule
from disclosure_checks.rules.spec.compiling.loops import Scope, expand_loop, loop_kinds
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, matching, vocabulary_of
from disclosure_checks.rules.spec.model.specification import Loop, Rule, Specification


@dataclass(frozen=True)
class LeftOutCells:
    """``cells``: of the base, that the extended spec lacks."""

    base: Vocabulary
    extended: Vocabulary
    cells: frozenset[str]

    def fitted(self, rule: Rule) -> Rule | None:
        """An inherited rule as the extended spec can have it; None where it is about the missing cells."""
        if not self.cells:
            return rule
        loop = self._loop(rule.for_each)
        if loop is None and rule.for_each is not None:
            return None
        fitted = rule if loop == rule.for_each else rule.model_copy(update={"for_each": loop})
        if compile_rule(fitted, self.extended)[1] and self._reads_left_out(rule):
            return None
        return fitted

    def _loop(self, loop: Loop | None) -> Loop | None:
        """The loop without patterns for missing cells only; None where none is left."""
        kinds = loop_kinds(loop)
        if loop is None or len(kinds) != 1:
            return loop
        given = getattr(loop, kinds[0])
        patterns = (given,) if isinstance(given, str) else given
        kept = tuple(pattern for pattern in patterns if not self._stands_for_left_out(kinds[0], pattern))
        exceptions = tuple(name for name in loop.leaving_out if not self._stands_for_left_out(kinds[0], name))
        if not kept:
            return None
        if kept == patterns and exceptions == loop.leaving_out:
            return loop
        return loop.model_copy(update={kinds[0]: kept, "leaving_out": exceptions})

    def _stands_for_left_out(self, kind: str, pattern: str) -> bool:
        loop = Loop.model_validate({kind: pattern})
        if expand_loop(loop, self.extended)[0]:
            return False
        cells = [cell for scope in expand_loop(loop, self.base)[0] for cell in _cells(scope, self.base)]
        return bool(cells) and self.cells.issuperset(cells)

    def _reads_left_out(self, rule: Rule) -> bool:
        instances, _ = compile_rule(rule, self.base)
        # "previous_year:" and other prefixes stand before the cell
        return any(name.rpartition(":")[2] in self.cells for instance in instances for name in instance.inputs)


@dataclass
class _Patterns:
    cells: set[str] = field(default_factory=set)
    mistakes: list[tuple[int, FormulaError]] = field(default_factory=list)


def left_out_cells(
    base: Specification, extended: Specification, patterns: Sequence[str]
) -> tuple[LeftOutCells, list[tuple[int, FormulaError]]]:
    """The cells that patterns such as ``proactive.*.issued`` stand for, and the patterns (by position) that are wrong:
    those that name nothing of the base, or something that the extended spec has."""
    ours, theirs = vocabulary_of(extended), vocabulary_of(base)
    found = _Patterns()
    for number, pattern in enumerate(patterns):
        named = matching(pattern, theirs.cells)
        still = matching(pattern, ours.cells)
        if not named:
            suggestion = closest(pattern, theirs.cells)
            found.mistakes.append(
                (number, FormulaError("left_out_matches_nothing", 0, suggestion=suggestion, found=pattern))
            )
        elif still:
            found.mistakes.append((number, FormulaError("left_out_cell_exists", 0, found=still[0])))
        found.cells.update(named)
    return LeftOutCells(theirs, ours, frozenset(found.cells)), found.mistakes


def _cells(scope: Scope, vocabulary: Vocabulary) -> Iterator[str]:
    """The cells of one item of a loop."""
    table = vocabulary.tables.get(scope.table)
    if table is None or not (scope.row or scope.column):
        return
    for cell in table.cells():
        _, row, column = cell.split(".")
        if (not scope.row or scope.row == row) and (not scope.column or scope.column == column):
            yield cell
