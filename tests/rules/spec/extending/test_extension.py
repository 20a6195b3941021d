from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.spec.loading import load_specification, load_with_places
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from tests.rules.spec_samples import BALANCE, RESULTS_SUM, rule, specification_text, write_specification

NATIONAL = specification_text(BALANCE, RESULTS_SUM)
OVERRIDE = "  - {id: requests.balance, override: true, severity: likely, title: {zh: 平衡, en: balance}}\n"
PROVINCE = (
    "extends: national.yaml\ntitle: {zh: 某省, en: A province}\n"
    "facts:\n  - {id: local, phrases: [本省]}\n"
    "categories:\n  local: {zh: 本省, en: Local}\n"
    "rules:\n" + OVERRIDE + rule("local.named", "text.local >= 1 and text.slips == 0", "category: local")
)


def extended(folder: Path, province: str, national: str = NATIONAL) -> Path:
    write_specification(folder, national, "national.yaml")
    return write_specification(folder, province, "province.yaml")


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(SpecificationError) as caught:
        load_specification(path)
    return list(caught.value.problems)


def told(problems: list[Problem]) -> list[tuple[str, str, int, int]]:
    return [(problem.code, Path(problem.source).name, problem.line, problem.column) for problem in problems]


def test_facts_rules_and_categories_are_added_and_rules_overridden(tmp_path: Path):
    compiled = load_specification(extended(tmp_path, PROVINCE.replace("requests.balance", "requests.balance")))
    assert list(compiled.rule_by_id) == ["requests.balance", "requests.results_sum", "local.named"]
    balance = compiled.rule_by_id["requests.balance"].rule
    assert (balance.severity, balance.title.zh) == (Severity.LIKELY, "平衡")
    assert compiled.rule_by_id["requests.results_sum"].rule.severity is Severity.ERROR
    assert "text.local" in compiled.facts
    assert compiled.specification.title.zh == "某省"
    assert compiled.specification.format == "small_format"


def test_the_fingerprint_follows_both_files(tmp_path: Path):
    first = load_specification(extended(tmp_path, PROVINCE)).fingerprint
    assert load_specification(extended(tmp_path, PROVINCE + "# note\n")).fingerprint != first
    assert load_specification(extended(tmp_path, PROVINCE, NATIONAL + "# note\n")).fingerprint != first


def test_a_mistake_is_told_in_the_file_it_is_in(tmp_path: Path):
    text = PROVINCE.replace("text.local", "text.locl").replace("severity: likely", "severity: likly")
    assert told(problems_of(extended(tmp_path, text))) == [
        ("wrong_choice", "province.yaml", 8, 54),
        ("unknown_fact", "province.yaml", 11, 12),
    ]


def test_a_mistake_of_the_extended_spec_is_told_there(tmp_path: Path):
    problems = problems_of(extended(tmp_path, PROVINCE, NATIONAL.replace("sum(results.*)", "sum(reslts.*)")))
    assert [(code, name) for code, name, _, _ in told(problems)] == [("unknown_row", "national.yaml")]


def test_an_override_of_nothing_is_told(tmp_path: Path):
    problems = problems_of(extended(tmp_path, PROVINCE.replace("id: requests.balance", "id: requests.balanc")))
    assert told(problems) == [("override_matches_nothing", "province.yaml", 8, 10)]


