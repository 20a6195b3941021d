"""What was planted: the record that every planted error leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.generation.equations import violated_equations
from tests.generation.sheets import GeneratedReport


@dataclass(frozen=True)
class Planted:
    """What was made wrong.

    ``cells``: the cells concerned. ``expectation``: the kind of finding to expect, in words. ``report``: the document
    after the change, its ``cells`` as now printed (None = blank or without a number), ``absent`` those not printed.
    ``equations``: the names of the equations that no longer hold.
    """

    kind: str
    cells: tuple[str, ...]
    expectation: str
    report: GeneratedReport
    detail: str = ""

    @property
    def equations(self) -> tuple[str, ...]:
        return violated_equations(self.report.cells)


Planter = Callable[[GeneratedReport, Random], Planted]
