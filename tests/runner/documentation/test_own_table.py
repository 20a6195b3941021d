"""The README's own table in half an hour: its commands run, and the reports of the example are told apart as it says."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

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


def test_its_pages_bear_its_own_name(run: tuple[Path, list[int]]) -> None:
    assert "建议提案办理情况核查" in (run[0] / "reports_out" / "index.html").read_text(encoding="utf-8")
