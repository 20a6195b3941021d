"""The documentation says what the programs do: commands, options, exit codes, files, examples and links."""

from __future__ import annotations

import argparse
import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.grammar.readers.text.reader import LARGEST_TEXT
from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.formula.functions import FUNCTIONS
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.commands import check_spec
from disclosure_checks.runner.commands import run_checks as command_line
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.documentation.command_reference import PARSERS as COMMANDS
from disclosure_checks.runner.exports.csv_files import CELL_COLUMNS, FINDING_COLUMNS, REPORT_COLUMNS
from disclosure_checks.runner.exports.records import ReportStatus
from tests.conftest import SampleRun
from tests.generation.layouts.printing import print_layout
from tests.generation.samples import FOLDER as SAMPLES
from tests.generation.truth import random_report

ROOT = Path(__file__).resolve().parents[1]
SPECIFICATION = ROOT / "specs" / "2021_format.yaml"
CHINESE, ENGLISH = ROOT / "README.md", ROOT / "README.en.md"
READMES = pytest.mark.parametrize("readme", [CHINESE, ENGLISH], ids=["in Chinese", "in English"])
PARSERS = {name: parser("zh") for name, parser in COMMANDS.items()}


def text_of(readme: Path) -> str:
    return readme.read_text(encoding="utf-8")


