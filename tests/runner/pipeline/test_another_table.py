"""An unrelated statutory table, of expenses on travel, vehicles and receptions: a spec alone makes it checked and published."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.runner.commands import check_spec
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.test_no_format_in_python import words_of_formats

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "second_table"
SPEC = "expenses.yaml"
PRODUCT = {"zh": "“三公”经费公开核查", "en": "Expense account checks"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "out"
    assert _run(folder, "zh") == ExitCode.FINDINGS
    return folder


def _run(folder: Path, language: str) -> int:
    options = ["--out", str(folder), "--jobs", "1", "--quiet", "--lang", language]
    return main([str(FIXTURES / SPEC), str(FIXTURES / "reports"), *options])


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def findings(out: Path, report: str) -> list[dict[str, str]]:
    return [row for row in table(out, "findings.csv") if row["report"] == report and row["status"] == "fail"]


def pages(out: Path) -> list[Path]:
    return sorted(out.rglob("*.html"))


def test_its_spec_is_sound_and_its_examples_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(FIXTURES / SPEC, tmp_path)
    assert check_spec.main([str(tmp_path / SPEC)]) == 0
    assert "16 个示例全部成立" in capsys.readouterr().out


def test_whose_report_it_is_is_told_from_lines_and_titles_of_its_own(out: Path) -> None:
    told = {row["report"]: (row["agency"], row["year"], row["status"]) for row in table(out, "reports.csv")}
    assert told == {
        "right.txt": ("某市教育局", "2023", "pass"),
        "wrong_sum.txt": ("某市水利局", "2023", "findings"),
        "missing_row.txt": ("某市统计局", "2023", "findings"),
    }


def test_every_cell_of_a_right_report_is_read(out: Path) -> None:
    cells = {row["cell"]: row for row in table(out, "cells.csv") if row["report"] == "right.txt"}
    assert len(cells) == 6 * 4 + 3 * 3 - 4
    assert {row["status"] for row in cells.values()} == {"read"}
    assert cells["expenses.all.final"]["value"] == "33.2"
    assert cells["events.training.people"]["value"] == "60"


def test_a_wrong_total_is_named_with_what_it_should_be(out: Path) -> None:
    found = {row["rule"]: (row["suspect"], row["suggestion"]) for row in findings(out, "wrong_sum.txt")}
    assert found == {
        "money.column_sum": ("expenses.all.final", "33.2"),
        "money.saved": ("expenses.all.final", "33.2"),
    }


def test_a_missing_row_is_told(out: Path) -> None:
    [found] = findings(out, "missing_row.txt")
    assert found["rule"] == "form.rows_missing"
    assert found["cells"].split(";")[0] == "expenses.reception.budget"


def test_its_pages_bear_the_name_of_its_spec_and_no_word_of_another_format(out: Path) -> None:
    kinds = {page.relative_to(out).parts[0] for page in pages(out)}
    assert {"index.html", "2023", "agencies", "return_notes", "rules"} <= kinds
    for page in pages(out):
        html = page.read_text(encoding="utf-8")
        assert PRODUCT["zh"] in html
        assert [words for words in words_of_formats() if words in html] == []


@pytest.mark.long
def test_so_do_its_pages_in_english(tmp_path: Path) -> None:
    assert _run(tmp_path / "out", "en") == ExitCode.FINDINGS
    for page in pages(tmp_path / "out"):
        html = page.read_text(encoding="utf-8").replace("disclosure-checks", "")  # what the program is called
        assert PRODUCT["en"] in html
        assert [words for words in ("isclosure", "requests", "litigation") if words in html] == []


def test_a_spec_without_a_name_for_its_pages_gets_a_neutral_one(tmp_path: Path) -> None:
    lines = (FIXTURES / SPEC).read_text(encoding="utf-8").splitlines(keepends=True)
    unnamed = "".join(line for line in lines if not line.startswith("product:"))
    (tmp_path / SPEC).write_text(unnamed, encoding="utf-8")
    compiled = load_specification(tmp_path / SPEC).specification
    assert load_texts("zh").product([compiled]) == "报告核查"
    assert load_texts("en").product([compiled]) == "Report checks"
