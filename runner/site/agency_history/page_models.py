"""What the template of an agency's page is given. Every text is ready to be shown and not yet escaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.runner.site.agency_history.charts import ChartView
from disclosure_checks.runner.site.page_models import Link, PageFrame, Tally


class YearState(NamedTuple):
    """What came of a year: the way to its report, a kind for the style, and how many findings of each severity."""

    year: Link
    kind: str
    state: str
    tallies: tuple[Tally, ...]
    not_assessable: str


class YearHead(NamedTuple):
    """The head of a column of numbers. ``note``: what tells it from another of the same year."""

    year: Link
    note: str


class YearValue(NamedTuple):
    """A number of a year. ``kind``: CSS classes; ``href``, ``letter``: the way to what is wrong with it, if anything."""

    text: str
    kind: str = ""
    href: str = ""
    letter: str = ""


class NumberLine(NamedTuple):
    """A cell through the years."""

    column: str
    values: tuple[YearValue, ...]


class NumberRow(NamedTuple):
    """A printed row with those of its cells that ever held a number but 0.

    ``id``, with that of its table, and ``columns``, the ids of its lines: what a script makes links of.
    """

    id: str
    columns: str
    label: str
    lines: tuple[NumberLine, ...]


class NumberTable(NamedTuple):
    """A statutory table through the years. ``rest``: what is said of the cells that are left out."""

    id: str
    title: str
    rows: tuple[NumberRow, ...]
    rest: str


@dataclass(frozen=True)
class AgencyHistoryPage:
    """An agency: its states over time, charts, and its numbers side by side.

    ``links_are_made``: those of some marks by a script, as the marks are many.
    """

    frame: PageFrame
    path: str
    agency: str
    states: tuple[YearState, ...]
    severities: tuple[Tally, ...]
    charts: tuple[ChartView, ...]
    heads: tuple[YearHead, ...]
    links_are_made: bool
    tables: tuple[NumberTable, ...]
