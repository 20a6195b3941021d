"""From printed cells to row tokens: labels are put together and looked up, values are gathered behind them.

    list[Atom] -> list[RowToken], the terminals of ``report.lark``

The lexer goes through the cells once, with one open row. Words are resolved in this order: a label (the longest that
the next pieces spell), a section heading, several labels in one cell, a label broken around its numbers, a value that
is no number, an unknown row, a stray piece, prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from grammar.cutting import Atom
from grammar.folding import label_key
from grammar.label_index import LabelIndex, Meaning, Wording, heading_number
from grammar.lexicon import Label, LabelKind, LexiconTable
from grammar.open_row import OpenRow
from grammar.rows import HeadingLine, LabelLine, ValueLine
from grammar.spelling import broken_label
from grammar.surroundings import Surroundings

RowToken = tuple[str, Any]

_MOST_PIECES = 8  # of one label
_SENTENCE = re.compile("[。,;:!?]")
_LONGEST_ENTRY = 6  # characters of words that may stand where a number should
_LONGEST_LABEL = 45  # characters: longer words inside a table are prose


class RowLexer:
    """Turns the cells of one document into row tokens."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._row_widths = {
            (table.id, row.id): len(row.columns) for table in index.lexicon.tables for row in table.rows
        }
        self._groups = {row.id: row.groups for table in index.lexicon.tables for row in table.rows}

    def tokens(self, atoms: Sequence[Atom]) -> list[RowToken]:
        """The row tokens of a document, in reading order."""
        self._atoms = atoms
        self._around = Surroundings(atoms)
        self._tokens: list[RowToken] = []
        self._section = ""
        self._table: LexiconTable | None = None
        self._in_header = False
        self._open: OpenRow | None = None
        self._loose: list[Atom] = []
        position = 0
        while position < len(atoms):
            atom = atoms[position]
            if not atom.folded:
                position += self._empty(position)
            elif atom.is_value:
                self._value(position)
                position += 1
            else:
                position += self._text(position)
        self._close_table()
        return self._tokens

    # ---- values

    def _empty(self, position: int) -> int:
        """Deals with an empty cell: of the open row, or the first of a line that holds nothing but empty values."""
        atom, row = self._atoms[position], self._open
        if row and atom.row == (row.entries[0].row if row.entries else row.atom.row):
            row.entries.append(atom)
            return 1
        table = self._table
        if row and not row.entries:
            line = self._around.empty_line(position, row.width)
            row.entries.extend(line)
            return len(line) or 1
        if table is None or not table.one_line or row:
            return 1
        width = sum(len(line.columns) for line in table.rows)
        line = self._around.empty_line(position, width)
        if line:
            self._open = OpenRow(None, Wording.EXACT, atom, "", width, line)
        return len(line) or 1

    def _header(self, line: LabelLine) -> None:
        """A label of the header: labels in a row are one token."""
        if self._tokens[-1][0] == "HEADER":
            self._tokens[-1][1].append(line)
        else:
            self._tokens.append(("HEADER", [line]))

    def _prose(self, atom: Atom) -> None:
        """Running text: lines in a row are one token."""
        if self._tokens and self._tokens[-1][0] == "PROSE":
            self._tokens[-1][1].append(atom)
        else:
            self._tokens.append(("PROSE", [atom]))

    def _value(self, position: int) -> None:
        atom, row = self._atoms[position], self._open
        if row and self._takes(row, atom):
            row.entries.append(atom)
            row.values += 1
        elif self._table is None:
            self._prose(atom)
        elif self._table.one_line and not row:
            width = sum(len(line.columns) for line in self._table.rows)
            entries = [*self._around.blanks_before(position, width), atom]
            self._open = OpenRow(None, Wording.EXACT, entries[0], "", width, entries, 1)
        else:
            self._loose.append(atom)

    def _takes(self, row: OpenRow, atom: Atom) -> bool:
        """Whether a value belongs to the open row: a firm row takes no value of another printed row once it is full."""
        if row.complete:
            return False
        if not row.entries or atom.row == row.entries[-1].row:
            return True
        return row.values < row.width or (not atom.firm and not row.entries[-1].firm)

    # ---- words

    def _text(self, position: int) -> int:
        """Deals with the words at ``position``; returns how many cells were used up."""
        atom = self._atoms[position]
        key = atom.key
        count, joined = self._longest_label(position, key)
        if count:
            meaning = self._choose(self._index.meanings[joined])
            if meaning and self._opens_here(meaning, position + count):
                self._label(meaning, atom, position, count)
                return count
        heading = None if atom.firm and atom.layout == "spaced_rows" else self._index.heading(atom.folded)
        if heading is None and count == 0 and self._heading_in_two_lines(position):
            return 2
        if heading:
            self._close_table()
            self._section = self._index.lexicon.sections[heading.section].id
            self._tokens.append(("HEADING", HeadingLine(heading, atom)))
            return 1
        divided = self._index.segment(key) if len(key) > 3 and not count else None
        if divided and len(divided) > 1 and self._labels(divided, atom, position):
            return 1
        if self._table is not None:
            return self._text_in_table(position)
        self._prose(atom)
        return 1

    def _heading_in_two_lines(self, position: int) -> bool:
        """A numbered section heading that is broken over two lines inside a word."""
        pieces = self._atoms[position : position + 2]
        if len(pieces) < 2 or not heading_number(pieces[0].folded) or pieces[1].is_value or pieces[1].firm:
            return False
        heading = self._index.heading(pieces[0].folded + pieces[1].folded)
        if heading is None or heading.rank < 0 or heading.length < len(pieces[0].folded + pieces[1].folded):
            return False
        self._close_table()
        self._section = self._index.lexicon.sections[heading.section].id
        joined = pieces[0]._replace(printed=pieces[0].printed + pieces[1].printed)
        self._tokens.append(("HEADING", HeadingLine(heading, joined)))
        return True

    def _longest_label(self, position: int, key: str) -> tuple[int, str]:
        """How many cells from here spell the longest label, and its key; (0, "") where none does."""
        index = self._index
        best = (1, key) if key in index.meanings else (0, "")
        spelled = key
        for count in range(2, _MOST_PIECES + 1):
            if spelled not in index.prefixes or position + count > len(self._atoms):
                break
            atom = self._atoms[position + count - 1]
            if not atom.folded or atom.is_value:
                break
            spelled += atom.key
            if spelled in index.meanings:
                best = (count, spelled)
        return best

    def _choose(self, meanings: tuple[Meaning, ...]) -> Meaning | None:
        """The meaning that fits the place: of the current table, a column in its header and a row below it."""
        if len(meanings) == 1:
            return meanings[0]
        if self._table is None:
            return None
        here = [meaning for meaning in meanings if meaning.table.id == self._table.id]
        columns = [meaning for meaning in here if meaning.label.kind in (LabelKind.COLUMN, LabelKind.COLUMN_GROUP)]
        rows = [meaning for meaning in here if meaning not in columns]
        wanted = columns if self._in_header or self._table.one_line else rows
        return next(iter(wanted or here), None)

    def _opens_here(self, meaning: Meaning, following: int) -> bool:
        """Whether a label that would open a table outside the table's own section is more than a word of the text."""
        if (self._table is not None and self._table.id == meaning.table.id) or self._section == meaning.table.section:
            return True
        near = [atom for atom in self._atoms[following : following + 6] if atom.folded]
        return any(atom.is_value or atom.key in self._index.meanings for atom in near[:3])

    def _labels(self, keys: tuple[str, ...], atom: Atom, position: int) -> bool:
        """Several labels printed in one cell; False where one of them does not fit here."""
        chosen = [self._choose(self._index.meanings[key]) for key in keys]
        if any(meaning is None for meaning in chosen):
            return False
        for meaning in chosen:
            if meaning:
                self._label(meaning, atom, position, 1)
        return True

    def _label(self, meaning: Meaning, atom: Atom, position: int, count: int) -> None:
        if self._table is None or self._table.id != meaning.table.id:
            self._close_table()
            self._table = meaning.table
            self._in_header = True
            self._tokens.append(("TABLE", meaning.table.id))
        self._settle_offer(meaning.label)
        self._close_row()
        kind = meaning.label.kind
        text = " ".join(piece.printed for piece in self._atoms[position : position + count])
        if kind in (LabelKind.ROW, LabelKind.ROW_GROUP):
            self._in_header = meaning.table.one_line
            width = self._row_widths.get((meaning.table.id, meaning.label.id), 0)
            self._open = OpenRow(meaning.label, meaning.wording, atom, text, width)
            if self._around.has_values_beside(position + count - 1):
                self._drop_loose()
            else:
                self._take_loose(self._open)
        else:
            self._in_header = True
            self._drop_loose()
            self._header(LabelLine(meaning.label, meaning.wording, atom._replace(printed=text)))

    def _take_loose(self, row: OpenRow) -> None:
        """Values printed on a line of their own before the label they belong to."""
        if row.is_group:
            row.offered, self._loose = self._loose, []
            return
        if row.width and len(self._loose) == row.width and len({atom.row for atom in self._loose}) == 1:
            row.entries, row.values, row.complete = self._loose, row.width, True
            self._loose = []
        self._drop_loose()

    def _drop_loose(self) -> None:
        """Values that belong to no label."""
        self._tokens.extend(("STRAY", LabelLine(None, Wording.EXACT, atom)) for atom in self._loose)
        self._loose = []

    def _settle_offer(self, following: Label) -> None:
        """Gives values above a group's label to the row after it, if it is of the group; else to the group."""
        row = self._open
        if row is None or row.label is None or not row.offered or row.values:
            return
        if self._groups.get(following.id, ()) and row.label.id in self._groups[following.id]:
            self._loose = row.offered
        elif row.width == len(row.offered):
            row.entries, row.values, row.complete = row.offered, row.width, True

    # ---- words inside a table that are no label

    def _text_in_table(self, position: int) -> int:
        atom = self._atoms[position]
        used = self._broken_label(position)
        if used:
            return used
        row, following = self._open, self._around.values_after(position)
        if row and self._is_entry(row, atom, following):
            row.entries.append(atom)
        elif len(atom.folded) <= _LONGEST_LABEL and self._is_unknown_row(atom, following):
            self._close_row()
            self._open = OpenRow(None, Wording.EXACT, atom, atom.printed, following)
        elif len(atom.folded) <= 2 or all(self._index.is_fragment(label_key(word)) for word in atom.folded.split()):
            if self._table is not None and self._table.one_line:
                self._close_row()
            self._tokens.append(("STRAY", LabelLine(None, Wording.EXACT, atom)))
        elif self._in_header and not row and len(atom.folded) <= 15 and not atom.folded.endswith(("。", ";")):
            self._header(LabelLine(None, Wording.EXACT, atom))
        else:
            self._close_table()
            self._prose(atom)
        return 1

    def _broken_label(self, position: int) -> int:
        """A label broken around its own line of numbers; returns the number of cells used (0: there is none)."""
        table = self._table
        if table is None or self._atoms[position].layout not in ("page_text", "spaced_rows"):
            return 0
        found = broken_label(self._atoms, position, table)
        if not found:
            return 0
        self._close_row()
        self._in_header = False
        self._tokens.extend(("STRAY", LabelLine(None, Wording.EXACT, piece)) for piece in found.strays)
        text = "".join(piece.printed for piece in found.pieces)
        self._open = OpenRow(
            found.label, Wording.EXACT, found.pieces[0], text, len(found.values), list(found.values), len(found.values)
        )
        self._open.complete = True
        self._open.around = True
        return found.used

    def _is_entry(self, row: OpenRow, atom: Atom, following: int) -> bool:
        """Whether words stand where a value of the open row should: in its printed row, or where one is lacking."""
        if row.complete or not row.width or (row.is_group and not row.values):
            return False
        if atom.firm:
            return atom.row == row.atom.row or (bool(row.entries) and atom.row == row.entries[-1].row)
        if (row.entries and row.entries[-1].firm) or len(atom.folded) > _LONGEST_ENTRY or _SENTENCE.search(atom.folded):
            return False
        return row.values + 1 + following == row.width

    def _is_unknown_row(self, atom: Atom, following: int) -> bool:
        """Whether words with values behind them are a row that the format does not know."""
        table = self._table
        if table is None or table.one_line or not following:
            return False
        widths = {len(row.columns) for row in table.rows}
        return following in widths or following >= max(widths) - 1 or atom.firm

    # ---- closing

    def _close_row(self) -> None:
        row, self._open = self._open, None
        if row is None:
            return
        line = ValueLine(row.label, row.wording, row.atom, row.text, tuple(row.entries), row.side)
        if row.label is None:
            kind = "VALUES" if self._table is not None and self._table.one_line else "UNKNOWN_ROW"
            self._tokens.append((kind, line))
            return
        header = self._table is not None and self._table.one_line
        if row.values or (row.label.kind is LabelKind.ROW and not header):
            self._tokens.append(("ROW", line))
        else:
            label_line = LabelLine(row.label, row.wording, row.atom._replace(printed=row.text))
            if header:
                self._header(label_line)
            else:
                self._tokens.append(("GROUP", label_line))

    def _close_table(self) -> None:
        self._close_row()
        if self._table is not None:
            self._drop_loose()
        self._table = None
        self._in_header = False
        self._loose = []
