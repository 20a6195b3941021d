"""The equations of the tables checked with Great Expectations as its manual shows it, to compare with.

A data frame, a batch and a checkpoint run for each report, stock expectations, the data docs built after each run.
Both sides of an equation become two columns, for stock expectations compare columns, not sums of columns.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import great_expectations as gx
import pandas as pd
from great_expectations.data_context import FileDataContext

from disclosure_checks.grammar.model.report import Report
from tests.benchmarks.measurements import Duration, Measurement, timed
from tests.generation.equations import ALL_EQUATIONS


def stock_measurements(reports: Sequence[Report], folder: Path) -> list[Measurement]:
    """The checkpoint runs and the building of data docs, over all of ``reports``."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    context = gx.get_context(mode="file", project_root_dir=folder)
    context.variables.progress_bars = {"globally": False}
    checkpoint = _checkpoint(context)
    checking = publishing = Duration(0.0, 0.0)
    for report in reports:
        duration, _ = timed(lambda: checkpoint.run(batch_parameters={"dataframe": _frame(report)}))  # noqa: B023
        checking += duration
        duration, _ = timed(context.build_data_docs)
        publishing += duration
    count = len(reports)
    return [
        Measurement("GX as documented: checkpoint", checking, count, "report", f"{len(ALL_EQUATIONS)} equations"),
        Measurement("GX as documented: data docs", publishing, count, "report", "grows with every stored result"),
    ]


def _checkpoint(context: FileDataContext) -> gx.Checkpoint:
    asset = context.data_sources.add_pandas("reports").add_dataframe_asset("report")
    batches = asset.add_batch_definition_whole_dataframe("report")
    suite = context.suites.add(gx.ExpectationSuite(name="equations"))
    for number in range(len(ALL_EQUATIONS)):
        suite.add_expectation(
            gx.expectations.ExpectColumnPairValuesToBeEqual(column_A=f"left {number}", column_B=f"right {number}")
        )
    definition = gx.ValidationDefinition(name="equations", data=batches, suite=suite)
    context.validation_definitions.add(definition)
    return context.checkpoints.add(gx.Checkpoint(name="equations", validation_definitions=[definition]))


def _frame(report: Report) -> pd.DataFrame:
    """One row: both sides of every equation."""
    values = {identifier: cell.value for identifier, cell in report.cells.items()}
    sides: dict[str, list[float]] = {}
    for number, (_, left, right) in enumerate(ALL_EQUATIONS):
        sides[f"left {number}"] = [sum(values[cell] for cell in left)]
        sides[f"right {number}"] = [sum(values[cell] for cell in right)]
    return pd.DataFrame(sides)
