"""How far apart numbers may be that count as equal, and what a missing number leaves open."""

from __future__ import annotations

import math

import pytest

from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, PASS
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.loading import load_specification
from tests.rules.formula.test_evaluation import outcome, status
from tests.rules.spec_samples import specification_text, write_specification

NAN = math.nan


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = write_specification(tmp_path_factory.mktemp("spec"), specification_text())
    return vocabulary_of(load_specification(path).specification)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("received == granted", PASS),
        ("received != granted", FAIL),
        ("received <= granted", PASS),
        ("received >= granted", PASS),
        ("received < granted", FAIL),
        ("received > granted", FAIL),
    ],
)
@pytest.mark.parametrize(("received", "granted"), [(0.3, 0.1 + 0.2), (0.1 + 0.2, 0.3), (0.3, 0.3), (4, 4)])
def test_numbers_that_differ_in_the_last_bit_are_equal(
    vocabulary: Vocabulary, formula: str, expected: int, received: float, granted: float
):
    assert status(vocabulary, formula, received=received, granted=granted) == expected


@pytest.mark.parametrize(
    ("formula", "less", "more"),
    [
        ("received == granted", FAIL, FAIL),
        ("received != granted", PASS, PASS),
        ("received <= granted", PASS, FAIL),
        ("received >= granted", FAIL, PASS),
        ("received < granted", PASS, FAIL),
        ("received > granted", FAIL, PASS),
    ],
)
@pytest.mark.parametrize("apart", [1, 0.001, 1e-6])
def test_numbers_that_differ_by_more_are_not(vocabulary: Vocabulary, formula: str, less: int, more: int, apart: float):
    assert status(vocabulary, formula, received=1, granted=1 + apart) == less
    assert status(vocabulary, formula, received=1 + apart, granted=1) == more


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        pytest.param(1_000_000.5, 1_000_000.5009, True, id="decimals to a thousand millionth of themselves"),
        pytest.param(1_000_000.5, 1_000_000.5021, False, id="not to two thousand millionths"),
        pytest.param(0.5, 0.5 + 1.4e-9, True, id="small decimals to the ninth digit"),
        pytest.param(0.5, 0.5 + 1.6e-9, False, id="not to the eighth digit"),
        pytest.param(10**12, 10**12 + 1, False, id="whole numbers to the last one"),
        pytest.param(10**12, 10**12 + 0.5, True, id="a whole number and a decimal as decimals"),
    ],
)
def test_decimals_are_compared_with_a_slack_that_whole_numbers_do_not_have(
    vocabulary: Vocabulary, left: float, right: float, equal: bool
):
    for one, another in ((left, right), (right, left), (-left, -right)):
        assert (status(vocabulary, "received == granted", received=one, granted=another) == PASS) is equal


@pytest.mark.parametrize(
    ("right", "expected"),
    [(2.5, PASS), (1.5, PASS), (2.5 + 1e-12, PASS), (2.500001, FAIL), (1.499999, FAIL)],
)
def test_a_tolerance_is_kept_to_the_last_bit(vocabulary: Vocabulary, right: float, expected: int):
    assert status(vocabulary, "received == granted tolerance 0.5", received=2, granted=right) == expected


@pytest.mark.parametrize(("right", "expected"), [(3, PASS), (1, PASS), (4, FAIL), (0, FAIL)])
def test_a_whole_tolerance_of_whole_numbers_is_exact(vocabulary: Vocabulary, right: float, expected: int):
    assert status(vocabulary, "received == granted tolerance 1", received=2, granted=right) == expected


@pytest.mark.parametrize(
    ("received", "granted", "expected"),
    [
        (1, 1, PASS), (1, 0, FAIL), (1, NAN, NOT_ASSESSABLE),
        (0, 1, PASS), (0, 0, PASS), (0, NAN, PASS),
        (NAN, 1, NOT_ASSESSABLE), (NAN, 0, NOT_ASSESSABLE), (NAN, NAN, NOT_ASSESSABLE),
    ],
)  # fmt: skip
def test_a_condition_and_its_consequence(vocabulary: Vocabulary, received: float, granted: float, expected: int):
    cells = {"received": received, "granted": granted}
    assert status(vocabulary, "if received == 1 then granted == 1", **cells) == expected


@pytest.mark.parametrize(
    ("received", "granted", "both", "either"),
    [
        (1, 1, PASS, PASS), (1, 0, FAIL, PASS), (0, 1, FAIL, PASS), (0, 0, FAIL, FAIL),
        (1, NAN, NOT_ASSESSABLE, PASS), (NAN, 1, NOT_ASSESSABLE, PASS),
        (0, NAN, FAIL, NOT_ASSESSABLE), (NAN, 0, FAIL, NOT_ASSESSABLE),
        (NAN, NAN, NOT_ASSESSABLE, NOT_ASSESSABLE),
    ],
)  # fmt: skip
def test_both_and_either(vocabulary: Vocabulary, received: float, granted: float, both: int, either: int):
    cells = {"received": received, "granted": granted}
    assert status(vocabulary, "received == 1 and granted == 1", **cells) == both
    assert status(vocabulary, "received == 1 or granted == 1", **cells) == either
    opposite = {PASS: FAIL, FAIL: PASS, NOT_ASSESSABLE: NOT_ASSESSABLE}
    assert status(vocabulary, "not (received == 1 and granted == 1)", **cells) == opposite[both]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("received + granted == 0", 5),
        ("received - granted == 0", 1),
        ("2 * received - 3 * granted == 0", 0),
        ("received * granted == 0", 6),
        ("received / granted == 0", 1.5),
        ("abs(granted - received) == 0", 1),
        ("floor(received / granted) == 0", 1),
        ("min(received, granted) == 0", 2),
        ("max(received, granted) == 0", 3),
        ("received - 2 == 0", 1),
    ],
)
def test_what_the_left_side_comes_to(vocabulary: Vocabulary, formula: str, value: float):
    assert outcome(vocabulary, formula, received=3, granted=2).left[0] == value


@pytest.mark.parametrize(
    "formula", ["received / granted == 0", "received * carried_in == 0", "received + carried_in == 0"]
)
def test_what_cannot_be_computed_is_missing(vocabulary: Vocabulary, formula: str):
    assert status(vocabulary, formula, received=3, granted=0, carried_in=NAN) == NOT_ASSESSABLE
