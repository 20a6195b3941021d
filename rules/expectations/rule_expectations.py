"""Our GX expectations: one class per kind of rule, all fed by the shared metric ``table.rule_outcomes``.

An expectation holds the id of its rule and the fingerprint of its spec. Validating picks the rule's outcomes from
the metric, so that it costs the same for one report and for a hundred thousand. The kinds differ in what they print.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeAlias

from disclosure_checks.rules.expectations.gx_interface import (
    BatchExpectation,
    ExecutionEngine,
    ExpectationConfiguration,
    ExpectationValidationResult,
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    MetricConfiguration,
    RenderedStringTemplateContent,
    RenderedTableContent,
    RendererConfiguration,
    RendererValueType,
    ValidationDependencies,
    parse_result_format,
    renderer,
)
from disclosure_checks.rules.expectations.outcome_metric import FINGERPRINT, METRIC_NAME, FrameOutcomes
from disclosure_checks.rules.expectations.rendering import (
    Sentence,
    failure_sentence,
    failure_table,
    observation,
    prescription,
)
from disclosure_checks.rules.expectations.rule_results import RuleResult, rule_result

Configuration: TypeAlias = ExpectationConfiguration | None
Result: TypeAlias = ExpectationValidationResult | None


class ExpectRuleToHold(BatchExpectation):  # type: ignore[misc]  # GX ships no types we follow
    """A rule of a spec holds on every report of the batch: the general kind, and the base of the others."""

    rule: str
    specification: str
    formula: str
    language: Literal["zh", "en"] = "zh"

    success_keys: ClassVar[tuple[str, ...]] = ("rule", "specification")
    args_keys: ClassVar[tuple[str, ...]] = ("rule", "formula", "language")

    text_name: ClassVar[str] = "rule"
    table_columns: ClassVar[dict[str, str]] = {
        "source": "source",
        "item": "item",
        "left": "left",
        "right": "right",
        "difference": "difference",
        "cells": "cells",
    }

    def get_validation_dependencies(
        self,
        execution_engine: ExecutionEngine | None = None,  # noqa: ARG002  # GX passes it
        runtime_configuration: dict[str, Any] | None = None,
    ) -> ValidationDependencies:
        """The shared metric, asked for with nothing but the batch and the spec, so that GX resolves it once."""
        metric = MetricConfiguration(
            metric_name=METRIC_NAME,
            metric_domain_kwargs={"batch_id": self.batch_id},
            metric_value_kwargs={FINGERPRINT: self.specification},
        )
        result_format = (runtime_configuration or {}).get("result_format", self.result_format)
        return ValidationDependencies(
            metric_configurations={METRIC_NAME: metric}, result_format=parse_result_format(result_format)
        )

    def _validate(
        self,
        metrics: Mapping[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002  # GX passes it
        execution_engine: ExecutionEngine | None = None,  # noqa: ARG002  # GX passes it
    ) -> dict[str, Any]:
        frame_outcomes: FrameOutcomes = metrics[METRIC_NAME]
        result = rule_result(
            frame_outcomes.rules[self.rule],
            frame_outcomes.outcomes[self.rule],
            frame_outcomes.sources,
            frame_outcomes.cells,
        )
        return {"success": result.failed == 0, "result": _gx_result(result)}

    @classmethod
    def _prescriptive_template(cls, renderer_configuration: RendererConfiguration) -> RendererConfiguration:
        configuration = renderer_configuration.configuration
        template, params = prescription(cls.text_name, configuration.kwargs, configuration.meta)
        for name, value in params.items():
            renderer_configuration.add_param(name=name, param_type=RendererValueType.STRING, value=value)
        renderer_configuration.template_str = template
        return renderer_configuration

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)  # type: ignore[untyped-decorator]
    def _prescriptive_renderer(
        cls,
        configuration: Configuration = None,
        result: Result = None,
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG003  # GX passes it
    ) -> list[RenderedStringTemplateContent]:
        configuration = configuration or _configuration_of(result)
        return [_content(prescription(cls.text_name, configuration.kwargs, configuration.meta))]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)  # type: ignore[untyped-decorator]
    def _diagnostic_observed_value_renderer(
        cls,
        configuration: Configuration = None,  # noqa: ARG003  # GX passes it
        result: Result = None,
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG003  # GX passes it
    ) -> RenderedStringTemplateContent:
        return _content(observation(_configuration_of(result).kwargs, _figures_of(result)))

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)  # type: ignore[untyped-decorator]
    def _diagnostic_unexpected_statement_renderer(
        cls,
        configuration: Configuration = None,  # noqa: ARG003  # GX passes it
        result: Result = None,
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG003  # GX passes it
    ) -> list[RenderedStringTemplateContent]:
        sentence = failure_sentence(_configuration_of(result).kwargs, _figures_of(result))
        return [] if sentence is None else [_content(sentence)]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)  # type: ignore[untyped-decorator]
    def _diagnostic_unexpected_table_renderer(
        cls,
        configuration: Configuration = None,  # noqa: ARG003  # GX passes it
        result: Result = None,
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG003  # GX passes it
    ) -> list[RenderedTableContent] | None:
        table = failure_table(_configuration_of(result).kwargs, _figures_of(result), cls.table_columns)
        if table is None:
            return None
        styling = {"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}}
        return [RenderedTableContent(header_row=table.headings, table=table.rows, styling=styling)]


class ExpectEquationToHold(ExpectRuleToHold):
    """Both sides of a statutory equation agree on every report."""

    text_name: ClassVar[str] = "equation"


class ExpectConditionToHold(ExpectRuleToHold):
    """Where the premise of an ``if ... then ...`` rule is met, its consequence holds."""

    text_name: ClassVar[str] = "condition"
    # the cells come first: where the consequence compares no numbers, the sides are empty
    table_columns: ClassVar[dict[str, str]] = {
        "source": "source",
        "item": "item",
        "cells": "cells",
        "left": "left",
        "right": "right",
        "difference": "difference",
    }


class ExpectFactWithinThreshold(ExpectRuleToHold):
    """A fact about the document (sections found, rows missing, days late) stays within its limit."""

    text_name: ClassVar[str] = "threshold"
    table_columns: ClassVar[dict[str, str]] = {
        "source": "source",
        "item": "item",
        "left": "found",
        "right": "limit",
        "difference": "difference",
    }


EXPECTATION_KINDS: dict[str, type[ExpectRuleToHold]] = {
    "rule": ExpectRuleToHold,
    "equation": ExpectEquationToHold,
    "condition": ExpectConditionToHold,
    "threshold": ExpectFactWithinThreshold,
}


def _gx_result(result: RuleResult) -> dict[str, Any]:
    """The result in the words GX users know: a failing report is unexpected, one not assessable is missing."""
    assessed = result.reports - result.not_assessable
    return {
        "observed_value": {
            "passed": result.passed,
            "failed": result.failed,
            "not_assessable": result.not_assessable,
        },
        "element_count": result.reports,
        "missing_count": result.not_assessable,
        "missing_percent": _percent(result.not_assessable, result.reports),
        "unexpected_count": result.failed,
        "unexpected_percent": _percent(result.failed, assessed),
        "unexpected_percent_total": _percent(result.failed, result.reports),
        "unexpected_percent_nonmissing": _percent(result.failed, assessed),
        "partial_unexpected_list": list(result.failing_sources),
        "details": {
            "failing_total": result.failing_total,
            "failing": [{**row._asdict(), "cells": list(row.cells)} for row in result.failing_rows],
        },
    }


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 0.0


def _content(sentence: Sentence) -> RenderedStringTemplateContent:
    return RenderedStringTemplateContent(string_template={"template": sentence.template, "params": sentence.params})


def _configuration_of(result: Result) -> ExpectationConfiguration:
    if result is None or result.expectation_config is None:
        raise ValueError(
            "An expectation is rendered from a configuration or from a result that holds one; got neither."
        )
    return result.expectation_config


def _figures_of(result: Result) -> dict[str, Any]:
    return dict(result.result) if result is not None and result.result else {}
