"""The functions that a formula may call, by kind. Grammar, compilation and evaluation all go by these lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np

from disclosure_checks.rules.formula.outcomes import FloatArray

# of one number, for all reports at once; what is missing (NaN) stays missing
NUMBER_FUNCTIONS: Mapping[str, Callable[[FloatArray], FloatArray]] = {"abs": np.abs, "floor": np.floor}

# one of several numbers; beside ``sum`` and ``count``, these take wildcards and ranges
EXTREMES: Mapping[str, Callable[..., FloatArray]] = {"min": np.min, "max": np.max}

# of names: each is read from another column of the frame, which begins with this
COLUMN_FUNCTIONS = {
    "previous_year": "previous_year:",
    "children_sum": "children_sum:",
    "children_sum_known": "children_sum_known:",
}

COUNT, ROUND, YEARS_AGO = "count", "round", "years_ago"
ALSO_NAMES = (COUNT, ROUND, YEARS_AGO)  # functions before a parenthesis only: facts and rows may be called so too
MOST_DIGITS, MOST_YEARS_AGO = 9, 9

OF_SEVERAL = ("sum", *EXTREMES, COUNT)
OF_ONE = (*NUMBER_FUNCTIONS, "known", *COLUMN_FUNCTIONS)
FUNCTIONS = (*OF_SEVERAL, *OF_ONE, ROUND, YEARS_AGO)

_OF_AN_EARLIER_YEAR = re.compile("previous_year:|years_ago_([0-9]):")
_EARLIER = (COLUMN_FUNCTIONS["previous_year"], f"{YEARS_AGO}_")


def earlier_prefix(years: int) -> str:
    """What stands before the columns of so many years ago."""
    return COLUMN_FUNCTIONS["previous_year"] if years == 1 else f"{YEARS_AGO}_{years}:"


def years_back(column: str) -> int:
    """How many years before the report's own the number of a column is; 0 for one of its own year."""
    if not column.startswith(_EARLIER):
        return 0
    found = _OF_AN_EARLIER_YEAR.match(column)
    return int(found[1] or 1) if found else 0


def without_years(column: str) -> str:
    """The name of a column without what says of which year it is."""
    return _OF_AN_EARLIER_YEAR.sub("", column, count=1) if column.startswith(_EARLIER) else column


def function_of(prefix: str) -> str:
    """The function that reads the columns with a prefix; "" for none."""
    if years_back(prefix) > 1:
        return YEARS_AGO
    return next((name for name, own in COLUMN_FUNCTIONS.items() if own == prefix), "")


def written(column: str) -> str:
    """A column as a formula names it: ``previous_year(requests.granted.total)``."""
    years, name = years_back(column), without_years(column)
    prefix, _, bare = name.rpartition(":")
    if years:
        return f"{YEARS_AGO}({years}, {name})" if years > 1 else f"previous_year({name})"
    return f"{prefix}({bare})" if prefix else name


def rounded(value: FloatArray, digits: int) -> FloatArray:
    """Halves away from zero, as on paper; 2.675 is meant as it is written, whatever its last bit says."""
    scaled = np.abs(value) * 10.0**digits
    result: FloatArray = np.sign(value) * np.floor(scaled + 0.5 + 1e-9 * np.maximum(1.0, scaled)) / 10.0**digits
    return result