def code_blocks(readme: Path) -> list[tuple[str, str]]:
    """Language and content of every block of code."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", text_of(readme), re.MULTILINE | re.DOTALL)


def yaml_block(readme: Path, first_word: str) -> str:
    return next(
        content
        for language, content in code_blocks(readme)
        if language == "yaml" and content.lstrip().startswith(first_word)
    )


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {word for action in parser._actions for word in action.option_strings if word.startswith("--")}


def table_rows(readme: Path, first_heading: str) -> list[list[str]]:
    """The rows of every table whose first heading is the one given; a ``|`` inside a cell is written ``\\|``."""
    rows, inside = [], False
    for line in text_of(readme).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not cells:
            inside = False
        elif cells[0] == first_heading:
            inside = True
        elif inside and not set(cells[0]) <= set("-:"):
            rows.append(cells)
    return rows


def code_in(cell: str) -> str:
    return re.findall(r"`([^`]+)`", cell)[-1]


# ---- commands


@READMES
def test_every_option_is_described(readme: Path) -> None:
    options = set().union(*map(options_of, PARSERS.values()))
    assert options <= set(re.findall(r"--[a-z-]+", text_of(readme)))


@READMES
def test_every_option_named_exists(readme: Path) -> None:
    without_pip = re.sub(r"`pip [^`]*`", "", text_of(readme))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", without_pip))
    assert named <= set().union(*map(options_of, PARSERS.values()))


@READMES
def test_the_choices_of_options_are_those_of_the_program(readme: Path) -> None:
    rows = {code_in(row[0]).split()[0]: row[1] for row in table_rows(readme, "选项") + table_rows(readme, "Option")}
    for action in PARSERS["run-checks"]._actions:
        for choice in action.choices or ():
            assert f"`{choice}`" in rows[action.option_strings[0]]


@READMES
def test_the_commands_are_the_installed_ones(readme: Path) -> None:
    project = text_of(ROOT / "pyproject.toml")
    scripts = project.split("[project.scripts]\n")[1].split("\n\n")[0]
    assert {line.split(" = ")[0] for line in scripts.splitlines()} == set(PARSERS)
    named = set(re.findall(r"\b(?:run|check|serve|bundle)-[a-z]+", text_of(readme)))
    assert named == set(PARSERS)
    assert "wheels disclosure-checks`" in text_of(readme)
    assert 'name = "disclosure-checks"' in project


@READMES
def test_the_first_command_names_a_spec_and_reports_that_are_there(readme: Path) -> None:
    commands = [content for language, content in code_blocks(readme) if language == "sh"]
    words = commands[0].split("&&")[-1].split()
    options = PARSERS["run-checks"].parse_args(words[1:])
    assert words[0] == "run-checks"
    assert (ROOT / options.spec) == SPECIFICATION
    assert [ROOT / path for path in options.reports] == [SAMPLES]
    assert "pip install -c constraints.txt . &&" in commands[0]
    assert 'pip install -c constraints.txt ".[test]" && pytest' in commands[1]


@READMES
def test_every_exit_code_is_described(readme: Path) -> None:
    rows = table_rows(readme, "退出码") + table_rows(readme, "Exit code")
    assert [int(row[0]) for row in rows] == [int(code) for code in ExitCode]


# ---- output


@READMES
def test_every_output_file_exists_after_a_run_and_none_is_left_out(readme: Path, sample_run: SampleRun) -> None:
    published = sample_run.out
    rows = table_rows(readme, "文件") + table_rows(readme, "File")
    patterns = [re.sub(r"<[^>]+>", "*", code_in(row[0])).removeprefix("reports_out/") for row in rows]
    for pattern in patterns:
        assert list(published.glob(pattern.rstrip("/"))), pattern
    described = {Path(pattern).parts[0] for pattern in patterns if not pattern.startswith("*")}
    written = {
        path.name
        for path in published.iterdir()
        if path.name in (".gx", ".collection") or not path.name.startswith(".")
    }
    assert {name for name in written if not name.isdigit()} == described
    data = {path.relative_to(published).as_posix() for path in (published / "data").iterdir()}
    assert data == {pattern for pattern in patterns if pattern.startswith("data/")}


@READMES
@pytest.mark.parametrize(
    ("name", "columns"),
    [("reports.csv", REPORT_COLUMNS), ("cells.csv", CELL_COLUMNS), ("findings.csv", FINDING_COLUMNS)],
    ids=["reports.csv", "cells.csv", "findings.csv"],
)
def test_every_column_of_a_csv_file_is_explained(readme: Path, name: str, columns: tuple[str, ...]) -> None:
    after = text_of(readme).split(f"`{name}` 的列" if readme == CHINESE else f"Columns of `{name}`")[1]
    introduction, table = after.lstrip().split("\n\n")[:2]
    explained = {*re.findall(r"`([a-z_]+)`", introduction), *re.findall(r"^\| `([a-z_]+)`", table, re.MULTILINE)}
    assert explained == set(columns)


@READMES
@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("级别", "Severity"), [one.value for one in Severity]),
        (("报告状态", "Status of a report"), [one.value for one in ReportStatus]),
        (("单元格状态", "Status of a cell"), [one.value for one in CellStatus]),
    ],
    ids=["severities", "statuses of reports", "statuses of cells"],
)
def test_every_severity_and_status_is_explained(readme: Path, headings: tuple[str, str], words: list[str]) -> None:
    rows = table_rows(readme, headings[readme == ENGLISH])
    assert [code_in(row[0]) for row in rows] == words


@READMES
def test_the_size_limit_is_the_programs(readme: Path) -> None:
    assert f"{LARGEST_TEXT // 1024**2} MiB" in text_of(readme)


# ---- rules


@READMES
def test_the_rule_of_the_example_runs_where_the_readme_puts_it(
    readme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / SPECIFICATION.name
    spec.write_text(text_of(SPECIFICATION).rstrip() + "\n" + yaml_block(readme, "- id:"), encoding="utf-8")
    assert check_spec.main([str(spec)]) == ExitCode.CLEAN, capsys.readouterr().err

    reports = tmp_path / "reports"
    reports.mkdir()
    for decisions in (100000, 100001):
        report = random_report(decisions, year=2023).with_value("proactive.licences.decisions", decisions)
        text = print_layout(report, Random(decisions), "word_text")
        (reports / f"{decisions}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    words = [str(spec), str(reports), "--out", str(out), "--jobs", "1", "--quiet", "--fail-on", "likely"]
    assert command_line.main(words) == ExitCode.FINDINGS
    rule = yaml.safe_load(yaml_block(readme, "- id:"))[0]
    with (out / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["rule"] == rule["id"]]
    assert [(row["report"], row["severity"], row["cells"]) for row in found] == [
        ("100001.txt", rule["severity"], "proactive.licences.decisions")
    ]
    assert [row["observed"] for row in found] == ["100001"]


@READMES
def test_the_file_of_local_rules_is_sound(readme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SPECIFICATION, tmp_path)
    local = tmp_path / "our_province.yaml"
    local.write_text(yaml_block(readme, "extends:"), encoding="utf-8")
    assert check_spec.main([str(local)]) == ExitCode.CLEAN, capsys.readouterr().err


@READMES
def test_the_wording_added_to_the_local_rules_is_sound(
    readme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SPECIFICATION, tmp_path)
    local = tmp_path / "our_province.yaml"
    local.write_text(yaml_block(readme, "extends:") + yaml_block(readme, "claim_words:"), encoding="utf-8")
    assert check_spec.main([str(local)]) == ExitCode.CLEAN, capsys.readouterr().err


@READMES
def test_the_list_of_agencies_is_sound(readme: Path, tmp_path: Path) -> None:
    listed = tmp_path / "agencies.yaml"
    listed.write_text(yaml_block(readme, "agencies:"), encoding="utf-8")
    assert load_agencies(listed).find("甲市工信局", 2018).name == "甲市工业和信息化局"


def test_the_example_of_a_list_of_agencies_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("agencies.yaml", "agencies.schema.json"):
        shutil.copy(ROOT / "docs" / name, tmp_path)
    assert check_spec.main([str(tmp_path / "agencies.yaml")]) == ExitCode.CLEAN, capsys.readouterr().err
    schema = (ROOT / "docs" / "agencies.schema.json").read_text(encoding="utf-8")
    assert (tmp_path / "agencies.schema.json").read_text(encoding="utf-8") == schema, (
        "run check-spec docs/agencies.yaml"
    )


def formulas(readme: Path) -> Iterator[dict[str, Any]]:
    """Every example of a formula as the part of a rule it belongs to."""
    for row in table_rows(readme, "写法") + table_rows(readme, "Written"):
        yield {"check": code_in(row[2])}
    for row in table_rows(readme, "`for_each`"):
        yield {"check": code_in(row[2]), "for_each": yaml.safe_load(code_in(row[0]))}


@READMES
def test_every_formula_of_the_tables_can_be_used(
    readme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = list(formulas(readme))
    rules = [
        {"id": f"example.number_{number}", "title": {"zh": "示例", "en": "example"}, "severity": "info", **example}
        for number, example in enumerate(examples)
    ]
    shutil.copy(SPECIFICATION, tmp_path)
    spec = tmp_path / "formulas.yaml"
    content = {"extends": SPECIFICATION.name, "rules": rules}
    spec.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert check_spec.main([str(spec)]) == ExitCode.CLEAN, capsys.readouterr().err


@READMES
def test_every_kind_of_loop_and_every_function_is_shown(readme: Path) -> None:
    kinds = [next(iter(example["for_each"])) for example in formulas(readme) if "for_each" in example]
    assert kinds == ["column", "row", "cell", "section", "table", "fact"]
    shown = " ".join(str(example["check"]) for example in formulas(readme))
    written = "".join(row[0] for row in table_rows(readme, "写法") + table_rows(readme, "Written"))
    for function in FUNCTIONS:
        assert f"{function}(…)" in written
    for word in ("tolerance", " or not ", "if ", " then ", " .. ", ".*."):
        assert word in shown


# ---- the documents themselves


def test_both_readmes_have_the_same_headings_tables_and_commands() -> None:
    def shape(readme: Path) -> list[str]:
        lines = re.sub(r"^```.*?^```$", "", text_of(readme), flags=re.MULTILINE | re.DOTALL).splitlines()
        return [re.match(r"#+|\||-|!|", line).group() for line in lines]  # type: ignore[union-attr]

    assert shape(CHINESE) == shape(ENGLISH)
    assert code_blocks(CHINESE) == code_blocks(ENGLISH)
    assert list(formulas(CHINESE)) == list(formulas(ENGLISH))


@pytest.mark.parametrize("document", ["README.md", "README.en.md", "CHANGELOG.md"])
def test_every_link_leads_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(path))
    assert [link for link in links if not (path.parent / link).exists()] == []


@READMES
@pytest.mark.parametrize("name", ["overview", "agency-page"])
def test_the_screenshots_are_small_and_used(readme: Path, name: str) -> None:
    image = ROOT / "docs" / f"{name}{'' if readme == CHINESE else '.en'}.png"
    assert image.read_bytes().startswith(b"\x89PNG")
    assert image.stat().st_size < 100_000
    assert f"({image.relative_to(ROOT).as_posix()})" in text_of(readme)
