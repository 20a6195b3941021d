"""The rules of a spec on a frame through GX's execution engine alone: for a process that checks one report at a time.

A checkpoint asks each expectation for its result and keeps the results: for one report and two hundred rules that is
ten times the work of the rules themselves (0.4 s against 0.035 s). All expectations of a spec read one metric; here it
is asked for as they ask for it, and what it gives is what a checkpoint's expectations would be given.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.validator.metric_configuration import MetricConfiguration

from disclosure_checks.rules.expectations.outcome_metric import (
    FINGERPRINT,
    METRIC_NAME,
    FrameOutcomes,
    register_compiled_specification,
)
from disclosure_checks.rules.formula.outcomes import Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification

_BATCH = "reports"


def outcomes_of_metric(compiled: CompiledSpecification, frame: pd.DataFrame) -> Mapping[str, tuple[Outcome, ...]]:
    """Every rule of the spec on every row of the frame, by rule id. Raises what GX makes of a rule that breaks."""
    register_compiled_specification(compiled)
    engine = PandasExecutionEngine(batch_data_dict={_BATCH: frame})
    metric = MetricConfiguration(
        metric_name=METRIC_NAME,
        metric_domain_kwargs={"batch_id": _BATCH},
        metric_value_kwargs={FINGERPRINT: compiled.fingerprint},
    )
    found: FrameOutcomes = engine.resolve_metrics([metric])[metric.id]
    return found.outcomes