def test_an_id_of_the_extended_spec_cannot_be_used_again(tmp_path: Path):
    text = "extends: national.yaml\nrules:\n" + rule("requests.balance", "text.slips == 0")
    path = extended(tmp_path, text)
    [problem] = problems_of(path)
    assert told([problem]) == [("repeats_extended", "province.yaml", 3, 9)]
    national = (path.parent / "national.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(national, start=1) if "id: requests.balance" in text)
    assert problem.details["elsewhere"] == f"{(path.parent / 'national.yaml').as_posix()}:{line}:9"
    assert problem.details["elsewhere"] in problem.render("en")


def test_a_missing_file_is_told_where_it_is_named(tmp_path: Path):
    path = write_specification(tmp_path, "extends: nowhere.yaml\n")
    assert told(problems_of(path)) == [
        ("extended_spec_broken", "small.yaml", 1, 10),
        ("file_missing", "nowhere.yaml", 0, 0),
    ]


def test_files_that_extend_each_other_are_told(tmp_path: Path):
    path = extended(tmp_path, "extends: national.yaml\n", "extends: province.yaml\n")
    assert "extends_itself" in [problem.code for problem in problems_of(path)]


def test_an_extension_of_an_extension_is_a_spec(tmp_path: Path):
    extended(tmp_path, PROVINCE)
    city = "extends: province.yaml\nrules:\n" + rule("city.named", "text.local >= 2")
    compiled = load_specification(write_specification(tmp_path, city, "city.yaml"))
    assert list(compiled.rule_by_id)[-2:] == ["local.named", "city.named"]


CHANGED_TABLE = """\
extends: national.yaml
tables:
  - id: requests
    override: true
    rows:
      - {id: other, label: 其他处理, short: {zh: 其他处理, en: other}}
      - {id: granted, label: 公开, aliases: [予以公开]}
    row_aliases: {carried_in: [二、上年度结转], refused: [（三）不予公开]}
    column_aliases: {person: [公民]}
"""


def row_ids(members) -> list[str]:
    return [
        name
        for member in members
        for name in ([member.id] if not hasattr(member, "group") else [member.group, *row_ids(member.rows)])
    ]


def test_a_row_takes_the_place_of_the_row_or_group_of_its_id(tmp_path: Path):
    compiled = load_specification(extended(tmp_path, CHANGED_TABLE))
    requests, stock = compiled.specification.tables
    assert row_ids(requests.rows) == [
        "received",
        "carried_in",
        *("results", "granted", "refused", "refused_secret", "refused_internal", "other", "results_total"),
        "carried_out",
    ]
    assert stock == load_specification(tmp_path / "national.yaml").specification.tables[1]
    assert "requests.other.person" in compiled.cells
    assert not [cell for cell in compiled.cells if "other_fee" in cell]
    granted = compiled.specification.tables[0].rows[2].rows[0]
    assert (granted.label, granted.aliases) == ("公开", ("予以公开",))


def test_further_labels_of_rows_columns_and_groups_are_accepted(tmp_path: Path):
    requests = load_specification(extended(tmp_path, CHANGED_TABLE)).specification.tables[0]
    assert requests.rows[1].aliases == ("二、上年度结转",)
    assert requests.rows[2].rows[1].aliases == ("（三）不予公开",)
    assert requests.columns[0].columns[0].aliases == ("公民",)


def test_an_inherited_rule_reads_the_changed_table(tmp_path: Path):
    rules = load_specification(extended(tmp_path, CHANGED_TABLE)).rule_by_id
    person = rules["requests.results_sum"].instances[0]
    assert "requests.other.person" in person.inputs
    assert "requests.other_rest.person" not in person.inputs


def test_a_table_stated_in_whole_takes_the_place_of_the_one_with_its_id(tmp_path: Path):
    table = """\
extends: national.yaml
tables:
  - id: stock
    title: {zh: 库存, en: Stock}
    section: overview
    columns: [{id: kept, label: 留存}]
    rows: [{id: documents, label: 规范性文件}]
  - id: extra
    title: {zh: 附表, en: Additional table}
    section: overview
    columns: [{id: count, label: 数量}]
    rows: [{id: visits, label: 来访}]
"""
    compiled = load_specification(extended(tmp_path, table))
    assert [one.id for one in compiled.specification.tables] == ["requests", "stock", "extra"]
    assert [cell for cell in compiled.cells if not cell.startswith("requests.")] == [
        "stock.documents.kept",
        "extra.visits.count",
    ]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        pytest.param("{id: othr, label: 甲}", ("unknown_row", 6, 14), id="a row that replaces nothing"),
        pytest.param("{group: othr, label: 甲, rows: [{id: a, label: 乙}]}", ("unknown_row", 6, 17), id="a group"),
        pytest.param("{id: granted, label: 甲, columns: [persn]}", ("unknown_column_of_row", 6, 43), id="its columns"),
    ],
)
def test_a_mistake_in_a_changed_table_is_told_in_the_file_it_is_in(tmp_path: Path, wrong: str, expected):
    text = f"extends: national.yaml\ntables:\n  - id: requests\n    override: true\n    rows:\n      - {wrong}\n"
    code, line, column = expected
    assert told(problems_of(extended(tmp_path, text))) == [(code, "province.yaml", line, column)]


def test_a_further_label_of_nothing_is_told_at_its_name(tmp_path: Path):
    text = CHANGED_TABLE.replace("{person: [公民]}", "{persn: [公民]}")
    problems = problems_of(extended(tmp_path, text))
    assert told(problems) == [("unknown_column", "province.yaml", 9, 22)]
    assert problems[0].suggestion == "person"


def test_an_override_of_no_table_is_told(tmp_path: Path):
    text = "extends: national.yaml\ntables:\n  - {id: request, override: true}\n"
    assert told(problems_of(extended(tmp_path, text))) == [("override_matches_nothing", "province.yaml", 3, 10)]


def test_everything_of_a_rule_but_its_id_can_be_changed(tmp_path: Path):
    text = """\
extends: national.yaml
rules:
  - id: requests.balance
    override: true
    for_each: {column: requests.total}
    check: received == results_total
    severity: advisory
    basis: 某省
    examples: [{pass: {received: 1, results_total: 1}}]
"""
    changed = load_specification(extended(tmp_path, text)).rule_by_id["requests.balance"]
    assert [instance.item for instance in changed.instances] == ["requests.total"]
    assert (changed.rule.check, changed.rule.basis) == ("received == results_total", "某省")
    assert changed.rule.title.zh == "规则requests.balance"


def test_a_mistake_in_a_changed_formula_is_told_in_the_file_it_is_in(tmp_path: Path):
    text = "extends: national.yaml\nrules:\n  - {id: requests.balance, override: true, check: received == grnted}\n"
    problems = problems_of(extended(tmp_path, text))
    assert told(problems)[-1] == ("unknown_row", "province.yaml", 3, 63)


