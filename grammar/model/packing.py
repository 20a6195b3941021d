"""Reports as columns, for handing many of them from one process to another quickly.

Pickle spends most of its time on the small named tuples a report is made of: some 200 cells and as many facts. Packed,
each field of them is one column. The names, which reports of a format share, are kept once; cells stay packed until
somebody asks for one, since most are only ever wanted as numbers.
"""

from __future__ import annotations

import marshal  # both ends are one installation of Python, and it takes half the time of pickle
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from disclosure_checks.grammar.model.report import Cell, CellStatus, Evidence, Fact, Place, ProseLine, Report, Section

PackedReport = tuple[Any, ...]

_STATUSES = tuple(CellStatus)
_READ = _STATUSES.index(CellStatus.READ)
_STATUS_NUMBERS = {status: number for number, status in enumerate(_STATUSES)}
_PLAIN_FIELDS = tuple(one.name for one in fields(Report) if one.name not in ("cells", "facts", "sections"))


class PackedCells(Mapping[str, Cell]):
    """The cells of one report as columns. A cell is made when it is asked for; ``unpacked`` makes all at once."""

    __slots__ = ("_details", "_ids", "_loaded", "_statuses", "_values")

    def __init__(self, ids: tuple[str, ...], values: bytes, statuses: bytes, details: bytes) -> None:
        self._ids = _one_of_its_kind(ids)
        self._values = values
        self._statuses = statuses
        self._details = details  # texts, distinct places, and the number of each cell's place among them
        self._loaded: tuple[Sequence[str], Sequence[Place | None], bytes | Sequence[int]] | None = None

    @classmethod
    def of(cls, cells: Mapping[str, Cell]) -> PackedCells:
        """The cells of a report in columns, in their order."""
        if isinstance(cells, PackedCells):
            return cells
        _, texts, values, statuses, places = zip(*cells.values(), strict=True) if cells else ((), (), (), (), ())
        distinct: dict[Place | None, int] = {}
        numbers = [distinct.setdefault(place, len(distinct)) for place in places]
        table = [None if place is None else tuple(place) for place in distinct]
        return cls(
            tuple(cells),
            array("d", values).tobytes(),
            # an enum is slow to hash, and nearly every cell is read
            bytes([_READ if status is CellStatus.READ else _STATUS_NUMBERS[status] for status in statuses]),
            marshal.dumps((texts, table, numbers)),
        )

    def numbers(self, ids: Sequence[str]) -> list[float]:
        """The values of these cells, NaN where there is none."""
        values = dict(zip(self._ids, self._numbers(), strict=True))
        return [values.get(cell_id, math.nan) for cell_id in ids]

    def unpacked(self) -> dict[str, Cell]:
        """All cells by id."""
        texts, places, numbers = self._detailed()
        columns = zip(
            self._ids,
            texts,
            self._numbers(),
            [_STATUSES[number] for number in self._statuses],
            [places[number] for number in numbers],
            strict=True,
        )
        return dict(zip(self._ids, map(Cell._make, columns), strict=True))

    def __getitem__(self, cell_id: str) -> Cell:
        position = _positions(self._ids)[cell_id]
        texts, places, numbers = self._detailed()
        status = _STATUSES[self._statuses[position]]
        return Cell(cell_id, texts[position], self._numbers()[position], status, places[numbers[position]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __repr__(self) -> str:
        return repr(self.unpacked())

    def __reduce__(self) -> tuple[type[PackedCells], tuple[tuple[str, ...], bytes, bytes, bytes]]:
        return PackedCells, (self._ids, self._values, self._statuses, self._details)

    def _numbers(self) -> array[float]:
        return array("d", self._values)

    def _detailed(self) -> tuple[Sequence[str], Sequence[Place | None], bytes | Sequence[int]]:
        if self._loaded is None:
            texts, table, numbers = marshal.loads(self._details)
            self._loaded = texts, [_place(place) for place in table], numbers
        return self._loaded


def cell_numbers(cells: Mapping[str, Cell], ids: Sequence[str]) -> list[float]:
    """The values of these cells of a report, packed or not; NaN where there is none."""
    if isinstance(cells, PackedCells):
        return cells.numbers(ids)
    return [math.nan if (cell := cells.get(cell_id)) is None else cell.value for cell_id in ids]


def unpacked_cells(cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """The cells of a report as a dictionary, which is quicker where all of them are wanted."""
    return cells.unpacked() if isinstance(cells, PackedCells) else cells


def pack(report: Report) -> PackedReport:
    """A report as tuples, strings, numbers and bytes."""
    facts = report.facts
    values, evidence = zip(*facts.values(), strict=True) if facts else ((), ())
    return (
        tuple(getattr(report, name) for name in _PLAIN_FIELDS),
        PackedCells.of(report.cells),
        _one_of_its_kind(tuple(facts)),
        array("d", values).tobytes(),
        marshal.dumps(
            (
                [(number, [_pack_evidence(one) for one in found]) for number, found in enumerate(evidence) if found],
                [_pack_section(section) for section in report.sections],
            )
        ),
    )


def unpack(packed: PackedReport) -> Report:
    """The report that was packed, its cells as ``PackedCells``."""
    plain, cells, names, values, details = packed
    found, sections = marshal.loads(details)
    evidence: list[tuple[Evidence, ...]] = [()] * len(names)
    for number, packed_evidence in found:
        evidence[number] = tuple([_unpack_evidence(one) for one in packed_evidence])
    facts = map(Fact._make, zip(array("d", values), evidence, strict=True))
    return Report(
        **dict(zip(_PLAIN_FIELDS, plain, strict=True)),
        cells=cells,
        facts=dict(zip(_one_of_its_kind(names), facts, strict=True)),
        sections=tuple([_unpack_section(section) for section in sections]),
    )


@lru_cache(maxsize=256)
def _one_of_its_kind(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for equal names: reports share it in memory, and pickle writes it once a batch."""
    return names


@lru_cache(maxsize=256)
def _positions(names: tuple[str, ...]) -> dict[str, int]:
    return {name: position for position, name in enumerate(names)}


def _place(plain: tuple[int, ...] | None) -> Place | None:
    return None if plain is None else Place(*plain)


def _pack_evidence(evidence: Evidence) -> tuple[Any, ...]:
    return evidence.place and tuple(evidence.place), evidence.text, evidence.cells, evidence.expected


def _unpack_evidence(packed: tuple[Any, ...]) -> Evidence:
    place, text, cells, expected = packed
    return Evidence(_place(place), text, cells, expected)


def _pack_section(section: Section) -> tuple[Any, ...]:
    return section.id, section.heading, tuple(section.place), [(tuple(line.place), line.text) for line in section.prose]


def _unpack_section(packed: tuple[Any, ...]) -> Section:
    section_id, heading, place, prose = packed
    return Section(section_id, heading, Place(*place), tuple([ProseLine(Place(*where), text) for where, text in prose]))
