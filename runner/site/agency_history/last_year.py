"""Last year beside this one: its numbers for the switch over the tables, and the cells that findings read there.

The numbers stand in one attribute, in the order of the cells of the page; ``assets/last_year.js`` puts them beside the
cells where somebody asks for them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from disclosure_checks.rules.formula.functions import COLUMN_FUNCTIONS
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import plain_number
from disclosure_checks.runner.exports.records import FindingRecord, ReportRecord
from disclosure_checks.runner.site.agency_history.neighbours import Neighbours
from disclosure_checks.runner.site.grid_filling import FilledGrid
from disclosure_checks.runner.site.labels import href, year_text
from disclosure_checks.runner.site.page_models import LabelledText, Link
from disclosure_checks.runner.texts.site_texts import Texts

_ROOT = "../"
_BETWEEN = ","


class LastYear:
    """What pages of reports say of the year before. Make one a spec and language."""

    def __init__(self, compiled: CompiledSpecification, texts: Texts) -> None:
        self._texts = texts
        self._labels = compiled.labels
        self._places = {cell: place for place, cell in enumerate(compiled.cells)}
        self._places_in = lru_cache(maxsize=64)(self._places_in_order)  # of grids there are as many as arrangements
        self._read_before = _cells_of_the_year_before(compiled)

    def switch(self, grids: Iterable[FilledGrid], record: ReportRecord, beside: Neighbours) -> LabelledText | None:
        """The label of the switch and the numbers behind it; None where nothing is known of the year before."""
        if not beside.last_year or record.year is None:
            return None
        before = (*beside.last_year, math.nan)
        numbers = _BETWEEN.join(plain_number(before[place]) for grid in grids for place in self._places_in(grid.cells))
        year = year_text(record.year - 1, self._texts)
        return LabelledText(self._texts.say("last_year_beside", year=year), numbers)

    def cells_of(self, finding: FindingRecord, beside: Neighbours) -> tuple[Link, ...]:
        """The cells of the year before that a finding rests on, each with its number and the way to it."""
        if finding.year is None:
            return ()
        year = year_text(finding.year - 1, self._texts)
        return tuple(self._link(cell, year, beside) for cell in self._read_before.get((finding.rule, finding.item), ()))

    def _link(self, cell: str, year: str, beside: Neighbours) -> Link:
        number = self._number(cell, beside)
        known = not math.isnan(number)
        label = self._labels.cell(cell, self._texts.language)
        text = self._texts.say("cell_of_year", year=year, cell=label, value=plain_number(number) if known else "–")
        if beside.previous is None:
            return Link(text)
        # what has no number there may have no place there either
        return Link(text, href(_ROOT, beside.previous.page, cell if known else ""))

    def _places_in_order(self, cells: tuple[str, ...]) -> tuple[int, ...]:
        """Where the cells of a grid stand among those of the year before; behind the last where they do not."""
        return tuple(self._places.get(cell, len(self._places)) for cell in cells)

    def _number(self, cell: str, beside: Neighbours) -> float:
        place = self._places.get(cell)
        return math.nan if place is None or not beside.last_year else beside.last_year[place]


def _cells_of_the_year_before(compiled: CompiledSpecification) -> Mapping[tuple[str, str], Sequence[str]]:
    """The cells that each rule instance reads of the year before, by rule and item; only where it reads any."""
    prefix, cells = COLUMN_FUNCTIONS["previous_year"], frozenset(compiled.cells)
    found = {
        key: tuple(
            name.removeprefix(prefix)
            for name in instance.inputs
            if name.startswith(prefix) and name.removeprefix(prefix) in cells
        )
        for key, instance in compiled.instance_by_item.items()
    }
    return {key: names for key, names in found.items() if names}
