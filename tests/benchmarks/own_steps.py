"""The steps of a run one after the other in this process, each timed: what ``runner.pipeline.check_and_publish`` does, taken apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.runner.exports.data_files import DATA_FOLDER, write_data_files
from disclosure_checks.runner.exports.fragments import CheckedReports
from disclosure_checks.runner.exports.records import CheckedReport, Records, report_order
from disclosure_checks.runner.gx.checkpoint import run_checkpoint
from disclosure_checks.runner.gx.context import open_context
from disclosure_checks.runner.gx.data_docs import publish_data_docs
from disclosure_checks.runner.gx.publication_content import PublicationContent
from disclosure_checks.runner.gx.report_results import store_report_results
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.pipeline.today import run_time
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from disclosure_checks.runner.reading.file_reader import FileReader, FormatLexicon, Reading
from disclosure_checks.runner.reading.inputs import find_inputs
from disclosure_checks.runner.reading.parallel_reading import ReadFile, read_files
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.benchmarks.measurements import Measurement, timed

LANGUAGE = "zh"


class OwnSteps:
    """Times each step of a run over one folder of reports; ``reports`` is what was read."""

    def __init__(self, specification: Path, folder: Path, out: Path) -> None:
        self._folder = folder
        self._out = out
        self._loading, self.compiled = timed(lambda: load_specification(specification))
        self._files = find_inputs([folder])
        self.reports: list[Report] = []

    def reading(self) -> Iterator[Measurement]:
        """Reading and parsing in this process, then in two."""
        yield Measurement("load and compile the spec", self._loading)
        duration, readings = timed(lambda: self._read_here())
        self.reports = with_collection_facts([one for _, one in readings if isinstance(one, Report)])
        unread = len(readings) - len(self.reports)
        yield Measurement("read and parse, one process", duration, len(readings), "report", f"{unread} unreadable")
        duration, _ = timed(self._read_in_two_processes)
        yield Measurement("read and parse, --jobs 2", duration, len(readings), "report", "with starting the processes")

    def checking_and_publishing(self) -> Iterator[Measurement]:
        """Frame, checkpoint, findings, stored results, pages and exports. Comes after ``reading``."""
        compiled, reports, count = self.compiled, self.reports, len(self.reports)
        duration, frame = timed(lambda: build_frame(compiled, reports))
        yield Measurement("check: frame", duration, count, "report", f"{frame.shape[1]} columns")
        context = open_context(self._out / ".gx")
        duration, outcomes = timed(lambda: run_checkpoint(context, compiled, frame, run_time(), LANGUAGE).outcomes)
        instances = sum(len(rule.instances) for rule in compiled.rules)
        remark = f"{len(compiled.rules)} rules, {instances} instances"
        yield Measurement("check: checkpoint", duration, count, "report", remark)
        duration, findings = timed(lambda: assemble_findings(compiled, reports, frame_columns(frame), outcomes))
        yield Measurement("check: findings and diagnosis", duration, count, "report", f"{len(findings)} findings")
        duration, _ = timed(lambda: store_report_results(context, compiled, reports, findings, run_time(), LANGUAGE))
        yield Measurement("publish: GX result of each report", duration, count, "report")
        duration, checked = timed(lambda: _checked(compiled, reports, findings))
        yield Measurement("publish: records and sentences", duration, count, "report")
        site = self._out / "site"
        content = PublicationContent([compiled], checked, [one.record for one in checked], LANGUAGE)
        duration, _ = timed(lambda: publish_data_docs(context, content, site))
        yield Measurement("publish: pages", duration, count, "page", "with the pages of rules and the overview")
        duration, _ = timed(
            lambda: write_data_files(site / DATA_FOLDER, [compiled], CheckedReports(checked), load_texts(LANGUAGE))
        )
        yield Measurement("publish: exports", duration, count, "report", "CSV, XLSX, JSON, JUnit")

    def _read_here(self) -> list[Reading]:
        reader = FileReader(self._formats)
        return [reading for file in self._files for reading in reader.read(file)]

    def _read_in_two_processes(self) -> list[ReadFile]:
        with SupervisedExecutor(2, [reading_preparation(self._formats)]) as workers:
            return list(read_files(self._files, self._formats, workers))

    @property
    def _formats(self) -> list[FormatLexicon]:
        return [format_lexicon(self.compiled)]


def _checked(compiled: CompiledSpecification, reports: list[Report], findings: list[Finding]) -> list[CheckedReport]:
    by_source: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_source[finding.source].append(finding)
    paths = page_paths(PageKey(one.source, one.agency, one.year) for one in reports)
    records = Records(compiled, finding_message, LANGUAGE)
    checked = [records.checked_report(one, by_source[one.source], paths[one.source]) for one in reports]
    return sorted(checked, key=lambda one: report_order(one.record.report))
