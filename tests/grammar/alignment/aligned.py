"""Aligns texts to a format, for the tests beside it."""

from __future__ import annotations

import math
from functools import cache

from disclosure_checks.grammar.alignment.aligning import DocumentAligner
from disclosure_checks.grammar.alignment.filling.table_alignment import DocumentAlignment
from disclosure_checks.grammar.model.report import Cell
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader
from tests.checking import lexicon
from tests.generation.sheets import GeneratedReport


@cache
def aligner(name: str = "2021_format") -> DocumentAligner:
    own = lexicon(name)
    return DocumentAligner(own, LabelIndex(own), NumberReader(own))


def align(text: str, name: str = "2021_format") -> DocumentAlignment:
    return aligner(name).text(text.split("\n"))


def cells_of(aligned: DocumentAlignment) -> dict[str, Cell]:
    return {cell: read for table in aligned.tables.values() for cell, read in table.cells.items()}


def wrong_numbers(aligned: DocumentAlignment, generated: GeneratedReport) -> dict[str, Cell]:
    """The cells that were read as another number than the one printed. What is not read is not wrong."""
    return {
        cell: read
        for cell, read in cells_of(aligned).items()
        if not math.isnan(read.value) and read.value != generated.cells[cell]
    }


def not_read(aligned: DocumentAlignment, generated: GeneratedReport) -> set[str]:
    """The printed numbers that did not come back."""
    cells = cells_of(aligned)
    return {
        cell
        for cell, value in generated.cells.items()
        if value is not None and (cell not in cells or math.isnan(cells[cell].value))
    }
