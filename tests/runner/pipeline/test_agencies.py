"""Runs with a list of agencies: renamed bodies, missing reports, similar names, governments against their departments."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import SPECIFICATION
from tests.generation.agencies import Agency
from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report

CITY, FINANCE, INDUSTRY, DATA = "平川市人民政府", "平川市财政局", "平川市工业和信息化局", "平川市数据局"
OLD_INDUSTRY = "平川市经济和信息化委员会"
AGENCIES = f"""\
agencies:
  - {{name: {CITY}, kind: government, makes_rules: true}}
  - {{name: {FINANCE}, kind: department, parent: {CITY}}}
  - name: {INDUSTRY}
    kind: department
    parent: {CITY}
    former_names: [{{name: {OLD_INDUSTRY}, until: 2022}}]
  - {{name: {DATA}, kind: department, parent: {CITY}, reports_from: 2023}}
"""


def made(agency: str, year: int, profile: str = "quiet") -> GeneratedReport:
    return random_report(f"{agency} {year}", agency=Agency(agency, "我局", False), year=year, profile=profile)


def write(folder: Path, report: GeneratedReport) -> None:
    folder.mkdir(exist_ok=True)
    text = print_layout(report, Random(1), "word_text")
    (folder / f"{report.agency}{report.year}.txt").write_text(text, encoding="utf-8")


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run(tmp_path: Path, *words: object, spec: Path = SPECIFICATION) -> tuple[int, Path]:
    out = tmp_path / "out"
    return main([str(spec), *map(str, words), "--out", str(out), "--jobs", "1", "--fail-on", "never"]), out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two years of a city, its bureau of finance and a renamed department, and a name that is nearly right."""
    folder = tmp_path / "reports"
    for agency, year in ((OLD_INDUSTRY, 2022), (INDUSTRY, 2023), (FINANCE, 2022)):
        write(folder, made(agency, year))
    write(folder, made("平川市财正局", 2023))
    departments = [made(OLD_INDUSTRY, 2022), made(FINANCE, 2022)]
    city = made(CITY, 2022, "idle")
    for cell in city.cells:
        whole = sum(report.cells[cell] or 0 for report in departments)
        city = city.with_value(cell, round(whole, 4))
    write(folder, city.with_value("proactive.licences.decisions", 0))
    (folder / "agencies.yaml").write_text(AGENCIES, encoding="utf-8")
    return folder


def test_a_renamed_agency_has_one_row_and_its_canonical_name_in_the_data(tmp_path, folder):
    code, out = run(tmp_path, folder)
    assert code == ExitCode.CLEAN
    reports = {(one["agency"], one["year"]): one["page"] for one in table(out, "reports.csv")}
    assert {(INDUSTRY, "2022"), (INDUSTRY, "2023")} <= set(reports)
    assert (OLD_INDUSTRY, "2022") not in reports
    index = (out / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(rf'<th scope="row"><a [^>]+>{INDUSTRY}</a></th>', index)) == 1
    later = (out / reports[INDUSTRY, "2023"]).read_text(encoding="utf-8")
    assert f"../{reports[INDUSTRY, '2022']}" in later  # the link to the year before


def test_the_year_before_of_a_renamed_agency_is_found(tmp_path, folder):
    before = made(OLD_INDUSTRY, 2022).with_value("requests.carried_out.total", 77)
    write(folder, before)
    _, out = run(tmp_path, folder)
    carried = [
        one
        for one in table(out, "findings.csv")
        if one["rule"] == "years.carried_in_total" and one["agency"] == INDUSTRY
    ]
    assert "77" in {one["expected"] for one in carried}


def test_missing_reports_are_listed_in_the_data_on_the_page_and_on_the_screen(tmp_path, folder, capsys):
    _, out = run(tmp_path, folder)
    rows = [(one["agency"], one["year"], one["due"]) for one in table(out, "missing_reports.csv")]
    assert rows == [
        (CITY, "2023", "2024-03-31"),
        (FINANCE, "2023", "2024-01-31"),
        (DATA, "2023", "2024-01-31"),
    ]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "没有报告的机关" in index
    assert "应于 2024-03-31 前公布" in index
    assert str(tmp_path) not in index
    said = capsys.readouterr().out
    assert f"没有报告：{DATA} 2023 年度（应于 2024-01-31 前公布）" in said
    assert "（4 个机关）" in said


def test_a_name_that_is_nearly_right_is_listed_and_not_merged(tmp_path, folder, capsys):
    _, out = run(tmp_path, folder)
    assert "平川市财正局" in {one["agency"] for one in table(out, "reports.csv")}
    assert f"名称相近，没有合并：平川市财正局 (2023) 与 {FINANCE}" in capsys.readouterr().out
    assert "差一个字" in (out / "index.html").read_text(encoding="utf-8")


