"""The answer to a program: what the exports of a run would say of the files, as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.model.packing import unpacked_cells
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.cell_order import cell_order
from disclosure_checks.runner.exports.json_file import finding_values, json_number, specification_values
from disclosure_checks.runner.exports.plain_values import place_text, visible_text
from disclosure_checks.runner.exports.records import CheckedReport, ReportRecord

_COUNTED = {"errors": Severity.ERROR, "likely": Severity.LIKELY, "advisories": Severity.ADVISORY}


def json_answer(
    compiled: Sequence[CompiledSpecification],
    checked: Sequence[CheckedReport],
    records: Sequence[ReportRecord],
    language: str,
    notices: Sequence[str] = (),
) -> bytes:
    """``specifications`` and ``findings`` as in ``findings.json``, ``reports`` and ``cells`` as in the CSV files.

    ``notices``: codes of what could not be done beside, such as ``collection_held``.
    """
    answer = {
        "specifications": [specification_values(one, language) for one in compiled],
        "reports": [_report(record) for record in records],
        "findings": [finding_values(finding) for one in checked for finding in one.findings],
        "cells": [cell for one in checked for cell in _cells(one)],
        "notices": list(notices),
    }
    return json.dumps(answer, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _report(record: ReportRecord) -> dict[str, object]:
    counts = {name: record.failing(severity) for name, severity in _COUNTED.items()} if record.failures else {}
    return {
        "report": visible_text(record.report),
        "agency": record.agency,
        "year": record.year,
        "format": record.format,
        "layout": record.layout,
        "status": record.status,
        **{name: counts.get(name) for name in _COUNTED},
        "not_assessable": record.not_assessable if record.failures else None,
        "reason": record.reason,
    }


def _cells(checked: CheckedReport) -> Iterator[dict[str, object]]:
    """The cells of a report in statutory order; those of a group only where it is printed as one row."""
    record = checked.record
    whose = {"report": visible_text(record.report), "agency": record.agency, "year": record.year}
    cells = unpacked_cells(checked.report.cells)
    for cell_id, one_row in cell_order(checked.compiled):
        cell = cells.get(cell_id)
        if cell is None or cell.status is CellStatus.ABSENT:
            if not one_row:
                status = CellStatus.ABSENT.value
                yield {**whose, "cell": cell_id, "text": "", "value": None, "status": status, "where": ""}
            continue
        yield {
            **whose,
            "cell": cell_id,
            "text": visible_text(cell.text),
            "value": json_number(cell.value),
            "status": cell.status.value,
            "where": place_text(cell.place),
        }