def test_a_fact_can_be_restated(tmp_path: Path):
    text = "extends: national.yaml\nfacts:\n  - {id: slips, override: true, phrases: [加强加强]}\n"
    compiled = load_specification(extended(tmp_path, text))
    assert compiled.specification.facts[0].phrases == ("加强加强",)
    assert [fact.id for fact in compiled.specification.facts].count("slips") == 1


def test_further_headings_are_accepted(tmp_path: Path):
    text = "extends: national.yaml\nheading_variants: {requests: [申请办理情况]}\n"
    assert load_specification(extended(tmp_path, text)).specification.sections[1].variants == ("申请办理情况",)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        pytest.param("heading_variants: {request: [甲]}", "unknown_section", 20, id="a section that is not there"),
        pytest.param('heading_variants: {requests: ["[甲"]}', "unbalanced_heading", 32, id="a broken heading"),
        pytest.param("without: {rules: [requests.balanc]}", "left_out_matches_nothing", 19, id="no such rule"),
        pytest.param("without: {facts: [slip]}", "left_out_matches_nothing", 19, id="no such fact"),
        pytest.param("without: {cells: [stock.*.issud]}", "left_out_matches_nothing", 19, id="no such cell"),
        pytest.param("without: {cells: [stock.*.issued]}", "left_out_cell_exists", 19, id="a cell that is there"),
    ],
)
def test_a_name_of_nothing_is_told_where_it_stands(tmp_path: Path, text: str, code: str, column: int):
    problems = problems_of(extended(tmp_path, f"extends: national.yaml\n{text}\n"))
    assert (code, "province.yaml", 2, column) in told(problems)


OWN_FORMAT = """\
extends: national.yaml
format: older_format
basis: 旧文件
without:
  cells: [requests.other_fee.*, requests.other_rest.*]
tables:
  - id: requests
    override: true
    rows: [{id: other, label: 其他处理}]
"""
FEES = rule("requests.fees", "requests.other_fee.total == 0")
ROWS = rule("requests.rows", "total >= person", loop="row: [requests.other_fee, requests.granted]")
CELLS = rule("values.fees", "value >= 0", loop="cell: requests.other_fee.*")
RESTING = rule("requests.resting", "requests.granted.total >= 0", "basis: 测试，表一")


def test_rules_of_cells_that_are_left_out_are_dropped_and_loops_go_without_them(tmp_path: Path):
    national = specification_text(BALANCE, RESULTS_SUM, FEES, ROWS, CELLS)
    loaded = load_with_places(extended(tmp_path, OWN_FORMAT, national))
    assert loaded.dropped == ("requests.fees", "values.fees")
    assert list(loaded.compiled.rule_by_id) == ["requests.balance", "requests.results_sum", "requests.rows"]
    assert [one.item for one in loaded.compiled.rule_by_id["requests.rows"].instances] == ["requests.granted"]


def test_an_inherited_rule_that_does_not_fit_is_told_with_what_to_do(tmp_path: Path):
    text = OWN_FORMAT.replace("  cells: [requests.other_fee.*, requests.other_rest.*]\n", "  facts: []\n")
    problems = problems_of(extended(tmp_path, text, specification_text(BALANCE, FEES)))
    assert [(code, name) for code, name, _, _ in told(problems)] == [
        ("inherited_rule_does_not_fit", "province.yaml"),
        ("unknown_row", "national.yaml"),
    ]
    assert "requests.fees" in problems[0].render("en")
    assert "without" in problems[0].render("en")


def test_a_rule_left_out_by_name_is_gone(tmp_path: Path):
    text = OWN_FORMAT.replace("  cells: [requests.other_fee.*, requests.other_rest.*]\n", "  rules: [requests.fees]\n")
    compiled = load_specification(extended(tmp_path, text, specification_text(BALANCE, FEES)))
    assert list(compiled.rule_by_id) == ["requests.balance"]


def test_inherited_rules_of_a_format_of_its_own_rest_on_its_document(tmp_path: Path):
    compiled = load_specification(extended(tmp_path, OWN_FORMAT, specification_text(RESTING)))
    assert compiled.rule_by_id["requests.resting"].rule.basis == "旧文件，表一"


def test_inherited_rules_of_a_province_rest_on_the_national_document(tmp_path: Path):
    text = "extends: national.yaml\nbasis: 某省规定\n"
    compiled = load_specification(extended(tmp_path, text, specification_text(RESTING)))
    assert compiled.rule_by_id["requests.resting"].rule.basis == "测试，表一"


@pytest.mark.parametrize("name", ["self_words", "boilerplate"])
def test_words_are_added_to_those_of_the_extended_spec(tmp_path: Path, name: str):
    national = f"{NATIONAL}{name}: [本局, 我局]\n"
    province = f"extends: national.yaml\n{name}: [我局, 本省]\n"
    specification = load_specification(extended(tmp_path, province, national)).specification
    assert getattr(specification, name) == ("本局", "我局", "本省")
    unchanged = load_specification(extended(tmp_path, "extends: national.yaml\n", national)).specification
    assert getattr(unchanged, name) == ("本局", "我局")
