"""Cells that were seen in a picture, settled by the sums of their rows and columns."""

from __future__ import annotations

import math
from random import Random

import pytest

from disclosure_checks.grammar.model.packing import pack, unpack
from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.grammar.recognition.settling import LARGEST_CUT_OUT, MOST_BYTES, MOST_CUT_OUTS
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.formula.outcomes import ResultStatus
from tests.checking import failed, findings_of, lexicon, specification
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_reports
from tests.grammar.recognition.seen_reports import CUT_OUT, UNREAD, Sight, seen_report
from tests.grammar.recognition.simulation import CLEAR, GOOD, POOR, Quality, Tally, tally

GRANTED = "requests.granted.natural_person"
ALONE = "proactive.licences.decisions"


@pytest.fixture(scope="module")
def report() -> GeneratedReport:
    return next(one for one in random_reports(30, 3) if (one.cells.get(GRANTED) or 0) > 12)


def _number(report: GeneratedReport) -> int:
    value = report.cells[GRANTED]
    assert value is not None
    return int(value)


def _open_facts(report: Report) -> dict[str, float]:
    return {
        name.rpartition(".")[2]: fact.value
        for name, fact in report.facts.items()
        if name.startswith("table.") and ".cells_" in name and fact.value and "recognised" not in name
    }


def test_cells_seen_clearly_that_add_up_are_recognised(report):
    seen = seen_report(report)
    assert {cell.status for name, cell in seen.cells.items() if name in report.cells} == {CellStatus.RECOGNISED}
    assert not seen.cut_outs
    assert not seen.relied_on
    assert not _open_facts(seen)


def test_a_report_without_pictures_is_read_as_ever(report):
    from tests.checking import read
    from tests.generation.documents.html import saved_page

    plain = read(saved_page(report.sheet, Random(0)), "report.html")
    assert {cell.status for name, cell in plain.cells.items() if name in report.cells} == {CellStatus.READ}
    assert plain.facts["table.requests.cells_recognised"].value == 0


def test_an_alternative_that_mends_row_and_column_is_inferred_and_its_sums_are_relied_on(report):
    value = _number(report)
    seen = seen_report(report, {GRANTED: Sight(str(value + 1), 0.6, ((str(value), 0.3),))})
    cell = seen.cells[GRANTED]
    assert (cell.value, cell.status, cell.text) == (value, CellStatus.INFERRED, str(value))
    assert {GRANTED in equation for equation in seen.relied_on} == {True}
    assert seen.cut_outs == {GRANTED: CUT_OUT}


def test_a_doubtful_digit_that_its_row_and_column_hold_is_recognised(report):
    value = _number(report)
    seen = seen_report(report, {GRANTED: Sight(str(value), 0.6, ((str(value + 1), 0.3),))})
    assert (seen.cells[GRANTED].value, seen.cells[GRANTED].status) == (value, CellStatus.RECOGNISED)


def test_a_misread_digit_without_the_right_alternative_is_open_and_accuses_nobody(report):
    value = _number(report)
    seen = seen_report(report, {GRANTED: Sight(str(value + 1), 0.6, ((str(value + 3), 0.2),))})
    assert seen.cells[GRANTED].status is CellStatus.AMBIGUOUS
    assert math.isnan(seen.cells[GRANTED].value)
    assert _open_facts(seen) == {"cells_doubtful": 1.0}
    findings = findings_of([seen])["report.html"]
    assert not failed(findings)
    told = [one for one in findings if GRANTED in one.cells and one.status is ResultStatus.FAIL]
    assert [one.rule for one in told] == ["values.seen_unclearly"]
    assert "图片不清或原文有误" in finding_message(told[0], specification())


def test_a_cell_that_could_not_be_read_is_inferred_from_row_and_column(report):
    seen = seen_report(report, {GRANTED: UNREAD})
    assert (seen.cells[GRANTED].value, seen.cells[GRANTED].status) == (_number(report), CellStatus.INFERRED)


def test_a_cell_in_no_sum_that_could_not_be_read_is_unreadable_and_told_once(report):
    seen = seen_report(report, {ALONE: UNREAD})
    assert seen.cells[ALONE].status is CellStatus.UNREADABLE
    assert _open_facts(seen) == {"cells_doubtful": 1.0}


def test_a_cell_in_no_sum_is_recognised_only_where_it_was_seen_clearly(report):
    text = str(report.cells[ALONE])
    assert seen_report(report, {ALONE: Sight(text, 0.9)}).cells[ALONE].status is CellStatus.AMBIGUOUS
    assert seen_report(report, {ALONE: Sight(text, 0.999)}).cells[ALONE].status is CellStatus.RECOGNISED


def test_an_error_of_the_report_seen_clearly_is_an_error_that_says_it_was_read_from_a_picture(report):
    seen = seen_report(report.with_value(GRANTED, _number(report) + 1))
    assert seen.cells[GRANTED].status is CellStatus.RECOGNISED
    errors = [one for one in failed(findings_of([seen])["report.html"]) if GRANTED in one.cells]
    assert errors
    assert all("识读自图片" in finding_message(one, specification()) for one in errors)
    assert GRANTED in seen.cut_outs


def test_an_error_of_the_report_is_not_mended_by_bending_a_doubtful_digit(report):
    value = _number(report)
    beside = "requests.granted.business"
    other = int(report.cells[beside] or 0)
    sights = {beside: Sight(str(other), 0.9, ((str(other + 1), 0.05),))}
    seen = seen_report(report.with_value(GRANTED, value - 1), sights)
    assert seen.cells[GRANTED].value == value - 1
    assert seen.cells[beside].status is not CellStatus.INFERRED


def test_parts_of_the_picture_come_back_from_the_collection_and_are_bounded(report):
    seen = seen_report(report.with_value(GRANTED, _number(report) + 1))
    assert 0 < len(seen.cut_outs) <= MOST_CUT_OUTS
    assert sum(map(len, seen.cut_outs.values())) <= MOST_BYTES
    assert max(map(len, seen.cut_outs.values())) <= LARGEST_CUT_OUT
    assert dict(unpack(pack(seen)).cut_outs) == dict(seen.cut_outs)


# ---- many reports


def _tally(count: int, quality: Quality, plants: bool, seed: int) -> Tally:
    reports = (
        {cell: float(value) for cell, value in one.cells.items() if value is not None}
        for one in random_reports(count, seed)
        if one.format == "2021_format"
    )
    return tally(Random(seed), reports, lexicon().equations, quality, plants)


def test_no_cell_of_a_few_simulated_pictures_is_wrong_and_no_clean_report_accused():
    clean = _tally(12, GOOD, plants=False, seed=1)
    assert (clean.wrong, clean.accused) == ([], 0)


def test_planted_errors_of_clear_pictures_are_found():
    planted = _tally(12, CLEAR, plants=True, seed=5)
    assert planted.found >= planted.planted - 1
    assert planted.wrong == []


@pytest.mark.benchmark
@pytest.mark.parametrize("promises", [1.0, 0.3], ids=["calibrated", "overconfident"])
def test_simulated_pictures_by_the_thousand(promises: float):
    clean = _tally(1000, POOR._replace(promises=promises), plants=False, seed=3)
    planted = _tally(500, CLEAR, plants=True, seed=4)
    print(f"\nclean: {clean}\nplanted: {planted}")
    assert len(clean.wrong) <= 0.0002 * clean.cells
    assert clean.accused <= (0 if promises == 1.0 else 2)  # of 1,000, by a recogniser that tells a third of its doubt
    assert planted.found >= 0.95 * planted.planted
