"""The columns of the frame: those that say whose report a row is, and the numbers that formulas read."""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure_checks.rules.formula.outcomes import Columns, FloatArray

SOURCE, AGENCY, YEAR = "source", "agency", "year"
TEXT_COLUMNS = (SOURCE, AGENCY, YEAR)


def frame_columns(frame: pd.DataFrame) -> Columns:
    """The numbers of a frame as formulas read them: column name -> float64 array, one value a report, NaN = missing.

    Columns of text may only come first. The arrays are those of the frame, which is large, wherever it allows that.
    """
    first = sum(name in TEXT_COLUMNS for name in frame.columns[: len(TEXT_COLUMNS)])
    names = list(frame.columns[first:])
    matrix: FloatArray = frame.iloc[:, first:].to_numpy(dtype=np.float64)
    return {name: np.ascontiguousarray(matrix[:, position]) for position, name in enumerate(names)}
