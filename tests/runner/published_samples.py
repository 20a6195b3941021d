"""Small reports, findings and a spec with a few rules, for the tests of what a run publishes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from disclosure_checks.grammar.model.report import Cell, CellStatus, Place, Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED
from disclosure_checks.rules.corrections.ranking import CellChange, Correction
from disclosure_checks.rules.findings.finding import Diagnosis, Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus, RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Rule, Severity, Specification
from disclosure_checks.rules.spec.model.table_structure import structure_of
from disclosure_checks.runner.exports.data_files import DATA_FOLDER, write_data_files
from disclosure_checks.runner.exports.fragments import CheckedReports
from disclosure_checks.runner.exports.records import (
    CheckedReport,
    Records,
    ReportRecord,
    report_order,
    unreadable_record,
)
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from disclosure_checks.runner.site.agency_history.history import histories_of, report_of_agency
from disclosure_checks.runner.site.agency_history.page import AgencyHistoryPages
from disclosure_checks.runner.site.agency_year_pages import ALONE, neighbours
from disclosure_checks.runner.site.index_pages import index_page
from disclosure_checks.runner.site.overview.agency_rows import agency_rows, years_of
from disclosure_checks.runner.site.overview.index_data import INDEX_DATA, failing_rules_to_filter_by, index_data
from disclosure_checks.runner.site.page_writing import PageMaker
from disclosure_checks.runner.site.region.page import region_page
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.site.rule_pages import rule_lines, rule_list_page, rule_pages
from disclosure_checks.runner.site.this_run.facts import RunFacts
from disclosure_checks.runner.site.this_run.page import run_page
from disclosure_checks.runner.site.views import asset_files, site_views
from disclosure_checks.runner.texts.site_texts import load_texts

SPECS = Path(__file__).parents[2] / "specs"
DAY = date(2025, 3, 1)
HOSTILE = '<script>alert("x")</script>]]>\'&\x00\x1b'

RULES = [
    {
        "id": "requests.balance",
        "title": {"zh": "第一项加第二项之和，等于第三项加第四项之和", "en": "received plus carried in equals the rest"},
        "for_each": {"column": "requests.*"},
        "check": "new_received + carried_in == results_total + carried_out",
        "severity": "error",
        "basis": "国办公开办函〔2021〕30号",
        "category": "arithmetic",
        "note": {"zh": "表头印有勾稽关系。", "en": "The table prints the equation."},
        "renamed_from": ["requests.sum"],
        "examples": [
            {"pass": {"new_received": 18, "carried_in": 0, "results_total": 16, "carried_out": 2}},
            {"fail": {"new_received": 18, "results_total": 16, "carried_out": 1}, "difference": 1},
            {"not_assessable": {"new_received": None}},
        ],
    },
    {
        "id": "text.granted",
        "title": {"zh": "正文的予以公开数与表格一致", "en": "the text names the number granted"},
        "check": "text.granted == requests.granted.total",
        "severity": "likely",
        "category": "text",
    },
    {
        "id": "requests.share_carried_out",
        "title": {"zh": "结转比例", "en": "share carried out"},
        "check": "requests.carried_out.total <= 0.5 * requests.new_received.total",
        "severity": "advisory",
    },
    {
        "id": "structure.heading_variant",
        "title": {"zh": "标题采用通行写法", "en": "accepted heading variant"},
        "check": "section.review.variant == 0",
        "severity": "info",
    },
    {
        "id": "years.carried",
        "title": {"zh": "上年结转与上一年结转下年度一致", "en": "carried in equals last year's carried out"},
        "check": "requests.carried_in.total == previous_year(requests.carried_out.total)",
        "severity": "error",
        "category": "years",
    },
]


@cache
def specification() -> Specification:
    """The tables of the 2021 format with the few rules above."""
    content = yaml.safe_load((SPECS / "2021_format.yaml").read_text(encoding="utf-8"))
    categories = {"arithmetic": {"zh": "勾稽关系", "en": "Arithmetic"}, "years": {"zh": "跨年度", "en": "Years"}}
    return Specification.model_validate({**content, "facts": [], "rules": RULES, "categories": categories})


@cache
def compiled(fingerprint: str = "0123456789abcdef0123") -> CompiledSpecification:
    spec = specification()
    cells = tuple(cell for table in spec.tables for cell in structure_of(table).cells())
    return CompiledSpecification(spec, tuple(_compiled_rule(rule) for rule in spec.rules), cells, (), fingerprint)


def _compiled_rule(rule: Rule) -> CompiledRule:
    return CompiledRule(rule, (RuleInstance(rule.id, "", (), (), (), None),))


def report(
    source: str = "2023/南湖区.txt",
    agency: str = "南湖区人民政府办公室",
    year: int | None = 2023,
    values: Mapping[str, float] | None = None,
    cells: Iterable[Cell] = (),
) -> Report:
    """A report whose cells are 0 but for ``values``, read line by line; ``cells`` replace what they name."""
    found: dict[str, Cell] = {}
    for line, (cell_id, one_row) in enumerate(_cell_ids(), start=60):
        if one_row:
            found[cell_id] = absent(cell_id)
        else:
            number = float((values or {}).get(cell_id, 0))
            text = str(int(number)) if number.is_integer() else str(number)
            found[cell_id] = Cell(cell_id, text, number, CellStatus.READ, Place(line=line))
    found.update((cell.id, cell) for cell in cells)
    return Report(source, agency, year, "one_cell_a_line", found, {}, title=f"{agency}{year}年政府信息公开工作年度报告")


@cache
def _cell_ids() -> tuple[tuple[str, bool], ...]:
    return tuple(
        (cell, cell.split(".")[1] in structure_of(table).rows.groups)
        for table in specification().tables
        for cell in structure_of(table).cells()
    )


def absent(cell_id: str) -> Cell:
    return Cell(cell_id, "", math.nan, CellStatus.ABSENT, None)


def one_row_other(total: float = 3) -> list[Cell]:
    """The cells of a report that prints （六）其他处理 as one row."""
    columns = ("natural_person", "business", "research", "social_welfare", "legal_service", "other_org", "total")
    rows = ("other_not_corrected", "other_fee_unpaid", "other_other")
    cells = [absent(f"requests.{row}.{column}") for row in rows for column in columns]
    cells += [
        Cell(f"requests.other.{column}", str(int(total)), total, CellStatus.READ, Place(line=200 + number))
        for number, column in enumerate(columns)
    ]
    return cells


def finding(
    rule: str = "requests.balance", of: Report | None = None, status: ResultStatus = ResultStatus.FAIL, **values: object
) -> Finding:
    of = of or report()
    severity = Severity({one["id"]: one["severity"] for one in RULES}[rule])
    return Finding(of.source, of.agency, of.year, rule, severity, status, **values)  # type: ignore[arg-type]


def balance_failure(of: Report | None = None) -> Finding:
    cells = ("new_received", "carried_in", "results_total", "carried_out")
    change = CellChange("requests.carried_out.total", 1.0, 2.0)
    return finding(
        of=of,
        item="requests.total",
        correction=(change,),
        candidates=(Correction((change,), ("digits_swapped",)),),
        cells=tuple(f"requests.{row}.total" for row in cells),
        observed=18.0,
        expected=17.0,
        difference=1.0,
        where="line 76",
        diagnosis=Diagnosis("requests.carried_out.total", 2.0, "digits_swapped"),
    )


def message(one: Finding, _: CompiledSpecification, language: str) -> str:
    """A stand-in for the sentences of ``rules.findings.messages``."""
    if one.status is ResultStatus.NOT_ASSESSABLE:
        return "缺少所需数据" if language == "zh" else "an input is missing"
    return f"{one.rule}: {one.observed} / {one.expected} ({one.agency})"


class Run(NamedTuple):
    checked: list[CheckedReport]
    unreadable: list[ReportRecord]

    @property
    def records(self) -> list[ReportRecord]:
        return [*(one.record for one in self.checked), *self.unreadable]


def run(reports: list[tuple[Report, list[Finding]]], language: str = "zh") -> Run:
    pairs = sorted(reports, key=lambda pair: report_order(pair[0].source))
    paths = page_paths(PageKey(one.source, one.agency, one.year) for one, _ in pairs)
    records = Records(compiled(), message, language)
    unreadable = [unreadable_record(UnreadableReport("scan.pdf", "no_text"), "这是扫描图片，没有文字。")]
    return Run([records.checked_report(one, found, paths[one.source]) for one, found in pairs], unreadable)


def sample_run(language: str = "zh") -> Run:
    """Two years of one agency, a hostile one, one without a year, one whose tables were images, one unreadable."""
    first = report(values={"requests.new_received.total": 18, "requests.results_total.total": 16})
    last_year = report("2022/南湖区.txt", year=2022, cells=one_row_other())
    hostile = report(
        "2023/hostile.txt",
        agency=HOSTILE,
        cells=[Cell("requests.granted.total", HOSTILE, math.nan, CellStatus.UNREADABLE, Place(line=3))],
    )
    unknown = report("unknown.txt", agency="某局", year=None)
    images = report("2023/images.txt", agency="图片局", cells=[absent(cell) for cell, _ in _cell_ids()])
    return run(
        [
            (first, [balance_failure(first), finding("years.carried", first, ResultStatus.NOT_ASSESSABLE)]),
            (last_year, [finding("structure.heading_variant", last_year)]),
            (hostile, [finding("text.granted", hostile, cells=("requests.granted.total", "text.granted"))]),
            (unknown, [finding("requests.share_carried_out", unknown, observed=0.1 + 0.2, expected=1e22)]),
            (images, [finding(status=ResultStatus.NOT_ASSESSABLE, of=images)]),
        ],
        language,
    )


def write_sample_site(folder: Path, of: Run, language: str = "zh") -> None:
    """Everything a run publishes, without GX between."""
    texts, views, spec = load_texts(language), site_views(language), compiled()
    maker = PageMaker([spec], language, NoteSettings.of(language, DAY))
    results, beside = RuleResults(), neighbours(of.records)
    histories = AgencyHistoryPages([spec], texts)
    pages: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for one in of.checked:
        results.add(one.record, one.findings)
        files |= maker.files(one, beside.get(one.record.report, ALONE))
    for history in histories_of(map(report_of_agency, of.checked)):
        pages[history.path] = views.agency_history(histories.build(history))
    for page in rule_pages([spec], results, texts):
        pages[page.path] = views.rule(page)
    rule_list = rule_list_page([spec], results, texts)
    pages[rule_list.path] = views.rule_list(rule_list)
    lines = rule_lines([spec], results, texts, root="")
    rows = agency_rows(of.records, NOTHING_REVIEWED, texts)
    pages["index.html"] = views.index(index_page([spec], of.records, rows, lines.values(), texts))
    rules = failing_rules_to_filter_by(list(lines.values()))
    region = region_page([spec], rows, years_of(of.records), lines.values(), results, texts)
    pages[region.path] = views.region(region)
    facts = RunFacts(datetime(2026, 3, 1, tzinfo=timezone.utc), {"txt": 5, "pdf": 1}, 6, 5)
    about = run_page([spec], of.records, facts, texts)
    pages[about.path] = views.this_run(about)
    data = index_data(rows, years_of(of.records), rules, results.by_report, frozenset(), texts)
    for path, html in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(html, encoding="utf-8", newline="\n")
    for path, content in {**files, **asset_files(), INDEX_DATA: data}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    write_data_files(folder / DATA_FOLDER, [spec], CheckedReports(of.checked, of.unreadable), texts)
