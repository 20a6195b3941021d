"""The numbers that a line may print, by made-up probabilities of each step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.readers.picture.line_reading import NumberAlphabet, agreed, doubted
from disclosure_checks.grammar.readers.picture.number_search import likely_texts
from disclosure_checks.grammar.readers.picture.recognised_page import Shares

NAMES = ("", *"0123456789.", "O", "l", "县")  # as the model names its characters; the first is the gap
ALPHABET = NumberAlphabet(NAMES)
STRICT = {name: [(place, 1.0)] for place, name in enumerate(NAMES) if name.isdigit()}
GAP = {"": 1.0}


def steps(*said: dict[str, float]) -> Shares:
    """What the model says of each step."""
    shares = np.zeros((len(said), len(NAMES)), dtype=np.float32)
    for step, characters in enumerate(said):
        for name, share in characters.items():
            shares[step, NAMES.index(name)] = share
    return shares


def texts(found: Sequence[tuple[str, float]]) -> list[str]:
    return [text for text, _ in found]


def test_a_clear_number_is_the_only_text() -> None:
    assert likely_texts(steps({"1": 1.0}, GAP, {"2": 1.0}), STRICT) == [("12", 1.0)]


def test_a_digit_seen_at_two_steps_is_one_digit_without_a_gap_and_two_with_one() -> None:
    assert texts(likely_texts(steps({"7": 1.0}, {"7": 1.0}), STRICT)) == ["7"]
    assert texts(likely_texts(steps({"7": 1.0}, GAP, {"7": 1.0}), STRICT)) == ["77"]


def test_what_else_a_number_may_be_is_told_with_its_probability() -> None:
    found = dict(likely_texts(steps({"3": 0.75, "8": 0.25}, GAP, {"0": 1.0}), STRICT))
    assert found == pytest.approx({"30": 0.75, "80": 0.25})


def test_two_ways_to_the_same_text_are_added_up() -> None:
    found = dict(likely_texts(steps({"5": 0.5, "": 0.5}, {"5": 1.0}), STRICT))
    assert found == pytest.approx({"5": 1.0})


def test_words_leave_no_number() -> None:
    assert likely_texts(steps({"县": 1.0}), STRICT) == []


def test_a_ring_counts_as_a_zero_and_an_upright_stroke_half_as_a_one() -> None:
    assert dict(ALPHABET.readings(steps({"O": 1.0})))["0"] == pytest.approx(1.0)
    assert dict(ALPHABET.readings(steps({"l": 1.0})))["1"] == pytest.approx(0.5)


def test_a_lone_point_is_no_number_and_its_share_goes_to_what_is_one() -> None:
    found = ALPHABET.readings(steps({".": 0.5, "4": 0.5}))
    assert found == [("4", pytest.approx(1.0))]
    assert ALPHABET.readings(steps({".": 1.0})) == []


def test_only_characters_of_numbers_may_be_a_number() -> None:
    assert ALPHABET.may_be_number("102")
    assert not ALPHABET.may_be_number("1县")
    assert not ALPHABET.may_be_number("")
    assert not ALPHABET.may_be_number("1" * 15)


def test_a_text_with_a_ring_may_be_a_number() -> None:
    assert ALPHABET.may_be_number("1O2")


def test_two_looks_that_see_different_numbers_are_half_sure_of_each() -> None:
    assert agreed([("1", 1.0)], [("7", 1.0)]) == [("1", 0.5), ("7", 0.5)]
    assert agreed([("1", 0.9)], [("1", 0.7)]) == [("1", pytest.approx(0.8))]


def test_more_or_fewer_shapes_than_digits_make_a_reading_doubtful() -> None:
    sure = [("12", 1.0)]
    more, same, fewer = (doubted(sure, frozenset({shapes}))[0][1] for shapes in (3, 2, 1))
    assert more < fewer < same == 1.0
    assert list(doubted([], frozenset({0}))) == []


def test_a_digit_whose_faint_strokes_join_its_halves_is_not_doubtful() -> None:
    assert doubted([("0", 1.0)], frozenset({1, 2})) == [("0", 1.0)]


@given(st.lists(st.lists(st.floats(0, 1, width=32), min_size=len(NAMES), max_size=len(NAMES)), max_size=8))
def test_probabilities_of_texts_are_probabilities_in_falling_order(said: list[list[float]]) -> None:
    shares = np.array(said, dtype=np.float64).reshape(len(said), len(NAMES))
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-6)
    found = likely_texts(shares, STRICT)
    assert len(set(texts(found))) == len(found)
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)
    assert 0 <= sum(share for _, share in found) <= 1 + 1e-4


@given(st.text("0123456789", min_size=1, max_size=10))
def test_any_number_that_is_clearly_seen_is_read(number: str) -> None:
    said = steps(*(step for digit in number for step in ({digit: 1.0}, GAP)))
    assert likely_texts(said, STRICT) == [(number, 1.0)]
