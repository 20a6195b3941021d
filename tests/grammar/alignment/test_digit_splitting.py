"""Numbers told apart by equations: what is settled is what was printed, whatever was printed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_checks.grammar.alignment.filling.digit_splitting import chosen_by_equations, settle
from disclosure_checks.grammar.model.lexicon import LinearEquation

CELLS = tuple(f"requests.granted.{column}" for column in "abcdefg")
SUM = LinearEquation((*((cell, 1.0) for cell in CELLS[:-1]), (CELLS[-1], -1.0)))
counts = st.lists(st.integers(0, 3000), min_size=6, max_size=6)


def printed(numbers: list[int]) -> tuple[str, ...]:
    return tuple(str(number) for number in [*numbers, sum(numbers)])


@given(counts)
@settings(deadline=None, max_examples=200)
def test_digits_that_are_settled_are_the_numbers_that_were_printed(numbers):
    settled = settle([(CELLS, [("".join(printed(numbers)),)])], {}, [SUM])
    assert settled.values.items() <= dict(zip(CELLS, [*numbers, sum(numbers)], strict=True)).items()


@given(counts, st.integers(1, 40), st.integers(0, 7))
@settings(deadline=None, max_examples=200)
def test_a_number_too_many_is_left_out_or_the_row_stays_open(numbers, stray, place):
    row = list(printed(numbers))
    chosen = chosen_by_equations(CELLS, [(*row[:place], str(stray), *row[place:])], [SUM])
    assert chosen in (None, (*numbers, sum(numbers)))


def test_the_equation_of_a_row_divides_its_digits():
    settled = settle([(CELLS, [("21710000218",)])], {}, [SUM])
    assert list(settled.values.values()) == [217, 1, 0, 0, 0, 0, 218]
    assert settled.equations == {SUM}


def test_digits_with_one_division_need_no_equation():
    settled = settle([(CELLS, [("0000000",)])], {}, [SUM])
    assert set(settled.values.values()) == {0}
    assert settled.equations == set()


def test_several_fits_stay_open():
    assert settle([(CELLS[:3], [("3357140",)])], {}, [SUM]).values == {}


def test_a_row_whose_column_does_not_come_out_is_taken_back():
    column = LinearEquation(((CELLS[0], 1.0), ("requests.total.a", -1.0)))
    assert settle([(CELLS, [("21710000218",)])], {"requests.total.a": 5.0}, [SUM, column]).values == {}


def test_more_digits_than_a_row_can_hold_have_no_division_and_take_no_time():
    cells = ("one", "two", "three")
    assert settle([(cells, [("9" * 60_000,)])], {}, []).values == {}
