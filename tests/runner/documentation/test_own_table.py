"""The README's own table in half an hour: its commands run, and the reports of the example are told apart as it says."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

import disclosure_checks
from disclosure_checks.runner.commands.exit_codes import ExitCode
from tests.checking import ROOT
from tests.runner.documentation.walkthrough import OWN

EXAMPLE = "specs/examples/proposals"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """Where the commands of the README were run, and their exit codes."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / EXAMPLE, folder / EXAMPLE, ignore=shutil.ignore_patterns("*.schema.json"))
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## 半小时核查自己的表格")[1]
    block = re.search(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert block is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        codes = [OWN[line.split()[0]](line.split()[1:]) for line in block[1].splitlines()]
    return folder, codes


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "reports_out" / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_spec_is_sound_and_the_reports_have_findings(run: tuple[Path, list[int]]) -> None:
    assert run[1] == [ExitCode.CLEAN, ExitCode.FINDINGS]


def test_every_cell_of_the_reports_is_read(run: tuple[Path, list[int]]) -> None:
    cells = rows(run[0], "cells.csv")
    assert len(cells) == 3 * 6 * 3
    assert {row["status"] for row in cells} == {"read"}


def test_each_report_fails_what_is_wrong_with_it(run: tuple[Path, list[int]]) -> None:
    found = {(row["report"], row["rule"]) for row in rows(run[0], "findings.csv") if row["status"] == "fail"}
    assert found == {
        ("transport.txt", "sums.results"),
        ("water.txt", "form.sections"),
        ("water.txt", "text.total"),
    }


ROWS = (
    ("项目", "人大代表建议", "政协提案", "合计"),
    ("承办总数", "11", "14", "25"),
    ("按期办结", "11", "14", "25"),
    ("办理结果",),
    ("已经解决或者采纳", "7", "9", "16"),
    ("列入计划逐步解决", "3", "4", "7"),
    ("留作参考", "1", "1", "2"),
    ("公开复文", "10", "12", "22"),
)
REPORT = """甲市教育局2024年建议提案办理情况报告

一、办理情况

{table}

二、主要做法
走访代表委员。
"""


def _html() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    before, after = REPORT.split("{table}")
    paragraphs = [f"<p>{line}</p>" for line in before.splitlines()]
    return f"<html><body>{''.join(paragraphs)}<table>{rows}</table><p>{after}</p></body></html>"


LAYOUTS = {
    "tabs": REPORT.format(table="\n".join("\t".join(row) for row in ROWS)),
    "bars": REPORT.format(table="\n".join(f"| {' | '.join(row)} |" for row in ROWS)),
    "blanks": REPORT.format(table="\n".join(" ".join(row) for row in ROWS)),
    "a cell a line": REPORT.format(table="\n".join("\n".join(row) for row in ROWS)),
    "no separators": REPORT.format(table="".join("".join(row) for row in ROWS)),
    "a web page": _html(),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_its_table_is_read_however_it_is_printed(layout: str, tmp_path: Path) -> None:
    report = tmp_path / ("report.html" if layout == "a web page" else "report.txt")
    report.write_text(LAYOUTS[layout], encoding="utf-8")
    read = disclosure_checks.read(report, spec=ROOT / EXAMPLE / "proposals.yaml")
    printed = [float(cell) for row in ROWS[1:] for cell in row[1:]]
    assert read.cells["value"].tolist() == printed


def test_its_pages_bear_its_own_name(run: tuple[Path, list[int]]) -> None:
    assert "建议提案办理情况核查" in (run[0] / "reports_out" / "index.html").read_text(encoding="utf-8")
