"""The spec of the 2019 format: what it holds, what it inherits, what its own rules find."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.loading import load_specification
from tests.checking import ROOT, failed, findings_of, read, specification
from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import FORMAT_2019, FORMAT_2021
from tests.generation.truth import random_report

SPECS = ROOT / "specs"
ITEMS = ("licences", "other_services", "penalties", "coercive_measures")


def compiled() -> CompiledSpecification:
    return specification(FORMAT_2019)


def printed(generated: GeneratedReport, source: str = "report.txt", name: str = FORMAT_2019) -> Report:
    return read(print_layout(generated, Random(1), "word_text"), source, name)


def rules_found(*reports: Report) -> set[str]:
    return {one.rule for findings in findings_of(reports, compiled()).values() for one in failed(findings)}


def test_table_two_has_twenty_two_cells():
    rows = {
        **{
            f"proactive.{row}": ("created", "newly_public", "public_total")
            for row in ("regulations", "normative_documents")
        },
        **{f"proactive.{row}": ("previous_items", "change", "decisions") for row in ITEMS},
        "proactive.fees": ("previous_items", "change"),
        "proactive.procurement": ("items", "amount"),
    }
    wanted = [f"{row}.{column}" for row, columns in rows.items() for column in columns]
    assert [cell for cell in compiled().cells if cell.startswith("proactive.")] == wanted


def test_table_three_has_twenty_three_rows_and_is_otherwise_that_of_2021():
    requests = [cell for cell in compiled().cells if cell.startswith("requests.")]
    of_2021 = [cell for cell in specification(FORMAT_2021).cells if cell.startswith("requests.")]
    assert len(requests) == 23 * 7
    assert requests == [cell for cell in of_2021 if ".other_" not in cell.rpartition(".")[0]]


def test_table_four_and_the_sections_are_those_of_2021():
    own, of_2021 = compiled().specification, specification(FORMAT_2021).specification
    assert own.tables[2] == of_2021.tables[2]
    assert own.sections == of_2021.sections


def test_the_years_and_the_document():
    own = compiled().specification
    assert (own.years.first, own.years.last, own.basis) == (2019, 2020, "国办公开办函〔2019〕60号")
    assert not [rule.rule.id for rule in compiled().rules if "2021" in rule.rule.basis]


@pytest.mark.parametrize(
    "rule_id",
    [
        "requests.balance",
        "requests.results_sum",
        "requests.row_total",
        "review.total",
        "tables.missing",
        "title.region",
    ],
)
def test_rules_of_2021_that_fit_are_inherited(rule_id: str):
    inherited = specification(FORMAT_2021).rule_by_id[rule_id].rule
    own = compiled().rule_by_id[rule_id].rule
    assert (own.check, own.severity, own.title) == (inherited.check, inherited.severity, inherited.title)


@pytest.mark.parametrize(
    ("rule_id", "count"),
    [("requests.balance", 7), ("requests.results_sum", 7), ("requests.row_total", 23), ("review.total", 3)],
)
def test_the_equations_are_there_once(rule_id: str, count: int):
    assert len(compiled().rule_by_id[rule_id].instances) == count


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [
        pytest.param(
            "requests.other.natural_person", 3, "requests.results_sum", id="the one row of （六） is a result"
        ),
        pytest.param("proactive.normative_documents.public_total", 1, "proactive.public_total_covers_new", id="public"),
        pytest.param(
            "proactive.licences.change", -99, "proactive.fewer_items_than_none", id="more dropped than there were"
        ),
        pytest.param("proactive.procurement.items", 0, "proactive.amount_without_items", id="an amount for nothing"),
        pytest.param("proactive.licences.previous_items", -1, "values.not_negative", id="a negative count"),
        pytest.param("proactive.fees.change", 0.5, "values.whole_number", id="a change that is no whole number"),
    ],
)
def test_a_wrong_cell_is_found(cell: str, value: float, rule: str):
    sound = random_report("2019", year=2020, profile="idle")
    for other, number in (
        ("proactive.normative_documents.created", 5),
        ("proactive.normative_documents.newly_public", 5),
        ("proactive.normative_documents.public_total", 5),
        ("proactive.procurement.items", 2),
        ("proactive.procurement.amount", 25.1),
    ):
        sound = sound.with_value(other, number)
    assert not rules_found(printed(sound))
    assert rule in rules_found(printed(sound.with_value(cell, value)))


def test_a_negative_change_is_no_error():
    sound = random_report("2019", year=2020, profile="idle")
    changed = sound.with_value("proactive.licences.previous_items", 9).with_value(
        "proactive.licences.change", -9, "减9"
    )
    assert not rules_found(printed(changed))


def test_items_follow_from_those_of_the_year_before():
    idle = random_report("2019", year=2019, profile="idle")
    earlier = idle.with_value("proactive.licences.previous_items", 5).with_value("proactive.licences.change", 2, "+2")
    own_rule = "proactive.items_carried_over"
    for items, found in ((7, False), (6, True)):
        later = random_report("2019", year=2020, profile="idle").with_value("proactive.licences.previous_items", items)
        reports = [printed(earlier, "2019.txt"), printed(later, "2020.txt")]
        by_source = findings_of([replace(report, agency="某市某局") for report in reports], compiled())
        assert (own_rule in {one.rule for one in failed(by_source["2020.txt"])}) is found


def test_a_year_of_another_format_is_an_error():
    report = printed(random_report("year", year=2020))
    later = read(
        print_layout(random_report("year", year=2020), Random(1), "word_text").replace("2020", "2023"), name=FORMAT_2019
    )
    assert "title.format_year" not in rules_found(report)
    assert "title.format_year" in rules_found(later)


@pytest.mark.parametrize("name", ["2019_format", "2021_format", "province_example"])
def test_a_spec_of_the_folder_loads(name: str):
    assert load_specification(SPECS / f"{name}.yaml").rules


def test_the_example_of_a_province_changes_what_it_says():
    national, province = specification(FORMAT_2021), load_specification(SPECS / "province_example.yaml")
    assert province.specification.format == national.specification.format
    assert set(province.rule_by_id) - set(national.rule_by_id) == {"province.no_more_pending_than_cases"}
    assert province.rule_by_id["period.stated"].rule.severity.value == "likely"
    labels = province.specification.tables[1].columns[0].columns[0].aliases
    assert "公民" in labels
    assert province.cells == national.cells


def test_the_amount_keeps_what_was_printed():
    sound = random_report("amount", year=2019, profile="idle").with_value("proactive.procurement.items", 6)
    report = printed(sound.with_value("proactive.procurement.amount", 25.1, "251000元"))
    cell = report.cells["proactive.procurement.amount"]
    assert (cell.text, cell.value, cell.status) == ("251000元", 25.1, CellStatus.READ)
    assert not report.facts["table.proactive.cells_with_other_unit"].value
    assert not report.facts["table.proactive.cells_with_words"].value
