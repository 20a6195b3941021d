"""Agencies through the years, both formats: what disagrees between two years is found, and nothing beside it.

The reports are those of ``tests.generation.panel``; ``python -m tests.generation.panel.report`` tells every miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from tests.generation.panel.checking import YearCheck, check_planted_years
from tests.generation.panel.panel import Panel, random_panel
from tests.generation.panel.reading import findings_by_name
from tests.generation.planting.years import YEAR_PLANTERS, plant_years

AGENCIES = 50
SEEDS = (11, 12)


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"panel {seed}")
def panel(request: pytest.FixtureRequest) -> Panel:
    return random_panel(AGENCIES, request.param)


@pytest.fixture(scope="module")
def checks(panel: Panel) -> Sequence[YearCheck]:
    return check_planted_years(plant_years(panel.runs, Random(5)))


def test_consistent_years_do_not_disagree(panel: Panel) -> None:
    findings = [one for own in findings_by_name(panel.reports).values() for one in own]
    assert not [(one.source, one.rule) for one in findings if one.rule.startswith("years.")]


def test_every_error_between_two_years_is_found(checks: Sequence[YearCheck]) -> None:
    assert len(checks) == AGENCIES
    assert not [(one.planted.kind, one.planted.name, one.planted.detail) for one in checks if not one.found]


def test_nothing_else_is_said_of_the_years(checks: Sequence[YearCheck]) -> None:
    others = [(check.planted.kind, name, one.rule) for check in checks for name, one in check.others]
    assert not [other for other in others if other[-1].startswith(("years.", "requests.", "proactive.", "review."))]


def test_every_kind_of_error_between_years_is_planted(checks: Sequence[YearCheck]) -> None:
    assert {check.planted.kind for check in checks} == set(YEAR_PLANTERS)
