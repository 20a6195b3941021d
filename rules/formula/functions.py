"""The functions that a formula may call, by kind. Grammar, compilation and evaluation all go by these lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from disclosure_checks.rules.formula.outcomes import FloatArray

# of one number, for all reports at once; what is missing (NaN) stays missing
NUMBER_FUNCTIONS: Mapping[str, Callable[[FloatArray], FloatArray]] = {"abs": np.abs, "floor": np.floor}

# one of several numbers; beside ``sum``, these take wildcards and ranges
EXTREMES: Mapping[str, Callable[..., FloatArray]] = {"min": np.min, "max": np.max}

# of names: each is read from another column of the frame, which begins with this
COLUMN_FUNCTIONS = {
    "previous_year": "previous_year:",
    "children_sum": "children_sum:",
    "children_sum_known": "children_sum_known:",
}

OF_SEVERAL = ("sum", *EXTREMES)
OF_ONE = (*NUMBER_FUNCTIONS, "known", *COLUMN_FUNCTIONS)
FUNCTIONS = (*OF_SEVERAL, *OF_ONE)
