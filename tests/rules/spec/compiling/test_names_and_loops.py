from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from tests.rules.spec_samples import load_rules, rule


def compiled_rule(folder: Path, check: str, loop: str = "") -> CompiledRule:
    return load_rules(folder, rule("tested", check, loop=loop)).rules[0]


def items(folder: Path, loop: str, check: str = "value >= 0") -> list[str]:
    return [instance.item for instance in compiled_rule(folder, check, loop).instances]


def inputs(folder: Path, check: str, loop: str = "column: requests.total") -> list[str]:
    instance: RuleInstance = compiled_rule(folder, check, loop).instances[0]
    return [name.removeprefix("requests.").removesuffix(".total") for name in instance.inputs]


@pytest.fixture
def compiled(tmp_path: Path) -> CompiledSpecification:
    return load_rules(tmp_path)


def test_cells_stand_in_statutory_order_one_row_cells_after_their_rows(compiled: CompiledSpecification):
    rows = list(dict.fromkeys(cell.split(".")[1] for cell in compiled.cells))
    assert rows == [
        *("received", "carried_in", "granted", "refused_secret", "refused_internal", "other_fee", "other_rest"),
        *("other", "results_total", "carried_out", "documents", "fees"),
    ]
    assert compiled.cells[:5] == (
        "requests.received.person",
        "requests.received.business",
        "requests.received.charity",
        "requests.received.total",
        "requests.carried_in.person",
    )
    assert len(set(compiled.cells)) == len(compiled.cells) == 10 * 4 + 2 + 1


def test_a_row_has_only_the_columns_it_names(compiled: CompiledSpecification):
    assert compiled.cells[-3:] == ("stock.documents.issued", "stock.documents.in_force", "stock.fees.amount")


@pytest.mark.parametrize(
    ("loop", "check", "expected"),
    [
        pytest.param(
            "column: requests.*",
            "received == 0",
            ["person", "business", "charity", "total"],
            id="all columns with the total",
        ),
        pytest.param(
            "column: requests.organisations", "received == 0", ["business", "charity"], id="columns of a group"
        ),
        pytest.param(
            'column: requests.*, except: ["requests.total"]',
            "received == 0",
            ["person", "business", "charity"],
            id="all columns but one",
        ),
        pytest.param(
            "row: requests.refused", "total == 0", ["refused_secret", "refused_internal"], id="rows of a group"
        ),
        pytest.param("row: requests.other", "total == 0", ["other"], id="the one row of a group, named"),
        pytest.param("row: [requests.granted, requests.granted]", "total == 0", ["granted"], id="an item named twice"),
        pytest.param("row: stock.*", "in_force >= issued", ["documents"], id="only rows that have the cells"),
        pytest.param(
            "cell: stock.*.*",
            "value >= 0",
            ["documents.issued", "documents.in_force", "fees.amount"],
            id="only cells that a row has",
        ),
        pytest.param(
            "cell: requests.granted.*",
            "value >= 0",
            [f"granted.{column}" for column in ("person", "business", "charity", "total")],
            id="cells of a row",
        ),
        pytest.param("cell: requests.other.total", "value >= 0", ["other.total"], id="a one-row cell, named"),
        pytest.param('section: "*"', "count >= 1", ["section.overview", "section.requests"], id="all sections"),
        pytest.param("table: stock", "count >= 1", ["table.stock"], id="one table"),
        pytest.param(
            "fact: text.aspect_*", "value >= 1", ["text.aspect_one", "text.aspect_two"], id="facts that begin alike"
        ),
    ],
)
def test_a_loop_has_these_items(tmp_path: Path, loop: str, check: str, expected: list[str]):
    short = [item.removeprefix("requests.").removeprefix("stock.") for item in items(tmp_path, loop, check)]
    assert short == expected


def test_a_loop_over_all_cells_leaves_one_row_groups_out(tmp_path: Path):
    found = items(tmp_path, "cell: requests.*.*")
    assert len(found) == 9 * 4
    assert not any(item.startswith("requests.other.") for item in found)


