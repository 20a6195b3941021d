"""What our expectations take of Great Expectations: all of it here, and no other module of this room imports it.

- a suite: ``ExpectationSuite``, ``FailureSeverity``
- an expectation that asks for one shared metric: ``BatchExpectation``, ``ExecutionEngine``, ``MetricConfiguration``,
  ``ValidationDependencies``, ``parse_result_format``; the documented way is to subclass a stock expectation, which asks
  for columns and several metrics
- a metric of the whole table: ``TableMetricProvider``, ``metric_value``, ``MetricDomainTypes``, ``PandasExecutionEngine``
- our sentences where GX renders an expectation or its result: ``renderer`` and all with ``Render`` in its name
- the data these are called with: ``ExpectationConfiguration``, ``ExpectationValidationResult``

Most of it stands in inner modules, which move between minor releases. ``pyproject.toml`` therefore names the minor
release, and a test compares each name with the way it is used here.
"""

from __future__ import annotations

from great_expectations.core import ExpectationSuite, ExpectationValidationResult
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import ExecutionEngine, PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration, parse_result_format
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.render import LegacyDiagnosticRendererType, LegacyRendererType
from great_expectations.render.components import RenderedStringTemplateContent, RenderedTableContent
from great_expectations.render.renderer.renderer import renderer
from great_expectations.render.renderer_configuration import RendererConfiguration, RendererValueType
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

__all__ = [
    "BatchExpectation",
    "ExecutionEngine",
    "ExpectationConfiguration",
    "ExpectationSuite",
    "ExpectationValidationResult",
    "FailureSeverity",
    "LegacyDiagnosticRendererType",
    "LegacyRendererType",
    "MetricConfiguration",
    "MetricDomainTypes",
    "PandasExecutionEngine",
    "RenderedStringTemplateContent",
    "RenderedTableContent",
    "RendererConfiguration",
    "RendererValueType",
    "TableMetricProvider",
    "ValidationDependencies",
    "metric_value",
    "parse_result_format",
    "renderer",
]
