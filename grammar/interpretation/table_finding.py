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
from disclosure_checks.grammar.model.report import Evidence, Fact
from disclosure_checks.grammar.rows.row_tokens import ParsedSection, ParsedTable
from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.grammar.words.layout_names import PROSE
from disclosure_checks.grammar.words.numbers import NumberReader

# why a table was not found, where that is not known to be a fault; names of texts for people
_MAY_BE_AN_IMAGE = Fact(math.nan, (Evidence(None, "", (), "image"),))
_STANDS_ELSEWHERE = Fact(math.nan, (Evidence(None, "", (), "elsewhere"),))


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
        self, readings: Sequence[TableReading], parsed: Sequence[ParsedSection], shows_images: bool
    ) -> dict[str, Fact]:
        """The facts of each table, by full name. ``shows_images``: a table that is missing may be one of the images."""
        facts: dict[str, Fact] = {}
        for reading in readings:
            own = table_facts(reading)
            is_unknown = shows_images and not reading.found
            own["not_printed"] = _MAY_BE_AN_IMAGE if is_unknown else self._not_printed(reading, parsed)
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

    def _not_printed(self, reading: TableReading, parsed: Sequence[ParsedSection]) -> Fact:
        """Whether the table is missing; NaN where its section says that it stands elsewhere."""
        if reading.found:
            return Fact(0.0)
        table = reading.table
        number = next((place for place, one in enumerate(self._lexicon.sections) if one.id == table.section), -1)
        sections = [one for one in parsed if one.heading and one.heading.meaning.section == number]
        prose = [atom.folded for section in sections for atom in section.prose()]
        if any(word in text for text in prose for word in self._elsewhere):
            return _STANDS_ELSEWHERE
        place = sections[0].heading.atom.place if sections and sections[0].heading else None
        cells = tuple(cell for row in table.rows if not row.one_row_group for cell in reading.row_cells(row))
        return Fact(1.0, (Evidence(place, "", cells),))


def layout_of(readings: Sequence[TableReading]) -> str:
    """The layout that most of the table rows were printed in; ``PROSE`` where there is no table."""
    layouts = Counter(
        (line.entries[0] if line.entries else line.label_atom).layout
        for reading in readings
        for line in reading.found.values()
    )
    return layouts.most_common(1)[0][0] if layouts else PROSE
