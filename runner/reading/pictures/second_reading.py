"""When a file is read once more with its pictures, and which of the two readings counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import WITH_NUMBER, Cell, Fact, Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import IMAGE
from disclosure_checks.grammar.readers.picture_sources.image_file import PICTURE_FILE
from disclosure_checks.runner.reading.pictures.modes import ALWAYS, NEVER, NOT_INSTALLED, is_read

NO_TEXT_LAYER, NO_REPORT = "no_text_layer", "no_report"
NOTHING_RECOGNISED = "nothing_recognised"
WITHOUT_TEXT = frozenset({NO_TEXT_LAYER, PICTURE_FILE})  # files of which nothing but pictures is there
_LEFT_OUT = "pictures_left_out"
# why a table that may be an image was not read, by mode; names of texts for people
_UNREAD_IMAGES = {NEVER: "image_left_out", NOT_INSTALLED: "image_not_installed"}
_NOT_RECOGNISED = "image_not_recognised"
_NOT_PRINTED = ".not_printed"


def wants_pictures(report: Report | UnreadableReport, lexicon: Lexicon, mode: str) -> bool:
    """Whether the pictures of a file that shows some are to be looked at."""
    if not is_read(mode):
        return False
    if isinstance(report, UnreadableReport):
        return report.code in (*WITHOUT_TEXT, NO_REPORT)
    return mode == ALWAYS or any(not _has_numbers(report, table.id) for table in lexicon.tables)


def _has_numbers(report: Report, table: str) -> bool:
    """Whether any number of a table was read."""
    return any(cell.status in WITH_NUMBER for name, cell in report.cells.items() if name.startswith(f"{table}."))


def told_of_pictures(report: Report | UnreadableReport, mode: str) -> Report | UnreadableReport:
    """What is said of a file that shows pictures: not looked at, and why, is to be told from not made out.

    Of a file whose pictures are still to be looked at it is said beforehand that nothing came of it.
    """
    if isinstance(report, UnreadableReport):
        left_out = mode == NEVER and report.code in WITHOUT_TEXT
        return UnreadableReport(report.source, _LEFT_OUT) if left_out else report
    cause = _UNREAD_IMAGES.get(mode, _NOT_RECOGNISED)
    told = {name: _told(fact, cause) for name, fact in report.facts.items() if _is_image(name, fact)}
    return replace(report, facts={**report.facts, **told}) if told else report


def _is_image(name: str, fact: Fact) -> bool:
    return name.endswith(_NOT_PRINTED) and any(one.expected == IMAGE for one in fact.evidence)


def _told(fact: Fact, cause: str) -> Fact:
    return fact._replace(evidence=tuple(one._replace(expected=cause) for one in fact.evidence))


def better(first: Report | UnreadableReport, second: Report | UnreadableReport) -> bool:
    """Whether the second reading, with pictures, counts: it says more, and everything that the first one says."""
    if isinstance(second, UnreadableReport):
        return isinstance(first, UnreadableReport) and first.code in WITHOUT_TEXT and second.code not in WITHOUT_TEXT
    if isinstance(first, UnreadableReport):
        return True
    known, more = _known(first.cells), _known(second.cells)
    return len(more) > len(known) and all(name in more and more[name] == value for name, value in known.items())


def _known(cells: Mapping[str, Cell]) -> dict[str, float]:
    return {name: cell.value for name, cell in cells.items() if cell.status in WITH_NUMBER}
