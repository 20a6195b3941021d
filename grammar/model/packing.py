"""Reports in columns: a summary that rules and frames run on, and a detail that is opened when somebody asks for it.

    pack(report) -> PackedReport (identity, arrays, compressed detail) -> unpack -> Report

A report is some 200 cells and as many facts, most of them only ever wanted as numbers. Packed, the numbers are arrays
over names that the reports of a format share; what was printed, where, and the running text are the *detail*, which
compresses to a tenth. A packed report is plain values and bytes: it is handed from process to process and kept in the
collection as it is. Arrays are little-endian: float64 for values, uint8 for statuses (the order of ``CellStatus``),
uint16 for the places of facts among their names, uint64 for fingerprints. The detail is JSON, compressed with zlib.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from disclosure_checks.grammar.model.details import (
    DetailBytes,
    DetailCutOuts,
    DetailSections,
    DetailSource,
    DetailText,
    packed_detail,
)
from disclosure_checks.grammar.model.report import Cell, CellStatus, Fact, Place, Report

_STATUSES = tuple(CellStatus)
_READ = _STATUSES.index(CellStatus.READ)
_STATUS_NUMBERS = {status: number for number, status in enumerate(_STATUSES)}
_ONE_VALUE = struct.Struct("<d")
_SWAPPED = sys.byteorder == "big"


class PackedReport(NamedTuple):
    """A report as plain values. ``fact_places``: which of ``fact_names`` the values belong to."""

    source: str
    agency: str
    year: int | None
    layout: str
    title: str
    printed_agency: str
    relied_on: tuple[tuple[str, ...], ...]
    fingerprint: bytes
    cell_names: tuple[str, ...]
    cell_values: bytes
    cell_statuses: bytes
    fact_names: tuple[str, ...]
    fact_places: bytes
    fact_values: bytes
    detail: bytes


class CellColumns(NamedTuple):
    """The cells of one report side by side, in the order of ``names``; ``status_numbers``: places in ``CellStatus``."""

    names: tuple[str, ...]
    texts: Sequence[str]
    values: array[float]
    status_numbers: bytes
    places: Sequence[Place | None]

    def cell(self, position: int) -> Cell:
        """One of them."""
        return Cell(
            self.names[position],
            self.texts[position],
            self.values[position],
            self.status(position),
            self.places[position],
        )

    def status(self, position: int) -> CellStatus:
        """The status of one."""
        return _STATUSES[self.status_numbers[position]]

    def statuses(self, at: Iterable[int]) -> set[CellStatus]:
        """Those that occur at some positions."""
        return {_STATUSES[number] for number in set(map(self.status_numbers.__getitem__, at))}


class PackedCells(Mapping[str, Cell]):
    """The cells of one report as columns. A cell is made when it is asked for; ``unpacked`` makes all at once."""

    __slots__ = ("_detail", "_statuses", "_values", "names")

    def __init__(self, names: tuple[str, ...], values: bytes, statuses: bytes, detail: DetailSource) -> None:
        self.names = one_of_its_kind(names)
        self._values = values
        self._statuses = statuses
        self._detail = detail

    @classmethod
    def of(cls, cells: Mapping[str, Cell]) -> PackedCells:
        """The cells of a report in columns, in their order."""
        if isinstance(cells, PackedCells):
            return cells
        packed = pack(Report(source="", agency="", year=None, layout="", cells=cells, facts={}))
        return cls(packed.cell_names, packed.cell_values, packed.cell_statuses, DetailBytes(packed.detail))

    def numbers(self) -> array[float]:
        """The values in the order of ``names``, NaN where there is none."""
        return _numbers(self._values)

    def columns(self) -> CellColumns:
        """All cells side by side."""
        detail = self._detail.load()
        return CellColumns(self.names, detail.texts, self.numbers(), self._statuses, detail.places)

    def unpacked(self) -> dict[str, Cell]:
        """All cells by id."""
        detail = self._detail.load()
        statuses = [_STATUSES[number] for number in self._statuses]
        columns = zip(self.names, detail.texts, self.numbers(), statuses, detail.places, strict=True)
        return dict(zip(self.names, map(Cell._make, columns), strict=True))

    def status(self, cell_id: str) -> CellStatus | None:
        """The status of a cell, None where there is none; its detail stays closed."""
        position = positions(self.names).get(cell_id)
        return None if position is None else _STATUSES[self._statuses[position]]

    def __getitem__(self, cell_id: str) -> Cell:
        position, detail = positions(self.names)[cell_id], self._detail.load()
        (value,) = _ONE_VALUE.unpack_from(self._values, position * _ONE_VALUE.size)
        status = _STATUSES[self._statuses[position]]
        return Cell(cell_id, detail.texts[position], value, status, detail.places[position])

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, cell_id: object) -> bool:
        return cell_id in positions(self.names)

    def __repr__(self) -> str:
        return repr(self.unpacked())

    def __reduce__(self) -> tuple[type[PackedCells], tuple[tuple[str, ...], bytes, bytes, DetailSource]]:
        return PackedCells, (self.names, self._values, self._statuses, self._detail)


class PackedFacts(Mapping[str, Fact]):
    """The facts of one report: their values at once, the evidence of one when it is asked for."""

    __slots__ = ("_detail", "_places", "_values", "names")

    def __init__(self, names: tuple[str, ...], places: bytes, values: bytes, detail: DetailSource) -> None:
        self.names = one_of_its_kind(names)
        self._places = places
        self._values = values
        self._detail = detail

    def places(self) -> array[int]:
        """Which of ``names`` the numbers belong to, ascending."""
        return _array("H", self._places)

    def numbers(self) -> array[float]:
        """The values, in the order of ``places``."""
        return _numbers(self._values)

    def value(self, name: str) -> float | None:
        """The value of one, None where there is none."""
        place = positions(self.names).get(name)
        places = self.places()
        return None if place is None or place not in places else self.numbers()[places.index(place)]

    def __getitem__(self, name: str) -> Fact:
        value = self.value(name)
        if value is None:
            raise KeyError(name)
        return Fact(value, self._detail.load().evidence(name))

    def __iter__(self) -> Iterator[str]:
        return (self.names[place] for place in self.places())

    def __len__(self) -> int:
        return len(self._values) // 8

    def __repr__(self) -> str:
        return repr(dict(self))


def cell_numbers(cells: Mapping[str, Cell], ids: Sequence[str]) -> Sequence[float]:
    """The values of these cells of a report, packed or not; NaN where there is none."""
    if not isinstance(cells, PackedCells):
        return [math.nan if (cell := cells.get(cell_id)) is None else cell.value for cell_id in ids]
    if cells.names == ids:
        return cells.numbers()
    values, known = cells.numbers(), positions(cells.names)
    return [math.nan if (place := known.get(cell_id)) is None else values[place] for cell_id in ids]


def cell_status(cells: Mapping[str, Cell], cell_id: str) -> CellStatus | None:
    """The status of a cell of a report, packed or not; None where it has no such cell."""
    if isinstance(cells, PackedCells):
        return cells.status(cell_id)
    return None if (cell := cells.get(cell_id)) is None else cell.status


def unpacked_cells(cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """The cells of a report as a dictionary, which is quicker where all of them are wanted."""
    return cells.unpacked() if isinstance(cells, PackedCells) else cells


def pack(report: Report, fact_names: tuple[str, ...] | None = None) -> PackedReport:
    """A report as plain values.

    ``fact_names``: the facts that are kept, shared by all reports of a format; those of the report itself where None.
    """
    cells = report.cells
    names, texts, values, statuses, places = zip(*cells.values(), strict=True) if cells else ((), (), (), (), ())
    fact_names = tuple(report.facts) if fact_names is None else fact_names
    known = positions(one_of_its_kind(fact_names))
    facts = sorted((place, fact) for name, fact in report.facts.items() if (place := known.get(name)) is not None)
    evidence = {fact_names[place]: fact.evidence for place, fact in facts if fact.evidence}
    return PackedReport(
        source=report.source,
        agency=report.agency,
        year=report.year,
        layout=report.layout,
        title=report.title,
        printed_agency=report.printed_agency,
        relied_on=tuple(tuple(sorted(cells)) for cells in report.relied_on),
        fingerprint=_bytes("Q", report.fingerprint),
        cell_names=one_of_its_kind(names),
        cell_values=_bytes("d", values),
        # an enum is slow to hash, and nearly every cell is read
        cell_statuses=bytes([_READ if one is CellStatus.READ else _STATUS_NUMBERS[one] for one in statuses]),
        fact_names=one_of_its_kind(fact_names),
        fact_places=_bytes("H", [place for place, _ in facts]),
        fact_values=_bytes("d", [fact.value for _, fact in facts]),
        detail=packed_detail(texts, places, evidence, report.sections, report.source_text, report.cut_outs),
    )


def unpack(packed: PackedReport, detail: DetailSource | None = None) -> Report:
    """The report that was packed. ``detail``: where its detail is, if not in ``packed`` itself."""
    source = DetailBytes(packed.detail) if detail is None else detail
    return Report(
        source=packed.source,
        agency=packed.agency,
        year=packed.year,
        layout=packed.layout,
        title=packed.title,
        printed_agency=packed.printed_agency,
        relied_on=tuple(frozenset(cells) for cells in packed.relied_on),
        fingerprint=_array("Q", packed.fingerprint),
        cells=PackedCells(packed.cell_names, packed.cell_values, packed.cell_statuses, source),
        facts=PackedFacts(packed.fact_names, packed.fact_places, packed.fact_values, source),
        sections=DetailSections(source),
        cut_outs=DetailCutOuts(source),
        source_text=DetailText(source),
    )


@lru_cache(maxsize=256)
def one_of_its_kind(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for equal names: reports share it in memory, and pickle writes it once a batch."""
    return names


@lru_cache(maxsize=256)
def positions(names: tuple[str, ...]) -> Mapping[str, int]:
    """Where each name stands among the names."""
    return {name: position for position, name in enumerate(names)}


def _bytes(code: str, values: Sequence[float]) -> bytes:
    numbers = array(code, values)
    if _SWAPPED:
        numbers.byteswap()
    return numbers.tobytes()


def _array(code: str, content: bytes) -> array[Any]:
    numbers: array[Any] = array(code)
    numbers.frombytes(content)
    if _SWAPPED:
        numbers.byteswap()
    return numbers


def _numbers(content: bytes) -> array[float]:
    return _array("d", content)
