"""Rules made ready to run, and what running them gives: arrays over all reports at once.

Specification -> CompiledSpecification (rules with their instances) -> evaluate(columns) -> Outcome per instance
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
StatusArray = NDArray[np.int8]

PASS, FAIL, NOT_ASSESSABLE = 0, 1, 2  # codes in a StatusArray

Columns = Mapping[str, FloatArray]  # frame column name -> one float64 a report, NaN = missing


class ResultStatus(str, Enum):
    """What came of one rule on one report. A missing input is never a pass and never a failure."""

    PASS = "pass"
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"
    WAIVED = "waived"


class RuleExecutionError(RuntimeError):
    """A rule broke while it ran: a fault of the spec or of the program, never of a report. The run must stop."""


@dataclass(frozen=True)
class Outcome:
    """One rule instance on every report: ``status`` codes, and both sides where the formula compares numbers (else NaN)."""

    status: StatusArray
    left: FloatArray
    right: FloatArray


@dataclass(frozen=True)
class RuleInstance:
    """A rule with its loop item filled in.

    ``item``: the full id of the loop item (``requests.business``, ``section.overview``), "" without a loop.
    ``inputs``: every frame column the formula reads, in the order of the formula.
    ``left``/``right``: (column, sign) pairs of each side of a linear comparison, groups written out; else empty.
    """

    rule_id: str
    item: str
    inputs: tuple[str, ...]
    left: tuple[tuple[str, float], ...]
    right: tuple[tuple[str, float], ...]
    formula: object  # the resolved syntax tree, evaluated by rules.formula.evaluation
    speaks_of: str = ""  # the input without which there is nothing to judge, such as a number no sentence said


RELIED_ON = "relied_on:"  # prefix of the frame columns that say which reports relied on an equation


def relied_on_column(rule_id: str, item: str) -> str:
    """The name of the frame column of one rule instance."""
    return f"{RELIED_ON}{rule_id}:{item}"
