"""How often the planted cells are found among the smallest corrections, and how long that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from time import process_time

from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.corrections.ranking import Correction
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.diagnosis import Explanation, diagnose
from tests.checking import read, specification
from tests.generation.layouts.printing import print_layout
from tests.generation.planting.wrong_cells import PLANTED, Wrong
from tests.generation.truth import random_reports

FIRST_FEW = 3


@dataclass
class Measured:
    """Of how many reports the planted cells were suspected, the best correction, among the first few, among all.

    ``innocent``: suspects that were not planted.
    """

    reports: int = 0
    suspected: int = 0
    first: int = 0
    among_first: int = 0
    among_all: int = 0
    milliseconds: float = 0.0
    innocent: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def planted_reports(kind: str, count: int, seed: str = "corrections") -> Iterator[tuple[Report, Wrong]]:
    """Reports with wrong cells of a kind; their text still says what is right."""
    for number, generated in enumerate(random_reports(count, seed=f"{seed} {kind}")):
        random = Random(f"{kind} {number}")
        wrong = PLANTED[kind](generated.cells, random)
        if not wrong:
            continue
        report = read(print_layout(generated, random, "word_text"), f"{number}.txt")
        cells = dict(report.cells)
        for cell, value in wrong.items():
            cells[cell] = cells[cell]._replace(text=str(value), value=float(value), status=CellStatus.READ)
        yield replace(report, cells=cells), {cell: generated.cells[cell] for cell in wrong}


def measure(kind: str, count: int, seed: str = "corrections") -> Measured:
    """The figures of one kind of wrong cells."""
    compiled, measured = specification(), Measured()
    planted = list(planted_reports(kind, count, seed))
    reports = with_collection_facts([report for report, _ in planted])
    columns = frame_columns(build_frame(compiled, reports))
    outcomes = evaluate_all(compiled, columns, len(reports))
    started = process_time()
    found = diagnose(compiled, columns, outcomes)
    measured.milliseconds = (process_time() - started) * 1000
    measured.reports = len(reports)
    for row, (report, right) in enumerate(planted):
        own = [explanation for (of, _, _), explanation in found.items() if of == row]
        _count(measured, own, right, report.source)
    return measured


def _count(measured: Measured, found: Sequence[Explanation], right: Wrong, source: str) -> None:
    planted = {(cell, float(value)) for cell, value in right.items()}
    suspects = {(one.suspect.cell, one.suspect.value) for one in found if one.suspect}
    measured.suspected += planted <= suspects
    measured.innocent += [f"{source} {suspect}, planted {right}" for suspect in sorted(suspects - planted)]
    lists = list({one.candidates: one for one in found})
    measured.first += _found(lists, planted, 1)
    among = _found(lists, planted, FIRST_FEW)
    measured.among_first += among
    measured.among_all += _found(lists, planted, None)
    if not among:
        measured.missed.append(f"{source} planted {right}")


def _found(lists: list[tuple[Correction, ...]], planted: set[tuple[str, float]], best: int | None) -> bool:
    """Whether all planted cells are in the best corrections of the equations they belong to, nothing else with them."""
    sets = [frozenset((change.cell, change.value) for change in one.changes) for own in lists for one in own[:best]]
    return planted == set().union(*[one for one in sets if one <= planted])
