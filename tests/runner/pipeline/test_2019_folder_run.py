"""A folder of specs: reports of both formats in one run, and what becomes of tables that do not fit their year."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.commands.spec_folder import load_specifications, spec_files
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.file_reader import FileReader, FormatLexicon
from disclosure_checks.runner.reading.inputs import InputFile
from tests.checking import ROOT, failed, findings_of, specification
from tests.generation.agencies import random_agency
from tests.generation.layouts.printing import LAYOUTS, print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import FORMAT_2019, FORMAT_2021
from tests.generation.truth import random_report

SPECS = ROOT / "specs"
YEARS = range(2019, 2026)
STATISTICS = """某市某局2016年政府信息公开工作年度报告
一、概述
2016年，我局主动公开政府信息35条。
统计指标\t单位\t统计数
一、主动公开情况\t——\t——
（一）主动公开政府信息数\t条\t35
三、依申请公开情况\t——\t——
（一）收到申请数\t件\t2
"""


def write(folder: Path, name: str, report: GeneratedReport, layout: str = "word_text") -> None:
    (folder / name).write_text(print_layout(report, Random(1), layout), encoding="utf-8")


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over two agencies and seven years, quiet ones: nothing to compare from year to year."""
    folder, out = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("run") / "out"
    for number in range(2):
        agency = random_agency(Random(number))
        for year in YEARS:
            report = random_report(f"{number} {year}", agency=agency, year=year, profile="idle")
            write(folder, f"{year} {agency.name}.txt", report, list(LAYOUTS)[(number + year) % len(LAYOUTS)])
    assert main([str(SPECS), str(folder), "--out", str(out), "--jobs", "1", "--quiet"]) == ExitCode.CLEAN
    return out


def test_each_report_takes_the_format_of_its_year(published: Path):
    records = table(published, "reports.csv")
    assert {(int(record["year"]), record["format"]) for record in records} == {
        (year, FORMAT_2019 if year <= 2020 else FORMAT_2021) for year in YEARS
    }
    assert len(records) == 14
    assert not [record["errors"] for record in records if record["errors"] != "0" or record["likely"] != "0"]


def test_there_is_one_site_with_a_page_for_each_agency_and_year(published: Path):
    pages = {record["page"] for record in table(published, "reports.csv")}
    assert len(pages) == 14
    assert all((published / page).is_file() for page in pages)
    index = (published / "index.html").read_text(encoding="utf-8")
    assert all(page in index for page in pages)


def test_the_exports_hold_the_cells_of_both_formats(published: Path):
    cells = {(record["year"], record["cell"]) for record in table(published, "cells.csv")}
    assert ("2019", "proactive.procurement.amount") in cells
    assert ("2021", "proactive.fees.amount") in cells
    assert ("2021", "proactive.procurement.amount") not in cells


def test_a_rule_of_both_formats_has_one_page_that_shows_both(published: Path):
    page = (published / "rules" / "requests.balance.html").read_text(encoding="utf-8")
    for name in (FORMAT_2019, FORMAT_2021):
        assert specification(name).specification.title.zh in page
    own = {path.stem for path in (published / "rules").glob("*.html")} - {"index"}
    rules = {rule.rule.id for name in (FORMAT_2019, FORMAT_2021) for rule in specification(name).rules}
    assert rules <= own


def test_each_format_has_a_suite_of_its_own(published: Path):
    suites = {path.stem for path in (published / ".gx" / "expectations").rglob("*.json")}
    assert {FORMAT_2019, FORMAT_2021} <= {name for name in (FORMAT_2019, FORMAT_2021) if any(name in s for s in suites)}


# ---- which format a report is read in


@cache
def lexicons() -> list[FormatLexicon]:
    return [format_lexicon(one) for one in load_specifications(SPECS)]


def read_text(tmp_path: Path, text: str, by: FileReader | None = None) -> tuple[str, Report]:
    """The format and the report, by a reader that has read nothing before unless one is given."""
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    ((name, report),) = (by or FileReader(lexicons())).read(InputFile(path, "report.txt"))
    assert isinstance(report, Report), report
    return name, report


