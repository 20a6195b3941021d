"""What people decided about findings, from run to run: accepted, confirmed, over, about nothing, surviving a revision."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.rules.collection.decisions.loading import load_decisions
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import ROOT, SPECIFICATION

REPORT = ROOT / "reports" / "report_003.txt"  # a likely finding: section five has no number
RULE = "sections.unnumbered"
WAIVED = ("likely", "waived")


class Folder:
    """Reports, decisions about them, and where they are published."""

    def __init__(self, folder: Path) -> None:
        self.reports = folder / "reports"
        self.out = folder / "out"

    def run(self, *words: str) -> int:
        return main([str(SPECIFICATION), str(self.reports), "--out", str(self.out), "--jobs", "1", *words])

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def agency(self) -> str:
        return self.table("reports.csv")[0]["agency"]

    def findings(self, rule: str) -> list[dict[str, str]]:
        return [row for row in self.table("findings.csv") if row["rule"] == rule]

    def decide(self, **values: str) -> None:
        entry = {"rule": RULE, "year": "2024", "status": "accepted", "reason": "已与机关核对", **values}
        lines = [f"{name}: {value}" for name, value in entry.items()]
        text = "decisions:\n  - " + "\n    ".join(lines) + "\n"
        (self.reports / "decisions.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def undecided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report, published before anything was decided."""
    made = Folder(tmp_path_factory.mktemp("undecided"))
    made.reports.mkdir()
    shutil.copy(REPORT, made.reports / "one.txt")
    assert made.run("--quiet", "--fail-on", "likely") == ExitCode.FINDINGS
    [found] = made.findings(RULE)
    assert found["status"] == "fail"
    return made.reports.parent


@pytest.fixture
def folder(undecided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 2027-01-15
    shutil.copytree(undecided, tmp_path, dirs_exist_ok=True)
    return Folder(tmp_path)


def decided(folder: Folder, **values: str) -> int:
    """A run with a decision about the finding of the folder's report."""
    [row] = folder.table("reports.csv")
    folder.decide(**{"agency": row["agency"], "year": row["year"], **values})
    return folder.run("--quiet", "--fail-on", "likely")


def page(folder: Folder) -> str:
    [row] = folder.table("reports.csv")
    return (folder.out / row["page"]).read_text(encoding="utf-8")


def test_an_accepted_finding_is_shown_with_its_reason_and_does_not_count(folder: Folder):
    assert decided(folder, by="科室负责人", until="2027-03-31") == ExitCode.CLEAN
    [found] = folder.findings(RULE)
    assert (found["severity"], found["status"]) == WAIVED
    assert "【已接受，不计入：已与机关核对（科室负责人，有效期至2027-03-31）】" in found["message"]
    assert folder.table("reports.csv")[0]["likely"] == "0"
    assert "已与机关核对" in page(folder)


def test_a_confirmed_finding_counts_on_and_is_shown_with_its_reason(folder: Folder):
    assert decided(folder, status="confirmed") == ExitCode.FINDINGS
    [found] = folder.findings(RULE)
    assert found["status"] == "fail"
    assert found["message"].endswith("【已核实有误：已与机关核对】")


def test_the_reason_of_a_confirmed_finding_is_the_remark_of_the_office_on_the_return_note_and_no_part_of_why(
    folder: Folder,
):
    assert decided(folder, status="confirmed", by="科室负责人") == ExitCode.FINDINGS
    [path] = (folder.out / "return_notes").rglob("*.html")
    note = path.read_text(encoding="utf-8")
    remark = "审核意见：已与机关核对（科室负责人）"
    assert re.findall(r'<tr class="remark"><td colspan="5"><p>([^<]*)</p></td></tr>', note) == [remark]
    assert note.count("已与机关核对") == 1
    assert "没有序号" in note
    document = "".join(str(block) for block in decode(path.with_suffix(".docx").read_bytes(), "note.docx").blocks)
    assert document.count("已与机关核对") == document.count(remark) == 1
    sheet = openpyxl.load_workbook(folder.out / "data" / "findings.xlsx")["整改台账"]
    heading, *points = sheet.iter_rows(values_only=True)
    [point] = [row for row in points if "没有序号" in str(row[heading.index("原因")])]
    assert point[heading.index("备注")] == "已与机关核对（科室负责人）"
    assert "已与机关核对" not in str(point[heading.index("原因")])


@pytest.mark.parametrize(
    ("until", "holds"),
    [
        pytest.param("2027-01-15", True, id="on its last day"),
        pytest.param("2027-01-14", False, id="the day after"),
        pytest.param("2020-01-01", False, id="years later"),
    ],
)
def test_a_decision_holds_until_its_last_day(folder: Folder, until: str, holds: bool):
    assert decided(folder, until=until) == (ExitCode.CLEAN if holds else ExitCode.FINDINGS)
    [found] = folder.findings(RULE)
    assert found["status"] == ("waived" if holds else "fail")
    told = folder.findings("decisions.expired")
    assert bool(told) is not holds
    if told:
        assert told[0]["severity"] == "advisory"
        assert f"{RULE} {until} 已与机关核对" in told[0]["message"]


def test_a_decision_that_is_over_the_next_day_is_told_though_no_file_changed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    assert decided(folder, until="2027-01-15") == ExitCode.CLEAN
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1800000000 + 86400))
    assert folder.run("--quiet", "--fail-on", "likely") == ExitCode.FINDINGS
    assert folder.findings("decisions.expired")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"rule": "requests.balance"}, id="a rule that holds"),
        pytest.param({"rule": "requests.no_such_rule"}, id="a rule that is gone"),
        pytest.param({"cells": "[requests.granted.total]"}, id="cells it is not about"),
    ],
)
def test_a_decision_about_nothing_is_a_finding_of_its_own(folder: Folder, values: Mapping[str, str]):
    assert decided(folder, **values) == ExitCode.FINDINGS
    [told] = folder.findings("decisions.unmatched")
    assert (told["severity"], told["status"]) == ("advisory", "fail")
    assert "已与机关核对" in told["message"]


