"""What a number means in its column: the sign of a change, the unit of an amount; and what is to be said of it."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.grammar.words.numbers import NumberReader, NumberText, Reading


class ColumnValue(NamedTuple):
    """A cell as its column means it. ``value``: NaN unless it was read; ``fact``: what is to be noted of it, or ""."""

    status: CellStatus
    value: float
    fact: str = ""


def column_value(table: LexiconTable, column: str, printed: NumberText) -> ColumnValue:
    """What a number, or a text in its place, comes to in a column of a table."""
    number = _in_column(table, column, printed)
    if number.reading is Reading.BLANK:
        return ColumnValue(CellStatus.BLANK, math.nan, "cells_blank")
    if number.reading is Reading.TEXT or not number.is_exact:
        return ColumnValue(CellStatus.UNREADABLE, math.nan, "cells_unreadable")
    if number.unit and not _unit_fits(table, column, number.unit):
        return ColumnValue(CellStatus.AMBIGUOUS, math.nan, "cells_with_other_unit")
    typed = "cells_oddly_typed" if number.oddly_typed else ""
    return ColumnValue(CellStatus.READ, number.value, "cells_with_words" if number.unit else typed)


def plain_values(numbers: NumberReader, texts: tuple[str, ...]) -> tuple[float, ...]:
    """The values of a row of which nothing else is to be said; () where there is a text that is no bare number."""
    read = [numbers.read(text) for text in texts]
    return tuple(number.value for number in read) if all(number.is_plain for number in read) else ()


def _unit_fits(table: LexiconTable, column: str, unit: str) -> bool:
    """Whether a unit printed in a cell leaves the number as it is: the column's own unit, or a counting word."""
    if column in table.amount_columns:
        return unit == dict(table.column_units).get(column, unit)
    return unit not in table.amount_units


def _in_column(table: LexiconTable, column: str, number: NumberText) -> NumberText:
    """A number as its column means it: only a change has a sign in words, and a column may turn units into its own."""
    if number.is_change and column not in table.change_columns:
        return number._replace(reading=Reading.TEXT, value=math.nan, unit="")
    if number.unit and table.unit_factors:
        factor = dict(dict(table.unit_factors).get(column, ())).get(number.unit)
        if factor is not None:
            return number._replace(value=float(Decimal(str(number.value)) * Decimal(str(factor))), unit="")
    return number
