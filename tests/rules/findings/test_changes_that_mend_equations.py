"""Which changes may be proposed for a failing equation, how many at once, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.corrections.neighbours import NEIGHBOURING_COLUMN
from disclosure_checks.rules.findings.diagnosis import DIGITS_SWAPPED, WITH_OTHERS
from disclosure_checks.rules.findings.finding import Diagnosis
from disclosure_checks.rules.spec.loading import load_specification
from tests.rules.spec_samples import (
    BALANCED,
    BLANK,
    EQUATIONS,
    FORMAT,
    findings_of,
    load_rules,
    rule,
    sample_report,
    write_specification,
)

RECEIVED, CARRIED, GRANTED, FEES = (
    "requests.received.total",
    "requests.carried_in.total",
    "requests.granted.total",
    "stock.fees.amount",
)


def named(folder: Path, values: Mapping[str, float | CellStatus], *rules: str) -> list[Diagnosis | None]:
    """The diagnosis of each failing equation, cells being 0 unless named."""
    compiled = load_rules(folder, *rules)
    return [finding.diagnosis for finding in findings_of(compiled, sample_report(compiled, values))]


# ---- what a cell may hold


def test_only_an_amount_may_become_a_fraction(tmp_path: Path):
    equation = rule("a", f"{FEES} == {GRANTED} + 0.5")
    assert named(tmp_path, {FEES: 7, GRANTED: 1}, equation) == [Diagnosis(FEES, 1.5)]


def test_an_amount_is_never_below_zero(tmp_path: Path):
    equation = rule("a", f"{FEES} + 5 == {GRANTED}")
    assert named(tmp_path, {FEES: 0, GRANTED: 1}, equation) == [Diagnosis(GRANTED, 5)]


def test_a_count_is_never_one_below_zero(tmp_path: Path):
    assert named(tmp_path, {RECEIVED: 4}, rule("a", f"{GRANTED} + 5 == {RECEIVED}")) == [Diagnosis(RECEIVED, 5)]


def test_a_cell_may_become_zero(tmp_path: Path):
    equation = rule("a", f"{GRANTED} + 5 == {RECEIVED}")
    limit = rule("b", f"{RECEIVED} <= 6")
    assert named(tmp_path, {GRANTED: 2, RECEIVED: 5}, equation, limit) == [Diagnosis(GRANTED, 0)]


def test_a_cell_that_counts_twice_changes_by_half(tmp_path: Path):
    equation = rule("a", f"2 * {GRANTED} == {RECEIVED}")
    limit = rule("b", f"{RECEIVED} == 12")
    assert named(tmp_path, {GRANTED: 5, RECEIVED: 12}, equation, limit) == [Diagnosis(GRANTED, 6)]


def test_a_sum_of_decimals_is_named_without_noise(tmp_path: Path):
    equation = rule("a", f"{FEES} == 0.1 * {GRANTED} + 0.2 * {RECEIVED}")
    limits = [rule("b", f"{GRANTED} == 1"), rule("c", f"{RECEIVED} == 1")]
    assert named(tmp_path, {FEES: 1, GRANTED: 1, RECEIVED: 1}, equation, *limits) == [Diagnosis(FEES, 0.3)]


# ---- other rules


@pytest.mark.parametrize(
    ("limit", "diagnosis"),
    [
        pytest.param(rule("b", f"{RECEIVED} <= 4"), None, id="one that holds must not be broken"),
        pytest.param(rule("b", f"{RECEIVED} <= 5"), Diagnosis(RECEIVED, 5), id="one that holds still does"),
        pytest.param(
            rule("b", f"{RECEIVED} <= 4", severity="likely"), Diagnosis(RECEIVED, 5), id="only an error counts"
        ),
        pytest.param(rule("b", f"{CARRIED} <= 4"), Diagnosis(RECEIVED, 5), id="one of other cells does not count"),
        pytest.param(
            rule("b", f"{RECEIVED} + {CARRIED} <= 4"), None, id="one of other cells and this one must not be broken"
        ),
    ],
)
def test_what_other_rules_say_of_a_change(tmp_path: Path, limit: str, diagnosis: Diagnosis | None):
    assert named(tmp_path, {RECEIVED: 1}, rule("a", f"{GRANTED} + 5 == {RECEIVED}"), limit) == [diagnosis]


def test_a_rule_that_fails_anyway_is_not_broken(tmp_path: Path):
    found = named(tmp_path, {RECEIVED: 1}, rule("a", f"{GRANTED} + 5 == {RECEIVED}"), rule("b", f"{RECEIVED} >= 9"))
    assert found == [Diagnosis(RECEIVED, 5), None]


def test_a_rule_that_holds_though_it_reads_a_year_that_is_unknown_is_not_broken(tmp_path: Path):
    held = rule("b", f"{RECEIVED} <= 9 or {RECEIVED} == previous_year({RECEIVED})")
    assert named(tmp_path, {RECEIVED: 1}, rule("a", f"{GRANTED} + 5 == {RECEIVED}"), held) == [Diagnosis(RECEIVED, 5)]


# ---- what an equation is


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(f"{RECEIVED} >= 5", id="an inequality"),
        pytest.param(f"{RECEIVED} != 1", id="what must differ"),
        pytest.param(f"{RECEIVED} == text.slips + 5", id="a number of the text in it"),
        pytest.param(f"{RECEIVED} * {RECEIVED} == 25", id="a product of cells"),
        pytest.param(f"25 == {RECEIVED} * {RECEIVED}", id="a product of cells on the right"),
        pytest.param(f"{RECEIVED} == {GRANTED} * {CARRIED}", id="a product on one side"),
        pytest.param(f"{GRANTED} * {CARRIED} == {RECEIVED}", id="a product on the other side"),
        pytest.param(f"{RECEIVED} == 5 or {RECEIVED} == 6", id="one of two equations"),
    ],
)
def test_no_cell_is_named_where_the_rule_is_no_equation_of_cells(tmp_path: Path, check: str):
    assert named(tmp_path, {RECEIVED: 1}, rule("a", check)) == [None]


def test_a_row_of_a_group_that_is_read_from_its_one_row_is_in_no_sum_of_the_group(tmp_path: Path):
    one_row = {"requests.other.total": 5.0, "requests.results_total.total": 5.0}
    rows = {"requests.other_fee.total": 5.0, "requests.other_fee.person": 1.0}
    total = rule("sum", "results_total == sum(results.*)", loop="column: requests.total")
    row = rule("row", "total == sum(applicants.*)", loop="row: requests.other_fee")
    limit = rule("limit", "sum(applicants.*) <= 1", loop="row: requests.other_fee")
    assert named(tmp_path, {**one_row, **rows}, total, row, limit) == [Diagnosis("requests.other_fee.total", 1)]


# ---- how many changes


def chain(length: int) -> tuple[list[str], dict[str, float]]:
    """Equations of one cell each with a cell that is in all of them, and values that make all of them fail."""
    rows = ("received", "carried_in", "granted", "refused_secret", "refused_internal")
    cells = [f"requests.{row}.person" for row in rows[:length]]
    equations = [rule(f"e{number}", f"{cell} == requests.carried_out.person + 9") for number, cell in enumerate(cells)]
    return equations, {cell: 10.0 + number for number, cell in enumerate(cells)}


IN_ALL = "requests.carried_out.person"  # the cell in all equations of a chain


@pytest.mark.parametrize("length", [2, 3])
def test_up_to_three_changes_mend_equations_that_hang_together(tmp_path: Path, length: int):
    equations, values = chain(length)
    assert named(tmp_path, values, *equations, rule("h", f"{IN_ALL} == 0")) == [Diagnosis(cell, 9) for cell in values]


def test_of_corrections_of_the_same_size_none_is_named(tmp_path: Path):
    equations, values = chain(2)
    compiled = load_rules(tmp_path, *equations)
    first, _ = findings_of(compiled, sample_report(compiled, values))
    assert first.diagnosis is None
    one, other = values
    assert {tuple((change.cell, change.value) for change in each.changes) for each in first.candidates} == {
        ((one, 9.0), (other, 9.0)),
        ((one, 11.0), (IN_ALL, 2.0)),
        ((other, 10.0), (IN_ALL, 1.0)),
    }


def test_four_changes_at_once_are_beyond_a_guess(tmp_path: Path):
    equations, values = chain(4)
    assert named(tmp_path, values, *equations) == [None] * 4


def crowded(others: Sequence[str]) -> tuple[str, ...]:
    """Two equations that share one cell, with other cells besides it."""
    half = len(others) // 2
    return tuple(
        rule(name, f"{GRANTED} + " + " + ".join(cells) + " == 7")
        for name, cells in (("e1", others[:half]), ("e2", others[half:]))
    )


@pytest.mark.parametrize("count", [39, 80])
def test_a_change_is_chosen_among_many_cells(tmp_path: Path, count: int):
    rows = "".join(f"      - {{id: d{n}, label: 文件{n}, columns: [issued]}}\n" for n in range(count))
    text = FORMAT.replace("      - {id: fees,", f"{rows}      - {{id: fees,")
    rules = "".join(crowded([f"stock.d{number}.issued" for number in range(count)]))
    compiled = load_specification(write_specification(tmp_path, f"{text}rules:\n{rules}"))
    found = findings_of(compiled, sample_report(compiled, {}))
    assert [finding.diagnosis for finding in found] == [Diagnosis(GRANTED, 7)] * 2


def test_a_change_that_asks_for_another_one_is_named_with_it(tmp_path: Path):
    equations = [
        rule("a", f"{GRANTED} + 5 == {RECEIVED}"),
        rule("b", f"{RECEIVED} + {CARRIED} == 20"),
        rule("c", f"{CARRIED} == 2"),
    ]
    values = {GRANTED: 1.0, RECEIVED: 7.0, CARRIED: 2.0}
    right = Diagnosis(RECEIVED, 18)
    assert named(tmp_path, values, *equations) == [Diagnosis(RECEIVED, 18, WITH_OTHERS), right]


def test_where_not_all_can_be_mended_a_change_that_mends_one_equation_is_not_named(tmp_path: Path):
    equations = [
        rule("a", f"{GRANTED} + 5 == {RECEIVED}"),
        rule("b", f"{RECEIVED} + {CARRIED} == 20"),
        rule("c", f"{CARRIED} == 2"),
        rule("d", f"{RECEIVED} <= 9"),
    ]
    assert named(tmp_path, {GRANTED: 1, RECEIVED: 7, CARRIED: 2}, *equations) == [None, None]


def test_where_not_all_can_be_mended_a_change_that_mends_two_equations_is_a_candidate_and_no_suspect(tmp_path: Path):
    x, y, z, w = (f"requests.{row}.person" for row in ("received", "carried_in", "granted", "carried_out"))
    values = {x: 4.0, y: 5.0, z: 5.0, w: 7.0}
    failing = [rule("e1", f"{x} + {y} == 10"), rule("e2", f"{x} + {z} == 10"), rule("e3", f"{y} == {w}")]
    holding = [rule("h1", f"{y} == 5"), rule("h2", f"{z} == 5"), rule("h3", f"{w} == 7")]
    compiled = load_rules(tmp_path, *failing, *holding)
    found = findings_of(compiled, sample_report(compiled, values))
    assert [one.diagnosis for one in found] == [None, None, None]
    candidates = [[(change.cell, change.value) for each in one.candidates for change in each.changes] for one in found]
    assert candidates == [[(x, 5.0)], [(x, 5.0)], []]


def test_two_changes_of_one_equation_do_not_mend_another_one(tmp_path: Path):
    a, b, c, d = (f"requests.{row}.person" for row in ("received", "carried_in", "granted", "carried_out"))
    values = {a: 1.0, b: 1.0, c: 1.0, d: 7.0}
    failing = [rule("e1", f"{a} + {b} + {c} == 5"), rule("e2", f"{c} == {d}")]
    assert named(tmp_path, values, *failing, rule("h1", f"{c} == 1"), rule("h2", f"{d} == 7")) == [None, None]


def test_equations_without_a_cell_in_common_do_not_wait_for_each_other(tmp_path: Path):
    alone, two = rule("a", f"{GRANTED} == 5"), rule("b", f"{RECEIVED} == {CARRIED}")
    assert named(tmp_path, {RECEIVED: 2}, alone, two) == [Diagnosis(GRANTED, 5), None]


# ---- what is said


@pytest.mark.parametrize(
    ("printed", "right", "hint"),
    [
        pytest.param(14, 41, DIGITS_SWAPPED, id="two digits swapped"),
        pytest.param(123, 312, DIGITS_SWAPPED, id="three digits in another order"),
        pytest.param(10, 1, "", id="a zero too many"),
        pytest.param(14, 23, "", id="nine apart"),
        pytest.param(14.5, 41, "", id="a fraction printed"),
        pytest.param(14, 41.5, "", id="a fraction meant"),
    ],
)
def test_digits_are_swapped_where_both_are_whole_numbers_of_the_same_digits(
    tmp_path: Path, printed: float, right: float, hint: str
):
    assert named(tmp_path, {FEES: printed}, rule("a", f"{FEES} == {right}")) == [Diagnosis(FEES, right, hint)]


# ---- a number in the neighbouring column

ROW = "requests.granted.total == requests.granted.person + requests.granted.business + requests.granted.charity"
COLUMNS = ("person", "business", "charity")


def booked(folder: Path, values: Mapping[str, float], *more: str, row: str = ROW) -> dict[str, Diagnosis | None]:
    """The diagnosis of each failing column. ``person=5`` is what is granted, ``business_received=5`` what is right."""
    cells = {f"requests.granted.{name}": value for name, value in values.items() if "_" not in name}
    for name, value in values.items():
        if name.endswith("_received"):
            column = name.removesuffix("_received")
            cells |= {f"requests.received.{column}": value, f"requests.carried_in.{column}": value}
    equations = [rule(name, f"requests.granted.{name} == requests.received.{name}") for name in COLUMNS]
    # what was received is right: an equation that holds says so
    kept = [rule(f"kept_{name}", f"requests.received.{name} == requests.carried_in.{name}") for name in COLUMNS]
    compiled = load_rules(folder, rule("row", row), *equations, *kept, *more)
    return {one.rule: one.diagnosis for one in findings_of(compiled, sample_report(compiled, cells))}


MOVED = {"person": 5.0, "total": 5.0, "business_received": 5.0}


def test_a_move_mends_two_columns_where_the_row_holds(tmp_path: Path):
    assert booked(tmp_path, MOVED) == {
        "person": Diagnosis("requests.granted.person", 0, NEIGHBOURING_COLUMN),
        "business": Diagnosis("requests.granted.business", 5, NEIGHBOURING_COLUMN),
    }


def test_a_part_of_a_number_may_have_been_moved(tmp_path: Path):
    assert booked(tmp_path, {**MOVED, "person": 7, "total": 7, "person_received": 2}) == {
        "person": Diagnosis("requests.granted.person", 2, NEIGHBOURING_COLUMN),
        "business": Diagnosis("requests.granted.business", 5, NEIGHBOURING_COLUMN),
    }


@pytest.mark.parametrize(
    ("values", "row"),
    [
        pytest.param({**MOVED, "business_received": 6.0}, ROW, id="not as much is missing as there is too much"),
        pytest.param({**MOVED, "total": 5.0}, ROW.replace("+ requests.granted.b", "+ 2 * requests.granted.b"),
                     id="the row counts one of them twice"),
    ],
)  # fmt: skip
def test_these_are_no_moves(tmp_path: Path, values: Mapping[str, float], row: str):
    assert set(booked(tmp_path, values, row=row).values()) == {None}


def test_numbers_in_columns_that_are_not_next_to_each_other_are_named_for_themselves(tmp_path: Path):
    assert booked(tmp_path, {"person": 5.0, "total": 5.0, "charity_received": 5.0}) == {
        "person": Diagnosis("requests.granted.person", 0),
        "charity": Diagnosis("requests.granted.charity", 5),
    }


def test_what_is_wrong_in_the_row_is_named_beside_a_move(tmp_path: Path):
    assert booked(tmp_path, {**MOVED, "total": 6.0}) == {
        "row": Diagnosis("requests.granted.person", 0, NEIGHBOURING_COLUMN),
        "person": Diagnosis("requests.granted.person", 0, NEIGHBOURING_COLUMN),
        "business": Diagnosis("requests.granted.business", 5, NEIGHBOURING_COLUMN),
    }


def test_more_changes_than_equations_that_fail_are_candidates_and_no_suspects(tmp_path: Path):
    values = {"requests.granted.person": 5.0, "requests.granted.total": 5.0, "requests.received.business": 6.0}
    held = {"requests.carried_in.business": 6.0}
    equations = [rule(name, f"requests.granted.{name} == requests.received.{name}") for name in COLUMNS]
    kept = [rule(f"kept_{name}", f"requests.received.{name} == requests.carried_in.{name}") for name in COLUMNS]
    compiled = load_rules(tmp_path, rule("row", ROW), *equations, *kept)
    found = findings_of(compiled, sample_report(compiled, {**values, **held}))
    assert [one.diagnosis for one in found] == [None, None]
    assert [[(change.cell.split(".")[-1], change.value) for change in one.changes] for one in found[0].candidates] == [
        [("person", 0.0), ("business", 6.0), ("total", 6.0)]
    ]


def test_a_change_of_single_cells_goes_before_a_move(tmp_path: Path):
    person = rule("a_person", "requests.granted.person == requests.carried_in.person")
    business = rule("b_business", "requests.granted.business == requests.carried_out.business")
    values = {"requests.granted.person": 5.0, "requests.granted.total": 5.0, "requests.carried_out.business": 5.0}
    assert named(tmp_path, values, rule("row", ROW), person, business) == [
        Diagnosis("requests.carried_in.person", 5),
        Diagnosis("requests.carried_out.business", 0),
    ]


def test_a_move_is_named_with_a_cell_that_is_wrong_beside_it(tmp_path: Path):
    beside = rule("beside", "requests.received.business == requests.carried_out.business")
    assert booked(tmp_path, MOVED, beside) == {
        "person": Diagnosis("requests.granted.person", 0, NEIGHBOURING_COLUMN),
        "business": Diagnosis("requests.granted.business", 5, NEIGHBOURING_COLUMN),
        "beside": Diagnosis("requests.carried_out.business", 5),
    }


def test_a_move_must_not_break_another_rule(tmp_path: Path):
    assert set(booked(tmp_path, MOVED, rule("limit", "requests.granted.business <= 4")).values()) == {None}
    kept = booked(tmp_path, MOVED, rule("limit", "requests.granted.business <= 5"))
    assert {one and one.hint for one in kept.values()} == {NEIGHBOURING_COLUMN}


def test_a_move_must_not_leave_less_than_nothing(tmp_path: Path):
    values = {"person": 2.0, "total": 2.0, "person_received": -3.0, "business_received": 5.0}
    assert set(booked(tmp_path, values).values()) == {None}


def test_of_two_moves_that_would_mend_the_same_column_none_is_named(tmp_path: Path):
    values = {"business": 5.0, "total": 5.0, "person_received": 5.0, "charity_received": 5.0}
    assert set(booked(tmp_path, values).values()) == {None}


def test_nothing_is_moved_into_a_total(tmp_path: Path):
    pair = ("charity", "total")
    equations = [rule(name, f"requests.granted.{name} == requests.received.{name}") for name in pair]
    kept = [rule(f"kept_{name}", f"requests.received.{name} == requests.carried_in.{name}") for name in pair]
    row = rule("row", "requests.granted.charity + requests.granted.total == 5")
    moved = {"requests.granted.charity": 5.0, RECEIVED: 5.0, CARRIED: 5.0}
    assert named(tmp_path, moved, row, *equations, *kept) == [
        Diagnosis("requests.granted.charity", 0),
        Diagnosis("requests.granted.total", 5),
    ]


# ---- equations that cannot be judged


def test_an_equation_without_one_of_its_cells_is_left_aside(tmp_path: Path):
    compiled = load_rules(tmp_path, *EQUATIONS)
    values = {**BALANCED, "requests.granted.person": 40, "requests.received.business": BLANK}
    found = {f"{one.rule} {one.item}": one.diagnosis for one in findings_of(compiled, sample_report(compiled, values))}
    right = Diagnosis("requests.granted.person", 41)
    assert [name for name, diagnosis in found.items() if diagnosis == right] == [
        "requests.results_sum requests.person",
        "requests.row_total requests.granted",
    ]