def test_a_decision_about_a_report_that_is_not_there_is_told_by_the_run(
    folder: Folder, capsys: pytest.CaptureFixture[str]
):
    assert decided(folder, year="2019") == ExitCode.FINDINGS
    assert "处理决定没有对应的报告：sections.unnumbered" in capsys.readouterr().err
    assert folder.findings("decisions.unmatched") == []


def test_a_decision_survives_a_new_revision_of_the_report(folder: Folder):
    assert decided(folder) == ExitCode.CLEAN
    report = folder.reports / "one.txt"
    report.write_bytes(report.read_bytes() + "\n附：更正说明。\n".encode())
    assert folder.run("--quiet", "--fail-on", "likely") == ExitCode.CLEAN
    assert [one["status"] for one in folder.findings(RULE)] == ["waived"]


def test_only_what_a_decision_touches_is_published_again(folder: Folder, capsys: pytest.CaptureFixture[str]):
    shutil.copy(ROOT / "reports" / "report_001.txt", folder.reports / "two.txt")
    folder.run("--quiet")
    pages = {row["report"]: folder.out / row["page"] for row in folder.table("reports.csv")}
    before = {name: (one.stat().st_ino, one.stat().st_mtime_ns) for name, one in pages.items()}
    [row] = [row for row in folder.table("reports.csv") if row["report"] == "one.txt"]
    folder.decide(agency=row["agency"], year=row["year"])
    folder.run("--quiet")
    after = {name: (one.stat().st_ino, one.stat().st_mtime_ns) for name, one in pages.items()}
    # a list of decisions says of every report that nothing is decided about it, so the first one touches all
    folder.decide(agency=row["agency"], year=row["year"], reason="另一理由")
    folder.run("--quiet")
    last = {name: (one.stat().st_ino, one.stat().st_mtime_ns) for name, one in pages.items()}
    assert before["one.txt"] != after["one.txt"] != last["one.txt"]
    assert after["two.txt"] == last["two.txt"]
    capsys.readouterr()
    folder.run()
    assert "没有变化" in capsys.readouterr().out


