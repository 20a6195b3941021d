from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.formula.syntax import Addition, Call, Comparison, Conditional, Name, Number, Product, Range


def test_an_equation_keeps_where_each_name_stands():
    tree = parse_formula("received + carried_in == 2")
    assert tree == Comparison(
        "==", Addition(((1.0, Name("received", 0)), (1.0, Name("carried_in", 11))), 0), Number(2.0, 25), 0.0, 22
    )


def test_sums_take_wildcards_ranges_and_expressions():
    tree = parse_formula("sum(refused.*, a .. b, c + 1) == 0")
    assert isinstance(tree, Comparison)
    assert isinstance(tree.left, Call)
    wildcard, span, addition = tree.left.arguments
    assert wildcard == Name("refused.*", 4)
    assert span == Range(Name("a", 15), Name("b", 20), 15)
    assert isinstance(addition, Addition)


def test_a_star_after_a_full_name_multiplies():
    tree = parse_formula("requests.granted.total*2 == 4")
    assert isinstance(tree, Comparison)
    assert tree.left == Product((("*", Name("requests.granted.total", 0)), ("*", Number(2.0, 23))), 0)


def test_parentheses_hold_numbers_and_conditions():
    tree = parse_formula("if (a + b) * 2 > 3 then (c == 1 or not (d == 2)) and known(e)")
    assert isinstance(tree, Conditional)


def test_names_may_begin_like_keywords_and_functions():
    assert parse_formula("order + summary == iffy + sum_total")


@pytest.mark.parametrize(
    ("formula", "code", "offset", "suggestion"),
    [
        pytest.param("a = b", "single_equals", 2, "", id="one equals sign"),
        pytest.param("a ＝＝ b", "full_width_character", 2, "==", id="full-width equals sign"),
        pytest.param("sum（a） == 2", "full_width_character", 3, "(", id="full-width parenthesis"),
        pytest.param("a ≥ 2", "foreign_sign", 2, ">=", id="mathematical sign"),
        pytest.param("a == 2 && b == 3", "foreign_sign", 7, "and", id="ampersand"),
        pytest.param("予以公开 == 3", "label_in_formula", 0, "", id="a label instead of an id"),
        pytest.param("Total == 3", "name_not_lower_case", 0, "total", id="a capital letter"),
        pytest.param("a == 'b'", "unexpected_character", 5, "", id="a quotation mark"),
        pytest.param("a == b == c", "chained_comparison", 7, "", id="chained comparison"),
        pytest.param("a <= b tolerance 1", "tolerance_needs_equality", 2, "", id="tolerance without =="),
        pytest.param("sun(a) == 2", "unknown_function", 0, "sum", id="misspelt function"),
        pytest.param("refused.* == 3", "wildcard_outside_sum", 0, "", id="wildcard outside a sum"),
        pytest.param("a + * == 3", "wildcard_outside_sum", 4, "", id="lone star outside a sum"),
        pytest.param("a == b)", "unmatched_parenthesis", 6, "", id="parenthesis too many"),
        pytest.param("(a == b", "formula_ends_early", 7, "", id="parenthesis missing"),
        pytest.param("a + b ==", "formula_ends_early", 8, "", id="right side missing"),
        pytest.param("if a == 1 b == 2", "unexpected_token", 10, "", id="then missing"),
        pytest.param("a b == 2", "unexpected_token", 2, "", id="two names in a row"),
        pytest.param("", "formula_empty", 0, "", id="nothing"),
        pytest.param("(" * 30 + "a" + ")" * 30, "formula_too_deep", 25, "", id="too many parentheses"),
        pytest.param("not " * 200 + "a == 1", "formula_too_deep", 0, "", id="too many negations"),
        pytest.param("a + " * 600 + "a == 1", "formula_too_long", 2000, "", id="too long"),
    ],
)
def test_a_mistake_is_told_at_its_place(formula: str, code: str, offset: int, suggestion: str):
    with pytest.raises(FormulaError) as caught:
        parse_formula(formula)
    assert (caught.value.code, caught.value.offset, caught.value.suggestion) == (code, offset, suggestion)


def test_a_missing_then_is_among_what_was_expected():
    with pytest.raises(FormulaError) as caught:
        parse_formula("if a == 1 b == 2")
    assert "then" in caught.value.expected


@given(st.text(alphabet="ab.*+-/()<>=!, 1２（＝不sumifthenorandt", max_size=40))
def test_any_text_is_a_formula_or_a_mistake_inside_it(text: str):
    try:
        parse_formula(text)
        offset = 0
    except FormulaError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)
