from __future__ import annotations

import pytest

from disclosure_checks.rules.corrections.equations import SignedEquation
from disclosure_checks.rules.corrections.missing_values import missing_values


def asking(asked: float, *cells: str) -> SignedEquation:
    return SignedEquation(dict.fromkeys(cells, 1.0), asked)


@pytest.mark.parametrize(
    ("equations", "values"),
    [
        pytest.param([asking(5, "a"), asking(5, "a")], {"a": 5.0}, id="two sums that agree"),
        pytest.param([asking(5, "a")], {}, id="one sum alone"),
        pytest.param([asking(5, "a"), asking(6, "a")], {}, id="two sums that disagree"),
        pytest.param([asking(-5, "a"), asking(-5, "a")], {}, id="less than nothing"),
        pytest.param([asking(0.5, "a"), asking(0.5, "a")], {}, id="a fraction of a count"),
        pytest.param([asking(0, "a"), asking(0, "a")], {"a": 0.0}, id="nothing is a number"),
        pytest.param(
            [asking(1, "a"), asking(2, "b"), asking(3, "a", "b")], {"a": 1.0, "b": 2.0}, id="a whole column of totals"
        ),
        pytest.param(
            [asking(1, "a"), asking(3, "a", "b"), asking(2, "b")], {"a": 1.0, "b": 2.0}, id="one found through another"
        ),
        pytest.param([asking(3, "a", "b"), asking(3, "a", "b")], {}, id="two cells nothing tells apart"),
        pytest.param(
            [asking(1, "a"), asking(1, "a"), asking(4, "a", "b", "c")], {"a": 1.0}, id="a third sum that lacks others"
        ),
    ],
)
def test_what_two_sums_fix(equations: list[SignedEquation], values: dict[str, float]):
    def is_a_count(_cell: str, value: float) -> bool:
        return value >= 0 and value == int(value)

    assert missing_values(equations, ["a", "b", "c"], is_a_count) == values
