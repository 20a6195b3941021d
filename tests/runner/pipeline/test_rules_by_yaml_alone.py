"""What a clerk may change in the spec without any Python: rules, aliases, headings, severities."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from disclosure_checks.runner.commands import check_spec
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import SPECIFICATION
from tests.generation.samples import flawless_text, sample_text

NEW_RULE = """
  - id: proactive.licence_limit
    title: {zh: 行政许可处理决定数量不超过100000, en: At most 100000 licence decisions}
    category: proactive
    check: proactive.licences.decisions <= 100000
    severity: likely
    examples:
      - {pass: {proactive.licences.decisions: 100000}}
      - {fail: {proactive.licences.decisions: 100001}, difference: 1}
"""


@pytest.fixture
def spec(tmp_path):
    """A copy of the spec with a text in it replaced, or one added at the end."""

    def changed(*replacements: tuple[str, str], added: str = "") -> Path:
        text = SPECIFICATION.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "changed.yaml"
        path.write_text(text + added, encoding="utf-8")
        return path

    return changed


def check(spec: Path, tmp_path: Path, report: str) -> tuple[Path, list[dict[str, str]]]:
    (tmp_path / "report.txt").write_text(report, encoding="utf-8")
    out = tmp_path / "out"
    code = main([str(spec), str(tmp_path / "report.txt"), "--out", str(out), "--quiet", "--fail-on", "never"])
    assert code == ExitCode.CLEAN
    with (out / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        return out, list(csv.DictReader(file))


def with_licences(number: int) -> str:
    return flawless_text().replace("行政许可\n\n0", f"行政许可\n\n{number}")


def test_a_new_rule_has_a_page_and_fails_where_it_should(spec, tmp_path):
    out, findings = check(spec(added=NEW_RULE), tmp_path, with_licences(100_001))
    assert [(one["rule"], one["cells"], one["difference"]) for one in findings] == [
        ("proactive.licence_limit", "proactive.licences.decisions", "1")
    ]
    page = (out / "rules" / "proactive.licence_limit.html").read_text(encoding="utf-8")
    assert "行政许可处理决定数量不超过100000" in page
    assert "南湖区人民政府办公室" in page


def test_a_new_rule_passes_where_it_should(spec, tmp_path):
    assert check(spec(added=NEW_RULE), tmp_path, with_licences(100_000))[1] == []


def test_a_new_alias_is_read(spec, tmp_path):
    report = flawless_text().replace("科研\n\n机构", "研究院所")
    rule = "tables.header_label_unknown"
    assert rule in {one["rule"] for one in check(SPECIFICATION, tmp_path, report)[1]}
    changed = spec(("aliases: [科研单位]", "aliases: [科研单位, 研究院所]"))
    assert {one["rule"] for one in check(changed, tmp_path, report)[1]} == {"tables.label_alias"}


def test_a_new_heading_variant_is_accepted(spec, tmp_path):
    report = flawless_text().replace("五、存在的主要问题及改进情况", "五、短板与对策")
    assert "sections.heading_reworded" in {one["rule"] for one in check(SPECIFICATION, tmp_path, report)[1]}
    heading = "    heading: 存在的主要问题及改进情况\n    variants: ["
    changed = spec((heading, f"{heading}短板与对策, "))
    assert {one["rule"] for one in check(changed, tmp_path, report)[1]} == {"sections.heading_variant"}


def test_a_stricter_severity_is_taken(spec, tmp_path):
    report = sample_text("report_001.txt")
    rule = "    check: text.period_stated + text.period_garbled >= 1\n    severity: "
    changed = spec((f"{rule}advisory", f"{rule}error"))
    severities = {one["rule"]: one["severity"] for one in check(changed, tmp_path, report)[1]}
    assert severities["period.stated"] == "error"


LOCAL_SPEC = """\
extends: {base}
title: {{zh: 本地规则, en: Local rules}}
claim_words:
  in_haste: {{role: qualifier, words: [加急]}}
claims:
  - id: answered_in_haste
    title: {{zh: 加急答复的申请件数, en: requests answered in haste}}
    patterns: ["application|plain_application answered in_haste"]
    equals: requests.granted.total
    examples:
      - {{text: 加急答复政府信息公开申请5件。, says: 5}}
      - {{text: 加急答复群众咨询5件。}}
rules:
  - id: years.requests_grow
    title: {{zh: 新收申请不超过上年的三倍, en: At most three times as many requests as last year}}
    category: years
    check: requests.new_received.total <= 3 * previous_year(requests.new_received.total)
    severity: likely
    skip_missing: true
    examples:
      - {{pass: {{requests.new_received.total: 30, previous_year(requests.new_received.total): 10}}}}
      - {{fail: {{requests.new_received.total: 31, previous_year(requests.new_received.total): 10}}}}
"""


def test_a_wording_and_a_rule_over_two_years_need_only_yaml(tmp_path, capsys):
    spec = tmp_path / "local.yaml"
    spec.write_text(LOCAL_SPEC.format(base=json.dumps(str(SPECIFICATION))), encoding="utf-8")
    assert check_spec.main([str(spec)]) == ExitCode.CLEAN, capsys.readouterr().err
    said = "结转至下年度2件,无超期情况。"
    earlier = flawless_text().replace("2023年", "2022年").replace("2023-", "2022-")
    folder = tmp_path / "reports"
    folder.mkdir()
    text = flawless_text()
    assert said in text
    (folder / "2023.txt").write_text(text.replace(said, f"{said}加急答复政府信息公开申请9件。"), encoding="utf-8")
    few = earlier.replace("公民依申请公开18件", "公民依申请公开5件")
    (folder / "2022.txt").write_text(few.replace("\n18\n", "\n5\n"), encoding="utf-8")
    out = tmp_path / "out"
    main([str(spec), str(folder), "--out", str(out), "--quiet", "--fail-on", "never"])
    with (out / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {(one["report"], one["rule"]): one for one in csv.DictReader(file)}
    assert "requests.granted.total" in found["2023.txt", "claims.answered_in_haste"]["cells"]
    assert found["2023.txt", "years.requests_grow"]["observed"] == "18"
