"""What a number means in its column: the sign of a change, the unit of an amount."""

from __future__ import annotations

import math
from decimal import Decimal

from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.words.numbers import NumberText, Reading


def unit_fits(table: LexiconTable, column: str, unit: str) -> bool:
    """Whether a unit printed in a cell leaves the number as it is: the column's own unit, or a counting word."""
    if column in table.amount_columns:
        return unit == dict(table.column_units).get(column, unit)
    return not unit.endswith("元")


def in_column(table: LexiconTable, column: str, number: NumberText) -> NumberText:
    """A number as its column means it: only a change has a sign in words, and a column may turn units into its own."""
    if number.is_change and column not in table.change_columns:
        return number._replace(reading=Reading.TEXT, value=math.nan, unit="")
    if number.unit and table.unit_factors:
        factor = dict(dict(table.unit_factors).get(column, ())).get(number.unit)
        if factor is not None:
            return number._replace(value=float(Decimal(str(number.value)) * Decimal(str(factor))), unit="")
    return number
