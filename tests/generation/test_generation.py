"""The generators agree with themselves, with the equations of the format and with the five real samples."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.generation.__main__ import main
from tests.generation.equations import ALL_EQUATIONS, violated_equations
from tests.generation.grid import Kind, table_slots
from tests.generation.layouts import LATER_LAYOUTS, LAYOUTS, LAYOUTS_KEEPING_EMPTY_CELLS, print_layout
from tests.generation.planting import PLANTERS, WRONG_NUMBERS, plant
from tests.generation.samples import SAMPLES, sample_cells, sample_text
from tests.generation.sheets import GeneratedReport, printed_tables, printed_value
from tests.generation.table_format import cell_ids
from tests.generation.truth import PROFILES, random_report, random_reports
from tests.generation.variations import (
    EMPTY_VARIATIONS,
    ENCODINGS,
    PLACEHOLDER_VARIATIONS,
    SHEET_VARIATIONS,
    TEXT_VARIATIONS,
    encoded,
    print_varied,
    vary,
)

SEEDS = range(200)
TABLE_SECTIONS = re.compile(r"^#* ?二、.*?(?=^#* ?(?:五、|存在的主要问题))", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#* ?[二三四]、(?!.*申请数量|.*继续办理|本年).*情况$\n?", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
WITHOUT_SPACE = {ord(space): None for space in " \t\n\r\f\u00a0\u3000"}


def with_cells(cells: dict[str, int], seed: int = 1) -> GeneratedReport:
    report = random_report(seed)
    sections = tuple(
        replace(section, heading=re.sub("行政机关", "", section.heading)) for section in report.sheet.sections
    )
    return report.with_sheet(replace(report.sheet, tables=printed_tables(cells), sections=sections))


def values_in_order(report: GeneratedReport) -> list[str]:
    return [printed_value(report.cells[cell]) for cell in cell_ids()]


def marked_report(seed: int = 0) -> GeneratedReport:
    """A report whose 200 values are 1001 to 1200, so that each can be found in a text."""
    cells = {cell: 1001 + index for index, cell in enumerate(cell_ids())}
    return replace(with_cells(cells, seed), cells=cells)


# --- the truth --------------------------------------------------------------------------------------------------------


def test_the_format_has_200_cells_and_42_equations() -> None:
    assert len(set(cell_ids())) == 200
    assert len(ALL_EQUATIONS) == 42


@pytest.mark.parametrize("profile", PROFILES)
def test_every_equation_holds(profile: str) -> None:
    for seed in SEEDS:
        report = random_report(seed, profile=profile)
        assert tuple(report.cells) == cell_ids()
        assert violated_equations(report.cells) == (), (profile, seed)


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


# --- the printers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_prints_all_200_values_in_order(layout: str) -> None:
    for seed in range(20):
        report = marked_report(seed)
        printed = print_layout(report, Random(seed), layout)
        found = [number for number in NUMBER.findall(TABLE_SECTIONS.search(printed).group()) if 1001 <= float(number) <= 1200]  # type: ignore[union-attr]
        assert found == values_in_order(report)


@pytest.mark.parametrize("layout", LATER_LAYOUTS)
def test_each_later_layout_prints_all_200_values_in_order(layout: str) -> None:
    report = marked_report()
    printed = re.sub(r"<[^>]*>", " ", print_layout(report, Random(1), layout))
    place = 0
    for value in values_in_order(report):
        place = printed.index(value, place) + len(value)


@pytest.mark.parametrize("layout", [*LAYOUTS, *LATER_LAYOUTS])
def test_each_layout_prints_the_title_every_heading_and_every_paragraph(layout: str) -> None:
    for report in random_reports(40, 2):
        printed = print_layout(report, Random(3), layout)
        plain = unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", printed)).translate(WITHOUT_SPACE)
        sheet = report.sheet
        paragraphs = [text for section in sheet.sections for text in section.paragraphs]
        for text in (*sheet.title, *(section.heading for section in sheet.sections), *sheet.front_matter, *paragraphs):
            assert unicodedata.normalize("NFKC", text).translate(WITHOUT_SPACE) in plain


def test_every_layout_differs_from_every_other() -> None:
    report = random_report(4, profile="busy")
    assert len({print_layout(report, Random(1), layout) for layout in LAYOUTS | LATER_LAYOUTS}) == len(
        LAYOUTS | LATER_LAYOUTS
    )


def table_region(text: str) -> str:
    """What stands from the heading of section two to that of section five, headings left out."""
    found = TABLE_SECTIONS.search(text)
    assert found
    return HEADING.sub("", found.group())


def word_rows(text: str) -> list[list[str]]:
    """The rows of a word processor's export, each a list of cells without white space."""
    rows = re.split(r"\n\s*\n(?=\t)", table_region(text))
    return [[cell.translate(WITHOUT_SPACE) for cell in re.split(r"^\t", row, flags=re.MULTILINE)[1:]] for row in rows]


@pytest.mark.parametrize(
    ("sample", "layout"),
    [
        ("report_000.txt", "word_text_broken_labels"),
        ("report_001.txt", "word_text"),
        ("report_003.txt", "word_text_labels_broken_by_blank_lines"),
    ],
)
def test_the_word_printers_print_the_real_exports(sample: str, layout: str) -> None:
    printed = word_rows(print_layout(with_cells(sample_cells(sample)), Random(1), layout))
    assert len(printed) == 46
    assert printed == word_rows(sample_text(sample))


