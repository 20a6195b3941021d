"""What a run knows of years before beyond its own frame: reports of other formats, and values from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.earlier_years import (
    AgencyYear,
    EarlierText,
    EarlierYears,
    agency_year,
    values_of_reports,
)
from disclosure_checks.rules.collection.frame import names_of_earlier_years, remembered_names
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.earlier_values import (
    EarlierProblem,
    EarlierStore,
    NameOf,
    reports_of_collection,
    reports_of_history,
)
from disclosure_checks.runner.collection.history_files import HISTORY_FILE, HistoryProblem
from disclosure_checks.runner.collection.recognition import digest_of_file
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.collection.store import COLLECTION_FILE

_TAKEN_OVER = "earlier stores taken over"  # the note of their contents' digests


class EarlierRuns:
    """Answers what stood in reports of years before. ``store``: values from elsewhere, where there are any."""

    def __init__(self, store: EarlierStore | None = None, name_of: NameOf = lambda printed, _: printed) -> None:
        self._store = store
        self._name_of = name_of

    def texts(self, reports: Iterable[Report]) -> list[EarlierText]:
        """The texts of the years before those of the reports, whoever's they are; one for each agency and year."""
        if self._store is None:
            return []
        return self._store.texts({report.year - 1 for report in reports if report.year is not None}, self._name_of)

    def years_before(
        self,
        compiled: CompiledSpecification,
        reports: Mapping[str, Sequence[Report]],
        contested: frozenset[AgencyYear],
    ) -> EarlierYears:
        """What a frame of ``compiled`` may take years before from. ``reports``: all of the collection, by format."""
        own = compiled.specification.format
        distances = names_of_earlier_years(compiled)
        keys = [key for report in reports.get(own, ()) if (key := agency_year(report))]
        before = {(agency, year - years) for agency, year in keys for years in distances}
        others = [
            report for name, of in reports.items() if name != own for report in of if agency_year(report) in before
        ]
        known = [values_of_reports(remembered_names(compiled), others)] if others else []
        if self._store is not None:
            known += self._store.values(own, before, self._name_of)
        return EarlierYears(tuple(known), contested)


def naming(reports: Iterable[Report], registry: AgencyRegistry | None) -> NameOf:
    """How names of earlier runs are read: as the list of agencies has it, else as this run prints the name."""
    shown = {agency_key(report.agency): report.agency for report in reports}

    def name_of(printed: str, year: int) -> str:
        agency = registry.find(printed, year) if registry else None
        return agency.name if agency else shown.get(agency_key(printed), printed)

    return name_of


def take_over_earlier_stores(
    out: Path, further: Path | None, register: Register, store: EarlierStore
) -> list[HistoryProblem]:
    """Copy what older programs left in the output folder, and what ``further`` knows; tell what cannot be used.

    What an older program published goes with its site: where it cannot be used, a copy is kept. Raises OSError where
    that is not possible.
    """
    problems: list[HistoryProblem] = []
    taken: list[str] = register.note(_TAKEN_OVER) or []
    left = out / HISTORY_FILE
    for path in (left, further):
        if path is None or not path.is_file():
            continue
        digest = digest_of_file(path).hex()
        if digest in taken:
            continue
        try:
            reports = reports_of_collection(path) if path.name == COLLECTION_FILE else reports_of_history(path)
            store.take_over(list(reports))
            taken.append(digest)
        except EarlierProblem as problem:
            kept = _copied(path, digest) if path == left else None
            problems.append(HistoryProblem(problem.code, problem.path, kept))
    register.keep_note(_TAKEN_OVER, taken)
    return problems


def _copied(path: Path, digest: str) -> Path:
    """A copy of a store beside it, under a name that only its content decides."""
    copy = path.with_name(f"{path.stem}-unused-{digest[:8]}{path.suffix}")
    if not copy.exists():
        shutil.copyfile(path, copy)
    return copy
