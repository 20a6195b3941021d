from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.spec.json_schema import SCHEMA_NAME, agencies_schema_text
from disclosure_checks.rules.texts.file_names import AGENCIES_FILE, AGENCIES_SCHEMA_NAME
from disclosure_checks.runner.commands.check_spec import main
from disclosure_checks.runner.commands.exit_codes import ExitCode
from tests.checking import ROOT
from tests.rules.spec_samples import BALANCE, rule, specification_text, write_specification

EXAMPLES = "    examples:\n      - {pass: {received: 0}}\n      - {fail: {received: 1}}\n"
SPECS = ROOT / "specs"


def test_a_sound_spec_is_summed_up_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write_specification(tmp_path, specification_text(BALANCE + EXAMPLES))
    assert main([str(path)]) == 0
    printed = capsys.readouterr()
    assert printed.out == "small.yaml：1 条规则，4 个实例，2 个示例全部成立\n"
    assert printed.err == ""


def test_the_schema_for_editors_is_written_beside_the_spec(tmp_path: Path):
    path = write_specification(tmp_path, specification_text(BALANCE + EXAMPLES))
    main([str(path)])
    written = tmp_path / SCHEMA_NAME
    before = written.stat().st_mtime_ns
    main([str(path)])
    assert written.stat().st_mtime_ns == before


def test_all_mistakes_of_all_specs_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    first = write_specification(tmp_path, specification_text(rule("a", "text.slip == 0")), "first.yaml")
    second = write_specification(tmp_path, specification_text(rule("a", "text.slips = 0")), "second.yaml")
    assert main([str(first), str(second), "--lang", "en"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "there is no fact text.slip" in printed.err
    assert "did you mean: text.slips" in printed.err
    assert "write == to compare" in printed.err


def test_a_spec_that_cannot_be_loaded_gets_no_schema(tmp_path: Path):
    main([str(write_specification(tmp_path, "format: a\n"))])
    assert not (tmp_path / SCHEMA_NAME).exists()


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("{pass: {received: 1}}", "small.yaml:{line}:9: the example does not hold: pass was expected, fail came out"),
        ("{fail: {received: 1}, difference: 2}", "the example's difference is wrong: 2 was expected, 1 came out"),
    ],
)
def test_an_example_that_does_not_hold_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], example: str, message: str
):
    text = specification_text(BALANCE + EXAMPLES + f"      - {example}\n")
    assert main([str(write_specification(tmp_path, text)), "--lang", "en"]) == 2
    printed = capsys.readouterr()
    assert message.format(line=len(text.splitlines())) in printed.err
    assert printed.out == ""


def test_a_grave_rule_without_a_failing_example_is_remarked_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write_specification(tmp_path, specification_text(BALANCE))
    assert main([str(path), "--lang", "en"]) == 0
    assert "rule requests.balance has severity error and no failing example" in capsys.readouterr().err


def test_two_rules_that_say_the_same_are_remarked_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rules = (rule("a", "text.slips == 0", severity="info"), rule("b", "text.slips  ==  0", severity="info"))
    assert main([str(write_specification(tmp_path, specification_text(*rules))), "--lang", "en"]) == 0
    assert "rule b checks the same as rule a" in capsys.readouterr().err


