from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.source.problems import PROBLEM_TEXTS, Problem, SpecificationError
from disclosure_checks.rules.spec.source.yaml_source import MAXIMUM_BYTES
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.rules.spec_samples import BALANCE, FACTS, FORMAT, rule, specification_text, write_specification

PLACE = "¦"  # stands right before the character a problem is expected at


def problems_of(folder: Path, text: str) -> list[Problem]:
    with pytest.raises(SpecificationError) as caught:
        load_specification(write_specification(folder, text))
    return list(caught.value.problems)


def places_in(text: str) -> list[tuple[int, int]]:
    """The line and column of every PLACE, from 1."""
    return [
        (number, position + 1 - line[:position].count(PLACE))
        for number, line in enumerate(text.splitlines(), start=1)
        for position, character in enumerate(line)
        if character == PLACE
    ]


def with_change(before: str, after: str) -> str:
    """The sample spec with one part of it changed."""
    text = specification_text(BALANCE)
    assert text.count(before) == 1
    return text.replace(before, after)


def with_rule(*arguments: str, **more: str) -> str:
    return specification_text(BALANCE, rule(*arguments, **more))


EXAMPLE_OF_BALANCE = BALANCE + "    examples:\n"

BROKEN = [
    pytest.param(
        with_change("first: 2021", "¦frist: 2021").replace("{¦frist", "¦{¦frist"),
        ["missing_key", "unknown_key"],
        id="a misspelt key",
    ),
    pytest.param(with_change("severity: error", "severity: ¦eror"), ["wrong_choice"], id="a misspelt severity"),
    pytest.param(
        with_change("    severity: error\n", "").replace("  - id: req", "  - ¦id: req"),
        ["missing_key"],
        id="a missing key",
    ),
    pytest.param(with_change("first: 2021", 'first: ¦"2021"'), ["wrong_type"], id="text instead of a number"),
    pytest.param(
        with_change("phrases: [甲]", "phrases: [甲, ¦yes]"), ["text_needs_quotes"], id="yes without quotation marks"
    ),
    pytest.param(
        with_change("{id: business, label: 企业", "{id: business, label: ¦2021"),
        ["text_needs_quotes"],
        id="a number as a label",
    ),
    pytest.param(with_change("{id: granted, ", "{id: granted, ¦on: 1, "), ["key_needs_quotes"], id="on as a key"),
    pytest.param(with_change("basis: 测试", "basis: 测试\n¦basis: 再来"), ["duplicate_key"], id="a key given twice"),
    pytest.param(
        with_change("  - {id: overview", "  - {id: ¦Overview").replace("section: overview", "section: ¦overview"),
        ["malformed_id"],
        id="a capital letter in an id",
    ),
    pytest.param(with_change("{id: charity, ", "{id: ¦business, "), ["duplicate_id"], id="a column id given twice"),
    pytest.param(
        with_change("{id: refused_internal", "{id: ¦granted"),
        ["duplicate_id"],
        id="a row id given twice at different depths",
    ),
    pytest.param(
        with_change("{id: other_rest", "{id: ¦sum"), ["reserved_id"], id="a word of the formula language as id"
    ),
    pytest.param(
        with_change("    section: requests", "    section: ¦request"),
        ["unknown_section"],
        id="a section that does not exist",
    ),
    pytest.param(
        with_change("columns: [issued, in_force]", "columns: [issued, ¦in_forec]"),
        ["unknown_column_of_row"],
        id="a column that does not exist",
    ),
    pytest.param(
        with_change("heading: 总体情况", 'heading: "总体¦[情况"'),
        ["unbalanced_heading"],
        id="brackets of a heading that do not match",
    ),
    pytest.param(
        with_change("phrases: [强化强化]", "within: ¦section.overveiw, phrases: [强化强化]"),
        ["unknown_text_part"],
        id="a part of the text that does not exist",
    ),
    pytest.param(
        with_change("phrases: [强化强化]", 'pattern: "强化¦(强化"'),
        ["malformed_pattern"],
        id="a broken regular expression",
    ),
    pytest.param(
        with_change("{id: slips, ", "¦{id: slips, pattern: a, "),
        ["fact_needs_one_source"],
        id="a fact from phrases and a pattern",
    ),
    pytest.param(with_change("first: 2021", "first: 2021, last: ¦2019"), ["years_reversed"], id="years in reverse"),
    pytest.param(
        with_change("values: {", "categories: {a: {zh: 甲, en: a}}\nvalues: {").replace(
            "    severity: error", "    severity: error\n    category: ¦b"
        ),
        ["unknown_category"],
        id="a category that is not declared",
    ),
    pytest.param(
        with_rule("a", "requests.granted.total == ¦requets.received.total"),
        ["unknown_table"],
        id="a table that does not exist",
    ),
    pytest.param(with_rule("a", "requests.¦grantd.total == 0"), ["unknown_row"], id="a row that does not exist"),
    pytest.param(with_rule("a", "requests.granted.¦totl == 0"), ["unknown_column"], id="a column of a full name"),
    pytest.param(
        with_rule("a", "stock.documents.amount == 0").replace("stock.documents.amount", "¦stock.documents.amount"),
        ["no_such_cell"],
        id="a cell the row does not have",
    ),
    pytest.param(with_rule("a", "¦text.slip == 0"), ["unknown_fact"], id="a fact that does not exist"),
    pytest.param(with_rule("a", "¦granted == 0"), ["bare_name_outside_loop"], id="a bare name without a loop"),
    pytest.param(
        with_rule("a", "¦counts >= 1", loop='section: "*"'), ["unknown_name"], id="a fact the loop does not have"
    ),
    pytest.param(
        with_rule("a", "sum(¦granted.*) == 0", loop="column: requests.*"),
        ["not_a_group"],
        id="a star after a row that is no group",
    ),
    pytest.param(
        with_rule("a", "sum(¦carried_in .. received) == 0", loop="column: requests.*"),
        ["range_is_reversed"],
        id="a range in reverse",
    ),
    pytest.param(
        with_rule("a", "¦1 + received", loop="column: requests.*"),
        ["number_where_condition"],
        id="a number where a condition is needed",
    ),
    pytest.param(
        with_rule("a", "received + (carried_in ¦== 2) == 0", loop="column: requests.*"),
        ["condition_where_number"],
        id="a condition where a number is needed",
    ),
    pytest.param(
        with_rule("a", "received ¦= 0", loop="column: requests.*"), ["single_equals"], id="a single equals sign"
    ),
    pytest.param(
        with_rule("a", "¦recieved == ¦grantd", loop="column: requests.*"),
        ["unknown_row"] * 2,
        id="two misspelt names in one formula",
    ),
    pytest.param(
        with_rule("a", "'received == ¦grantd'", loop="column: requests.*"),
        ["unknown_row"],
        id="a name inside quotation marks",
    ),
    pytest.param(
        with_rule("a", "|\n      received\n        == ¦grantd", loop="column: requests.*"),
        ["unknown_row"],
        id="a name on a later line of a block",
    ),
    pytest.param(
        with_rule("a", ">-\n      received\n      == ¦grantd", loop="column: requests.*"),
        ["unknown_row"],
        id="a name on a later line of a folded block",
    ),
    pytest.param(
        with_rule("a", "received\n      == ¦grantd", loop="column: requests.*"),
        ["unknown_row"],
        id="a name on a later line of plain text",
    ),
    pytest.param(
        with_rule("a", "value == 0", loop="cell: ¦request.*.*"), ["loop_matches_nothing"], id="a loop over nothing"
    ),
    pytest.param(
        with_rule("a", "value == 0", loop='cell: ["requests.*.*"], except: ["¦stock.fees.amount"]'),
        ["exception_not_in_loop"],
        id="an exception from nothing",
    ),
    pytest.param(
        with_rule("a", "total == 0", loop="row: requests.*, column: requests.*").replace(
            "{row: requests.*, c", "¦{row: requests.*, c"
        ),
        ["loop_needs_one_kind"],
        id="two loops at once",
    ),
    pytest.param(
        with_rule("a", "issued == 0", loop="row: ¦stock.fees")
        .replace("¦", "")
        .replace("check: issued", "check: ¦issued"),
        ["no_such_cell"],
        id="a loop item without the cells",
    ),
    pytest.param(
        with_rule("a", "text.slips == 0", 'message: {zh: "有 ¦{tekst}", en: "{text}"}'),
        ["unknown_placeholder"],
        id="a misspelt placeholder",
    ),
    pytest.param(with_rule("¦requests.balance", "text.slips == 0"), ["duplicate_id"], id="a rule id given twice"),
    pytest.param(
        with_rule("a", "text.slips == 0", "renamed_from: [¦requests.balance]"),
        ["former_id_in_use"],
        id="a former id that is in use",
    ),
    pytest.param(
        specification_text(EXAMPLE_OF_BALANCE + "      - ¦{difference: 1}\n"),
        ["example_needs_one_outcome"],
        id="an example without an outcome",
    ),
    pytest.param(
        specification_text(EXAMPLE_OF_BALANCE + "      - ¦{pass: {received: 0}, fail: {received: 1}}\n"),
        ["example_needs_one_outcome"],
        id="an example with two outcomes",
    ),
    pytest.param(
        specification_text(EXAMPLE_OF_BALANCE + "      - {pass: {received: 0, ¦granted: 1}}\n"),
        ["example_names_no_input"],
        id="an example that names no input",
    ),
    pytest.param(
        specification_text(EXAMPLE_OF_BALANCE + "      - {pass: {received: 0, ¦recieved: 1}}\n"),
        ["unknown_row"],
        id="an example with a misspelt name",
    ),
    pytest.param(
        specification_text(EXAMPLE_OF_BALANCE + "      - {pass: {received: ¦many}}\n"),
        ["wrong_type"],
        id="an example with a text for a number",
    ),
    pytest.param(FORMAT + "rules: ¦*everything\n", ["yaml_alias"], id="an alias"),
    pytest.param(with_rule("a", "count >= 1", loop="section: *¦"), ["yaml_alias"], id="a star without quotation marks"),
    pytest.param(FORMAT + "rules: ¦&all []\n", ["yaml_alias"], id="an anchor"),
    pytest.param(FORMAT + "rules: ¦!!python/object:os.system []\n", ["yaml_tag"], id="a tag"),
    pytest.param(FORMAT + "rules: " + "[" * 49 + "¦[[" + "]" * 51 + "\n", ["yaml_too_deep"], id="too many levels"),
    pytest.param(FORMAT + "rules: []\n¦---\nformat: second\n", ["yaml_second_document"], id="a second document"),
    pytest.param(FORMAT + "rules:\n¦\t- id: a\n", ["yaml_tab"], id="a tab as indentation"),
    pytest.param(FORMAT + "note¦\x07: a\n", ["control_character"], id="a control character"),
    pytest.param("¦- a\n- b\n", ["not_a_mapping"], id="a list at the top"),
]


