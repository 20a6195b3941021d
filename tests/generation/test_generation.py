"""The invented reports are consistent, repeatable and plausible, and the command writes them with their truth."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from random import Random

import pytest

from tests.generation.__main__ import main
from tests.generation.equations import ALL_EQUATIONS, violated_equations
from tests.generation.layouts.printing import LAYOUTS, print_layout
from tests.generation.samples import SAMPLES, sample_cells
from tests.generation.table_format import cell_ids
from tests.generation.truth import PROFILES, random_report, random_reports

SEEDS = range(200)
NUMBER = re.compile(r"\d+")


def test_the_format_has_200_cells_and_42_equations() -> None:
    assert len(set(cell_ids())) == 200
    assert len(ALL_EQUATIONS) == 42


@pytest.mark.parametrize("profile", PROFILES)
def test_every_equation_holds(profile: str) -> None:
    for seed in SEEDS:
        report = random_report(seed, profile=profile)
        assert tuple(report.cells) == cell_ids()
        assert violated_equations(report.cells) == (), (profile, seed)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_tables_of_the_samples_are_consistent(sample: str) -> None:
    assert violated_equations(sample_cells(sample)) == ()


def test_an_idle_body_has_only_zeros_and_an_enormous_one_has_numbers_of_five_digits() -> None:
    assert set(random_report(1, profile="idle").cells.values()) == {0}
    largest = max(max(filter(None, random_report(seed, profile="enormous").cells.values())) for seed in SEEDS)
    assert 10_000 <= largest < 100_000


def test_what_else_must_be_plausible_is() -> None:
    for report in random_reports(500, 3):
        cells = report.cells
        numbers = {cell: float(value or 0) for cell, value in cells.items()}
        assert min(numbers.values()) >= 0
        for row in ("regulations", "normative_documents"):
            issued, repealed, in_force = (numbers[f"proactive.{row}.{c}"] for c in ("issued", "repealed", "in_force"))
            assert in_force + repealed >= issued
        makes_rules = report.agency.endswith("市人民政府")
        assert makes_rules or all(numbers[cell] == 0 for cell in cells if cell.startswith("proactive.regulations."))
        all_requests = numbers["requests.new_received.total"] + numbers["requests.carried_in.total"]
        assert numbers["requests.carried_out.total"] <= all_requests / 2
        last_section = "".join(report.sheet.sections[-1].paragraphs)
        if numbers["requests.other_fee_unpaid.total"]:
            assert re.search(r"收取信息处理费[1-9]\d*0元", last_section)


def test_the_same_seed_gives_the_same_document() -> None:
    assert random_report(11) == random_report(11)
    assert random_report(11).sheet.front_matter != random_report(12).sheet.front_matter
    for layout in LAYOUTS:
        assert print_layout(random_report(11), Random(1), layout) == print_layout(random_report(11), Random(1), layout)


def test_agencies_are_distinct_and_all_years_occur() -> None:
    reports = list(random_reports(600, 5))
    assert len({report.agency for report in reports}) == 600
    assert {report.year for report in reports} == {2021, 2022, 2023, 2024, 2025}


def test_the_text_names_the_numbers_of_the_tables() -> None:
    for report in random_reports(300, 9):
        said = "".join(report.sheet.sections[0].paragraphs)
        received = re.search(r"收到?政府信息公开申请(\d+)件", said)
        if received:
            assert int(received.group(1)) == report.cells["requests.new_received.total"]
        carried_out = re.search(r"结转(?:下年度继续办理|至下年度)(\d+)件", said)
        if carried_out:
            assert int(carried_out.group(1)) == report.cells["requests.carried_out.total"]
        reconsiderations = re.search(r"被申请行政复议(\d+)件", said)
        if reconsiderations:
            assert int(reconsiderations.group(1)) == report.cells["review.reconsideration.total"]


def test_the_parts_named_in_the_text_add_up_to_the_results() -> None:
    checked = 0
    for report in random_reports(300, 10):
        said = "".join(report.sheet.sections[0].paragraphs)
        parts = re.search(r"(?:其中，|办理结果中，|按办理结果分，)([^。]*)。", said)
        if parts:
            checked += 1
            assert sum(map(int, NUMBER.findall(parts.group(1)))) == report.cells["requests.results_total.total"]
    assert checked > 50


def test_the_command_writes_reports_and_the_truth_beside_them(tmp_path: Path) -> None:
    out, truth = tmp_path / "reports", tmp_path / "truth.csv"
    assert main([str(out), "--reports", "40", "--seed", "7", "--truth", str(truth)]) == 0
    names = sorted(path.name for path in out.iterdir())
    assert len(names) == 40
    assert names[1] == "0001_word_text_broken_labels.txt"
    with truth.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40 * 200
    assert {row["report"] for row in rows} == set(names)


def test_the_truth_may_not_stand_among_the_reports(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--truth", str(tmp_path / "truth.csv")])
