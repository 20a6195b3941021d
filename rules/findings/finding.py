"""What a rule says about one report: the record that every page and export is made from.

A finding keeps raw values; the sentence a person reads is built late, in ``rules.findings.messages``, in the language asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from disclosure_checks.grammar.model.report import Evidence
from disclosure_checks.rules.corrections.ranking import CellChange, Correction
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.model.decision_list import Decision
from disclosure_checks.rules.spec.model.specification import Severity


@dataclass(frozen=True)
class Term:
    """One summand of a side of an equation: ``sign`` x the value of the cell or fact ``name`` (NaN = missing)."""

    name: str
    sign: float
    value: float


@dataclass(frozen=True)
class Diagnosis:
    """The most probable wrong cell: changing ``cell`` to ``value`` mends every failing equation and breaks none.

    ``hint`` names a pattern a reader can check (such as ``digits_swapped`` or ``neighbouring_column``) or is empty.
    """

    cell: str
    value: float
    hint: str = ""


@dataclass(frozen=True)
class Finding:
    """One rule (or one item of its loop, or one occurrence behind a fact) that failed or could not be assessed.

    ``observed`` is the left side of the formula, ``expected`` the right side, ``difference`` left minus right; None
    where the formula is no comparison of numbers. ``blank_as_zero`` is the difference the comparison would show if
    every blank cell were 0 (None where no input is blank). ``candidates``: the smallest corrections of the failing
    equations that hang together with this one, best first. ``correction``: the changes of cells that are sure enough to be
    named; findings that have the same ones are explained by one mistake, those of rules that are no equations as well.
    """

    source: str
    agency: str
    year: int | None
    rule: str
    severity: Severity
    status: ResultStatus
    item: str = ""
    cells: tuple[str, ...] = ()
    observed: float | None = None
    expected: float | None = None
    difference: float | None = None
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()
    missing: tuple[str, ...] = ()
    blank_as_zero: float | None = None
    evidence: Evidence | None = None
    where: str = ""
    diagnosis: Diagnosis | None = None
    candidates: tuple[Correction, ...] = ()
    correction: tuple[CellChange, ...] = ()
    decision: Decision | None = None  # of people about this finding
    printed_agency: str = ""  # where it differs from ``agency``, the name the list of agencies gives it
    others: tuple[tuple[str, str], ...] = ()  # what else the same slip did: loop item and what is printed there
    read: tuple[Term, ...] = ()  # what was read where the formula compares no two numbers
    from_picture: bool = False  # whether it rests on numbers that were seen in a picture
    body: tuple[Term, ...] = ()  # the facts ``body.<name>`` that the formula read
