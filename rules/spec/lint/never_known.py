"""Numbers that no report can have, and conditions that can therefore never be judged.

What is found out of a report beside that of the year before, and what people decide about its findings, is known only
once earlier years and the bodies below have been looked up: such facts have no earlier years and no bodies below.
"""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_checks.grammar.model.fact_names import TABLE_YEAR_FACTS
from disclosure_checks.rules.formula.expression import (
    Conjunction,
    Counted,
    Disjunction,
    Expression,
    FirstKnown,
    Implication,
    Input,
    Known,
    Negated,
    parts,
)
from disclosure_checks.rules.formula.functions import COLUMN_FUNCTIONS, without_years, years_back
from disclosure_checks.rules.spec.model.decision_facts import DECISION_SCOPE

_OF_THE_BODIES_BELOW = (COLUMN_FUNCTIONS["children_sum"], COLUMN_FUNCTIONS["children_sum_known"])


def never_known(node: Expression) -> str:
    """The column for whose sake a number is never known or a condition never judged; "" where it may be."""
    if isinstance(node, Input):
        return node.column if _is_found_out_later(node.column) else ""
    if isinstance(node, (Conjunction, Disjunction, Counted)):  # what is known of one operand may decide
        return _all_of(node.operands)
    if isinstance(node, FirstKnown):
        return _all_of((node.one_row, node.written_out))
    if isinstance(node, Implication):
        return never_known(node.condition) or never_known(node.consequence)
    if isinstance(node, Negated):
        return never_known(node.operand)
    if isinstance(node, Known):
        return ""
    return next((found for part in parts(node) if (found := never_known(part))), "")


def _all_of(operands: Iterable[Expression]) -> str:
    found = [never_known(operand) for operand in operands]
    return found[0] if found and all(found) else ""


def _is_found_out_later(column: str) -> bool:
    if years_back(column):
        scope, _, rest = without_years(column).partition(".")
        return scope == DECISION_SCOPE or (scope == "table" and rest.rpartition(".")[2] in TABLE_YEAR_FACTS)
    return column.startswith(_OF_THE_BODIES_BELOW) and column.partition(":")[2].startswith(f"{DECISION_SCOPE}.")
