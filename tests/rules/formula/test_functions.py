"""``count``, ``round``, ``years_ago`` and the tolerance in per cent, from the text to the verdict."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.functions import years_back
from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, PASS, RuleInstance
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.spec.compiling.compilation import compile_instance
from disclosure_checks.rules.spec.compiling.loops import LoopKind, Scope
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.source.problems import SpecificationError
from tests.rules.spec_samples import load_rules, rule, specification_text, write_specification

NAN = math.nan


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = write_specification(tmp_path_factory.mktemp("spec"), specification_text())
    return vocabulary_of(load_specification(path).specification)


def compiled(vocabulary: Vocabulary, formula: str) -> tuple[RuleInstance, list[FormulaError]]:
    """The formula in the column ``person`` of the table ``requests``."""
    scope = Scope(LoopKind.COLUMN, "requests.person", "requests", column="person")
    return compile_instance("rule", parse_formula(formula), scope, vocabulary)


@pytest.mark.parametrize(
    ("formula", "cells", "expected"),
    [
        pytest.param("count(refused.*) == 1", {"refused_secret": 0}, PASS, id="count tells how many numbers are known"),
        pytest.param("count(*) == 0", {}, PASS, id="count of nothing known is 0"),
        pytest.param(
            "count(received, granted > 1) == 2", {"received": 0, "granted": 2}, PASS, id="numbers and conditions"
        ),
        pytest.param(
            "count(refused.* > 0) == 1", {"refused_secret": 3, "refused_internal": 0}, PASS, id="each of a group"
        ),
        pytest.param(
            "count(received .. granted >= 2) == 2",
            {"received": 2, "carried_in": 1, "granted": 5},
            PASS,
            id="each of a range",
        ),
        pytest.param("count(refused.* > 0) <= 2", {"refused_secret": 3}, NOT_ASSESSABLE, id="an unknown condition"),
        pytest.param("count(known(received), not (granted == 1)) == 1", {"granted": 3}, PASS, id="known and not"),
        pytest.param("round(received) == 3", {"received": 2.5}, PASS, id="a half is rounded up"),
        pytest.param("round(received) == 0 - 3", {"received": -2.5}, PASS, id="a negative half is rounded down"),
        pytest.param("round(received, 2) == 2.68", {"received": 2.675}, PASS, id="a half that is none in its last bit"),
        pytest.param("round(received, 1) == 2.6", {"received": 2.649}, PASS, id="to one decimal"),
        pytest.param("round(received) == 1", {"received": NAN}, NOT_ASSESSABLE, id="of a missing number"),
        pytest.param("received == granted tolerance 5%", {"received": 105, "granted": 100}, PASS, id="5 % above"),
        pytest.param("received == granted tolerance 5%", {"received": 95, "granted": 100}, PASS, id="5 % below"),
        pytest.param("received == granted tolerance 5%", {"received": 106, "granted": 100}, FAIL, id="more than 5 %"),
        pytest.param(
            "received == granted tolerance 5%", {"received": 100, "granted": 106}, FAIL, id="of the right side"
        ),
        pytest.param(
            "received == granted tolerance 0.5 %", {"received": 201, "granted": 200}, PASS, id="half a per cent"
        ),
        pytest.param("received == granted tolerance 29%", {"received": 129, "granted": 100}, PASS, id="no bit too few"),
        pytest.param("received == granted tolerance 5%", {"received": 1, "granted": 0}, FAIL, id="5 % of nothing"),
        pytest.param("received == granted tolerance 5%", {"received": 1}, NOT_ASSESSABLE, id="a side that is missing"),
    ],
)
def test_functions_and_relative_tolerance(
    vocabulary: Vocabulary, formula: str, cells: dict[str, float], expected: int
) -> None:
    instance, errors = compiled(vocabulary, formula)
    columns = {f"requests.{row}.person": np.array([float(value)]) for row, value in cells.items()}
    assert not errors
    assert evaluate(instance, columns, 1).status[0] == expected


@pytest.mark.parametrize(
    ("formula", "inputs"),
    [
        pytest.param("received <= years_ago(3, granted)", "years_ago_3:requests.granted.person", id="a cell"),
        pytest.param(
            "received <= years_ago(1, granted)", "previous_year:requests.granted.person", id="the year before"
        ),
        pytest.param("received <= years_ago(2, stock.fees.amount)", "years_ago_2:stock.fees.amount", id="a full name"),
        pytest.param("value_of <= 1", "", id="nothing of the kind"),
    ],
)
def test_years_ago_reads_the_column_of_that_year(vocabulary: Vocabulary, formula: str, inputs: str) -> None:
    instance, errors = compiled(vocabulary, formula)
    assert bool(errors) == (not inputs)
    assert [name for name in instance.inputs if years_back(name)] == ([inputs] if inputs else [])


@pytest.mark.parametrize(
    ("check", "code", "column"),
    [
        pytest.param("count(received) + 1 == x", "unknown_row", 24, id="a name that is not there"),
        pytest.param("round(received, 1.5) == 1", "round_needs_decimals", 17, id="one and a half decimals"),
        pytest.param("round(received, 12) == 1", "round_needs_decimals", 17, id="too many decimals"),
        pytest.param("years_ago(0, received) == 1", "years_ago_needs_years", 11, id="no year ago"),
        pytest.param("years_ago(1.5, received) == 1", "years_ago_needs_years", 11, id="a year and a half ago"),
        pytest.param("years_ago(received, 2) == 1", "unexpected_token", 11, id="years behind the name"),
        pytest.param("years_ago(received) == 1", "unexpected_token", 11, id="no years"),
        pytest.param(
            "years_ago(2, previous_year(received)) == 1", "previous_year_twice", 14, id="a year inside another"
        ),
        pytest.param("previous_year(years_ago(2, received)) == 1", "previous_year_twice", 15, id="years inside a year"),
        pytest.param("years_ago(2, children_sum(received)) == 1", "functions_nested", 14, id="a sum inside years"),
        pytest.param("sum(refused.* > 0) == 1", "condition_where_number", 5, id="a condition in a sum"),
        pytest.param("received <= granted tolerance 5%", "tolerance_needs_equality", 10, id="per cent of no equality"),
        pytest.param("received == 5%", "unexpected_token", 14, id="per cent of nothing"),
        pytest.param("received == granted tolerance 5％", "full_width_character", 32, id="a full-width sign"),
        pytest.param("rounds(received) == 1", "unknown_function", 1, id="a function that is not there"),
    ],
)
def test_mistakes_are_told_at_their_place(tmp_path: Path, check: str, code: str, column: int) -> None:
    text = specification_text(rule("a", check, loop="column: requests.person"))
    with pytest.raises(SpecificationError) as raised:
        load_specification(write_specification(tmp_path, text))
    [problem] = raised.value.problems
    before = len("    check: ")
    assert (problem.code, problem.column) == (code, before + column)
    assert "^" in problem.render("zh").splitlines()[2]
    assert "{" not in problem.render("en")


@pytest.mark.parametrize("word", ["count", "round", "years_ago"])
def test_rows_may_be_called_like_the_newer_functions(tmp_path: Path, word: str) -> None:
    text = specification_text(rule("a", f"{word} == 1", loop="column: requests.person"))
    text = text.replace("id: carried_in", f"id: {word}")
    spec = load_specification(write_specification(tmp_path, text))
    assert spec.rules[0].instances[0].inputs == (f"requests.{word}.person",)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param("count(received) == 1", "1 == count(received)", True, id="a count, sides swapped"),
        pytest.param("round(received) <= 3", "round(received, 1) <= 3", False, id="other decimals"),
        pytest.param("received == granted tolerance 5%", "received == granted", False, id="a tolerance and none"),
    ],
)
def test_rules_with_functions_are_compared_as_others_are(tmp_path: Path, first: str, second: str, same: bool) -> None:
    from disclosure_checks.rules.spec.lint.rule_logic import normal_form

    loop = "column: requests.person"
    spec = load_rules(tmp_path, rule("a", first, loop=loop), rule("b", second, loop=loop))
    one, other = (normal_form(each.instances[0].formula) for each in spec.rules)  # type: ignore[arg-type]
    assert (one == other) == same
