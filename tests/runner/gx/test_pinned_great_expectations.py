"""Great Expectations is of the release this code was written for, and what is taken from inside it is there as used.

Where one of these fails after an upgrade: read what changed in the release, adapt ``rules.expectations.gx_interface``
and ``runner.gx``, then the tables here and the bounds in ``pyproject.toml``.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from disclosure_checks.rules.expectations import gx_interface
from disclosure_checks.rules.expectations.outcome_metric import RuleOutcomes
from disclosure_checks.rules.expectations.rule_expectations import ExpectRuleToHold
from disclosure_checks.runner.gx import checkpoint, context, data_docs, results_store

WRITTEN_FOR = "1.24"


class Use(NamedTuple):
    """How a name is used: called with that many positional and these named arguments; these attributes asked for."""

    positional: int = 0
    named: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


ATTRIBUTES_OF_THE_CONTEXT = (
    "checkpoint_store",
    "data_sources",
    "expectations_store",
    "root_directory",
    "validation_definition_store",
    "validation_results_store",
    "variables",
)
USED = {
    "great_expectations.get_context": Use(named=("mode", "context_root_dir")),
    "great_expectations.Checkpoint": Use(named=("name", "validation_definitions", "actions"), attributes=("run",)),
    "great_expectations.ValidationDefinition": Use(named=("name", "data", "suite")),
    "great_expectations.core.ExpectationSuite": Use(named=("name", "expectations", "meta")),
    "great_expectations.core.ExpectationSuiteValidationResult": Use(
        named=("success", "results", "suite_name", "statistics", "meta")
    ),
    "great_expectations.core.ExpectationValidationResult": Use(named=("success", "expectation_config", "result")),
    "great_expectations.core.freshness_diagnostics.ExpectationSuiteFreshnessDiagnostics": Use(named=("errors",)),
    "great_expectations.core.freshness_diagnostics.ValidationDefinitionFreshnessDiagnostics": Use(named=("errors",)),
    "great_expectations.core.metric_domain_types.MetricDomainTypes": Use(attributes=("TABLE",)),
    "great_expectations.core.run_identifier.RunIdentifier": Use(named=("run_name", "run_time")),
    "great_expectations.data_context.FileDataContext": Use(attributes=("GX_YML", *ATTRIBUTES_OF_THE_CONTEXT)),
    "great_expectations.data_context.store.ValidationResultsStore": Use(
        attributes=("get", "set", "list_keys", "remove_key", "serialize", "store_backend")
    ),
    "great_expectations.data_context.store.html_site_store.HtmlSiteStore": Use(attributes=("write_index_page",)),
    "great_expectations.data_context.types.resource_identifiers.ExpectationSuiteIdentifier": Use(
        positional=1, attributes=("to_tuple",)
    ),
    "great_expectations.data_context.types.resource_identifiers.ValidationResultIdentifier": Use(
        named=("expectation_suite_identifier", "run_id", "batch_identifier"), attributes=("to_tuple",)
    ),
    "great_expectations.execution_engine.ExecutionEngine": Use(),
    "great_expectations.execution_engine.PandasExecutionEngine": Use(attributes=("get_compute_domain",)),
    "great_expectations.expectations.expectation.BatchExpectation": Use(
        named=("severity", "meta"), attributes=("configuration",)
    ),
    "great_expectations.expectations.expectation_configuration.ExpectationConfiguration": Use(
        named=("type", "kwargs", "meta", "id", "severity")
    ),
    "great_expectations.expectations.expectation_configuration.parse_result_format": Use(positional=1),
    "great_expectations.expectations.metadata_types.FailureSeverity": Use(attributes=("CRITICAL", "WARNING", "INFO")),
    "great_expectations.expectations.metrics.metric_provider.metric_value": Use(named=("engine",)),
    "great_expectations.expectations.metrics.table_metric_provider.TableMetricProvider": Use(
        attributes=("domain_keys", "value_keys")
    ),
    "great_expectations.render.LegacyDiagnosticRendererType": Use(
        attributes=("OBSERVED_VALUE", "UNEXPECTED_STATEMENT", "UNEXPECTED_TABLE")
    ),
    "great_expectations.render.LegacyRendererType": Use(attributes=("PRESCRIPTIVE",)),
    "great_expectations.render.components.RenderedStringTemplateContent": Use(named=("string_template",)),
    "great_expectations.render.components.RenderedTableContent": Use(named=("header_row", "table", "styling")),
    "great_expectations.render.renderer.renderer.renderer": Use(named=("renderer_type",)),
    "great_expectations.render.renderer.site_builder.SiteBuilder": Use(
        named=(
            "data_context",
            "site_name",
            "runtime_environment",
            "store_backend",
            "site_index_builder",
            "site_section_builders",
        ),
        attributes=("get_resource_url",),
    ),
    "great_expectations.render.renderer_configuration.RendererConfiguration": Use(attributes=("add_param",)),
    "great_expectations.render.renderer_configuration.RendererValueType": Use(attributes=("STRING",)),
    "great_expectations.util.convert_to_json_serializable": Use(positional=1),
    "great_expectations.validator.metric_configuration.MetricConfiguration": Use(
        named=("metric_name", "metric_domain_kwargs", "metric_value_kwargs")
    ),
    "great_expectations.validator.validator.ValidationDependencies": Use(
        named=("metric_configurations", "result_format")
    ),
}
"""Everything of the package that the code imports, by its full name."""

OVERRIDDEN = [
    (ExpectRuleToHold, "get_validation_dependencies"),
    (ExpectRuleToHold, "_validate"),
    (ExpectRuleToHold, "_prescriptive_template"),
    (ExpectRuleToHold, "_prescriptive_renderer"),
    (ExpectRuleToHold, "_diagnostic_observed_value_renderer"),
    (ExpectRuleToHold, "_diagnostic_unexpected_statement_renderer"),
    (ExpectRuleToHold, "_diagnostic_unexpected_table_renderer"),
    (context._SavedSuite, "is_fresh"),
    (checkpoint._SavedValidationDefinition, "is_fresh"),
    (results_store.OnePassResultsStore, "serialize"),
    (data_docs.ReportSiteBuilder, "build"),
]
"""The methods that GX calls and that are ours in place of its own."""


def test_the_installed_release_is_the_one_the_code_was_written_for() -> None:
    installed = version("great_expectations")
    assert installed.startswith(f"{WRITTEN_FOR}."), (
        f"Great Expectations {installed} is installed, the code was written for {WRITTEN_FOR}. Its inner modules are "
        f"used: go through {__name__} before an upgrade."
    )


def test_the_bounds_in_the_project_let_no_other_minor_release_in() -> None:
    major, minor = WRITTEN_FOR.split(".")
    [bounds] = [one for one in requires("disclosure-checks") or () if one.startswith("great_expectations")]
    assert set(bounds.removeprefix("great_expectations").split(",")) == {
        f">={WRITTEN_FOR}",
        f"<{major}.{int(minor) + 1}",
    }


def test_all_that_is_imported_is_in_the_table_and_nothing_else() -> None:
    assert set(_imported()) == set(USED)


@pytest.mark.parametrize("name", USED)
def test_a_name_is_there_and_takes_what_it_is_given(name: str) -> None:
    module, _, own_name = name.rpartition(".")
    found: Any = getattr(import_module(module), own_name)
    use = USED[name]
    signature = inspect.signature(found)
    arguments = dict.fromkeys(use.named)
    signature.bind_partial(*[None] * use.positional, **arguments)
    # ``**kwargs`` takes any name: one that is not listed would be dropped in silence
    assert set(use.named) <= set(signature.parameters), f"{name} no longer knows one of {use.named}"
    fields = getattr(found, "model_fields", None) or getattr(found, "__fields__", {})
    missing = [one for one in use.attributes if not hasattr(found, one) and one not in fields]
    assert missing == [], f"{name} no longer has {missing}"


@pytest.mark.parametrize(("own", "method"), OVERRIDDEN, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_method_in_place_of_one_of_gx_takes_the_same_arguments(own: type, method: str) -> None:
    base = own.__mro__[1]
    assert hasattr(base, method), f"{base.__name__} no longer has {method}: nobody calls ours"
    expected, given = (list(inspect.signature(getattr(one, method)).parameters) for one in (base, own))
    assert given == expected


def test_the_metric_is_registered_for_pandas() -> None:
    from great_expectations.expectations.registry import get_metric_provider

    engine = gx_interface.PandasExecutionEngine()
    assert get_metric_provider(RuleOutcomes.metric_name, engine)[0] is RuleOutcomes


def _imported() -> Iterator[str]:
    """The full names that our modules import from the package; ``import great_expectations as gx`` by what is asked."""
    for path in (gx_interface.__file__, *Path(context.__file__).parent.glob("*.py")):
        tree = ast.parse(Path(path).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("great_expectations"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "gx":
                yield f"great_expectations.{node.attr}"