def errors(name: str, report: Report) -> set[str]:
    return {one.rule for one in failed(findings_of([report], specification(name))["report.txt"])}


def text_of(report: GeneratedReport) -> str:
    return print_layout(report, Random(1), "word_text")


def test_a_file_is_decoded_once_however_many_formats_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    decoded: list[str] = []
    monkeypatch.setattr(
        sys.modules[FileReader.__module__],
        "decode",
        lambda content, name: decoded.append(name) or decode(content, name),
    )
    for year in (2020, 2023):  # whichever format is tried first, one of them needs both
        read_text(tmp_path, text_of(random_report("once", year=year)), by=FileReader(lexicons()))
    assert decoded == ["report.txt"] * 2


def test_tables_of_2019_in_a_report_for_2023_are_read_and_told(tmp_path: Path):
    generated = random_report("late", year=2020, profile="quiet")
    name, report = read_text(tmp_path, text_of(generated).replace("2020", "2023"))
    assert name == FORMAT_2019
    assert {cell: report.cells[cell].value for cell in generated.cells} == generated.cells
    assert "title.format_year" in errors(name, report)


def test_tables_of_2021_in_a_report_for_2020_are_read_and_told(tmp_path: Path):
    generated = random_report("early", year=2021, profile="quiet")
    name, report = read_text(tmp_path, text_of(generated).replace("2021年", "2020年"))
    assert name == FORMAT_2021
    assert {cell: report.cells[cell].value for cell in generated.cells} == generated.cells
    assert "title.format_year" in errors(name, report)


@pytest.mark.parametrize("name", [FORMAT_2019, FORMAT_2021])
def test_tables_of_the_other_format_are_told_where_only_one_spec_is_given(tmp_path: Path, name: str):
    year = 2021 if name == FORMAT_2019 else 2020
    only = FileReader([format_lexicon(specification(name))])
    read_as, report = read_text(tmp_path, text_of(random_report("other", year=year)), only)
    assert read_as == name
    assert {"title.foreign_tables", "title.format_year"} <= errors(name, report)


def mixed(year: int, tables_two: int, tables_three: int) -> GeneratedReport:
    """A report for a year whose tables 2 and 3 follow the formats of other years."""
    base = random_report("mixed", year=year, profile="quiet")
    sheet = base.sheet
    for identifier, other in (("proactive", tables_two), ("requests", tables_three)):
        sheet = sheet.with_table(random_report("mixed", year=other, profile="quiet").sheet.tables[identifier])
    return replace(base, sheet=sheet)


@pytest.mark.parametrize(
    ("year", "table_two", "table_three", "name", "told"),
    [
        pytest.param(2021, 2021, 2020, FORMAT_2021, {"tables.other_as_one_row"}, id="2021 with （六） as one row"),
        pytest.param(2021, 2020, 2021, FORMAT_2019, {"title.format_year"}, id="2021 with table 2 of 2019"),
        pytest.param(2020, 2021, 2020, FORMAT_2021, {"title.format_year"}, id="2020 with table 2 of 2021"),
        pytest.param(2020, 2020, 2021, FORMAT_2019, {"tables.cells_missing"}, id="2020 with （六） in three rows"),
    ],
)
def test_a_report_that_mixes_formats_is_told(tmp_path: Path, year, table_two, table_three, name, told):
    read_as, report = read_text(tmp_path, text_of(mixed(year, table_two, table_three)))
    assert read_as == name
    assert told <= errors(name, report)


def test_a_table_that_mixes_both_formats_is_told(tmp_path: Path):
    text = text_of(random_report("header", year=2022, profile="quiet"))
    name, report = read_text(tmp_path, text.replace("本年废止件数", "本年新公开数量"))
    assert name == FORMAT_2021
    assert "title.foreign_tables" in errors(name, report)


def test_a_report_without_tables_takes_the_format_of_its_year(tmp_path: Path):
    for year, name in ((2019, FORMAT_2019), (2020, FORMAT_2019), (2021, FORMAT_2021), (2024, FORMAT_2021)):
        generated = random_report("bare", year=year, profile="idle")
        text = text_of(replace(generated, sheet=replace(generated.sheet, tables={})))
        assert read_text(tmp_path, text)[0] == name


