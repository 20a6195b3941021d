"""What a clerk may change in the spec without any Python: rules, aliases, headings, severities."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from runner.command_line import main
from runner.exit_codes import ExitCode
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
    assert "sections.missing" in {one["rule"] for one in check(SPECIFICATION, tmp_path, report)[1]}
    heading = "    heading: 存在的主要问题及改进情况\n    variants: ["
    changed = spec((heading, f"{heading}短板与对策, "))
    assert {one["rule"] for one in check(changed, tmp_path, report)[1]} == {"sections.heading_variant"}


def test_a_stricter_severity_is_taken(spec, tmp_path):
    report = sample_text("report_001.txt")
    rule = "    check: text.period_stated >= 1\n    severity: "
    changed = spec((f"{rule}advisory", f"{rule}error"))
    severities = {one["rule"]: one["severity"] for one in check(changed, tmp_path, report)[1]}
    assert severities["period.stated"] == "error"