@pytest.mark.parametrize(("text", "codes"), BROKEN)
def test_a_mistake_is_told_at_its_line_and_column(tmp_path: Path, text: str, codes: list[str]):
    problems = problems_of(tmp_path, text.replace(PLACE, ""))
    assert [problem.code for problem in problems] == codes
    expected = places_in(text)
    if len(expected) == len(problems):
        assert [(problem.line, problem.column) for problem in problems] == expected
    else:
        assert {(problem.line, problem.column) for problem in problems} <= set(expected)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (with_change("first: 2021", "first: 2021, lst: 2022"), "last"),
        (with_change("severity: error", "severity: eror"), "error"),
        (with_change("    section: requests", "    section: request"), "requests"),
        (with_rule("a", "grantd == 0", loop="column: requests.*"), "granted"),
        (with_rule("a", "value == 0", loop="cell: requests.granted.totl"), "requests.granted.total"),
        (with_rule("a", "text.slip == 0"), "text.slips"),
        (with_change("phrases: [甲]", "phrases: [no]"), '"no"'),
    ],
)
def test_what_was_probably_meant_is_suggested(tmp_path: Path, text: str, suggestion: str):
    assert [problem.suggestion for problem in problems_of(tmp_path, text)] == [suggestion]


def test_all_mistakes_are_told_at_once(tmp_path: Path):
    text = specification_text(
        rule("a", "grantd == 0", loop="column: requests.*"),
        rule("b", "text.slips = 0", severity="eror"),
        rule("c", "text.slips == 0", 'message: {zh: "{tekst}", en: "{text}"}', "catgory: text"),
        rule("d", "text.slip == 0"),
    ).replace("within: document", "")
    codes = [problem.code for problem in problems_of(tmp_path, text)]
    assert codes == ["unknown_row", "single_equals", "wrong_choice", "unknown_key", "unknown_fact"]


