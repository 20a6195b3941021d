"""The one metric all expectations of a spec share: every rule evaluated once over the whole frame.

GX resolves a metric once per (name, domain, value kwargs). The only value kwarg is the spec's fingerprint, so a
suite of a hundred rules costs one evaluation; each expectation then picks its own rule from the result. The spec
itself cannot travel through GX, which keeps kwargs as JSON; it is found by its fingerprint in a register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from disclosure_checks.rules.expectations.frame_columns import SOURCE, frame_columns
from disclosure_checks.rules.expectations.gx_interface import (
    MetricDomainTypes,
    PandasExecutionEngine,
    TableMetricProvider,
    metric_value,
)
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.formula.outcomes import Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification

METRIC_NAME = "table.rule_outcomes"
FINGERPRINT = "specification"  # the metric's only value kwarg, and the name of that kwarg in every expectation


class SpecificationNotRegisteredError(LookupError):
    """An expectation names a spec by a fingerprint that nobody registered in this process."""


@dataclass(frozen=True)
class FrameOutcomes:
    """Every rule on every report of one frame.

    ``sources``: the reports, by row. ``outcomes``: those of each rule's instances, by rule id. ``rules``: the compiled
    rules, by id. ``cells``: every cell id of the spec.
    """

    sources: tuple[str, ...]
    outcomes: Mapping[str, tuple[Outcome, ...]]
    rules: Mapping[str, CompiledRule]
    cells: frozenset[str]


@dataclass
class RecordedOutcomes:
    """What the metric gave while ``recording_outcomes`` was active, by fingerprint; ``failure`` where a rule broke."""

    by_fingerprint: dict[str, FrameOutcomes] = field(default_factory=dict)
    failure: Exception | None = None


_compiled_specifications: dict[str, CompiledSpecification] = {}
_recording: ContextVar[RecordedOutcomes | None] = ContextVar("recording", default=None)


def register_compiled_specification(compiled: CompiledSpecification) -> None:
    """Make a spec known to the expectations that name it by its fingerprint. The same fingerprint replaces itself."""
    _compiled_specifications[compiled.fingerprint] = compiled


def compiled_specification(fingerprint: str) -> CompiledSpecification:
    """The registered spec of a fingerprint.

    Raises SpecificationNotRegisteredError where none is registered.
    """
    try:
        return _compiled_specifications[fingerprint]
    except KeyError:
        known = ", ".join(sorted(_compiled_specifications)) or "none"
        raise SpecificationNotRegisteredError(
            f"No compiled spec with fingerprint {fingerprint!r} is registered in this process (registered: {known}). "
            "Load and compile the spec, then call register_compiled_specification before the suite runs."
        ) from None


@contextmanager
def recording_outcomes() -> Iterator[RecordedOutcomes]:
    """Collects what the metric gives inside the block; GX itself hands back only what can be written as JSON."""
    recorded = RecordedOutcomes()
    token = _recording.set(recorded)
    try:
        yield recorded
    finally:
        _recording.reset(token)


def evaluate_frame(compiled: CompiledSpecification, frame: pd.DataFrame) -> FrameOutcomes:
    """Every rule of the spec over every report of the frame."""
    return FrameOutcomes(
        sources=tuple(frame[SOURCE]),
        outcomes=evaluate_all(compiled, frame_columns(frame), len(frame)),
        rules=compiled.rule_by_id,
        cells=frozenset(compiled.cells),
    )


class RuleOutcomes(TableMetricProvider):  # type: ignore[misc]  # GX ships no types we follow
    """GX metric ``table.rule_outcomes``: the FrameOutcomes of the batch under the spec of the given fingerprint."""

    metric_name = METRIC_NAME
    value_keys = (FINGERPRINT,)

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # GX turns the function into a class method
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],  # noqa: ARG002  # GX passes it
        runtime_configuration: dict[str, Any],  # noqa: ARG002  # GX passes it
    ) -> FrameOutcomes:
        recorded = _recording.get()
        try:
            fingerprint = metric_value_kwargs[FINGERPRINT]
            frame, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE)
            outcomes = evaluate_frame(compiled_specification(fingerprint), frame)
        except Exception as failure:
            if recorded is not None:
                recorded.failure = failure  # GX turns every exception into a result; the run must stop with this one
            raise
        if recorded is not None:
            recorded.by_fingerprint[fingerprint] = outcomes
        return outcomes
