"""Reports whose tables were seen in a picture, put together by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from random import Random
from typing import NamedTuple

from disclosure_checks.grammar.interpretation.interpreter import Interpreter
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.grammar.model.source_document import Grid, RecognisedNumber, SourceDocument
from disclosure_checks.grammar.readers.decoding import decode
from tests.checking import lexicon
from tests.generation.documents.html import saved_page
from tests.generation.sheets import GeneratedReport

CUT_OUT = b"\x89PNG\r\n\x1a\n" + bytes(range(120))
CLEAR = 0.99999
LOST = "\ufffd"  # what a cell with ink prints that could not be read


class Sight(NamedTuple):
    """How a number was seen: what it is taken for, how surely, and what else it may be."""

    text: str
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


UNREAD = Sight("", 0.0)


@cache
def interpreter() -> Interpreter:
    return Interpreter(lexicon())


def seen_document(report: GeneratedReport, sights: Mapping[str, Sight]) -> SourceDocument:
    """The document of a report, all of its cells seen in a picture: clearly, but for those that ``sights`` names."""
    document = decode(saved_page(report.sheet, Random(0)), "report.html")
    plain = interpreter().interpret(document, "report.html")
    assert isinstance(plain, Report)
    ids = {cell.place: cell.id for cell in plain.cells.values() if cell.place is not None}
    numbers: list[RecognisedNumber] = []
    blocks = []
    for block in document.blocks:
        if isinstance(block, Grid):
            cells = []
            for cell in block.cells:
                if cell.place in ids and cell.text.strip():
                    sight = sights.get(ids[cell.place], Sight(cell.text.strip(), CLEAR))
                    numbers.append(RecognisedNumber(cell.place, *sight, CUT_OUT))
                    cell = cell._replace(text=sight.text or LOST)
                cells.append(cell)
            block = replace(block, cells=tuple(cells))
        blocks.append(block)
    return replace(document, blocks=tuple(blocks), recognised=tuple(numbers))


def seen_report(report: GeneratedReport, sights: Mapping[str, Sight] | None = None) -> Report:
    """The report as it is read from such a document."""
    read = interpreter().interpret(seen_document(report, sights or {}), "report.html")
    assert isinstance(read, Report)
    return read