def test_a_broken_fact_does_not_make_its_name_unknown(tmp_path: Path):
    text = with_rule("a", "text.slips == 0").replace("phrases: [强化强化]", "phrases: [强化强化], tak: first")
    assert [problem.code for problem in problems_of(tmp_path, text)] == ["unknown_key"]


def test_a_problem_shows_the_line_a_caret_and_what_was_expected(tmp_path: Path):
    text = with_rule("a", "text.slips == 0", 'message: {zh: "有 {tekst}", en: "{text}"}')
    [problem] = problems_of(tmp_path, text)
    first, line, caret, expected, *_ = problem.render("en").splitlines()
    assert first == f"{problem.source}:{problem.line}:{problem.column}: unknown placeholder {{tekst}}"
    assert line == '        message: {zh: "有 {tekst}", en: "{text}"}'
    assert caret == "    " + " " * 19 + "\u3000" + " ^"  # a Chinese character is as wide as two others
    assert expected.startswith("  expected: {text}, {where}")


def test_the_error_prints_all_problems_in_chinese_by_default(tmp_path: Path):
    with pytest.raises(SpecificationError, match="比较相等要写 =="):
        load_specification(write_specification(tmp_path, with_rule("a", "text.slips = 0")))


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        pytest.param(b"", "file_empty", (1, 1), id="an empty file"),
        pytest.param(b"# nothing\n", "file_empty", (1, 1), id="only a comment"),
        pytest.param("format: a\ntitle: 标题".encode("gb18030"), "file_not_utf8", (2, 8), id="GBK bytes"),
        pytest.param("format: a".encode("utf-16"), "file_not_utf8", (1, 1), id="UTF-16 bytes"),
        pytest.param(b"format: [a\ntitle: b\n", "yaml_unclosed_bracket", (1, 9), id="an open bracket"),
        pytest.param(b"format: a: b\n", "yaml_mapping_value", (1, 10), id="a colon too many"),
        pytest.param(b"a" * (MAXIMUM_BYTES + 1), "file_too_large", (0, 0), id="a file of five megabytes"),
    ],
)
def test_a_file_that_is_no_spec_is_told(tmp_path: Path, content: bytes, code: str, place: tuple[int, int] | None):
    path = tmp_path / "spec.yaml"
    path.write_bytes(content)
    with pytest.raises(SpecificationError) as caught:
        load_specification(path)
    [problem] = caught.value.problems
    assert problem.code == code
    assert place is None or (problem.line, problem.column) == place


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        pytest.param(with_change("{id: charity, ", "{id: ¦business, "), "{id: business, ", id="a column"),
        pytest.param(with_change("{id: refused_internal", "{id: ¦granted"), "{id: granted", id="a row"),
        pytest.param(
            with_rule("¦requests.balance", "text.slips == 0"), "- id: requests.balance", id="a rule"
        ),
        pytest.param(
            with_rule("a", "text.slips == 0", "renamed_from: [¦requests.balance]"), "- id: requests.balance",
            id="a former id",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_given_twice_is_told_with_the_place_of_the_first(tmp_path: Path, marked: str, first: str, language: str):
    text = marked.replace("¦", "")
    before, here = text.partition(first)[0], text.partition(first)[2]
    assert here
    line = before.count("\n") + 1
    [problem] = [one for one in problems_of(tmp_path, text) if one.code in ("duplicate_id", "former_id_in_use")]
    said = problem.render(language).splitlines()[0]
    assert f"small.yaml:{line}:" in said.partition(": ")[2]
    assert problem.line > line


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path):
    for path, code in ((tmp_path / "none.yaml", "file_missing"), (tmp_path, "file_is_folder")):
        with pytest.raises(SpecificationError) as caught:
            load_specification(path)
        assert [problem.code for problem in caught.value.problems] == [code]


