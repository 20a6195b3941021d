from __future__ import annotations

import pytest

from disclosure_checks.rules.corrections.slips import (
    DIGIT_ADDED,
    DIGIT_DOUBLED,
    DIGIT_MISSING,
    DIGITS_SWAPPED,
    NEXT_KEY,
    SIGN,
    same_digits,
    typing_slip,
)


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        pytest.param(21, 12, DIGITS_SWAPPED, id="the digits of a number of two"),
        pytest.param(1324, 1234, DIGITS_SWAPPED, id="two digits inside a number"),
        pytest.param(3214, 1234, "", id="digits that are not beside each other"),
        pytest.param(312, 123, "", id="three digits in another order"),
        pytest.param(14, 134, DIGIT_MISSING, id="a digit missing inside"),
        pytest.param(6, 60, DIGIT_MISSING, id="a zero missing at the end"),
        pytest.param(122, 12, DIGIT_DOUBLED, id="the last digit typed twice"),
        pytest.param(11234, 1234, DIGIT_DOUBLED, id="the first digit typed twice"),
        pytest.param(60, 6, DIGIT_ADDED, id="a zero too many"),
        pytest.param(173, 13, DIGIT_ADDED, id="a foreign digit inside"),
        pytest.param(10, 0, "", id="of nothing nothing is typed twice"),
        pytest.param(5, 10, "", id="a number of another length that shares nothing"),
        pytest.param(45, 46, NEXT_KEY, id="the key to the right"),
        pytest.param(19, 10, NEXT_KEY, id="the key at the end of the upper row"),
        pytest.param(17, 14, NEXT_KEY, id="the key above, on the block of digits"),
        pytest.param(18, 14, "", id="a key further away"),
        pytest.param(28, 14, "", id="two other digits"),
        pytest.param(-7, 7, SIGN, id="a minus too many"),
        pytest.param(-7, 8, "", id="a minus and another number"),
        pytest.param(1.5, 15, "", id="a fraction"),
        pytest.param(15, 1.5, "", id="a fraction meant"),
    ],
)
def test_one_slip_of_the_hand(typed: float, meant: float, slip: str):
    assert typing_slip(typed, meant) == slip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(123, 312, True, id="in any order"),
        pytest.param(12, 21.5, False, id="a fraction"),
        pytest.param(12, 122, False, id="another number of digits"),
    ],
)
def test_the_same_digits(one: float, other: float, same: bool):
    assert same_digits(one, other) is same
