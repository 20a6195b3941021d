from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from random import Random

import numpy as np
import pytest

from disclosure_checks.rules.corrections import smallest_sets as searching
from disclosure_checks.rules.corrections.equations import SignedEquation
from disclosure_checks.rules.corrections.smallest_sets import Changes, smallest_sets


def crossing_sums(rows: int, columns: int) -> list[dict[str, float]]:
    """The weights of a table whose last row and last column hold totals; a cell is ``r<row>c<column>``."""
    own = [
        {f"r{row}c{column}": 1.0 for column in range(columns - 1)} | {f"r{row}c{columns - 1}": -1.0}
        for row in range(rows)
    ]
    down = [
        {f"r{row}c{column}": 1.0 for row in range(rows - 1)} | {f"r{rows - 1}c{column}": -1.0}
        for column in range(columns)
    ]
    return own + down


def wrong(weights: list[dict[str, float]], mistakes: Mapping[str, float]) -> list[SignedEquation]:
    """The equations where the named cells hold so much too much."""
    return [
        SignedEquation(own, -sum(own.get(cell, 0.0) * too_much for cell, too_much in mistakes.items()))
        for own in weights
    ]


def sets_of(
    equations: list[SignedEquation], may_change: Callable[[str], bool] = lambda _: True
) -> set[frozenset[tuple[str, float]]]:
    return {frozenset(one.items()) for one in smallest_sets(equations, may_change, lambda found: found).sets}


def by_trying_all(equations: list[SignedEquation], most: int) -> set[frozenset[str]]:
    """The smallest sets by trying every set of cells there is."""
    cells = sorted({cell for one in equations for cell in one.weights})
    matrix = np.array([[one.weights.get(cell, 0.0) for cell in cells] for one in equations])
    asked = np.array([one.asked for one in equations])
    for size in range(1, most + 1):
        found = set()
        for chosen in combinations(range(len(cells)), size):
            part = matrix[:, chosen]
            solution, *_ = np.linalg.lstsq(part, asked, rcond=None)
            if (
                np.allclose(part @ solution, asked)
                and np.linalg.matrix_rank(part) == size
                and not np.isclose(solution, 0).any()
            ):
                found.add(frozenset(cells[position] for position in chosen))
        if found:
            return found
    return set()


@pytest.mark.parametrize(
    ("mistakes", "sets"),
    [
        pytest.param({"r0c1": 5}, {frozenset({("r0c1", -5.0)})}, id="one cell"),
        pytest.param({"r3c4": 5}, {frozenset({("r3c4", -5.0)})}, id="the total of totals"),
        pytest.param({"r0c0": 5, "r2c2": 3}, {frozenset({("r0c0", -5.0), ("r2c2", -3.0)})}, id="two cells far apart"),
        pytest.param({"r1c0": 5, "r1c3": 3}, {frozenset({("r1c0", -5.0), ("r1c3", -3.0)})}, id="two cells of a row"),
        pytest.param({"r0c2": 5, "r2c2": 3}, {frozenset({("r0c2", -5.0), ("r2c2", -3.0)})}, id="two cells of a column"),
        pytest.param(
            {"r0c0": 1, "r1c1": 2, "r2c2": 4},
            {frozenset({("r0c0", -1.0), ("r1c1", -2.0), ("r2c2", -4.0)})},
            id="three cells far apart",
        ),
        pytest.param(
            {"r1c0": 5, "r1c1": -5},
            {
                frozenset({("r0c0", -5.0), ("r0c1", 5.0)}),
                frozenset({("r1c0", -5.0), ("r1c1", 5.0)}),
                frozenset({("r2c0", -5.0), ("r2c1", 5.0)}),
                frozenset({("r3c0", 5.0), ("r3c1", -5.0)}),
            },
            id="numbers booked in another column fit every row",
        ),
    ],
)  # fmt: skip
def test_the_smallest_sets_of_crossing_sums(mistakes: Mapping[str, float], sets: set[frozenset[tuple[str, float]]]):
    assert sets_of(wrong(crossing_sums(4, 5), mistakes)) == sets


@pytest.mark.parametrize("seed", range(25))
def test_nothing_is_found_but_what_trying_all_sets_finds(seed: int):
    random = Random(seed)
    weights = crossing_sums(random.randint(3, 4), random.randint(3, 4))
    cells = sorted({cell for own in weights for cell in own})
    mistakes = {cell: random.choice((-4, -1, 1, 2, 5)) for cell in random.sample(cells, random.randint(1, 3))}
    equations = wrong(weights, mistakes)
    found = {frozenset(cell for cell, _ in one) for one in sets_of(equations)}
    assert found == by_trying_all(equations, 3)
    assert found or all(one.asked == 0 for one in equations)


def test_a_cell_that_may_not_change_is_in_no_set():
    equations = [SignedEquation({"a": 1.0, "b": 1.0}, 3.0)]
    assert sets_of(equations, lambda cell: cell != "a") == {frozenset({("b", 3.0)})}


def test_larger_sets_are_tried_where_the_smaller_ones_are_refused():
    equations = wrong(crossing_sums(3, 3), {"r0c0": 2})

    def without_the_cell(found: list[Changes]) -> list[Changes]:
        return [one for one in found if "r0c0" not in one]

    found = smallest_sets(equations, lambda _: True, without_the_cell).sets
    assert found
    assert {len(one) for one in found} == {3}


def test_a_search_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searching, "MOST_STEPS", 3)
    found = smallest_sets(wrong(crossing_sums(4, 5), {"r0c0": 1, "r1c1": 2}), lambda _: True, lambda sets: sets)
    assert found == ((), False)


def test_nothing_mends_what_contradicts_itself():
    equations = [SignedEquation({"a": 1.0}, 1.0), SignedEquation({"a": 1.0}, 0.0)]
    assert smallest_sets(equations, lambda _: True, lambda found: found) == ((), True)
