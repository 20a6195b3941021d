"""findings.json: what was checked with which spec, and every finding as a record whose keys never change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Union

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import computed, visible_text
from disclosure_checks.runner.exports.records import FindingRecord

JsonNumber = Union[int, float, None]


def write_findings_json(
    path: Path, compiled: Sequence[CompiledSpecification], parts: Iterable[bytes], language: str
) -> None:
    """``{"specifications": [...], "findings": [...]}``, one finding a line, UTF-8 without BOM.

    ``parts``: the findings of each report, as ``findings_json_lines`` gives them.
    """
    with path.open("wb") as file:
        specifications = _as_json([specification_values(one, language) for one in compiled])
        file.write(f'{{"specifications": {specifications},\n"findings": ['.encode("utf-8", "replace"))
        separator = b"\n"
        for part in parts:
            if part:
                file.write(separator + part)
                separator = b",\n"
        file.write(b"\n]}\n")


def findings_json_lines(findings: Iterable[FindingRecord]) -> bytes:
    """Some findings, one a line; nothing for none."""
    return ",\n".join(_as_json(finding_values(finding)) for finding in findings).encode("utf-8", "replace")


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def specification_values(compiled: CompiledSpecification, language: str) -> dict[str, str]:
    """What the file says of a spec."""
    specification = compiled.specification
    title = specification.title
    return {
        "format": specification.format,
        "title": title.said_in(language),
        "basis": specification.basis,
        "fingerprint": compiled.fingerprint,
    }


def finding_values(finding: FindingRecord) -> dict[str, object]:
    """A finding as the file has it."""
    return {
        "report": visible_text(finding.report),
        "agency": finding.agency,
        "year": finding.year,
        "rule": finding.rule,
        "item": finding.item,
        "severity": finding.severity,
        "status": finding.status,
        "cells": list(finding.cells),
        "expected": json_number(finding.expected),
        "observed": json_number(finding.observed),
        "difference": json_number(finding.difference),
        "message": finding.message,
        "where": finding.where,
        "suspect": finding.suspect or None,
        "suggestion": json_number(finding.suggestion),
        "hint": finding.hint or None,
        "candidates": finding.candidates.split(";") if finding.candidates else [],
    }


def json_number(value: float | None) -> JsonNumber:
    """18.0 as 18; NaN and infinity, which JSON does not know, as null."""
    number = computed(value)
    return int(number) if number is not None and number.is_integer() else number
