"""An aligned document in the form that everything above reads: row tokens, printed cells and table readings.

Prose, sections and facts do not ask which of the two ways a table was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, DocumentAlignment, TableAlignment
from disclosure_checks.grammar.alignment.path_search.shapes import TURNED_OVER
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token, TokenStream
from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Label, LabelKind, LexiconTable
from disclosure_checks.grammar.model.report import Evidence
from disclosure_checks.grammar.rows.row_gathering import RowToken
from disclosure_checks.grammar.rows.row_tokens import HeadingLine, LabelLine, Side, ValueLine
from disclosure_checks.grammar.words.folding import key_of_folded, label_key
from disclosure_checks.grammar.words.label_index import LabelIndex, Wording
from disclosure_checks.grammar.words.numbers import NumberReader

_ROW_KINDS = (LabelKind.ROW, LabelKind.ROW_GROUP)
_SHORT = 2  # characters of text inside a table that is no running text


@dataclass
class ParsedDocument:
    """``tokens`` are the terminals of ``report.lark``; ``atoms`` every printed cell; ``readings`` one a table."""

    atoms: list[Atom] = field(default_factory=list)
    tokens: list[RowToken] = field(default_factory=list)
    readings: list[TableReading] = field(default_factory=list)


class ParsedDocumentMaker:
    """Puts aligned documents of one format into that form."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._index = index
        self._numbers = numbers

    def make(self, aligned: DocumentAlignment) -> ParsedDocument:
        """The document as the parser and the table facts read it."""
        made = ParsedDocument()
        tables = sorted((table for table in aligned.tables.values() if table.rows), key=lambda table: table.start)
        inside: dict[int, TableAlignment] = {}
        for printed in tables:
            for place in range(printed.start, printed.end):
                inside.setdefault(place, printed)
        current: TableAlignment | None = None
        done = -1  # the last place whose text is made already
        for place, token in enumerate(aligned.stream.tokens):
            table = inside.get(place)
            if table is not None:
                if table is not current:
                    made.tokens.append(("TABLE", table.table.id))
                    made.tokens += [("ROW", line) for line in self._lines(aligned, table)]
                current = table
                atom = self._atom(aligned, place)
                made.atoms.append(atom)
                if self._is_prose_inside(aligned, table, place):
                    _add_prose(made.tokens, atom)
                continue
            current = None
            if token.kind == Kind.HEADING and token.heading is not None:
                atom = self._atom(aligned, place)
                made.atoms.append(atom)
                made.tokens.append(("HEADING", HeadingLine(token.heading, atom)))
            elif place > done:
                atom, done = self._text(aligned, place, inside)
                made.atoms.append(atom)
                if atom.folded:
                    _add_prose(made.tokens, atom)
        row_lengths = Counter([atom.row for atom in made.atoms])
        made.readings = [self._reading(aligned, table, row_lengths) for table in aligned.tables.values()]
        return made

    def _is_prose_inside(self, aligned: DocumentAlignment, table: TableAlignment, place: int) -> bool:
        token = aligned.stream.tokens[place]
        if token.kind != Kind.TEXT or len(token.folded) <= _SHORT or token.remark:
            return False
        used = any(row.start <= place < row.end or place in row.label for row in table.rows)
        return not used and all(place != row.label for row in table.unknown)

    # ---- atoms

    def _atom(self, aligned: DocumentAlignment, place: int) -> Atom:
        stream = aligned.stream
        token = stream.tokens[place]
        return Atom(
            token.folded,
            token.printed,
            token.key,
            token.kind == Kind.VALUE,
            token.firm,
            token.layout,
            token.markup,
            token.indented,
            stream.columns[place],
            stream.rows[place],
            stream.places[place],
        )

    def _text(self, aligned: DocumentAlignment, place: int, inside: Mapping[int, TableAlignment]) -> tuple[Atom, int]:
        """What a printed row says from here on outside of tables, and the last place of it."""
        atom = self._atom(aligned, place)
        text = aligned.stream.texts.get(aligned.stream.rows[place])
        if text is None:
            return atom, place
        folded, printed = text
        places = list(_places_of_row(aligned, place))
        last = next((other - 1 for other in places if other > place and other in inside), places[-1])
        if len(places) > last - places[0] + 1 or place > places[0]:
            folded = printed = _part(aligned.stream, folded, places, place, last)
        whole = atom._replace(
            folded=folded, printed=printed, key=key_of_folded(folded), is_value=False, firm=False, layout="page_text"
        )
        return whole, last

    # ---- tables

    def _reading(
        self, aligned: DocumentAlignment, table: TableAlignment, row_lengths: Mapping[int, int]
    ) -> TableReading:
        stream = aligned.stream
        cells, relied_on = dict(table.cells), set(table.relied_on)
        reading = TableReading(table.table, cells=cells, row_lengths=row_lengths, relied_on=relied_on)
        reading.columns_open = table.columns_open
        reading.irregular = {fact: list(found) for fact, found in table.irregular.items()}
        if not table.rows:
            return reading
        reading.place = stream.places[table.start]
        if table.shape.name == "rows":
            for row in table.rows:
                line = self._line(aligned, table, row)
                reading.found[row.row.id] = line
                reading.order.append(row.row.id)
                self._note_row_label(reading, row, line, stream.tokens)
                if row.row.stands_for and row.label and row.row.id not in table.open:
                    reading.note("rows_merged", Evidence(line.label_atom.place, line.label_text, row.row.cells))
            reading.order.sort(key=lambda one: reading.found[one].label_atom.row)
        else:
            whole = self._line(aligned, table, table.rows[0])
            whole = whole._replace(entries=tuple(entry for row in table.rows for entry in self._entries(aligned, row)))
            reading.found = {row.id: whole for row in table.table.rows if not row.one_row_group}
        for unknown in table.unknown:
            atom = self._atom(aligned, unknown.label)
            entries = tuple(self._atom(aligned, place) for place in range(unknown.start, unknown.end))
            reading.unknown.append(ValueLine(None, Wording.EXACT, atom, atom.printed, entries))
        reading.headers = list(self._headers(aligned, table, reading))
        reading.strays = [self._atom(aligned, place) for place in self._strays(aligned, table)]
        return reading

    def _lines(self, aligned: DocumentAlignment, table: TableAlignment) -> Iterator[ValueLine]:
        for row in table.rows:
            yield self._line(aligned, table, row)

    def _line(self, aligned: DocumentAlignment, table: TableAlignment, row: AlignedRow) -> ValueLine:
        stream = aligned.stream
        entries = tuple(self._entries(aligned, row))
        first = row.label[0] if row.label else row.start
        atom = self._atom(aligned, first)
        label = self._label(table.table, row)
        text = "".join(stream.tokens[place].printed for place in row.label) or atom.printed
        if row.label and len(row.label) == 1:
            text = atom.printed
        side = Side.SAME_ROW
        if entries and row.label:
            label_row, value_row = stream.rows[row.label[0]], entries[0].row
            side = Side.SAME_ROW if label_row == value_row else Side.BELOW if value_row > label_row else Side.ABOVE
        return ValueLine(label, self._wording(table.table, row, stream.tokens), atom, text, entries, side)

    def _entries(self, aligned: DocumentAlignment, row: AlignedRow) -> Iterator[Atom]:
        for place in range(row.start, row.end):
            yield self._atom(aligned, place)

    @staticmethod
    def _label(table: LexiconTable, row: AlignedRow) -> Label | None:
        return next((label for label in table.labels if label.kind in _ROW_KINDS and label.id == row.row.id), None)

    def _wording(self, table: LexiconTable, row: AlignedRow, tokens: list[Token]) -> Wording:
        key = "".join(tokens[place].key for place in row.label)
        for meaning in self._index.meanings.get(key, ()):
            if meaning.table.id == table.id and meaning.label.id == row.row.id:
                return meaning.wording
        return Wording.EXACT

    def _note_row_label(self, reading: TableReading, row: AlignedRow, line: ValueLine, tokens: list[Token]) -> None:
        if line.label is None or not row.label:
            return
        place = line.label_atom.place
        if "".join(tokens[number].key for number in row.label) not in self._index.meanings:
            reading.note("labels_reworded", Evidence(place, line.label_text, (), line.label.wordings[0]))
        elif line.wording is not Wording.EXACT:
            reading.note("labels_aliased", Evidence(place, line.label_atom.printed, (), line.label.wordings[0]))

    def _headers(self, aligned: DocumentAlignment, table: TableAlignment, reading: TableReading) -> Iterator[LabelLine]:
        stream = aligned.stream
        labels = {header.position: header for header in table.headers}
        used = {place for row in (*table.rows, *table.repeated) for place in row.label}
        if table.shape.name == TURNED_OVER:
            yield from self._columns_as_rows(aligned, table)
        used |= self._halves(stream, table)
        for place in range(table.start, table.end):
            token = stream.tokens[place]
            if place in used or token.kind != Kind.LABEL:
                continue
            atom = self._atom(aligned, place)
            meanings = [one for one in self._index.meanings.get(token.key, ()) if one.table.id == table.table.id]
            header = labels.get(place)
            meaning = next(
                (one for one in meanings if header and (one.label.kind, one.label.id) == (header.kind, header.id)), None
            )
            if meaning is None:
                if not meanings and token.key in self._index.meanings:  # one of another format is told by itself
                    yield LabelLine(None, Wording.EXACT, atom)
                continue
            if meaning.wording is not Wording.EXACT:
                reading.note("labels_aliased", Evidence(atom.place, atom.printed, (), meaning.label.wordings[0]))
            if meaning.label.kind is not LabelKind.ROW_GROUP or table.shape.name != "rows":
                yield LabelLine(meaning.label, meaning.wording, atom)

    def _columns_as_rows(self, aligned: DocumentAlignment, table: TableAlignment) -> Iterator[LabelLine]:
        """The labels of columns that stand before the rows of a table printed the other way round."""
        labels = {label.id: label for label in table.table.labels if label.kind is LabelKind.COLUMN}
        for row in table.rows:
            if row.label:
                yield LabelLine(labels[row.row.id], Wording.EXACT, self._atom(aligned, row.label[0]))

    @staticmethod
    def _halves(stream: TokenStream, table: TableAlignment) -> set[int]:
        """Labels that are only half of one of a column, the other half of which stands in another line of the header."""
        tokens = stream.tokens
        in_header = range(table.start, min((row.start for row in table.rows), default=table.start))
        words = [place for place in in_header if tokens[place].kind in (Kind.PIECE, Kind.LABEL)]
        pieces = {tokens[place].key for place in words if tokens[place].kind == Kind.PIECE}
        wholes = {
            label_key(wording)
            for label in table.table.labels
            if label.kind is LabelKind.COLUMN
            for wording in label.wordings
        }
        return {
            place
            for place in words
            if tokens[place].kind == Kind.LABEL
            and any(piece + tokens[place].key in wholes or tokens[place].key + piece in wholes for piece in pieces)
        }

    def _strays(self, aligned: DocumentAlignment, table: TableAlignment) -> Iterable[int]:
        tokens = aligned.stream.tokens
        pieces = [place for place in range(table.start, table.end) if tokens[place].kind == Kind.PIECE]
        return sorted({*table.strays, *pieces, *self._halves(aligned.stream, table)})


def _add_prose(tokens: list[RowToken], atom: Atom) -> None:
    if tokens and tokens[-1][0] == "PROSE":
        tokens[-1][1].append(atom)
    else:
        tokens.append(("PROSE", [atom]))


def _part(stream: TokenStream, text: str, places: Sequence[int], first: int, last: int) -> str:
    """What a row prints from one of its tokens to another, with the marks between and behind them."""
    starts: list[int] = []
    done = 0
    for place in places:
        token = stream.tokens[place]
        found = text.find(token.folded, done)
        starts.append(max(found, done))
        done = max(found + len(token.folded), done)
    end = starts[last + 1 - places[0]] if last < places[-1] else len(text)
    return text[starts[first - places[0]] : end].strip()


def _places_of_row(aligned: DocumentAlignment, place: int) -> Iterator[int]:
    """The places of the tokens printed in one row with another."""
    rows = aligned.stream.rows
    first = place
    while first and rows[first - 1] == rows[place]:
        first -= 1
    while first < len(rows) and rows[first] == rows[place]:
        yield first
        first += 1
