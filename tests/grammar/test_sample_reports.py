"""The five real reports: every cell, and exactly the findings a careful reader makes."""

from __future__ import annotations

import json

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import failed, findings_of, grave, read
from tests.generation.samples import FOLDER, SAMPLES, sample_cells
from tests.golden.record import GOLDEN, sample_findings

GRAVE_FINDINGS = {
    "report_000.txt": set(),
    "report_001.txt": set(),
    "report_002.txt": {("claims.unavailable_not_held", "likely"), ("claims.unavailable_rest", "likely")},
    "report_003.txt": {("sections.unnumbered", "likely")},
    "report_004.txt": {
        ("text.plan_for_past_year", "likely"),
        ("tables.row_shifted", "likely"),
        ("tables.header_shifted", "likely"),
    },
}
IDENTITIES = {
    "report_000.txt": ("湛江奋勇高新区办公室", 2023, "word_text"),
    "report_001.txt": ("经开区管委会", 2023, "word_text"),
    "report_002.txt": ("南湖区人民政府办公室", 2023, "page_text"),
    "report_003.txt": ("赣州经济技术开发区党政办公室", 2023, "word_text"),
    "report_004.txt": ("湛河区工信局", 2024, "tab_separated"),
}


def sample(name: str):
    return read((FOLDER / name).read_bytes(), name)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_a_sample_is_read(name):
    report = sample(name)
    wanted = sample_cells(name)
    assert {cell: report.cells[cell].value for cell in wanted} == wanted
    assert {report.cells[cell].status for cell in wanted} == {CellStatus.READ}
    assert all(report.cells[cell].place for cell in wanted)


@pytest.mark.parametrize("name", SAMPLES)
def test_agency_year_and_layout_of_a_sample(name):
    report = sample(name)
    assert (report.agency, report.year, report.layout) == IDENTITIES[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_grave_findings_of_a_sample_are_those_of_a_careful_reader(name):
    found = grave(findings_of([sample(name)])[name])
    assert {(one.rule, one.severity.value) for one in found} == GRAVE_FINDINGS[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_rule_over_table_cells_fails_on_a_sample(name):
    failing = failed(findings_of([sample(name)])[name])
    assert not [one for one in failing if one.rule.startswith(("requests.", "review.", "proactive.", "values."))]


def test_all_findings_of_the_samples_are_as_recorded():
    assert sample_findings() == json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "whole"), [("report_001.txt", "190"), ("report_003.txt", "4494")])
def test_the_parts_a_sample_names_come_to_their_whole(name, whole):
    facts = sample(name).facts
    (evidence,) = facts["document.sums_holding"].evidence
    assert evidence.expected.startswith(f"{whole} /")
    assert facts["document.sums_exceeding"].value == facts["document.sums_differing"].value == 0
