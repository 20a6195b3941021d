"""Agencies through the years, both formats: what disagrees between two years is found, and nothing beside it.

The reports are those of ``tests.generation.panel``; ``python -m tests.generation.panel.report`` tells every miss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest

from disclosure_checks.rules.findings.finding import Finding
from tests.generation.panel.checking import YearCheck, check_planted_years
from tests.generation.panel.panel import Panel
from tests.generation.planting.years import YEAR_PLANTERS, plant_years


@pytest.fixture(scope="module")
def checks(panel: Panel) -> Sequence[YearCheck]:
    return check_planted_years(plant_years(panel.runs, Random(5)))


def test_consistent_years_do_not_disagree(panel_findings: Mapping[str, Sequence[Finding]]) -> None:
    findings = [one for own in panel_findings.values() for one in own]
    assert not [(one.source, one.rule) for one in findings if one.rule.startswith("years.")]


def test_every_error_between_two_years_is_found(panel: Panel, checks: Sequence[YearCheck]) -> None:
    assert len(checks) == len(panel.runs)
    assert not [(one.planted.kind, one.planted.name, one.planted.detail) for one in checks if not one.found]


def test_nothing_else_is_said_of_the_years(checks: Sequence[YearCheck]) -> None:
    others = [(check.planted.kind, name, one.rule) for check in checks for name, one in check.others]
    assert not [other for other in others if other[-1].startswith(("years.", "requests.", "proactive.", "review."))]


def test_every_kind_of_error_between_years_is_planted(checks: Sequence[YearCheck]) -> None:
    assert {check.planted.kind for check in checks} == set(YEAR_PLANTERS)