def test_statistics_of_2016_take_the_nearest_format_and_are_told(tmp_path: Path):
    name, report = read_text(tmp_path, STATISTICS)
    assert name == FORMAT_2019
    assert report.year == 2016
    assert {"title.format_year", "title.foreign_tables", "tables.missing"} <= errors(name, report)


def test_what_was_read_before_makes_no_difference(tmp_path: Path):
    texts = [text_of(random_report("order", year=year, profile="quiet")) for year in (2019, 2023)]
    texts += [text_of(mixed(2021, 2020, 2021)), STATISTICS]
    alone = [read_text(tmp_path, text) for text in texts]
    for order in ((0, 1, 2, 3), (1, 0, 3, 2), (3, 2, 1, 0)):
        by = FileReader(lexicons())
        for number in order:
            name, report = read_text(tmp_path, texts[number], by)
            assert (name, report.cells, report.facts) == (
                alone[number][0],
                alone[number][1].cells,
                alone[number][1].facts,
            )


# ---- which specs of a folder are used

NATIONAL = "2021_format.yaml"


def folder_with(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "specs"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def extending(path: str, more: str = "") -> str:
    return f"extends: {path}\n{more}"


def test_the_folder_of_the_project_gives_the_two_national_formats():
    assert [path.name for path in spec_files(SPECS)] == ["2019_format.yaml", "2021_format.yaml"]


def test_a_file_that_is_named_is_used_whatever_it_extends():
    assert spec_files(SPECS / "province_example.yaml") == [SPECS / "province_example.yaml"]


def test_a_province_with_a_folder_of_its_own_gives_both_formats(tmp_path: Path):
    files = {name: extending(str(SPECS / f"{name}.yaml")) for name in (FORMAT_2019, FORMAT_2021)}
    folder = folder_with(tmp_path, **files)
    assert [one.specification.format for one in load_specifications(folder)] == [FORMAT_2019, FORMAT_2021]


def test_a_chain_of_extensions_in_one_folder_gives_its_first_file(tmp_path: Path):
    national = (SPECS / NATIONAL).read_text(encoding="utf-8")
    folder = folder_with(tmp_path, a=national, b=extending("a.yaml"), c=extending("b.yaml"))
    assert [path.name for path in spec_files(folder)] == ["a.yaml"]


def test_a_list_of_agencies_beside_the_specs_is_no_spec(tmp_path: Path):
    folder = folder_with(tmp_path, agencies="agencies: []\n", a=extending(str(SPECS / NATIONAL)))
    assert [path.name for path in spec_files(folder)] == ["a.yaml"]


def test_two_files_of_one_format_are_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = folder_with(tmp_path, a=extending(str(SPECS / NATIONAL)), b=extending(str(SPECS / NATIONAL)))
    assert main([str(folder), str(tmp_path), "--out", str(tmp_path / "out"), "--lang", "en"]) == ExitCode.WRONG_CALL
    said = capsys.readouterr().err
    assert "a.yaml" in said
    assert "b.yaml" in said
    assert FORMAT_2021 in said


def test_what_is_wrong_with_a_file_of_the_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = folder_with(tmp_path, a="extends: [\n")
    assert main([str(folder), str(tmp_path), "--out", str(tmp_path / "out")]) == ExitCode.WRONG_CALL
    assert "a.yaml:" in capsys.readouterr().err


def test_a_run_by_the_rules_of_a_province(tmp_path: Path):
    folder, out = tmp_path / "reports", tmp_path / "out"
    folder.mkdir()
    text = text_of(random_report("province", year=2023, profile="idle")).replace("自然人", "公民")
    (folder / "report.txt").write_text(text.replace("统计", "计算"), encoding="utf-8")
    main([str(SPECS / "province_example.yaml"), str(folder), "--out", str(out), "--jobs", "1", "--quiet"])
    found = {(one["rule"], one["severity"]) for one in table(out, "findings.csv")}
    assert ("tables.label_alias", "advisory") in found
    assert (out / "rules" / "province.no_more_pending_than_cases.html").is_file()
