"""The tables of a format among the sections of a document: which printed parts make each, and which one is missing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from disclosure_checks.grammar.cells.table_cells import TableReader
from disclosure_checks.grammar.cells.table_facts import table_facts
from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Lexicon, LexiconTable
from disclosure_checks.grammar.model.report import WITH_NUMBER, Evidence, Fact, Place
from disclosure_checks.grammar.model.source_document import FORM, IMAGE, OBJECT, PART, UnreadPart
from disclosure_checks.grammar.rows.row_tokens import ParsedSection, ParsedTable
from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.grammar.words.layout_names import PROSE
from disclosure_checks.grammar.words.numbers import NumberReader

_STANDS_ELSEWHERE = (
    "elsewhere"  # why a table was not found, as are the kinds of unread parts; names of texts for people
)
_MOST_TELLING = (FORM, PART, OBJECT, IMAGE)  # kinds of unread parts: pages show images for many reasons


class TableFinder:
    """Finds and reads the tables of one format."""

    def __init__(self, lexicon: Lexicon, numbers: NumberReader) -> None:
        self._lexicon = lexicon
        self._reader = TableReader(numbers)
        self._elsewhere = tuple(fold(word) for word in lexicon.tables_elsewhere)

    def read(self, parts: Mapping[str, Sequence[ParsedTable]], atoms: Sequence[Atom]) -> list[TableReading]:
        """What is printed of every table of the format. ``parts``: of each table, by its id."""
        row_lengths = Counter([atom.row for atom in atoms])
        return [self._reader.read(table, parts[table.id], row_lengths) for table in self._lexicon.tables]

    def facts(
        self, readings: Sequence[TableReading], parsed: Sequence[ParsedSection], unread: Sequence[UnreadPart]
    ) -> dict[str, Fact]:
        """The facts of each table, by full name. ``unread``: what is shown and not read; a missing table may be that."""
        facts: dict[str, Fact] = {}
        for reading in readings:
            own = table_facts(reading)
            cause = self._cause(reading, parsed, unread) if unread else ""
            own["not_printed"] = _unknown(cause) if cause else self._not_printed(reading, parsed)
            facts.update({f"table.{reading.table.id}.{name}": fact for name, fact in own.items()})
        return facts

    def parts(self, table: LexiconTable, parsed: Sequence[ParsedSection]) -> list[ParsedTable]:
        """The printed parts of a table: those in its own section, and all others only where it is not complete there.

        A wrapped line of text elsewhere may look like a row.
        """
        own: list[ParsedTable] = []
        elsewhere: list[ParsedTable] = []
        for section in parsed:
            number = section.heading.meaning.section if section.heading else -1
            at_home = number >= 0 and self._lexicon.sections[number].id == table.section
            found = [block for block in section.blocks if isinstance(block, ParsedTable) and block.id == table.id]
            (own if at_home else elsewhere).extend(found)
        rows = sum(kind in ("ROW", "VALUES") for part in own for kind, _ in part.rows)
        complete = rows >= (1 if table.one_line else len(table.rows) // 2)
        return own if complete else [*own, *elsewhere]

    def _cause(self, reading: TableReading, parsed: Sequence[ParsedSection], unread: Sequence[UnreadPart]) -> str:
        """The kind of what stands in place of a table, or of all its numbers; "" where nothing does.

        An image may be a table wherever it stands; anything else has to stand in the table's section.
        """
        if any(cell.status in WITH_NUMBER for cell in reading.cells.values()):
            return ""
        number = self._section_number(reading.table)
        start, end = _bounds(parsed, number)
        inside = {part.kind for part in unread if _stands_between(part.place, start, end)}
        if reading.found:
            own = {atom.place.table for line in reading.found.values() for atom in line.entries}
            inside = {part.kind for part in unread if part.place.column and part.place.table in own}
        elif not inside and any(part.kind == IMAGE for part in unread):
            inside = {IMAGE}
        return next((kind for kind in _MOST_TELLING if kind in inside), "")

    def _section_number(self, table: LexiconTable) -> int:
        return next((place for place, one in enumerate(self._lexicon.sections) if one.id == table.section), -1)

    def _not_printed(self, reading: TableReading, parsed: Sequence[ParsedSection]) -> Fact:
        """Whether the table is missing; NaN where its section says that it stands elsewhere."""
        if reading.found:
            return Fact(0.0)
        table = reading.table
        number = self._section_number(table)
        sections = [one for one in parsed if one.heading and one.heading.meaning.section == number]
        prose = [atom.folded for section in sections for atom in section.prose()]
        if any(word in text for text in prose for word in self._elsewhere):
            return _unknown(_STANDS_ELSEWHERE)
        place = sections[0].heading.atom.place if sections and sections[0].heading else None
        cells = tuple(cell for row in table.rows if not row.one_row_group for cell in reading.row_cells(row))
        return Fact(1.0, (Evidence(place, "", cells),))


def _unknown(cause: str) -> Fact:
    return Fact(math.nan, (Evidence(None, "", (), cause),))


def _bounds(parsed: Sequence[ParsedSection], number: int) -> tuple[Place | None, Place | None]:
    """Where a section begins and where the next one does; None where nothing says so."""
    headed = [one.heading for one in parsed if one.heading]
    at = next((place for place, one in enumerate(headed) if one.meaning.section == number), -1)
    if at < 0:
        return None, None
    return headed[at].atom.place, headed[at + 1].atom.place if at + 1 < len(headed) else None


def _stands_between(place: Place, start: Place | None, end: Place | None) -> bool:
    """Whether a place may lie between two others: those that say nothing of pages and lines in common may."""
    for one, other in ((start, place), (place, end)):
        if one and other and one.page and other.page:
            if one.page > other.page:
                return False
        elif one and other and one.line and other.line and one.line > other.line:
            return False
    return True


def layout_of(readings: Sequence[TableReading]) -> str:
    """The layout that most of the table rows were printed in; ``PROSE`` where there is no table."""
    layouts = Counter(
        (line.entries[0] if line.entries else line.label_atom).layout
        for reading in readings
        for line in reading.found.values()
    )
    return layouts.most_common(1)[0][0] if layouts else PROSE
