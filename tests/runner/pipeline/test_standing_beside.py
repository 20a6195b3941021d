"""Last year's numbers as pages are given them."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from disclosure_checks.rules.formula.functions import earlier_prefix
from disclosure_checks.runner.pipeline.page_contents.standing_beside import numbers_of_last_year

CELLS = ("requests.new_received.total", "requests.carried_out.total")


def framed(*rows: tuple[float, float]) -> Any:
    """As much of framed reports as is asked: their frame, whose columns stand in another order than the cells."""
    columns = [earlier_prefix(1) + cell for cell in CELLS]
    frame = pd.DataFrame(list(rows), columns=columns)[columns[::-1]]
    return SimpleNamespace(compiled=SimpleNamespace(cells=CELLS), frame=frame)


@pytest.mark.parametrize(
    ("last_year", "given"),
    [
        pytest.param((3.0, 1.0), [3.0, 1.0], id="all is known"),
        pytest.param((math.nan, 1.0), [math.nan, 1.0], id="some of it is known"),
        pytest.param((math.nan, math.nan), [], id="nothing is known"),
    ],
)
def test_the_numbers_of_last_year_are_given_where_any_is_known(last_year, given):
    [_, numbers] = numbers_of_last_year(framed((9.0, 9.0), last_year), [0, 1])
    assert list(numbers) == pytest.approx(given, nan_ok=True)
