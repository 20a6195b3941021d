"""A document read: its printed cells, its sections, its tables; by alignment wherever the straight walk meets anything odd."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from disclosure_checks.grammar.alignment.aligning import DocumentAligner
from disclosure_checks.grammar.alignment.filling.row_equations import RowEquations
from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.cutting.document_cutting import DocumentCutter
from disclosure_checks.grammar.cutting.text_cutting import TextCutter
from disclosure_checks.grammar.interpretation.aligned_documents import ParsedDocumentMaker
from disclosure_checks.grammar.interpretation.plain_tables import is_plain
from disclosure_checks.grammar.interpretation.reading_choice import ReadingChoice
from disclosure_checks.grammar.interpretation.table_finding import TableFinder
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.prose.section_facts import found_sections, without_contents
from disclosure_checks.grammar.rows.report_parser import parse_rows
from disclosure_checks.grammar.rows.row_gathering import RowToken
from disclosure_checks.grammar.rows.row_lexer import RowLexer
from disclosure_checks.grammar.rows.row_tokens import ParsedSection
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader


class DocumentReading(NamedTuple):
    """``atoms``: every printed cell; ``sections``: the front matter first; ``tables``: a reading for each of the format."""

    atoms: Sequence[Atom]
    sections: Sequence[ParsedSection]
    tables: Sequence[TableReading]


class DocumentReader:
    """Reads documents of one format."""

    def __init__(self, lexicon: Lexicon, tables: TableFinder, numbers: NumberReader) -> None:
        self._lexicon = lexicon
        self._index = LabelIndex(lexicon)
        self._numbers = numbers
        self._cutter = DocumentCutter(TextCutter(self._index, numbers), numbers)
        self._row_lexer = RowLexer(self._index)
        self._tables = tables
        self._choice = ReadingChoice(lexicon.equations)
        self._row_equations = {table.id: RowEquations(table.id, lexicon.equations) for table in lexicon.tables}

    @cached_property
    def _aligner(self) -> DocumentAligner:
        return DocumentAligner(self._lexicon, self._index, self._numbers)

    def read(self, document: SourceDocument) -> DocumentReading:
        """What a document holds."""
        atoms = self._cutter.cut(document)
        sections = _sections(self._row_lexer.tokens(atoms))
        parts = {table.id: self._tables.parts(table, sections) for table in self._lexicon.tables}
        tables = self._tables.read(parts, atoms)
        odd = {
            one.table.id
            for one in tables
            if not is_plain(one, parts[one.table.id]) or self._row_equations[one.table.id].mostly_fail(one.cells)
        }
        return self._aligned(document, tables, odd) if odd else DocumentReading(atoms, sections, tables)

    def _aligned(self, document: SourceDocument, tables: Sequence[TableReading], odd: set[str]) -> DocumentReading:
        """The document as alignment reads it; tables in which nothing is odd stay as they were read."""
        aligned = self._aligner.document(document)
        made = ParsedDocumentMaker(self._index, self._numbers).make(aligned)
        if aligned.stream.numbered:  # the numbers of rows stand among the values that the lines were read for
            return DocumentReading(made.atoms, _sections(made.tokens), made.readings)
        chosen = [
            self._choice.choose(by_lines, own) if own.table.id in odd else by_lines
            for by_lines, own in zip(tables, made.readings, strict=True)
        ]
        return DocumentReading(made.atoms, _sections(made.tokens), chosen)


def _sections(tokens: Sequence[RowToken]) -> list[ParsedSection]:
    return found_sections(without_contents(parse_rows(tokens)))