def test_a_government_below_its_departments_is_pointed_out_at_the_cell(tmp_path, folder):
    licences = "proactive.licences.decisions"
    write(folder, made(FINANCE, 2022).with_value(licences, 12))
    _, out = run(tmp_path, folder)
    found = [one for one in table(out, "findings.csv") if one["rule"].startswith("hierarchy.")]
    assert {(one["agency"], one["rule"], one["cells"]) for one in found} == {
        (CITY, "hierarchy.covers_children", licences)
    }
    assert float(found[0]["observed"]) == 0
    assert float(found[0]["expected"]) >= 12


def test_the_list_is_no_report(tmp_path, folder):
    (folder / "agencies.schema.json").write_text("{}", encoding="utf-8")
    code, out = run(tmp_path, folder)
    assert code == ExitCode.CLEAN
    assert {one["report"] for one in table(out, "reports.csv")} == {path.name for path in folder.glob("*.txt")}


def test_the_list_may_have_another_name_and_stand_among_the_reports(tmp_path, folder):
    (folder / "agencies.yaml").rename(folder / "bodies.yaml")
    code, out = run(tmp_path, folder, "--agencies", folder / "bodies.yaml")
    assert code == ExitCode.CLEAN
    assert len(table(out, "missing_reports.csv")) == 3


def test_the_list_may_stand_in_the_folder_of_specs(tmp_path, folder):
    specs = tmp_path / "specs"
    specs.mkdir()
    (specs / SPECIFICATION.name).write_bytes(SPECIFICATION.read_bytes())
    (folder / "agencies.yaml").rename(specs / "agencies.yaml")
    _, out = run(tmp_path, folder, spec=specs)
    assert len(table(out, "missing_reports.csv")) == 3


def test_without_a_list_nothing_is_missing_and_an_older_file_goes(tmp_path, folder, capsys):
    _, out = run(tmp_path, folder)
    (folder / "agencies.yaml").unlink()
    capsys.readouterr()
    run(tmp_path, folder, "--rule", "requests.balance")
    notices = capsys.readouterr().err
    assert f"--agencies {folder / 'agencies.yaml'}" in notices
    assert "--without-rule" in notices  # the whole site is judged by a selection of the rules
    run(tmp_path, folder)
    assert capsys.readouterr().err == ""
    assert not (out / "data" / "missing_reports.csv").exists()
    assert "没有报告的机关" not in (out / "index.html").read_text(encoding="utf-8")
    assert OLD_INDUSTRY in {one["agency"] for one in table(out, "reports.csv")}


def test_two_reports_of_one_agency_under_two_names_are_pointed_out(tmp_path, folder):
    write(folder, made(INDUSTRY, 2022))
    _, out = run(tmp_path, folder)
    rules = ("title.report_repeated", "reports.same_year_differs")  # the first tells that they differ
    repeated = [one for one in table(out, "findings.csv") if one["rule"] in rules]
    assert {one["report"] for one in repeated} == {f"{OLD_INDUSTRY}2022.txt", f"{INDUSTRY}2022.txt"}


def test_a_finding_about_the_printed_name_quotes_it(tmp_path):
    folder = tmp_path / "reports"
    write(folder, made("高新区财政局", 2023))
    text = "agencies:\n  - {name: 平川市高新区财政局, kind: department, aliases: [高新区财政局]}\n"
    (folder / "agencies.yaml").write_text(text, encoding="utf-8")
    _, out = run(tmp_path, folder)
    [finding] = [one for one in table(out, "findings.csv") if one["rule"] == "title.region"]
    assert finding["agency"] == "平川市高新区财政局"
    assert "“高新区财政局”" in finding["message"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_broken_list_is_explained_and_publishes_nothing(tmp_path, folder, capsys, language):
    (folder / "agencies.yaml").write_text(AGENCIES.replace("kind: government", "kind: goverment"), encoding="utf-8")
    code, out = run(tmp_path, folder, "--lang", language)
    assert code == ExitCode.WRONG_CALL
    assert not (out / "index.html").exists()
    said = capsys.readouterr().err
    assert "agencies.yaml:2:" in said
    assert "government" in said


def test_several_lists_are_refused(tmp_path, folder, capsys):
    other = tmp_path / "other"
    write(other, made("清河县教育局", 2023))
    (other / "agencies.yaml").write_text(AGENCIES, encoding="utf-8")
    assert run(tmp_path, folder, other)[0] == ExitCode.WRONG_CALL
    assert "--agencies" in capsys.readouterr().err
    assert run(tmp_path, folder, other, "--agencies", other / "agencies.yaml")[0] == ExitCode.CLEAN


def test_a_list_that_is_not_there_is_told(tmp_path, folder, capsys):
    assert run(tmp_path, folder, "--agencies", tmp_path / "none.yaml")[0] == ExitCode.WRONG_CALL
    assert "none.yaml" in capsys.readouterr().err


def test_the_overview_speaks_english_too(tmp_path, folder, capsys):
    _, out = run(tmp_path, folder, "--lang", "en")
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "Agencies without a report" in index
    assert "due 2024-03-31" in index
    assert f"no report: {DATA} 2023 (due 2024-01-31)" in capsys.readouterr().out
