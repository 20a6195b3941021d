"""From a document to the report in it: blocks -> printed cells -> row tokens -> sections and tables -> ``Report``.

An ``Interpreter`` is built once a process from the lexicon of a format and used for every document; interpreting is
pure and keeps no state between documents but its memory of label look-ups.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.interpretation.document_facts import DocumentFacts
from disclosure_checks.grammar.interpretation.document_reading import DocumentReader
from disclosure_checks.grammar.interpretation.prose_facts import ProseFacts
from disclosure_checks.grammar.interpretation.seen_facts import facts_of_pictures
from disclosure_checks.grammar.interpretation.several_reports import other_reports
from disclosure_checks.grammar.interpretation.table_finding import TableFinder, layout_of
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import Cell, CellStatus, Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.prose.identity import identify
from disclosure_checks.grammar.prose.section_facts import section_facts, section_records
from disclosure_checks.grammar.prose.titles import TitleWords
from disclosure_checks.grammar.words.numbers import NumberReader

if TYPE_CHECKING:
    from disclosure_checks.grammar.interpretation.seen_tables import SeenTables

_FEWEST_SIGNS = 2  # of: a title, a section, a table; fewer is no annual report


class Interpreter:
    """Finds the reports of one format in documents. ``claims``: who reads the sentences, where it is to be watched."""

    def __init__(self, lexicon: Lexicon, claims: ClaimFinder | None = None) -> None:
        self.lexicon = lexicon
        numbers = self._numbers = NumberReader(lexicon)
        self._title_words = TitleWords.of(lexicon)
        self._tables = TableFinder(lexicon, numbers)
        self._documents = DocumentReader(lexicon, self._tables, numbers)
        self._document_facts = DocumentFacts(lexicon)
        self._prose_facts = ProseFacts(lexicon, claims)
        self._absent = {cell: Cell(cell, "", math.nan, CellStatus.ABSENT, None) for cell in lexicon.cell_ids}
        self._seen_tables: SeenTables | None = None

    def interpret(self, document: SourceDocument, source: str) -> Report | UnreadableReport:
        """The report in a document. What is no annual report, or several, comes back as unreadable."""
        atoms, parsed, readings = self._documents.read(document)
        front = list(parsed[0].prose()) if parsed else []
        identity = identify(front, atoms, source, self._title_words, document.title, document.issuer)
        others = other_reports(identity, parsed, self._title_words)
        if others:
            return UnreadableReport(source, "several_reports", ", ".join(f"{agency} {year}" for agency, year in others))
        signs = bool(identity.title) + len(parsed[1:]) + sum(bool(reading.found) for reading in readings)
        if signs < _FEWEST_SIGNS:
            return UnreadableReport(source, "no_report")
        cut_outs = self._settle(readings, document) if document.recognised else {}
        prose = self._prose_facts.read(identity, parsed)
        facts = {
            **self._document_facts.find(atoms, identity, parsed),
            **section_facts(parsed, self.lexicon),
            **self._tables.facts(readings, parsed, document.unread_parts),
            **prose.facts,
        }
        if document.seen_pages:
            in_sections = self._prose_facts.in_sections
            facts |= facts_of_pictures(facts, document.seen_pages, in_sections, identity.year is not None)
        return Report(
            source=source,
            agency=identity.agency,
            year=identity.year,
            layout=layout_of(readings),
            cells={**self._absent, **{name: cell for reading in readings for name, cell in reading.cells.items()}},
            facts=facts,
            title=identity.title.text if identity.title else "",
            sections=section_records(parsed, self.lexicon),
            relied_on=tuple(sorted((own for reading in readings for own in reading.relied_on), key=sorted)),
            fingerprint=prose.fingerprint,
            cut_outs=cut_outs,
        )

    def _settle(self, readings: Sequence[TableReading], document: SourceDocument) -> Mapping[str, bytes]:
        """Settles what was seen in pictures, which few documents are; the parts of pictures that people should look at."""
        from disclosure_checks.grammar.interpretation.seen_tables import SeenTables

        if self._seen_tables is None:
            self._seen_tables = SeenTables(self.lexicon, self._numbers)
        return self._seen_tables.settle(readings, document.recognised)
