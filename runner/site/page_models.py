"""What the templates are given: plain, frozen page models. Every text is ready to be shown and not yet escaped.

records, reports, spec --builders (agency_year_pages, index_pages, rule_pages)--> these --views--> HTML
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.runner.site.finding_groups.group_models import FindingView, GroupView
from disclosure_checks.runner.site.grid_filling import FilledGrid
from disclosure_checks.runner.site.page_parts import LabelledText as LabelledText
from disclosure_checks.runner.site.page_parts import Link as Link
from disclosure_checks.runner.site.page_parts import Tally as Tally


class LegendEntry(NamedTuple):
    """A kind of cell: its style, its word and what it means."""

    kind: str
    word: str
    meaning: str


@dataclass(frozen=True)
class PageFrame:
    """What every page has. ``root`` leads to the folder of index.html: "" or "../"."""

    title: str
    root: str
    breadcrumbs: tuple[Link, ...]
    specifications: tuple[LabelledText, ...]  # title and fingerprint of each spec the page rests on
    product: str  # what the specs call their pages
    notice: str = ""  # which rules this run had, where it had not all


@dataclass(frozen=True)
class SkippedRule:
    """A rule that could not be assessed: how often, and the first reason."""

    anchor: str
    rule: Link
    times: str
    message: str


class ToldFinding(NamedTuple):
    """A finding in one line. ``rule``: None where the specs of this run do not have it."""

    severity: Tally
    message: str
    rule: Link | None


class ChangedCellView(NamedTuple):
    """A cell that a revision changed, and what it prints before and after."""

    cell: Link
    before: str
    after: str


class RevisionView(NamedTuple):
    """What a corrected report changed."""

    solved: tuple[ToldFinding, ...]
    new: tuple[ToldFinding, ...]
    left: tuple[ToldFinding, ...]
    cells: tuple[ChangedCellView, ...]
    date: str = ""  # when the revision before was put on the site, in words


@dataclass(frozen=True)
class AgencyYearPage:
    """One report: its findings and its statutory tables."""

    frame: PageFrame
    agency: str
    year: str
    gravest: str  # the gravest severity among the findings; the status of the report where there is none
    status_text: str
    verdict: str
    facts: tuple[LabelledText, ...]
    tallies: tuple[Tally, ...]
    groups: tuple[GroupView, ...]
    skipped: tuple[SkippedRule, ...]
    skipped_count: int
    waived: tuple[FindingView, ...]
    grids: tuple[FilledGrid, ...]
    legend: tuple[LegendEntry, ...]
    previous_year: Link | None
    next_year: Link | None
    source: str = ""  # the address of the text as it was read
    shows_pictures: bool = False  # parts of a picture that some cells were seen in
    revision: RevisionView | None = None
    notes: tuple[Link, ...] = ()
    all_years: Link | None = None  # the way to the page of the agency
    last_year: LabelledText | None = None  # the label of the switch, and the numbers of the year before


class MatrixEntry(NamedTuple):
    """One report in the matrix; ``title`` says in words what the letters count."""

    href: str
    title: str
    tallies: tuple[Tally, ...]


class MatrixCell(NamedTuple):
    """What an agency has for a year; ``absence``: why there is nothing, where there is nothing, and its word."""

    absence: LabelledText
    entries: tuple[MatrixEntry, ...]


class MatrixRow(NamedTuple):
    """One agency, and the way to its page."""

    agency: Link
    cells: tuple[MatrixCell, ...]


class YearColumn(NamedTuple):
    """A column of the matrix; ``anchor`` is its id, ``folder`` that of its pages, ``reports`` how many it counts."""

    anchor: str
    folder: str
    label: str
    reports: str
    tallies: tuple[Tally, ...]


class RuleLine(NamedTuple):
    """A rule in a list; ``failing`` is how many reports fail it."""

    rule: Link
    id: str
    severity: Tally
    failing: int


class MissingLine(NamedTuple):
    """The listed agencies without a report of one year: how many, which, and how many more there are."""

    year: str
    reports: str
    agencies: tuple[LabelledText, ...]  # name and due date
    more: str


@dataclass(frozen=True)
class MissingList:
    """Listed agencies without a report. ``explanation`` says which list was used; "" where there is none."""

    explanation: str = ""
    lines: tuple[MissingLine, ...] = ()


class SimilarLine(NamedTuple):
    """An agency that may be another: its name, its years, the other name and what they differ in."""

    agency: str
    years: str
    similar_to: str
    difference: str


class UnreadLine(NamedTuple):
    """A report with a table of which no number was read, and why."""

    report: Link
    reason: str


@dataclass(frozen=True)
class IndexPage:
    """Agencies x years, totals, what could not be read, who is missing, the most frequent findings."""

    frame: PageFrame
    totals: tuple[Tally, ...]
    years: tuple[YearColumn, ...]
    rows: tuple[MatrixRow, ...]  # the first ones
    more: Link | None  # how many there are besides, and the way to them
    states: tuple[LabelledText, ...]  # value and label of each choice
    unreadable: tuple[LabelledText, ...]
    frequent: tuple[RuleLine, ...]
    downloads: tuple[Link, ...]
    missing: MissingList = MissingList()
    similar: tuple[SimilarLine, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    changes: tuple[Tally, ...] = ()  # what this run added, replaced and left


class AgencyLine(NamedTuple):
    """An agency in the plain list with the way to its page, and its reports by year."""

    name: Link
    reports: tuple[Link, ...]


@dataclass(frozen=True)
class AgencyListPage:
    """A part of the plain list of agencies. ``pages``: all parts; the one without an address is this one."""

    frame: PageFrame
    path: str
    agencies: tuple[AgencyLine, ...]
    pages: tuple[Link, ...]


class RuleExample(NamedTuple):
    """An example of a rule: its values and what comes of them."""

    values: str
    kind: str
    result: str


@dataclass(frozen=True)
class RuleEdition:
    """A rule as one format has it; formats may share a rule id."""

    format: str
    title: str
    other_title: str
    severity: Tally
    formula: str
    facts: tuple[LabelledText, ...]
    examples: tuple[RuleExample, ...]


class FailingLine(NamedTuple):
    """A report in the list, the way to its first finding of the rule, and how often it fails it."""

    agency: Link
    year: str
    message: str
    times: str


class FailingPart(NamedTuple):
    """A part of the list. ``parts``: all of them; the one without an address is this one."""

    path: str
    lines: tuple[FailingLine, ...]
    parts: tuple[Link, ...]


@dataclass(frozen=True)
class RulePage:
    """One rule and who fails it. The rest of a long list has pages of its own, without ``editions``."""

    frame: PageFrame
    path: str
    id: str
    title: str
    editions: tuple[RuleEdition, ...]
    counts: str
    by_year: tuple[Tally, ...]  # how many reports of each year fail it
    failing: FailingPart


class RuleCategory(NamedTuple):
    """A group of rules in the list of rules."""

    title: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True)
class RuleListPage:
    """All rules, by category."""

    frame: PageFrame
    path: str
    categories: tuple[RuleCategory, ...]
