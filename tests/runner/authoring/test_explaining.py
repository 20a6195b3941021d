"""``check-spec --explain``: one rule on one report, with every number in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.authoring.explaining import explain, report_at_hand
from disclosure_checks.runner.authoring.explanation_lines import explanation_lines
from disclosure_checks.runner.commands import authoring
from disclosure_checks.runner.commands.check_spec import main
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.texts.authoring_texts import AUTHORING_TEXTS
from tests.checking import ROOT, SPECIFICATION, specification
from tests.conftest import SampleRun
from tests.generation.samples import FOLDER

SAMPLE = FOLDER / "report_002.txt"  # 18 requests by natural persons, 4 of them in the text under another result


def explained(rule: str, *paths: Path, language: str = "zh", collection: Path | None = None) -> str:
    """What is printed of a rule on the first of some reports."""
    words = dict(AUTHORING_TEXTS.block("verdicts", language))
    explanation = explain([specification()], SPECIFICATION, rule, paths, collection, language, words)
    return "\n".join(explanation_lines(explanation, language))


def edited(folder: Path, *changes: tuple[str, str], name: str = "edited.txt") -> Path:
    """The sample with some of its words changed, each where it stands first."""
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


RECEIVED = "一、本年新收政府信息公开申请数量\n\n18"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param(
            "zh",
            ("自然人列：符合", "相差 0，容许相差 0", "第三项（七）总计（自然人）", "读到", "第 113 行  “18”"),
            id="zh",
        ),
        pytest.param("en", ("holds", "difference 0, tolerance 0", "read", "line 113  “18”"), id="en"),
    ],
)
def test_every_number_stands_with_its_cell_label_status_and_place(language: str, words: tuple[str, ...]) -> None:
    said = explained("requests.balance", SAMPLE, language=language)
    assert "18 + 0 == 16 + 2" in said
    assert "requests.results_total.natural_person" in said
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        pytest.param(
            (RECEIVED, RECEIVED.replace("18", "19")),
            "requests.balance",
            ("自然人列：不符合", "19 + 0 == 16 + 2", "左边 19，右边 18，相差 1", "结论", "可能的更正"),
            id="that fails",
        ),
        pytest.param(
            (RECEIVED, RECEIVED.replace("18", "/")),
            "requests.balance",
            ("自然人列：无法判断", "? + 0 == 16 + 2", "缺  空白", "左边 缺", "若空白按 0 计"),
            id="that lacks a number",
        ),
        pytest.param(
            ("2023", "2023"), "requests.large_backlog", ("if 18 >= 10 【成立】 then 2 <= 0.5 * (18 + 0) 【成立】",),
            id="with a premise",
        ),
    ],
)  # fmt: skip
def test_a_rule_on_a_report(tmp_path: Path, change: tuple[str, str], rule: str, words: tuple[str, ...]) -> None:
    said = explained(rule, edited(tmp_path, change))
    for word in words:
        assert word in said


def test_what_fails_comes_first(tmp_path: Path) -> None:
    said = explained("requests.balance", edited(tmp_path, (RECEIVED, RECEIVED.replace("18", "19"))))
    assert said.index("自然人列：不符合") < said.index("商业企业列：符合")


def _next_year(folder: Path) -> Path:
    path = edited(folder, name="next.txt")
    path.write_text(path.read_text(encoding="utf-8").replace("2023", "2024"), encoding="utf-8")
    return path


def test_the_year_before_is_another_report_or_comes_from_a_collection(tmp_path: Path, sample_run: SampleRun) -> None:
    new = _next_year(tmp_path)
    alone = explained("years.carried_in_total", new)
    assert "0 == ?" in alone
    assert "--collection" in alone
    for said in (
        explained("years.carried_in_total", new, SAMPLE),
        explained("years.carried_in_total", new, collection=sample_run.out),
    ):
        assert "0 == 2" in said
        assert "previous_year(requests.carried_out.total)" in said
        assert "--collection" not in said


def test_a_report_stands_in_the_place_of_the_one_in_the_collection(tmp_path: Path, sample_run: SampleRun) -> None:
    new = edited(tmp_path, (RECEIVED, RECEIVED.replace("18", "19")), name=SAMPLE.name)
    said = explained("requests.balance", new, collection=sample_run.out)
    assert "19 + 0 == 16 + 2" in said


def test_a_fact_is_shown_with_what_it_rests_on() -> None:
    said = explained("claims.unavailable_not_held", SAMPLE)
    assert "4 == 6" in said
    assert "claim.unavailable_not_held.first" in said
    assert "本机关不掌握相关政府信息4件" in said


def test_every_rule_can_be_explained_in_both_languages() -> None:
    with report_at_hand([specification()], SPECIFICATION, [SAMPLE], None) as at_hand:
        for number, rule in enumerate(rule for rule in specification().rules if not rule.rule.id.startswith("claims.")):
            language = LANGUAGES[number % 2]
            words = dict(AUTHORING_TEXTS.block("verdicts", language))
            said = "\n".join(explanation_lines(at_hand.explain(rule, language, words), language))
            assert rule.rule.id in said
            assert "{" not in said.replace(" ".join(rule.rule.check.split()), "")


@pytest.fixture
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authoring, "load_specifications", lambda _: [specification()])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(("--explain", "requests.balanse", "--report", str(SAMPLE)), ExitCode.WRONG_CALL,
                     "Did you mean requests.balance?", id="a rule that is not there"),
        pytest.param(("--explain", "requests.balance", "--report", str(SAMPLE.with_name("report_02.txt"))),
                     ExitCode.WRONG_CALL, "Did you mean", id="a report that is not there"),
        pytest.param(("--explain", "requests.balance", "--report", str(FOLDER)), ExitCode.WRONG_CALL,
                     "a folder", id="a folder for a report"),
        pytest.param(("--explain", "requests.balance"), ExitCode.WRONG_CALL, "--report FILE", id="no report"),
        pytest.param(("--report", str(SAMPLE)), ExitCode.WRONG_CALL, "--explain", id="a report and no rule"),
        pytest.param(("--explain", "requests.balance", "--report", str(ROOT / "LICENSE")), ExitCode.UNREADABLE_INPUT,
                     "LICENSE", id="a file that is no report"),
        pytest.param(("--explain", "requests.balance", "--report", str(SAMPLE), "--collection", str(FOLDER)),
                     ExitCode.WRONG_CALL, "no run has left anything", id="a folder that nobody published to"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("at_hand")
def test_what_is_wrong_with_a_call_is_told(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: ExitCode, said: str
) -> None:
    assert main([str(SPECIFICATION), "--lang", "en", *words]) == code
    printed = capsys.readouterr()
    assert said in printed.err
    assert not printed.out


@pytest.mark.usefixtures("at_hand")
def test_the_command_prints_the_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SPECIFICATION), "--explain", "requests.balance", "--report", str(SAMPLE)]) == ExitCode.CLEAN
    assert "18 + 0 == 16 + 2" in capsys.readouterr().out
