"""Running the rules of a spec through GX: one batch, one validation definition, one checkpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd
from great_expectations import Checkpoint, ValidationDefinition
from great_expectations.core import ExpectationSuite, ExpectationValidationResult
from great_expectations.core.freshness_diagnostics import ValidationDefinitionFreshnessDiagnostics
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import FileDataContext

from disclosure_checks.rules.expectations.outcome_metric import recording_outcomes
from disclosure_checks.rules.expectations.suite import stable_id
from disclosure_checks.rules.formula.outcomes import Outcome, RuleExecutionError
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.gx.context import ASSET, BATCH_DEFINITION, DATASOURCE, save_suite
from disclosure_checks.runner.gx.report_results import ALL_REPORTS


class CheckpointRun(NamedTuple):
    """What came of a checkpoint: the outcomes by rule id, and GX's figures over its expectations."""

    outcomes: Mapping[str, tuple[Outcome, ...]]
    statistics: Mapping[str, int]


def run_checkpoint(
    context: FileDataContext,
    compiled: CompiledSpecification,
    frame: pd.DataFrame,
    run_time: datetime,
    language: str = "zh",
) -> CheckpointRun:
    """Run every rule of the spec over the frame through a saved GX checkpoint.

    The suite, the validation definition and the checkpoint are saved under the name of the format, replacing those of
    an earlier run. Raises RuleExecutionError where any rule breaks: GX itself records exceptions among the results.
    """
    checkpoint = save_checkpoint(context, save_suite(context, compiled, language))
    with recording_outcomes() as recorded:
        checkpoint_result = checkpoint.run(
            batch_parameters={"dataframe": frame},
            run_id=RunIdentifier(run_name=ALL_REPORTS, run_time=run_time),
        )
    _forget_frame(context)
    for identifier, suite_result in checkpoint_result.run_results.items():
        exceptions = [(rule, message) for rule, message in map(_exception, suite_result.results) if message]
        if exceptions or recorded.failure:
            # what GX stored of such a run would read like reports that fail
            context.validation_results_store.remove_key(identifier)
            raise RuleExecutionError(_broken_rules(exceptions, recorded.failure)) from recorded.failure
    evaluated = recorded.by_fingerprint.get(compiled.fingerprint)
    [suite_result] = checkpoint_result.run_results.values()
    # a spec without rules asks for no metric
    return CheckpointRun({} if evaluated is None else evaluated.outcomes, suite_result.statistics)


def _forget_frame(context: FileDataContext) -> None:
    """Let the datasource make a new engine next time: this one would keep frame and outcomes until the run ends."""
    context.data_sources.get(DATASOURCE)._execution_engine = None


class _SavedValidationDefinition(ValidationDefinition):  # type: ignore[misc]  # GX ships no types we follow
    """A validation definition that this process has just saved, with its suite (see ``context.save_suite``)."""

    def is_fresh(self) -> ValidationDefinitionFreshnessDiagnostics:
        """What is wrong with the definition in the store: nothing."""
        return ValidationDefinitionFreshnessDiagnostics(errors=[])


def save_checkpoint(context: FileDataContext, suite: ExpectationSuite) -> Checkpoint:
    """The checkpoint of a saved suite: its one validation definition over all reports, both kept in their stores."""
    batch_definition = context.data_sources.get(DATASOURCE).get_asset(ASSET).get_batch_definition(BATCH_DEFINITION)
    definition = _SavedValidationDefinition(name=suite.name, data=batch_definition, suite=suite)
    definition.id = stable_id("validation definition", suite.name)
    definitions = context.validation_definition_store
    definitions.add_or_update(key=definitions.get_key(name=definition.name), value=definition)
    checkpoint = Checkpoint(name=suite.name, validation_definitions=[definition], actions=[])
    checkpoint.id = stable_id("checkpoint", suite.name)
    checkpoints = context.checkpoint_store
    checkpoints.add_or_update(key=checkpoints.get_key(name=checkpoint.name), value=checkpoint)
    return checkpoint


def _exception(result: ExpectationValidationResult) -> tuple[str, str]:
    """The rule of an expectation's result, and the message of the exception it hides ("" where there is none).

    ``exception_info`` is one record, or one record for each metric that broke.
    """
    information = result.exception_info or {}
    records = [information] if "raised_exception" in information else list(information.values())
    messages = [str(record["exception_message"]) for record in records if record["raised_exception"]]
    return result.expectation_config.kwargs["rule"], messages[0] if messages else ""


def _broken_rules(exceptions: Sequence[tuple[str, str]], failure: Exception | None) -> str:
    """``failure``: what stopped the evaluation of all rules at once; else each exception belongs to its rule."""
    broken = str(failure) if failure else "; ".join(f"{rule}: {message}" for rule, message in exceptions[:5])
    return (
        f"A rule broke while it ran, so no report was judged. {broken}\n"
        "This is a fault of the spec or of the program, not of a report: run check-spec on the spec."
    )
