"""Sentences against cells, both formats: consistent reports are left in peace, and what was made wrong is found.

The reports are those of ``tests.generation.panel``; ``python -m tests.generation.panel.report`` tells every miss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from disclosure_checks.rules.findings.finding import Finding
from tests.generation.panel.checking import TextCheck, check_planted, plant_in_all
from tests.generation.panel.panel import Panel
from tests.generation.planting.text import OPTIONAL_KINDS

FOUND_AT_LEAST = 0.99


@pytest.fixture(scope="module")
def text_checks(panel: Panel) -> Sequence[TextCheck]:
    return [check for check in check_planted(plant_in_all(panel, seed=5)) if check.planted.kind not in OPTIONAL_KINDS]


def test_consistent_reports_have_no_error_and_nothing_probably_wrong(
    panel_findings: Mapping[str, Sequence[Finding]],
) -> None:
    alarms = [
        (name, one.rule, one.evidence and one.evidence.text)
        for name, findings in panel_findings.items()
        for one in findings
    ]
    assert not alarms


def test_wrong_numbers_and_wrong_statements_are_found(panel: Panel, text_checks: Sequence[TextCheck]) -> None:
    missed = [(check.planted.kind, check.planted.sentence) for check in text_checks if not check.found]
    assert len(text_checks) > 5 * len(panel.runs)
    assert len(missed) <= (1 - FOUND_AT_LEAST) * len(text_checks), missed


def test_no_kind_of_wrong_statement_is_missed_altogether(panel: Panel, text_checks: Sequence[TextCheck]) -> None:
    planted = Counter(check.planted.kind for check in text_checks)
    found = Counter(check.planted.kind for check in text_checks if check.found)
    assert len(planted) > min(60, 4 * len(panel.runs))
    assert not [kind for kind, count in planted.items() if count > 2 and not found[kind]]


def test_nothing_else_is_said_where_one_sentence_is_wrong(text_checks: Sequence[TextCheck]) -> None:
    others = [(check.planted.sentence, one.rule, one.cells) for check in text_checks for one in check.others]
    assert not others
