"""Builds the overview of a region: years, rules by year as a heat map, kinds of bodies and bodies above by year.

rows of agencies, results of rules --region_page--> RegionPage
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.body_facts import BodyVocabulary, body_vocabulary
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import SEVERITIES_OF_FINDINGS, ReportStatus
from disclosure_checks.runner.publishing.file_names import year_folder
from disclosure_checks.runner.site.labels import (
    REGION,
    href,
    page_frame,
    year_text,
)
from disclosure_checks.runner.site.overview.agency_rows import AgencyRow, Year
from disclosure_checks.runner.site.page_models import Link, PageFrame, RuleLine
from disclosure_checks.runner.site.region.counts import YearCount, counts_by_group, counts_by_year, heat, share
from disclosure_checks.runner.site.return_notes.note_building import ParentNote
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = ""
_ASCII = re.compile("[\x00-\x7f]+")
_STATES = (
    *(severity.value for severity in SEVERITIES_OF_FINDINGS),
    ReportStatus.PASS.value,
    ReportStatus.NOT_ASSESSABLE.value,
)


class HeatCell(NamedTuple):
    """A number with its share; ``heat``: 0 to 5, how strongly it is shaded; ``href``: the reports behind it."""

    text: str
    share: str
    heat: int
    href: str = ""


class YearLine(NamedTuple):
    """A year: its reports, how many are in each state, how many are missing, and errors a report."""

    year: Link
    reports: int
    states: tuple[HeatCell, ...]
    missing: int
    errors_a_report: str


class RuleHeat(NamedTuple):
    """A rule, how many reports fail it in all, and in each year."""

    line: RuleLine
    cells: tuple[HeatCell, ...]


class GroupHeat(NamedTuple):
    """Bodies of a kind or below a parent: reports with errors, in all and in each year.

    ``notes``: the return notes of all of them, by year.
    """

    name: Link
    total: HeatCell
    cells: tuple[HeatCell, ...]
    notes: tuple[Link, ...] = ()


class Comparison(NamedTuple):
    """A table of groups. ``has_notes``: whether there are return notes of all bodies of one."""

    id: str
    title: str
    head: str
    groups: tuple[GroupHeat, ...]
    has_notes: bool


@dataclass(frozen=True)
class RegionPage:
    """The overview of a region."""

    frame: PageFrame
    path: str
    years: tuple[str, ...]
    states: tuple[str, ...]
    lines: tuple[YearLine, ...]
    rules: tuple[RuleHeat, ...]
    comparisons: tuple[Comparison, ...]


def region_page(
    compiled: Sequence[CompiledSpecification],
    rows: Sequence[AgencyRow],
    years: Sequence[Year],
    lines: Iterable[RuleLine],
    results: RuleResults,
    texts: Texts,
    parent_notes: Iterable[ParentNote] = (),
) -> RegionPage:
    """The page. ``lines``: all rules, with addresses for a page in the folder of the overview; ``parent_notes``: in the
    order of years.
    """
    counts = counts_by_year(rows, years)
    bodies = body_vocabulary(one.specification.bodies for one in compiled)
    overview = Link(texts["overview"], href(ROOT, "index.html"))
    return RegionPage(
        frame=page_frame(texts["region"], ROOT, (overview, Link(texts["region"])), compiled, texts),
        path=REGION,
        years=tuple(year_text(year, texts) for year in years),
        states=tuple(texts[f"region_{state}"] for state in _STATES),
        lines=tuple(_year_line(year, counts[year], texts) for year in years),
        rules=tuple(_rule_heats(lines, results, counts)),
        comparisons=tuple(_comparisons(rows, years, bodies, _notes_by_parent(parent_notes), texts)),
    )


def _year_line(year: Year, count: YearCount, texts: Texts) -> YearLine:
    states = tuple(
        HeatCell(
            str(count.states[state]),
            _percent(count.states[state], count.reports),
            0,
            _filtered(year=year_folder(year), state=state) if count.states[state] else "",
        )
        for state in _STATES
    )
    errors = f"{share(count.errors, count.reports):.2f}"
    return YearLine(
        Link(year_text(year, texts), _filtered(year=year_folder(year))), count.reports, states, count.missing, errors
    )


def _rule_heats(
    lines: Iterable[RuleLine], results: RuleResults, counts: Mapping[Year, YearCount]
) -> Iterable[RuleHeat]:
    """The rules that a report fails, those that most do first; notes are none."""
    kinds = [severity.value for severity in SEVERITIES_OF_FINDINGS]
    failing = [line for line in lines if line.failing and line.severity.kind in kinds]
    for line in sorted(failing, key=lambda line: (-line.failing, kinds.index(line.severity.kind), line.id)):
        cells = tuple(
            _heat_cell(
                results.failing_by_year[line.id, year], count.reports, _filtered(year=year_folder(year), rule=line.id)
            )
            for year, count in counts.items()
        )
        yield RuleHeat(line, cells)


def _comparisons(
    rows: Sequence[AgencyRow],
    years: Sequence[Year],
    bodies: BodyVocabulary,
    notes: Mapping[str, tuple[Link, ...]],
    texts: Texts,
) -> Iterable[Comparison]:
    """By kind and by the body above, as the list of agencies has them; none without a list."""
    kinds = {kind: texts.of(title) for kind, title in bodies.kinds.items()}
    by_kind = counts_by_group(rows, years, lambda row: row.listed.kind if row.listed else "")
    by_parent = counts_by_group(rows, years, lambda row: visible_text(row.listed.parent or "") if row.listed else "")
    compared = {
        "kind": [_group_heat("kind", kind, kinds[kind], by_kind[kind]) for kind in kinds if kind in by_kind],
        "parent": [
            _group_heat("parent", parent, parent, by_parent[parent], notes.get(parent, ()))
            for parent in sorted({*by_parent, *notes})
        ],
    }
    for name, groups in compared.items():
        if groups:
            has_notes = any(one.notes for one in groups)
            yield Comparison(f"by-{name}", texts[f"region_by_{name}"], texts[_HEADS[name]], tuple(groups), has_notes)


_HEADS = {"kind": "filter_body_kind", "parent": "filter_parent"}


def _notes_by_parent(notes: Iterable[ParentNote]) -> Mapping[str, tuple[Link, ...]]:
    by_parent: dict[str, tuple[Link, ...]] = defaultdict(tuple)
    for parent, year, path in notes:
        by_parent[visible_text(parent)] += (Link(str(year), href(ROOT, f"{path}.html")),)
    return by_parent


def _group_heat(
    name: str,
    group: str,
    title: str,
    counts: Mapping[Year, YearCount],
    notes: tuple[Link, ...] = (),
) -> GroupHeat:
    errors, reports = (sum(getattr(one, what) for one in counts.values()) for what in ("with_errors", "reports"))
    cells = tuple(map(_of_reports, counts.values()))
    address = _filtered(state="error", **{name: group}) if errors else ""
    total = HeatCell(f"{errors} / {reports}", _percent(errors, reports), heat(errors, reports), address)
    return GroupHeat(Link(title, _filtered(**{name: group})), total, cells, notes)


def _of_reports(count: YearCount) -> HeatCell:
    """Without a way to the reports: there may be hundreds of bodies, and the total of each leads there."""
    if not count.reports:
        return HeatCell("", "", 0)
    errors = count.with_errors
    share_of_reports = _percent(errors, count.reports)
    return HeatCell(f"{errors} / {count.reports}", share_of_reports, heat(errors, count.reports))


def _heat_cell(part: int, whole: int, address: str) -> HeatCell:
    if not part:
        return HeatCell("", "", 0)
    return HeatCell(str(part), _percent(part, whole), heat(part, whole), address)


def _percent(part: int, whole: int) -> str:
    if not part:
        return ""
    percent = 100 * share(part, whole)
    return f"{percent:.0f}%" if percent >= 1 else "<1%"


def _filtered(**wanted: str) -> str:
    """The address of the overview, filtered; letters beyond ASCII stay as they are."""
    return "index.html#" + "&".join(f"{name}={_ASCII.sub(_encoded, value)}" for name, value in wanted.items())


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0])