def test_a_byte_order_mark_does_not_matter(tmp_path: Path):
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + specification_text(BALANCE).encode("utf-8"))
    assert load_specification(path).specification.format == "small_format"


def test_an_alias_bomb_is_refused_before_it_grows(tmp_path: Path):
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(30))
    assert [problem.code for problem in problems_of(tmp_path, bomb)] == ["yaml_alias"]


def test_a_hundred_thousand_open_brackets_are_refused(tmp_path: Path):
    assert [problem.code for problem in problems_of(tmp_path, "a: " + "[" * 100_000)] == ["yaml_too_deep"]


def test_a_heading_with_too_many_wordings_is_refused(tmp_path: Path):
    text = with_change("heading: 总体情况", 'heading: "' + "[甲]" * 40 + '"')
    assert [problem.code for problem in problems_of(tmp_path, text)] == ["too_many_wordings"]


def test_the_fingerprint_follows_the_text(tmp_path: Path):
    first = load_specification(write_specification(tmp_path, specification_text(BALANCE)))
    again = load_specification(write_specification(tmp_path, specification_text(BALANCE), "other.yaml"))
    changed = load_specification(write_specification(tmp_path, specification_text(BALANCE) + "# changed\n"))
    assert first.fingerprint == again.fingerprint != changed.fingerprint


def test_every_code_in_the_tests_has_a_text():
    names = PROBLEM_TEXTS.names("problems")
    told = {code for case in BROKEN for code in case.values[1]}
    assert told <= set(names)


def test_the_sample_is_sound(tmp_path: Path):
    compiled = load_specification(write_specification(tmp_path, FORMAT + FACTS))
    assert compiled.rules == ()
