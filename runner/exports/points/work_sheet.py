"""The sheet that an office works down: a row a point, with room for its state, who sees to it and when it was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Union

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.points.point_words import Point, PointWords
from disclosure_checks.runner.exports.records import FindingRecord, ReportRecord
from disclosure_checks.runner.texts.site_texts import Texts

SheetValue = Union[str, int, float, None]

STATES = ("state_open", "state_sent_back", "state_corrected", "state_explained", "state_no_mistake")


class PageLink(NamedTuple):
    """A link to a page, and its words. ``address``: from the folder of the workbook, marked as XlsxWriter wants it."""

    address: str
    words: str


WorkRow = Sequence[Union[SheetValue, PageLink]]


class WorkRows:
    """Makes the rows of reports, as their findings pass by. ``compiled``: by format."""

    def __init__(self, compiled: Sequence[CompiledSpecification], texts: Texts) -> None:
        self._words = {one.specification.format: PointWords(one, texts) for one in compiled}
        self._texts = texts

    def of(self, record: ReportRecord, findings: Sequence[FindingRecord]) -> Iterator[WorkRow]:
        """The rows of a report. Of one whose spec this run has not, there are none."""
        words = self._words.get(record.format)
        for point in words.of(findings) if words is not None else ():
            yield self._row(record, point)

    def _row(self, record: ReportRecord, point: Point) -> WorkRow:
        return (
            self._texts[STATES[0]],
            self._texts.severity(point.severity),
            record.agency,
            record.year,
            _together(point, "what"),
            _together(point, "where"),
            _together(point, "printed"),
            _together(point, "wanted"),
            "\n".join(point.why),
            point.basis,
            page_link(record.page, point.number, self._texts),
            None,
            None,
            "\n".join(point.remarks),
            visible_text(record.report),
        )


def page_link(page: str, finding: int, texts: Texts) -> PageLink:
    """The link to a finding on the page of its report."""
    return PageLink(f"external:../{page}#finding-{finding}", texts["workbook_page"])


def states(texts: Texts) -> Mapping[str, str]:
    """What a point may have come to, in words."""
    return {state: texts[state] for state in STATES}


def _together(point: Point, field: str) -> str:
    return "\n".join(filter(None, (getattr(line, field) for line in point.lines)))
