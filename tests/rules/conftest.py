"""The panels that the rules are tried on: made, read and checked once for all tests of a process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from disclosure_checks.rules.findings.finding import Finding
from tests.generation.panel.panel import Panel, random_panel
from tests.generation.panel.reading import findings_by_name


@pytest.fixture(
    scope="session",
    params=[
        pytest.param((12, 11), id="a small panel"),
        pytest.param((50, 11), id="a panel", marks=pytest.mark.long),
        pytest.param((50, 12), id="another panel", marks=pytest.mark.long),
    ],
)
def panel(request: pytest.FixtureRequest) -> Panel:
    """So many bodies through the years, their reports consistent."""
    agencies, seed = request.param
    return random_panel(agencies, seed)


@pytest.fixture(scope="session")
def panel_findings(panel: Panel) -> Mapping[str, Sequence[Finding]]:
    """The error and likely findings of the panel as it is, by the name of the file."""
    return findings_by_name(panel.reports)
