"""Reports as plain tuples, for handing many of them from one process to another quickly.

Pickle spends most of its time on the small named tuples a report is made of; built-in tuples cost a fraction.
"""

from __future__ import annotations

from typing import Any

from grammar.document import Cell, CellStatus, Evidence, Fact, Place, ProseLine, Report, Section

PackedReport = tuple[Any, ...]
PackedEvidence = tuple[Any, ...]

_STATUSES = tuple(CellStatus)
_STATUS_NUMBERS = {status: number for number, status in enumerate(_STATUSES)}


def pack(report: Report) -> PackedReport:
    """A report as tuples, strings and numbers."""
    return (
        report.source,
        report.agency,
        report.year,
        report.layout,
        [
            (cell.id, cell.text, cell.value, _STATUS_NUMBERS[cell.status], _plain(cell.place))
            for cell in report.cells.values()
        ],
        [(name, fact.value, [_pack_evidence(one) for one in fact.evidence]) for name, fact in report.facts.items()],
        report.title,
        [_pack_section(section) for section in report.sections],
        report.relied_on,
    )


def unpack(packed: PackedReport) -> Report:
    """The report that was packed."""
    source, agency, year, layout, cells, facts, title, sections, relied_on = packed
    return Report(
        source=source,
        agency=agency,
        year=year,
        layout=layout,
        cells={
            cell_id: Cell(cell_id, text, value, _STATUSES[status], _place(place))
            for cell_id, text, value, status, place in cells
        },
        facts={
            name: Fact(value, tuple([_unpack_evidence(one) for one in evidence])) for name, value, evidence in facts
        },
        title=title,
        sections=tuple(_unpack_section(section) for section in sections),
        relied_on=relied_on,
    )


def _plain(place: Place | None) -> tuple[int, ...] | None:
    return None if place is None else tuple(place)


def _place(plain: tuple[int, ...] | None) -> Place | None:
    return None if plain is None else Place(*plain)


def _pack_evidence(evidence: Evidence) -> PackedEvidence:
    return _plain(evidence.place), evidence.text, evidence.cells, evidence.expected


def _unpack_evidence(packed: PackedEvidence) -> Evidence:
    place, text, cells, expected = packed
    return Evidence(_place(place), text, cells, expected)


def _pack_section(section: Section) -> tuple[Any, ...]:
    return section.id, section.heading, tuple(section.place), [(tuple(line.place), line.text) for line in section.prose]


def _unpack_section(packed: tuple[Any, ...]) -> Section:
    section_id, heading, place, prose = packed
    return Section(section_id, heading, Place(*place), tuple(ProseLine(Place(*where), text) for where, text in prose))
