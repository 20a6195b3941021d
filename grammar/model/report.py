"""What reading a report yields: canonical cells, sections and facts, each with its place.

    bytes -> printed rows (readers) -> sections and tables (report.lark) -> Report

A ``Report`` is plain data: immutable, picklable, free of any knowledge of rules.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from disclosure_checks.grammar.model.kept_text import KeptText


class CellStatus(str, Enum):
    """What is known about one canonical cell (see the design, section 3)."""

    READ = "read"
    INFERRED = "inferred"
    RECOGNISED = "recognised"  # seen in a picture
    BLANK = "blank"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


WITH_NUMBER = frozenset({CellStatus.READ, CellStatus.INFERRED, CellStatus.RECOGNISED})
"""The statuses of cells that have a value; of all others it is NaN."""


class Place(NamedTuple):
    """Where something stands in its source. Every number counts from 1; 0 means "does not apply"."""

    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        named = (
            ("page", self.page),
            ("line", self.line),
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
        )
        return " ".join(f"{name} {number}" for name, number in named if number)


class Cell(NamedTuple):
    """One canonical cell. ``value`` is NaN unless the status is one of ``WITH_NUMBER``."""

    id: str
    text: str
    value: float
    status: CellStatus
    place: Place | None


class Evidence(NamedTuple):
    """One occurrence behind a fact: what was printed where, which cells it concerns, what was expected.

    ``sentence_id``: what the sentence of the running text is known by in which it was said; "" where it is none.
    """

    place: Place | None
    text: str
    cells: tuple[str, ...] = ()
    expected: str = ""
    sentence_id: str = ""


class Fact(NamedTuple):
    """A number about the document (a count, a year, a length; NaN = unknown) and what it rests on."""

    value: float
    evidence: tuple[Evidence, ...] = ()


UNKNOWN = Fact(math.nan)


class ProseLine(NamedTuple):
    """One line of running text, as printed."""

    place: Place
    text: str


@dataclass(frozen=True)
class Section:
    """A statutory section that was found, with its running text."""

    id: str
    heading: str
    place: Place
    prose: tuple[ProseLine, ...] = ()


class SourceText(Protocol):
    """The text of a document, or a place that it is fetched from."""

    def load(self) -> KeptText:
        """The lines and tables of the document."""
        ...


@dataclass(frozen=True)
class Report:
    """One report: who, when, and everything printed that a rule can speak of.

    ``source`` is the path relative to the folder that was given, with ``/``. ``cells`` holds every cell id of the
    lexicon, absent ones included. ``facts`` is keyed by the full fact name, such as ``section.overview.count``.
    ``relied_on``: the cells of every equation that was used to tell values apart and so can no longer be checked.
    ``printed_agency``: the name as printed, where it was told that the agency goes by another name.
    ``fingerprint``: of the running text of the sections, see ``grammar.prose.fingerprints``.
    ``cut_outs``: of cells that were seen in a picture and that a person should look at, that part of the picture as a
    small PNG file.
    ``source_text``: the document as it was read, for people to look at; None where it was not kept.
    """

    source: str
    agency: str
    year: int | None
    layout: str
    cells: Mapping[str, Cell]
    facts: Mapping[str, Fact]
    title: str = ""
    sections: Sequence[Section] = ()
    relied_on: tuple[frozenset[str], ...] = ()
    printed_agency: str = ""
    fingerprint: Sequence[int] = ()
    cut_outs: Mapping[str, bytes] = field(default_factory=dict)
    source_text: SourceText | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class UnreadableReport:
    """An input that could not be read at all: ``code`` names the message, ``detail`` fills it in."""

    source: str
    code: str
    detail: str = ""
