"""Mistakes of typing that YAML understands in its own way: each is told at the character that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.spec.loading import load_with_places
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.rules.spec_samples import specification_text, write_specification

RULE = """\
  - id: a.one
    title: {zh: 规则一, en: rule one}
    check: requests.granted.total == 1
    severity: error
    basis: 依据
"""
MARK = "¦"  # stands before the place that is to be told


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(SpecificationError) as caught:
        load_with_places(write_specification(folder, text))
    return caught.value.problems


def changed(before: str, after: str) -> str:
    """The small format with one rule, of which something is changed."""
    assert before in RULE
    return specification_text(RULE.replace(before, after, 1))


def place_of_mark(text: str) -> tuple[int, int]:
    line = text[: text.index(MARK)].count("\n") + 1
    return line, text.splitlines()[line - 1].index(MARK) + 1


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        pytest.param("severity: error", "severity¦： error", "full_width_colon", id="a full-width colon"),
        pytest.param("severity: error", "severity¦：error", "full_width_colon", id="and no blank behind it"),
        pytest.param("- id: a.one", "- id¦：a.one", "full_width_colon", id="a full-width colon behind a dash"),
        pytest.param("{zh: 规则一", "{zh¦：规则一", "full_width_colon", id="a full-width colon in braces"),
        pytest.param("basis: 依据", "basis¦：依据", "full_width_colon", id="a full-width colon on the last line"),
        pytest.param("severity: error", "severity¦:error", "no_blank_after_colon", id="no blank behind a colon"),
        pytest.param("check: requests", "check¦:requests", "no_blank_after_colon", id="no blank before a formula"),
        pytest.param("{zh: 规则一", "{zh¦:规则一", "no_blank_after_colon", id="no blank behind a colon in braces"),
        pytest.param("en: rule", "en¦:rule", "no_blank_after_colon", id="no blank behind the second colon in braces"),
        pytest.param("severity: error", "severity:¦\u00a0error", "yaml_odd_space", id="NBSP behind a colon"),
        pytest.param("severity: error", "severity:¦\u3000error", "yaml_odd_space", id="a full-width blank behind a colon"),
        pytest.param("    severity", "¦\u00a0\u00a0\u00a0\u00a0severity", "yaml_odd_space", id="NBSP as indentation"),
        pytest.param("    severity", "¦\u3000\u3000severity", "yaml_odd_space", id="full-width blanks as indentation"),
        pytest.param("    severity", "  ¦\u00a0\u00a0severity", "yaml_odd_space", id="NBSP behind blanks"),
        pytest.param("severity", "seve¦\u200brity", "invisible_character", id="a zero-width space in a key"),
        pytest.param("severity", "¦\u200bseverity", "invisible_character", id="a zero-width space before a key"),
        pytest.param("severity", "severity¦\ufeff", "invisible_character", id="a byte order mark behind a key"),
        pytest.param(": error", ": err¦\u200bor", "invisible_character", id="a zero-width space in a value"),
        pytest.param("    severity", "¦\tseverity", "yaml_tab", id="a tab as indentation"),
        pytest.param("    severity", "  ¦\tseverity", "yaml_tab", id="a tab behind blanks"),
        pytest.param(": error", ": ¦“error”", "curly_quotes", id="curly quotes around a value"),
        pytest.param(": error", ": ¦‘error’", "curly_quotes", id="single curly quotes"),
        pytest.param("zh: 规则一", "zh: “规则, 一¦”", "curly_quotes", id="curly quotes around a comma"),
        pytest.param("en: rule one", "en: rule, ¦if any", "comma_in_text", id="a comma in a text in braces"),
        pytest.param("zh: 规则一", "zh: 规则, ¦一", "comma_in_text", id="a comma in the first text in braces"),
        pytest.param("zh: 规则一,", "zh: 规则一¦，", "full_width_comma", id="a full-width comma between keys"),
        pytest.param("severity: error", "¦<<: {severity: error}", "yaml_merge_key", id="a merge key"),
        pytest.param("basis: 依据", 'basis: "a¦\\d"', "yaml_backslash", id="a backslash in double quotes"),
        pytest.param("basis: 依据", 'basis: "¦\\《依据》"', "yaml_backslash", id="a backslash before a Chinese sign"),
        pytest.param("    severity", "   ¦severity", "yaml_indentation", id="a blank too few"),
        pytest.param("basis: 依据", 'basis: ¦"依据', "yaml_unclosed_quote", id="a quotation mark that is not closed"),
        pytest.param("rule one}", "rule one", "yaml_unclosed_bracket", id="a brace that is not closed"),
        pytest.param("basis: 依据", "basis: ¦@依据", "yaml_needs_quotes", id="a sign nothing can begin with"),
        pytest.param("basis: 依据", "¦basis", "yaml_no_colon", id="a key without a colon"),
        pytest.param("basis: 依据", "basis: 依据¦: 30号", "yaml_mapping_value", id="a colon in a plain text"),
        pytest.param("total == 1", "total ¦=< 1", "foreign_sign", id="less or equal the other way round"),
        pytest.param("total == 1", "total ¦=> 1", "foreign_sign", id="greater or equal the other way round"),
        pytest.param("total == 1", "total ¦<> 1", "foreign_sign", id="unequal as in Excel"),
        pytest.param("total == 1", "total ¦= 1", "single_equals", id="a single sign of equality"),
    ],
)  # fmt: skip
def test_a_mistake_of_typing_is_told_at_its_place(tmp_path: Path, before: str, after: str, code: str):
    text = changed(before, after)
    if MARK not in text:  # where the brace was opened
        text = text.replace("title: {zh: 规则一", "title: ¦{zh: 规则一")
    line, column = place_of_mark(text)
    problems = problems_of(tmp_path, text.replace(MARK, "", 1))
    assert (problems[0].code, problems[0].line, problems[0].column) == (code, line, column)
    for language in LANGUAGES:
        assert problems[0].render(language)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("错误", "error"),
        ("存疑", "likely"),
        ("提醒", "advisory"),
        ("提示", "info"),
        ("warning", "likely"),
        ("Error", "error"),
    ],
)
def test_the_words_people_use_for_a_severity_are_understood(tmp_path: Path, written: str, meant: str):
    [problem] = problems_of(tmp_path, changed(": error", f": {written}"))
    assert (problem.code, problem.suggestion) == ("wrong_choice", meant)


@pytest.mark.parametrize(
    ("written", "meant"), [("=<", "<="), ("=>", ">="), ("<>", "!="), ("≤", "<="), ("≥", ">="), ("≠", "!=")]
)
def test_a_comparison_written_another_way_is_understood(tmp_path: Path, written: str, meant: str):
    [problem] = problems_of(tmp_path, changed("==", written))
    assert problem.suggestion == meant


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("(甲", "unclosed"),
        ("[甲", "unclosed"),
        ("甲)", "unopened"),
        ("*甲", "nothing_to_repeat"),
        ("甲**", "repeated_twice"),
        ("[9-0]", "bad_range"),
        (r"\q", "bad_escape"),
        ("(?<=甲*)乙", "look_behind"),
        ("(?X甲)", "bad_group"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told_in_the_reader_s_language(tmp_path: Path, pattern: str, kind: str):
    text = specification_text().replace("phrases: [甲]", f"pattern: '{pattern}'")
    [problem] = problems_of(tmp_path, text)
    assert (problem.code, problem.details["detail"]) == ("malformed_pattern", f"@pattern_{kind}")
    assert problem.render("zh").isascii() is False


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("rules", "rules:\n" + RULE),
        ("facts", "facts:\n  - {id: slips, phrases: [乙]}\n"),
    ],
)
def test_an_overlay_that_repeats_an_id_is_told_of_override(tmp_path: Path, part: str, text: str):
    write_specification(tmp_path, specification_text(RULE), "base.yaml")
    [problem] = problems_of(tmp_path, f"extends: base.yaml\n{text}")
    assert problem.code == "repeats_extended"
    assert "override: true" in problem.render("zh")
    assert part in text


def test_a_column_of_changes_has_no_unit(tmp_path: Path):
    text = specification_text().replace("type: amount, unit: ", "type: change, unit: ¦")
    line, column = place_of_mark(text)
    [problem] = problems_of(tmp_path, text.replace(MARK, ""))
    assert (problem.code, problem.line, problem.column) == ("unit_of_change", line, column)


def test_an_example_that_names_what_its_rule_does_not_read_is_given_no_far_fetched_name(tmp_path: Path):
    examples = "    examples: [{pass: {requests.received.total: 1}}]\n"
    [problem] = problems_of(tmp_path, specification_text(RULE + examples))
    assert (problem.code, problem.suggestion) == ("example_names_no_input", "")
    assert problem.expected == ("requests.granted.total",)
