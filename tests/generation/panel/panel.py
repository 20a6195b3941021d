"""A panel: invented bodies through the years, consistent within each year and from year to year, with their words.

random_panel(agencies=50, seed=1) -> Panel -> .reports -> print_layout(...)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.generation.layouts.printing import LAYOUTS
from tests.generation.narrative.narrative import Narrative, NarrativeWriter
from tests.generation.narrative.sheet import panel_sheet, with_narrative
from tests.generation.narrative.voice import Voice, random_voice
from tests.generation.panel.bodies import PanelBody, panel_bodies
from tests.generation.panel.cells import cells_of_year
from tests.generation.sheets import GeneratedReport, Value

YEARS = (2019, 2020, 2021, 2022, 2023, 2024, 2025)
# layouts in which every cell is read as printed, so that nothing but years and words can be at fault
PANEL_LAYOUTS = (
    "word_text",
    "page_text",
    "page_text_half_width",
    "markdown_tsv",
    "pipes_trailing",
    "pipes_padded",
    "spaced_rows",
    "word_text_broken_labels",
    "page_text_tight",
)


@dataclass(frozen=True)
class PanelReport:
    """One body's report of one year. ``before``: last year's cells, empty where the panel has none."""

    body: PanelBody
    year: int
    voice: Voice
    narrative: Narrative
    report: GeneratedReport
    before: Mapping[str, Value]
    layout: str

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.body.agency.name}{self.year}.txt"

    @property
    def text(self) -> str:
        return LAYOUTS[self.layout](self.report.sheet, Random(self.name))

    def saying(self, narrative: Narrative) -> PanelReport:
        """The report with other words around the same tables."""
        sheet = with_narrative(self.report.sheet, narrative)
        return replace(self, narrative=narrative, report=self.report.with_sheet(sheet))


@dataclass(frozen=True)
class Panel:
    """``runs``: the reports of each body in the order of years."""

    runs: tuple[tuple[PanelReport, ...], ...]

    @property
    def reports(self) -> Iterator[PanelReport]:
        return (report for run in self.runs for report in run)


def panel_report(
    random: Random, body: PanelBody, year: int, cells: Mapping[str, Value], before: Mapping[str, Value], fee: int
) -> PanelReport:
    """The report that says ``cells`` in words; ``fee`` is the information-processing fee in yuan."""
    voice = random_voice(random, body, year, cells, before, fee)
    narrative = NarrativeWriter(voice).write()
    sheet = panel_sheet(random, body, year, cells, narrative)
    report = GeneratedReport(body.agency.name, year, cells, sheet)
    return PanelReport(body, year, voice, narrative, report, before, random.choice(PANEL_LAYOUTS))


def rewritten(report: PanelReport, cells: Mapping[str, Value], before: Mapping[str, Value]) -> PanelReport:
    """The report with other tables, of this year or of the year before, and new words that agree with them."""
    random = Random(f"rewritten {report.name}")
    changed = panel_report(random, report.body, report.year, cells, before, report.voice.information_fee)
    return replace(changed, layout=report.layout)


def _information_fee(random: Random, body: PanelBody) -> int:
    return random.randint(1, 99) * 10 if body.size.most and random.random() < 0.12 else 0


def _run(body: PanelBody, years: Sequence[int], seed: int | str) -> tuple[PanelReport, ...]:
    reports: list[PanelReport] = []
    before: Mapping[str, Value] = {}
    for year in years:
        random = Random(f"{seed}/{body.agency.name}/{year}")
        fee = _information_fee(random, body)
        cells = cells_of_year(random, body, year, before, fee_unpaid=bool(fee))
        if fee and not cells["requests.results_total.total"]:
            fee = 0
        if fee and cells.get("proactive.fees.amount") == 0:
            cells["proactive.fees.amount"] = 1  # the fees of the year include this one
        reports.append(panel_report(random, body, year, cells, before, fee))
        before = cells
    return tuple(reports)


def random_panel(agencies: int = 50, seed: int | str = 0, years: Sequence[int] = YEARS) -> Panel:
    """``agencies`` bodies through ``years`` (consecutive); the same arguments give the same panel."""
    return Panel(tuple(_run(body, years, seed) for body in panel_bodies(agencies, seed)))
