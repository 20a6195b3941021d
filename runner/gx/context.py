"""The GX file context of a run: where it lives, what it is allowed to do, and the suites it holds.

The context lies exactly in the folder given (``<out>/.gx``). Its configuration is written here rather than scaffolded
by GX: GX's own adds a site, a plugin folder, example styles and random ids. Nothing in it reaches for the network.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import great_expectations as gx
import yaml
from great_expectations.core import ExpectationSuite
from great_expectations.core.freshness_diagnostics import ExpectationSuiteFreshnessDiagnostics
from great_expectations.data_context import FileDataContext

from disclosure_checks.rules.expectations.outcome_metric import register_compiled_specification
from disclosure_checks.rules.expectations.suite import build_suite, stable_id
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification

CONFIGURATION_FILE = FileDataContext.GX_YML
# not GX's default name: where no store has the class name ValidationResultsStore, GX puts one in memory under that name
RESULTS_STORE = "report_results_store"
SITE_NAME = "report_site"
_SITE_MODULE = "disclosure_checks.runner.gx.data_docs"
DATASOURCE, ASSET, BATCH_DEFINITION = "reports", "reports_of_a_run", "all_reports"


def open_context(folder: Path) -> FileDataContext:
    """The GX context that lives in ``folder`` (``<out>/.gx``), created where it is missing.

    The configuration is rewritten at every run: it belongs to the program, not to a user. It names the site's pages
    in the folder above; ``publish_data_docs`` may send them elsewhere. Raises OSError where ``folder`` cannot be
    written.
    """
    # GX 1.24 sends no usage data at all; for releases that do, this says no beside the configuration's no
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(_configuration(), sort_keys=False, allow_unicode=True)
    (folder / CONFIGURATION_FILE).write_text(text, encoding="utf-8")
    return gx.get_context(mode="file", context_root_dir=folder)


class _SavedSuite(ExpectationSuite):  # type: ignore[misc]  # GX ships no types we follow
    """A suite that this process has just saved.

    GX reads a suite back whenever something refers to it, to see whether anybody changed it since: half the time of a
    checkpoint of two hundred rules, and nobody but this run writes here.
    """

    def is_fresh(self) -> ExpectationSuiteFreshnessDiagnostics:
        """What is wrong with the suite in the store: nothing."""
        return ExpectationSuiteFreshnessDiagnostics(errors=[])


def save_suite(context: FileDataContext, compiled: CompiledSpecification, language: str = "zh") -> ExpectationSuite:
    """Compile the suite of a spec, register the spec for its metric, and keep the suite in the context's store.

    A suite of the same name is replaced; saving twice leaves one suite. It is written once, as a whole:
    ``add_expectation`` on a saved suite would write the file anew for each rule, and ``suites.add_or_update`` would
    compare every expectation with every other.
    """
    register_compiled_specification(compiled)
    suite = build_suite(compiled, language, _SavedSuite)
    store = context.expectations_store
    store.add_or_update(key=store.get_key(name=suite.name), value=suite)
    return suite


def _configuration() -> dict[str, Any]:
    return {
        "config_version": 4.0,
        "analytics_enabled": False,
        "progress_bars": {"globally": False, "metric_calculations": False},
        "stores": {
            # keeps the id of the context in a file; it takes ours, where the other stores would make up one
            "expectations_store": _store("ExpectationsStore", "expectations", suppress_store_backend_id=False),
            "validation_definition_store": _store("ValidationDefinitionStore", "validation_definitions"),
            "checkpoint_store": _store("CheckpointStore", "checkpoints"),
            RESULTS_STORE: {
                "module_name": "disclosure_checks.runner.gx.results_store",
                **_store("OnePassResultsStore", "validations"),
            },
        },
        "expectations_store_name": "expectations_store",
        "validation_results_store_name": RESULTS_STORE,
        "checkpoint_store_name": "checkpoint_store",
        "data_context_id": stable_id("context"),
        "data_docs_sites": {SITE_NAME: _site()},
        "fluent_datasources": {DATASOURCE: _datasource()},
    }


def _store(class_name: str, folder: str, *, suppress_store_backend_id: bool = True) -> dict[str, Any]:
    return {
        "class_name": class_name,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": f"{folder}/",
            "suppress_store_backend_id": suppress_store_backend_id,
        },
    }


def _site() -> dict[str, Any]:
    """The data docs site, in the folder that holds the context's."""
    return {
        "module_name": _SITE_MODULE,
        "class_name": "ReportSiteBuilder",
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": ".."},
        "site_index_builder": {"module_name": _SITE_MODULE, "class_name": "Overview"},
        "site_section_builders": {
            # the text "None" switches a stock section off; a null makes GX fail
            "expectations": "None",
            "validations": "None",
            "profiling": "None",
            # in this order: what the reports come to is shown on the pages of the rules
            "agency_years": {"module_name": _SITE_MODULE, "class_name": "AgencyYearSection"},
            "agencies": {"module_name": _SITE_MODULE, "class_name": "AgencySection"},
            "rules": {"module_name": _SITE_MODULE, "class_name": "RuleSection"},
            "region": {"module_name": _SITE_MODULE, "class_name": "RegionSection"},
            "run": {"module_name": _SITE_MODULE, "class_name": "RunSection"},
        },
    }


def _datasource() -> dict[str, Any]:
    return {
        "type": "pandas",
        "id": stable_id(DATASOURCE),
        "assets": {
            ASSET: {
                "type": "dataframe",
                "id": stable_id(DATASOURCE, ASSET),
                "batch_metadata": {},
                "batch_definitions": {
                    BATCH_DEFINITION: {"id": stable_id(DATASOURCE, ASSET, BATCH_DEFINITION), "partitioner": None}
                },
            }
        },
    }