def test_a_loop_over_all_rows_holds_the_total_row(tmp_path: Path):
    found = items(tmp_path, "row: requests.*", "total == 0")
    assert "requests.results_total" in found
    assert "requests.other" not in found


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        pytest.param("refused == 0", ["refused_secret", "refused_internal"], id="a group is its rows"),
        pytest.param("other == 0", ["other", "other_fee", "other_rest"], id="a one-row group is its row or its rows"),
        pytest.param(
            "sum(results.*) == 0",
            ["granted", "refused_secret", "refused_internal", "other", "other_fee", "other_rest"],
            id="a wildcard leaves the total out and goes into nested groups",
        ),
        pytest.param(
            "sum(*) == 0",
            [
                "received",
                "carried_in",
                "granted",
                "refused_secret",
                "refused_internal",
                "other",
                "other_fee",
                "other_rest",
                "carried_out",
            ],
            id="a lone star is every row but totals",
        ),
        pytest.param(
            "sum(granted .. other_rest) == 0",
            ["granted", "refused_secret", "refused_internal", "other", "other_fee", "other_rest"],
            id="a range takes whole one-row groups as such",
        ),
        pytest.param(
            "sum(granted .. other_fee) == 0",
            ["granted", "refused_secret", "refused_internal", "other_fee"],
            id="a range takes part of a one-row group as rows",
        ),
        pytest.param(
            "sum(refused .. results_total) == 0",
            ["refused_secret", "refused_internal", "other", "other_fee", "other_rest", "results_total"],
            id="a range holds a total that it names",
        ),
        pytest.param(
            "granted == previous_year(granted)", ["granted", "previous_year:requests.granted"], id="the year before"
        ),
    ],
)
def test_names_in_a_column(tmp_path: Path, check: str, expected: list[str]):
    assert inputs(tmp_path, check) == expected


@pytest.mark.parametrize(
    ("check", "loop", "expected"),
    [
        pytest.param(
            "total == sum(applicants.*)",
            "row: requests.granted",
            [
                "requests.granted.total",
                "requests.granted.person",
                "requests.granted.business",
                "requests.granted.charity",
            ],
            id="columns of nested groups, without the total",
        ),
        pytest.param(
            "total == sum(person .. charity)",
            "row: requests.other",
            ["requests.other.total", "requests.other.person", "requests.other.business", "requests.other.charity"],
            id="the one row of a group, named in the loop",
        ),
        pytest.param(
            "requests.refused.organisations == 0",
            "",
            [
                "requests.refused_secret.business",
                "requests.refused_secret.charity",
                "requests.refused_internal.business",
                "requests.refused_internal.charity",
            ],
            id="a group of rows in a group of columns",
        ),
        pytest.param("sum(requests.*.total) == 0", "column: requests.person", None, id="all rows of a full name"),
        pytest.param(
            "sum(requests.refused.*.total) == 0",
            "",
            ["requests.refused_secret.total", "requests.refused_internal.total"],
            id="rows of a group in full",
        ),
        pytest.param(
            "sum(section.*.unnumbered) == 0",
            "",
            ["section.overview.unnumbered", "section.requests.unnumbered"],
            id="a fact of every section",
        ),
        pytest.param(
            "sum(text.aspect_*) >= 1", "", ["text.aspect_one", "text.aspect_two"], id="facts that begin alike"
        ),
        pytest.param("text.plan_year > report.year", "", ["text.plan_year", "report.year"], id="facts in full"),
        pytest.param("rows_missing == 0", "table: requests", ["table.requests.rows_missing"], id="a fact of the table"),
        pytest.param(
            "if section.overview.count == 1 then value >= 1",
            "fact: text.aspect_one",
            ["section.overview.count", "text.aspect_one"],
            id="a full name inside a loop",
        ),
    ],
)
def test_names_elsewhere(tmp_path: Path, check: str, loop: str, expected: list[str] | None):
    found = list(compiled_rule(tmp_path, check, loop).instances[0].inputs)
    if expected is None:
        assert len(found) == 9
        assert all(name.endswith(".total") for name in found)
    else:
        assert found == expected


def test_linear_sides_hold_signs_and_leave_constants_and_one_rows_out(tmp_path: Path):
    instance = compiled_rule(tmp_path, "2 * granted - (received - 3) == other + 1", "column: requests.total").instances[
        0
    ]
    assert instance.left == (("requests.granted.total", 2.0), ("requests.received.total", -1.0))
    assert instance.right == (("requests.other_fee.total", 1.0), ("requests.other_rest.total", 1.0))


@pytest.mark.parametrize("check", ["granted / received <= 0.5", "abs(granted) == 1", "granted * received == 0"])
def test_what_is_not_linear_has_no_terms(tmp_path: Path, check: str):
    instance = compiled_rule(tmp_path, check, "column: requests.total").instances[0]
    assert (instance.left, instance.right) == ((), ())


def test_facts_are_those_of_the_grammar_and_of_the_spec(compiled: CompiledSpecification):
    assert {
        "report.year",
        "document.title_year",
        "section.overview.count",
        "table.stock.rows_missing",
        "text.slips",
    } <= {*compiled.facts}