def test_a_folder_stands_for_its_specs(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = specification_text(BALANCE + EXAMPLES)
    earlier = text.replace("small_format", "earlier_format").replace("{first: 2021}", "{first: 2019, last: 2020}")
    for name, content in (("b.yaml", text), ("a.yml", earlier), ("notes.txt", text)):
        write_specification(tmp_path, content, name)
    assert main([str(tmp_path), "--lang", "en"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["a.yml", "b.yaml"]


@pytest.mark.parametrize("arguments", [[], ["--lang", "fr", "a.yaml"]])
def test_a_wrong_command_line_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: check-spec" in capsys.readouterr().err


def test_a_missing_spec_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml: 找不到文件" in capsys.readouterr().err


def test_a_list_of_agencies_is_checked_and_gets_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    listed = tmp_path / AGENCIES_FILE
    listed.write_text("agencies:\n  - {name: 甲市财政局, kind: department}\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "agencies.yaml：1 个机关\n"
    assert (tmp_path / AGENCIES_SCHEMA_NAME).read_text(encoding="utf-8") == agencies_schema_text()
    listed.write_text("agencies:\n  - {name: 甲市财政局, kind: departments}\n", encoding="utf-8")
    assert main([str(tmp_path), "--lang", "en"]) == 2
    assert "did you mean: department" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "agencies:\n  - {name: 甲市财政局, kind: department}\n", "list.yaml：1 个机关\n", id="of agencies"
        ),
        pytest.param(
            "# 说明\ndecisions:\n  - {rule: a.b, agency: 甲市财政局, year: 2023, status: accepted, reason: 已核实, by: 甲}\n",
            "list.yaml：1 个处理决定\n",
            id="of decisions",
        ),
    ],
)
def test_a_list_is_told_by_what_it_holds_whatever_it_is_called(text, said, tmp_path: Path, capsys):
    listed = tmp_path / "list.yaml"
    listed.write_text(text, encoding="utf-8")
    assert main([str(listed)]) == 0
    assert capsys.readouterr().out == said


# ---- specs that are checked together


def claims_of(folder: Path, capsys: pytest.CaptureFixture[str], *texts: str) -> tuple[int, str]:
    files = []
    for number, text in enumerate(texts):
        file = folder / f"spec_{number}.yaml"
        file.write_text(text, encoding="utf-8")
        files.append(str(file))
    code = main(files)
    return code, capsys.readouterr().err


OWN = specification_text()


@pytest.mark.parametrize(
    ("second", "told"),
    [
        pytest.param(
            OWN, "spec_1.yaml:1:9: 格式编号 small_format 已由 spec_0.yaml 使用", id="one format id in two files"
        ),
        pytest.param(
            OWN.replace("small_format", "other_format"),
            "spec_1.yaml:4:8: 年度 2021– 已由 spec_0.yaml 负责",
            id="the same years",
        ),
        pytest.param(
            OWN.replace("small_format", "other_format").replace("{first: 2021}", "{first: 2019, last: 2022}"),
            "spec_1.yaml:4:8: 年度 2021–2022 已由 spec_0.yaml 负责",
            id="years that overlap",
        ),
        pytest.param(
            OWN.replace("small_format", "other_format").replace("{first: 2021}", "{first: 2019, last: 2021}"),
            "spec_1.yaml:4:8: 年度 2021 已由 spec_0.yaml 负责",
            id="one year",
        ),
    ],
)
def test_what_two_specs_claim_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], second: str, told: str):
    code, said = claims_of(tmp_path, capsys, OWN, second)
    assert code == ExitCode.WRONG_CALL
    assert told in said


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(
            OWN.replace("small_format", "other_format").replace("{first: 2021}", "{first: 2019, last: 2020}"),
            id="years before",
        ),
        pytest.param(
            OWN.replace("small_format", "other_format").replace("kinds: [年度报告]", "kinds: [决算]"),
            id="another kind of report",
        ),
        pytest.param("extends: spec_0.yaml\n", id="rules of a province"),
    ],
)
def test_specs_that_claim_nothing_of_each_other_are_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], second: str
):
    assert claims_of(tmp_path, capsys, OWN, second) == (ExitCode.CLEAN, "")


# ---- cells that no rule reads


def test_cells_that_no_rule_reads_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write_specification(tmp_path, specification_text(BALANCE + EXAMPLES))
    assert main([str(path), "--coverage"]) == ExitCode.CLEAN
    listed = capsys.readouterr().out
    assert "个单元格没有任何规则涉及：\n" in listed
    assert "  stock.fees.amount\n" in listed
    assert "requests.received.total" not in listed


def test_a_spec_whose_cells_are_all_read_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    every = rule(
        "all.known", "value >= 0", loop='cell: ["requests.*.*", "requests.other.*", "stock.*.*"]', severity="advisory"
    )
    path = write_specification(tmp_path, specification_text(every))
    assert main([str(path), "--coverage", "--lang", "en"]) == ExitCode.CLEAN
    assert "cells is read by a rule" in capsys.readouterr().out
