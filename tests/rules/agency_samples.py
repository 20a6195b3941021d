"""Lists of agencies and small reports of them, for tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.roll import AgencyRoll, call_the_roll

CITY, FINANCE, INDUSTRY, TAXES, DATA = "甲市人民政府", "甲市财政局", "甲市工业和信息化局", "甲市税务局", "甲市数据局"
OLD_INDUSTRY = "甲市经济和信息化委员会"

AGENCIES = f"""\
agencies:
  - {{name: {CITY}, kind: government, makes_rules: true}}
  - {{name: {FINANCE}, kind: department, parent: {CITY}, due: 01-20}}
  - name: {INDUSTRY}
    kind: department
    parent: {CITY}
    aliases: [甲市工信局]
    former_names: [{{name: {OLD_INDUSTRY}, from: 2015, until: 2021}}]
  - {{name: {TAXES}, kind: department, parent: {CITY}, vertically_managed: true}}
  - {{name: {DATA}, kind: department, parent: {CITY}, reports_from: 2023}}
"""


def registry_of(folder: Path, text: str = AGENCIES) -> AgencyRegistry:
    """The registry of a file with this text."""
    path = folder / "agencies.yaml"
    path.write_text(text, encoding="utf-8")
    return load_agencies(path)


def report_of(agency: str, year: int | None, source: str = "") -> Report:
    """A report with nothing but its agency and year."""
    return Report(source or f"{agency}-{year}.txt", agency, year, "word_text", {}, {})


def roll_of(registry: AgencyRegistry | None, *reports: tuple[str, int | None]) -> tuple[list[Report], AgencyRoll]:
    """The roll of reports that are given as agency and year."""
    numbered = enumerate(reports)
    return call_the_roll([report_of(agency, year, f"{number}.txt") for number, (agency, year) in numbered], registry)


def renamed(report: Report, agency: str, year: int, source: str) -> Report:
    """The report as that of another agency and year."""
    return replace(report, agency=agency, year=year, source=source)