def test_mistakes_in_decisions_are_told_at_their_place_and_nothing_is_published(
    folder: Folder, capsys: pytest.CaptureFixture[str]
):
    stamp = os.stat(folder.out / "index.html").st_mtime_ns
    assert decided(folder, until="明年") == ExitCode.WRONG_CALL
    assert "decisions.yaml:7:12" in capsys.readouterr().err
    assert os.stat(folder.out / "index.html").st_mtime_ns == stamp


# ---- the skeleton


def test_a_skeleton_of_decisions_is_written_commented_out_and_never_over_a_file(
    folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    skeleton = tmp_path / "made.yaml"
    folder.run("--quiet", "--write-decisions", str(skeleton))
    text = skeleton.read_text(encoding="utf-8")
    assert load_decisions(skeleton) == ()
    skeleton.write_text(
        "\n".join(line[2:] if line.startswith(("# - ", "#   ")) else line for line in text.splitlines()).replace(
            'reason: ""', "reason: 已核对"
        ),
        encoding="utf-8",
    )
    found = [row for row in folder.table("findings.csv") if row["severity"] != "info"]
    assert [one.rule for one in load_decisions(skeleton)] == [row["rule"] for row in found]
    assert folder.run("--write-decisions", str(skeleton)) == ExitCode.WRONG_CALL
    assert "不会覆盖" in capsys.readouterr().err
    shutil.copy(skeleton, folder.reports / "decisions.yaml")
    assert folder.run("--quiet", "--fail-on", "advisory") == ExitCode.CLEAN


# ---- some rules only


def test_a_run_with_one_rule_finds_nothing_else_and_says_so_on_its_pages(folder: Folder):
    assert folder.run("--quiet", "--rule", "requests.*", "--rule", RULE, "--fail-on", "likely") == ExitCode.FINDINGS
    assert {row["rule"] for row in folder.table("findings.csv")} == {RULE}
    for told in (page(folder), (folder.out / "index.html").read_text(encoding="utf-8")):
        assert f"本次只核查了这些规则：requests.*、{RULE}。" in told


def test_a_rule_can_be_left_out_and_comes_back(folder: Folder):
    assert folder.run("--quiet", "--without-rule", RULE, "--fail-on", "likely") == ExitCode.CLEAN
    assert folder.findings(RULE) == []
    assert "本次没有核查这些规则：sections.unnumbered。" in page(folder)
    assert folder.run("--quiet", "--fail-on", "likely") == ExitCode.FINDINGS
    assert "本次没有核查" not in page(folder)


def test_a_decision_about_a_rule_that_is_left_out_is_no_finding(folder: Folder):
    [row] = folder.table("reports.csv")
    folder.decide(agency=row["agency"], year=row["year"])
    assert folder.run("--quiet", "--without-rule", RULE) == ExitCode.CLEAN
    assert folder.findings("decisions.unmatched") == []


@pytest.mark.parametrize("option", ["--rule", "--without-rule"])
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("requests.balence", "requests.balance", id="a slip"),
        pytest.param("section.unnumbered", "sections.unnumbered", id="a letter missing"),
        pytest.param("years.carried_in_totals", "years.carried_in_total", id="a letter too many"),
    ],
)
def test_a_rule_that_there_is_not_is_told(
    folder: Folder, capsys: pytest.CaptureFixture[str], option: str, name: str, meant: str
):
    assert folder.run(option, name) == ExitCode.WRONG_CALL
    assert f"没有这条规则：{name}。是不是想写 {meant}？" in capsys.readouterr().err
