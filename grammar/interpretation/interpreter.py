"""Reading one report: bytes -> text -> cells -> row tokens -> sections and tables -> ``Report``.

A ``ReportReader`` is built once a process from a lexicon and used for every file; reading is pure and keeps no state
between files but its memory of label look-ups.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from disclosure_checks.grammar.cells.glued_numbers import is_glued
from disclosure_checks.grammar.cells.table_cells import TableReader
from disclosure_checks.grammar.cells.table_facts import table_facts
from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.claims.facts import claim_facts, sum_facts
from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.cutting.document_cutting import DocumentCutter
from disclosure_checks.grammar.cutting.text_cutting import Atom, TextCutter
from disclosure_checks.grammar.model.lexicon import Lexicon, LexiconTable
from disclosure_checks.grammar.model.report import Cell, CellStatus, Evidence, Fact, Place, Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.prose.fingerprints import FingerprintTaker
from disclosure_checks.grammar.prose.identity import Identity, TitleWords, identify, titles_among
from disclosure_checks.grammar.prose.section_facts import (
    found_sections,
    section_facts,
    section_records,
    without_contents,
)
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText, TextFactFinder
from disclosure_checks.grammar.readers.registry import ARCHIVE, TEXT, file_type, read_document
from disclosure_checks.grammar.readers.text.charset import NotText, decode
from disclosure_checks.grammar.rows.report_parser import parse_rows
from disclosure_checks.grammar.rows.row_lexer import RowLexer
from disclosure_checks.grammar.rows.row_tokens import ParsedSection, ParsedTable
from disclosure_checks.grammar.words.folding import fold, label_key
from disclosure_checks.grammar.words.label_index import LabelIndex, heading_number
from disclosure_checks.grammar.words.numbers import NumberReader

LARGEST_TEXT = 8 * 1024 * 1024  # bytes; an annual report has some 20 KB
_TITLE_LINES = 12  # before a first section, among which its title is looked for
_FEWEST_SIGNS = 2  # of: a title, a section, a table; fewer is no annual report


class ReportReader:
    """Reads reports of one format."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._index = LabelIndex(lexicon)
        self._numbers = NumberReader(lexicon)
        self._cutter = TextCutter(self._index, self._numbers)
        self._blocks = DocumentCutter(self._cutter, self._numbers)
        self._tables = TableReader(self._numbers, lexicon.equations)
        self._row_lexer = RowLexer(self._index)
        self._claims = ClaimFinder(lexicon.claims)
        self._fingerprints = FingerprintTaker(lexicon.self_words, lexicon.boilerplate)
        self._text_facts = tuple(TextFactFinder(fact) for fact in lexicon.text_facts)
        self._own_signature = frozenset(label_key(label) for label in lexicon.signature_labels)
        self._foreign_signatures = {
            label_key(label): name for name, labels in lexicon.foreign_signatures for label in labels
        }
        self._signatures_of_any_format = self._own_signature | self._foreign_signatures.keys()
        self._title_words = TitleWords.of(lexicon)
        self._tables_elsewhere = tuple(fold(word) for word in lexicon.tables_elsewhere)
        self._absent = {cell: Cell(cell, "", math.nan, CellStatus.ABSENT, None) for cell in lexicon.cell_ids}

    def read(self, content: bytes, source: str) -> Report | UnreadableReport:
        """The report in a file. What is no text, too large, empty or no annual report comes back as unreadable."""
        if not content.strip():
            return UnreadableReport(source, "empty")
        kind = file_type(content, source)
        if kind != TEXT:
            return self._read_document(kind, content, source)
        if len(content) > LARGEST_TEXT:
            return UnreadableReport(source, "too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_TEXT / 1e6:.0f} MB")
        try:
            text = decode(content)
        except NotText:
            return UnreadableReport(source, "not_text")
        return self.read_text(text, source)

    def _read_document(self, kind: str, content: bytes, source: str) -> Report | UnreadableReport:
        """The report in a file that is more than text."""
        if kind == ARCHIVE:
            return UnreadableReport(source, "nested_archive")
        try:
            document = read_document(kind, content)
        except ReaderError as error:
            return UnreadableReport(source, error.code, error.detail)
        return self._read_atoms(self._blocks.cut(document), source, shows_images=bool(document.images))

    def read_text(self, text: str, source: str) -> Report | UnreadableReport:
        """The report in a text with ``\\n`` line ends."""
        return self._read_atoms(self._cutter.cut(text.split("\n")), source)

    def _read_atoms(self, atoms: Sequence[Atom], source: str, shows_images: bool = False) -> Report | UnreadableReport:
        """The report that printed cells make. ``shows_images``: a table that is missing may be one of its images."""
        parsed = without_contents(parse_rows(self._row_lexer.tokens(atoms)))
        parsed = found_sections(parsed)
        identity = identify(_front(parsed), atoms, source, self._title_words)
        others = self._other_reports(identity, parsed)
        if others:
            names = ", ".join(f"{agency} {year}" for agency, year in others)
            return UnreadableReport(source, "several_reports", names)
        readings = self._read_tables(parsed, is_glued(atoms))
        signs = bool(identity.title) + len(parsed[1:]) + sum(bool(reading.found) for reading in readings)
        if signs < _FEWEST_SIGNS:
            return UnreadableReport(source, "no_annual_report")
        facts = self._document_facts(atoms, identity, parsed)
        facts.update(section_facts(parsed, self.lexicon))
        row_lengths = Counter([atom.row for atom in atoms])
        cells = dict(self._absent)
        for reading in readings:
            cells.update(reading.cells)
            own = table_facts(reading, row_lengths)
            own["not_printed"] = (
                Fact(math.nan) if shows_images and not reading.found else self._not_printed(reading, parsed)
            )
            facts.update({f"table.{reading.table.id}.{name}": fact for name, fact in own.items()})
        texts = self._search_texts(identity, parsed)
        facts.update(self._find_text_facts(identity, texts))
        return Report(
            source=source,
            agency=identity.agency,
            year=identity.year,
            layout=_layout(readings),
            cells=cells,
            facts=facts,
            title=identity.title.text if identity.title else "",
            sections=section_records(parsed, self.lexicon),
            relied_on=tuple(sorted((own for reading in readings for own in reading.relied_on), key=sorted)),
            fingerprint=self._fingerprints.fingerprint(
                [text.text for name, text in texts.items() if name.startswith("section.")], identity.agency
            ),
        )

    def _other_reports(self, identity: Identity, parsed: Sequence[ParsedSection]) -> list[tuple[str, int]]:
        """Agency and year of further reports in the same file: another title, and another first section below it."""
        first = [number for number, one in enumerate(parsed) if one.heading and one.heading.meaning.section == 0]
        own = (identity.agency, identity.year)
        if not identity.agency:
            return []
        return [
            title
            for number in first[1:]
            for title in titles_among(list(parsed[number - 1].prose())[-_TITLE_LINES:], self._title_words)
            if title != own
        ]

    def _read_tables(self, parsed: Sequence[ParsedSection], in_glued_text: bool) -> list[TableReading]:
        return [self._tables.read(table, self._parts(table, parsed), in_glued_text) for table in self.lexicon.tables]

    def _parts(self, table: LexiconTable, parsed: Sequence[ParsedSection]) -> list[ParsedTable]:
        """The printed parts of a table: those in its own section, and all others only where it is not complete there.

        A wrapped line of text elsewhere may look like a row.
        """
        own: list[ParsedTable] = []
        elsewhere: list[ParsedTable] = []
        for section in parsed:
            number = section.heading.meaning.section if section.heading else -1
            at_home = number >= 0 and self.lexicon.sections[number].id == table.section
            found = [block for block in section.blocks if isinstance(block, ParsedTable) and block.id == table.id]
            (own if at_home else elsewhere).extend(found)
        rows = sum(kind in ("ROW", "VALUES") for part in own for kind, _ in part.rows)
        complete = rows >= (1 if table.one_line else len(table.rows) // 2)
        return own if complete else [*own, *elsewhere]

    def _not_printed(self, reading: TableReading, parsed: Sequence[ParsedSection]) -> Fact:
        """Whether the table is missing; NaN where its section says that it stands elsewhere."""
        if reading.found:
            return Fact(0.0)
        table = reading.table
        number = next((place for place, one in enumerate(self.lexicon.sections) if one.id == table.section), -1)
        sections = [one for one in parsed if one.heading and one.heading.meaning.section == number]
        prose = [atom.folded for section in sections for atom in section.prose()]
        if any(word in text for text in prose for word in self._tables_elsewhere):
            return Fact(math.nan)
        place = sections[0].heading.atom.place if sections and sections[0].heading else None
        cells = tuple(cell for row in table.rows if not row.one_row_group for cell in reading.row_cells(row))
        return Fact(1.0, (Evidence(place, "", cells),))

    def _find_text_facts(self, identity: Identity, texts: Mapping[str, SearchText]) -> dict[str, Fact]:
        missing = SearchText(())
        facts = {f"text.{finder.id}": finder.find(texts.get(finder.within, missing)) for finder in self._text_facts}
        said = self._claims.find(texts, identity.agency, identity.year)
        facts.update(claim_facts(said.claims))
        facts.update(sum_facts(said.sums))
        return facts

    def _search_texts(self, identity: Identity, parsed: Sequence[ParsedSection]) -> Mapping[str, SearchText]:
        """The parts of the document that text facts may name: ``document``, ``section.<id>`` and so on."""
        lines: dict[str, list[SearchLine]] = {"document": []}
        for section in parsed:
            own = [SearchLine.of(atom.folded, atom.printed, atom.place) for atom in section.prose()]
            name = "front_matter"
            if section.heading:
                name = f"section.{self.lexicon.sections[section.heading.meaning.section].id}"
            lines.setdefault(name, []).extend(own)
            lines["document"].extend(own)
        place = identity.title.place if identity.title else Place()
        lines["title"] = [SearchLine.of(identity.title.text, identity.title.text, place)] if identity.title else []
        lines["agency"] = [SearchLine.of(identity.agency, identity.agency, place)] if identity.agency else []
        return {name: SearchText(part) for name, part in lines.items()}

    def _document_facts(
        self, atoms: Sequence[Atom], identity: Identity, parsed: Sequence[ParsedSection]
    ) -> dict[str, Fact]:
        title = identity.title
        title_evidence = (Evidence(title.place, title.text),) if title else ()
        own, foreign = self._signatures(atoms)
        values: dict[str, Fact] = {
            "title_found": Fact(float(title is not None), title_evidence),
            "title_lines": Fact(float(title.lines), title_evidence) if title else Fact(math.nan),
            "title_agency_found": Fact(float(bool(title and title.agency)), title_evidence),
            "title_year": Fact(float(title.year), title_evidence) if title and title.year else Fact(math.nan),
            "year_disagreements": _counted(identity.year_disagreements),
            "agency_disagreements": _counted(identity.agency_disagreements),
            "own_signature_labels": Fact(float(len(own))),
            "foreign_signature_labels": _counted(foreign),
            "unknown_headings": _counted(self._unknown_headings(parsed)),
            "heading_level_jumps": _counted(_level_jumps(parsed)),
            "characters": Fact(float(sum([len(atom.folded) for atom in atoms]))),
        }
        return {f"document.{name}": fact for name, fact in values.items()}

    def _signatures(self, atoms: Sequence[Atom]) -> tuple[set[str], list[Evidence]]:
        """The labels that prove the spec's own format, and those that prove another, with the name of that format."""
        printed = {atom.key: atom for atom in reversed(atoms) if atom.key in self._signatures_of_any_format}
        own = {key for key in self._own_signature if key in printed}
        foreign = [
            Evidence(printed[key].place, printed[key].printed, (), name)
            for key, name in self._foreign_signatures.items()
            if key in printed
        ]
        return own, foreign

    def _unknown_headings(self, parsed: Sequence[ParsedSection]) -> Iterable[Evidence]:
        """Short lines numbered like a section that are none, in sections whose own items are not numbered so."""
        numbers = {section.number: section for section in self.lexicon.sections}
        present = {section.heading.meaning.section for section in parsed if section.heading}
        missing = {section.number for place, section in enumerate(self.lexicon.sections) if place not in present}
        for section in parsed if missing else ():
            for atom in section.prose():
                number = heading_number(atom.folded) if len(atom.folded) <= 30 else ""
                if number in missing:
                    yield Evidence(atom.place, atom.printed, (), f"{number}、{numbers[number].wordings[0]}")


def _front(parsed: Sequence[ParsedSection]) -> list[Atom]:
    return list(parsed[0].prose()) if parsed else []


def _counted(evidence: Iterable[Evidence]) -> Fact:
    found = tuple(evidence)
    return Fact(float(len(found)), found)


def _level_jumps(parsed: Sequence[ParsedSection]) -> Iterable[Evidence]:
    """Section headings marked up at another level than the first section heading."""
    headings = [section.heading for section in parsed if section.heading]
    levels = [heading.atom.markup for heading in headings]
    if headings and all(levels):
        for heading in headings:
            if heading.atom.markup != levels[0]:
                yield Evidence(heading.atom.place, heading.atom.printed, (), "#" * levels[0])


def _layout(readings: Sequence[TableReading]) -> str:
    """The layout that most of the table rows were printed in; "prose" where there is no table."""
    layouts = Counter(
        (line.entries[0] if line.entries else line.label_atom).layout
        for reading in readings
        for line in reading.found.values()
    )
    return layouts.most_common(1)[0][0] if layouts else "prose"
