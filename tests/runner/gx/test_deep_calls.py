"""Calls that nest deeply, with room for them."""

from __future__ import annotations

import pytest

from disclosure_checks.runner.gx.deep_calls import call_with_room


def _sum_to(number: int) -> int:
    return number + _sum_to(number - 1) if number else 0


def test_a_function_is_called_and_its_result_given_back() -> None:
    assert call_with_room(lambda: _sum_to(500)) == 125_250


def test_what_a_function_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        call_with_room(lambda: 1 // 0)
