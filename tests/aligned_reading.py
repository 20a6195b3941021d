"""The switch: with DISCLOSURE_READ_BY_ALIGNMENT=1 in the environment every report of a test run is read by alignment.

Only for comparing the two ways; nothing of the product looks at it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from disclosure_checks.grammar import report_reading
from disclosure_checks.grammar.alignment.aligning import DocumentAligner
from disclosure_checks.grammar.alignment.as_parsed import ParsedDocument, ParsedDocumentMaker
from disclosure_checks.grammar.model.source_document import SourceDocument

SWITCH = "DISCLOSURE_READ_BY_ALIGNMENT"


class _Aligned:
    """Stands in for the cutters, the row lexer and the table reader of one ``ReportReader``."""

    def __init__(self, reader: Any) -> None:
        self._aligner = DocumentAligner(reader.lexicon)
        self._maker = ParsedDocumentMaker(reader._index, reader._numbers)
        self._made = ParsedDocument()

    def cut(self, source: SourceDocument | Sequence[str]) -> Any:
        is_document = isinstance(source, SourceDocument)
        aligned = self._aligner.document(source) if is_document else self._aligner.text(source)
        self._made = self._maker.make(aligned)
        return self._made.atoms

    def tokens(self, atoms: Sequence[Any]) -> Any:
        return self._made.tokens

    def readings(self, *_: Any) -> Any:
        return self._made.readings


def read_by_alignment() -> None:
    """Lets every reader that is made from now on read by alignment, if the environment says so."""
    if os.environ.get(SWITCH) != "1":
        return
    make = report_reading.ReportReader.__init__

    def make_aligned(reader: Any, lexicon: Any) -> None:
        make(reader, lexicon)
        aligned = _Aligned(reader)
        reader._cutter = reader._blocks = reader._row_lexer = aligned
        reader._read_tables = aligned.readings

    report_reading.ReportReader.__init__ = make_aligned  # type: ignore[method-assign]
