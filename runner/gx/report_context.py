"""Great Expectations as the rest of the runner knows it: a folder in which rules are run and their results kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
from great_expectations.data_context.types.resource_identifiers import ValidationResultIdentifier

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.expectations.suite import suite_name
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.gx.checkpoint import run_checkpoint
from disclosure_checks.runner.gx.context import open_context
from disclosure_checks.runner.gx.data_docs import publish_data_docs
from disclosure_checks.runner.gx.publication_content import PublicationContent
from disclosure_checks.runner.gx.report_results import (
    ALL_REPORTS,
    remove_stale_results,
    report_result_identifier,
    store_report_results,
)
from disclosure_checks.runner.site.this_run.facts import SuiteFacts


class ReportContext:
    """The context of a run, in its folder (``<out>/.gx``), which is created where it is missing.

    ``run_time``: what the results of the run are stored under.

    Raises OSError where the folder cannot be written.
    """

    def __init__(self, folder: Path, language: str, run_time: datetime) -> None:
        self._context = open_context(folder)
        self._language = language
        self._run_time = run_time
        self.suites: list[SuiteFacts] = []  # what came of each suite that was run
        self._kept: list[ValidationResultIdentifier] = []

    def outcomes(self, compiled: CompiledSpecification, frame: pd.DataFrame) -> Mapping[str, tuple[Outcome, ...]]:
        """Every rule of the spec on every row of the frame, by rule id: one checkpoint, whose result is kept.

        Raises RuleExecutionError where a rule breaks.
        """
        run = run_checkpoint(self._context, compiled, frame, self._run_time, self._language)
        counts = (run.statistics[f"{kind}_expectations"] for kind in ("evaluated", "successful", "unsuccessful"))
        self.suites.append(SuiteFacts(suite_name(compiled), ALL_REPORTS, self._run_time, len(frame), *counts))
        return run.outcomes

    def publish(self, content: PublicationContent, folder: Path) -> None:
        """Build the data docs of the run in ``folder``."""
        publish_data_docs(self._context, content, folder)

    def keep_results(
        self, compiled: CompiledSpecification, reports: Sequence[Report], findings: Iterable[Finding]
    ) -> None:
        """Keep the result of every report of a spec."""
        self._kept += store_report_results(self._context, compiled, reports, findings, self._run_time, self._language)

    def leave_results(self, compiled: CompiledSpecification, reports: Iterable[Report]) -> None:
        """Let the results of reports of a spec stay that were kept by an earlier run."""
        suite = suite_name(compiled)
        self._kept += [report_result_identifier(suite, report, self._run_time) for report in reports]

    @property
    def results(self) -> int:
        """How many results of reports the store holds."""
        return len({one.to_tuple() for one in self._kept})  # what is judged again was to be left before

    def remove_stale_results(self) -> None:
        """Remove the results of earlier runs; those that were kept through this object stay."""
        remove_stale_results(self._context, self._kept, self._run_time)