def test_the_page_printer_prints_the_real_page() -> None:
    half_width = str.maketrans("（），：", "(),:")
    printed = print_layout(with_cells(sample_cells("report_002.txt")), Random(1), "page_text_broken_labels")
    expected = table_region(sample_text("report_002.txt")).translate(WITHOUT_SPACE)
    assert table_region(printed.translate(half_width)).translate(WITHOUT_SPACE) == expected


def test_the_markdown_printer_prints_the_real_export_to_the_letter() -> None:
    printed = print_layout(with_cells(sample_cells("report_004.txt")), Random(1), "markdown_tsv_shifted")
    expected = [line for line in table_region(sample_text("report_004.txt")).splitlines() if line.strip()]
    assert [line for line in table_region(printed).splitlines() if line.strip()] == expected


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_tables_of_the_samples_are_consistent(sample: str) -> None:
    assert violated_equations(sample_cells(sample)) == ()


# --- the variations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variation", SHEET_VARIATIONS)
def test_a_sheet_variation_changes_what_is_printed_and_no_value(variation: str) -> None:
    changed = 0
    for seed in range(12):
        report = random_report(seed, profile="busy")
        varied = vary(report, Random(seed), [variation])
        assert varied.cells == report.cells
        changed += varied.sheet != report.sheet
    assert changed >= 3


@pytest.mark.parametrize("variation", TEXT_VARIATIONS)
def test_a_text_variation_changes_only_what_folding_undoes(variation: str) -> None:
    def folded(text: str) -> str:
        visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
        return visible.translate(WITHOUT_SPACE)

    report = random_report(8, profile="busy")
    plain = print_layout(report, Random(1), "page_text")
    varied = print_varied(report, Random(1), "page_text", [variation])
    assert varied != plain
    assert folded(varied) == folded(plain)


@pytest.mark.parametrize("variation", PLACEHOLDER_VARIATIONS | EMPTY_VARIATIONS)
@pytest.mark.parametrize("layout", LAYOUTS_KEEPING_EMPTY_CELLS)
def test_a_blank_cell_prints_no_number_and_its_neighbours_stay(variation: str, layout: str) -> None:
    report = vary(marked_report(), Random(5), [variation])
    if variation == "empty_zeros":
        report = vary(report, Random(5), ["empty_values"])
    printed = print_layout(report, Random(1), layout)
    found = [int(number) for number in NUMBER.findall(TABLE_SECTIONS.search(printed).group()) if 1001 <= float(number) <= 1200]  # type: ignore[union-attr]
    assert report.blank
    assert found == [value for value in report.cells.values() if value is not None]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_layout_with_every_variation_survives_each_encoding(encoding: str) -> None:
    names = [*SHEET_VARIATIONS, *TEXT_VARIATIONS]
    for layout in LAYOUTS:
        text = print_varied(random_report(6), Random(2), layout, names)
        assert encoded(text, encoding).decode(encoding) == text


# --- planted errors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WRONG_NUMBERS)
def test_a_wrong_number_breaks_an_equation(kind: str) -> None:
    for seed in SEEDS:
        report = random_report(seed)
        _, planted = plant(kind, report, "word_text", Random(seed))
        assert planted.equations
        changed = [cell for cell in report.cells if report.cells[cell] != planted.report.cells[cell]]
        assert tuple(changed) == tuple(cell for cell in report.cells if cell in planted.cells)


@pytest.mark.parametrize("kind", PLANTERS)
@pytest.mark.parametrize("layout", ["word_text", "page_text", "markdown_tsv", "pipes_trailing", "spaced_rows"])
def test_a_planted_document_differs_from_the_sound_one(kind: str, layout: str) -> None:
    report = random_report(21, profile="ordinary")
    text, planted = plant(kind, report, layout, Random(4))
    assert planted.kind == kind
    assert planted.expectation
    assert print_layout(planted.report, Random(9), layout) != print_layout(report, Random(9), layout)
    assert text


def numbers_in_row(report: GeneratedReport, label: str) -> list[int]:
    rows = table_slots(report.sheet.tables["requests"])
    return [
        sum(1 for slot in row if slot.kind is Kind.VALUE) for row in rows if any(slot.text == label for slot in row)
    ]


@pytest.mark.parametrize(
    ("kind", "values"), [("row_with_six_values", 6), ("row_with_eight_values", 8)], ids=["six values", "eight values"]
)
def test_a_row_is_printed_short_or_long(kind: str, values: int) -> None:
    for seed in SEEDS:
        _, planted = plant(kind, random_report(seed), "word_text", Random(seed))
        assert numbers_in_row(planted.report, planted.detail) == [values]


def test_a_missing_row_is_absent_and_nothing_else_is() -> None:
    for seed in SEEDS:
        report = random_report(seed)
        text, planted = plant("row_left_out", report, "word_text", Random(seed))
        assert planted.report.absent == frozenset(planted.cells)
        assert len(planted.cells) == 7
        assert f"\t{planted.detail}\n" not in text
        assert planted.report.blank == ()


def test_a_text_instead_of_a_number_is_unreadable_and_not_blank() -> None:
    _, planted = plant("text_instead_of_number", random_report(3), "word_text", Random(3))
    assert planted.report.unreadable == frozenset(planted.cells)
    assert planted.report.blank == ()


# --- the command ------------------------------------------------------------------------------------------------------


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
