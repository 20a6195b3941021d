"""Slips of the hand between a number that was meant and one that was typed."""

from __future__ import annotations

from itertools import pairwise

DIGITS_SWAPPED = "digits_swapped"
DIGIT_MISSING = "digit_missing"
DIGIT_DOUBLED = "digit_doubled"
DIGIT_ADDED = "digit_added"
NEXT_KEY = "next_key"
SIGN = "sign"

_KEY_LINES = ("1234567890", "789", "456", "123", "741", "852", "963")  # the upper row, and the block of digits
_NEXT_KEYS = frozenset(frozenset(pair) for line in _KEY_LINES for pair in pairwise(line))


def typing_slip(typed: float, meant: float) -> str:
    """The one slip that makes the typed number of the one that was meant; "" where there is none."""
    if typed == -meant:
        return SIGN
    if typed < 0 or meant < 0 or typed != int(typed) or meant != int(meant):
        return ""
    return _slip_of_digits(str(int(typed)), str(int(meant)))


def same_digits(typed: float, meant: float) -> bool:
    """Whether two whole numbers have the same digits in another order."""
    if typed != int(typed) or meant != int(meant):
        return False
    return sorted(str(int(typed))) == sorted(str(int(meant)))


def _slip_of_digits(typed: str, meant: str) -> str:
    if len(typed) == len(meant):
        differing = [position for position, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        if len(differing) == 1:
            [position] = differing
            return NEXT_KEY if frozenset((typed[position], meant[position])) in _NEXT_KEYS else ""
        swapped = len(differing) == 2 and differing[1] - differing[0] == 1 and sorted(typed) == sorted(meant)
        return DIGITS_SWAPPED if swapped else ""
    if len(typed) + 1 == len(meant):
        return DIGIT_MISSING if _positions_to_leave_out(meant, typed) else ""
    if len(typed) == len(meant) + 1:
        extra = _positions_to_leave_out(typed, meant)
        doubled = any(typed[position] in typed[max(position - 1, 0) : position] for position in extra)
        return DIGIT_DOUBLED if doubled else DIGIT_ADDED if extra else ""
    return ""


def _positions_to_leave_out(longer: str, shorter: str) -> list[int]:
    """The digits of the longer number without which it is the shorter one; none where a lone 0 would be left."""
    return [
        position
        for position in range(len(longer))
        if longer[:position] + longer[position + 1 :] == shorter and shorter != "0"
    ]
