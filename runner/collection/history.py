"""What a run knows of earlier runs: finds and opens their stores, and answers what stood in reports of years before.

A store that cannot be used is told of and left out; the run goes on without it. Where it would be replaced by the new
one, a copy is kept beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.earlier_years import (
    AgencyYear,
    EarlierText,
    EarlierValues,
    EarlierYears,
    agency_year,
    values_of_reports,
)
from disclosure_checks.rules.collection.frame import remembered_names
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.history_files import HISTORY_FILE, HistoryProblem
from disclosure_checks.runner.collection.history_layout import StoredReport
from disclosure_checks.runner.collection.history_reading import HistoryError, HistoryStore, stored_reports

Answer = TypeVar("Answer")
NameOf = Callable[[str, int], str]  # printed name of an agency and report year -> what it is called in this run


class EarlierRuns:
    """The stores of earlier runs; the first that knows a report counts.

    ``problems``: stores that are not used. ``replaced``: the one in whose place the new store will be put.
    """

    def __init__(self, replaced: Path) -> None:
        self.stores: list[HistoryStore] = []
        self.problems: list[HistoryProblem] = []
        self.replaced = replaced

    def open(self, path: Path, name_of: NameOf) -> None:
        """Use a store, if it is sound."""
        try:
            named: dict[tuple[str, int, str], StoredReport] = {}
            for stored in stored_reports(path):
                named.setdefault((name_of(stored.printed_agency, stored.year), stored.year, stored.format), stored)
            self.stores.append(HistoryStore(path, named))
        except HistoryError as error:
            self._dismiss(error)

    def texts(self, reports: Iterable[Report]) -> list[EarlierText]:
        """The texts of the years before those of the reports, whoever's they are; one for each agency and year."""
        years = {report.year - 1 for report in reports if report.year is not None}
        found: dict[AgencyYear, EarlierText] = {}
        for texts in self._each(lambda store: store.texts(years)):
            for text in texts:
                found.setdefault((text.agency, text.year), text)
        return [found[key] for key in sorted(found)]

    def years_before(
        self,
        compiled: CompiledSpecification,
        reports: Mapping[str, Sequence[Report]],
        contested: frozenset[AgencyYear],
    ) -> EarlierYears:
        """What a frame of ``compiled`` may take years before from. ``reports``: all of this run, by format."""
        own = compiled.specification.format
        names = remembered_names(compiled)
        before = {(key[0], key[1] - 1) for report in reports.get(own, ()) if (key := agency_year(report))}
        others = [
            report for name, of in reports.items() if name != own for report in of if agency_year(report) in before
        ]
        known = [values_of_reports(names, others)] if others else []
        for values in self._each(lambda store: _values(store, own, names, before)):
            known += values
        return EarlierYears(tuple(known), contested)

    def _each(self, question: Callable[[HistoryStore], Answer]) -> Iterator[Answer]:
        """What every store answers. One that turns out to be damaged is used no more."""
        for store in list(self.stores):
            try:
                yield question(store)
            except HistoryError as error:
                self.stores.remove(store)
                self._dismiss(error)

    def _dismiss(self, error: HistoryError) -> None:
        kept = _copied(error.path) if error.path == self.replaced else None
        self.problems.append(HistoryProblem(error.code, error.path, kept))


def _values(store: HistoryStore, own: str, names: Sequence[str], wanted: Collection[AgencyYear]) -> list[EarlierValues]:
    """What a store knows of the wanted reports, those of the frame's own format first."""
    return [store.values(name, names, wanted) for name in sorted(store.formats, key=lambda name: (name != own, name))]


def open_history(out: Path, further: Path | None, name_of: NameOf) -> EarlierRuns:
    """The stores of earlier runs: first ``further``, then what was published to ``out`` before.

    Raises OSError where a store that is to be replaced can be neither read nor copied.
    """
    runs = EarlierRuns(out / HISTORY_FILE)
    if further is not None and not (runs.replaced.exists() and further.samefile(runs.replaced)):
        runs.open(further, name_of)
    if runs.replaced.is_file():
        runs.open(runs.replaced, name_of)
    return runs


def naming(reports: Iterable[Report], registry: AgencyRegistry | None) -> NameOf:
    """How names stored by earlier runs are read: as the list of agencies has it, else as this run prints the name."""
    shown = {agency_key(report.agency): report.agency for report in reports}

    def name_of(printed: str, year: int) -> str:
        agency = registry.find(printed, year) if registry else None
        return agency.name if agency else shown.get(agency_key(printed), printed)

    return name_of


def _copied(path: Path) -> Path:
    """A copy of a store beside it, under a name that only its content decides. Raises OSError."""
    copy = path.with_name(f"{path.stem}-unused-{crc32(path.read_bytes()):08x}{path.suffix}")
    if not copy.exists():
        shutil.copyfile(path, copy)
    return copy
