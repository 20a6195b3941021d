"""From printed cells to row tokens: labels are put together and looked up, values are gathered behind them.

    list[Atom] -> list[RowToken], the terminals of ``report.lark``

The lexer goes through the cells once, with one open row. Words are resolved in this order: a label (the longest that
the next pieces spell), a section heading, several labels in one cell, and inside a table those of ``table_words``: a
label broken around its numbers, a value that is no number, an unknown row, a stray piece; else prose.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import LabelKind
from disclosure_checks.grammar.rows.open_row import OpenRow
from disclosure_checks.grammar.rows.row_gathering import RowGathering, RowToken
from disclosure_checks.grammar.rows.row_tokens import LabelLine
from disclosure_checks.grammar.rows.surroundings import Surroundings
from disclosure_checks.grammar.rows.table_words import TableWords
from disclosure_checks.grammar.words.label_index import LabelIndex, Meaning, Wording, heading_number
from disclosure_checks.grammar.words.layout_names import SPACED_ROWS

_MOST_PIECES = 8  # of one label
_COLUMN_KINDS = (LabelKind.COLUMN, LabelKind.COLUMN_GROUP)


class RowLexer:
    """Turns the cells of one document into row tokens."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._groups = {row.id: row.groups for table in index.lexicon.tables for row in table.rows}

    def tokens(self, atoms: Sequence[Atom]) -> list[RowToken]:
        """The row tokens of a document, in reading order."""
        self._atoms = atoms
        self._around = Surroundings(atoms)
        self._rows = rows = RowGathering(self._groups)
        self._table_words = TableWords(self._index, atoms, self._around, rows)
        position = 0
        while position < len(atoms):
            atom = atoms[position]
            if atom.is_value:
                self._value(position)
                position += 1
            elif atom.folded:
                position += self._text(position)
            else:
                position += self._empty(position)
        rows.close_table()
        return rows.tokens

    # ---- values

    def _empty(self, position: int) -> int:
        """Deals with an empty cell: of the open row, or the first of a line that holds nothing but empty values."""
        atom, row = self._atoms[position], self._rows.open
        if row:
            if atom.row == (row.entries[0].row if row.entries else row.atom.row):
                row.entries.append(atom)
                return 1
            if row.entries:
                return 1
            line = self._around.empty_line(position, row.width)
            row.entries.extend(line)
            return len(line) or 1
        table = self._rows.table
        if table is None or not table.one_line:
            return 1
        width = sum(len(line.columns) for line in table.rows)
        line = self._around.empty_line(position, width)
        if line:
            self._rows.open = OpenRow(None, Wording.EXACT, atom, "", width, line)
        return len(line) or 1

    def _value(self, position: int) -> None:
        atom, rows = self._atoms[position], self._rows
        row, table = rows.open, rows.table
        if row and row.takes(atom):
            row.entries.append(atom)
            row.values += 1
        elif table is None:
            rows.prose(atom)
        elif table.one_line and not row:
            width = sum(len(line.columns) for line in table.rows)
            entries = [*self._around.blanks_before(position, width), atom]
            rows.open = OpenRow(None, Wording.EXACT, entries[0], "", width, entries, 1)
        else:
            rows.loose.append(atom)

    def _values_beside(self, row: OpenRow, start: int) -> int:
        """Gathers the values and empty cells printed in the row of a label, all at once; returns how many."""
        atoms, number, entries = self._atoms, row.atom.row, row.entries
        end = start
        while end < len(atoms):
            atom = atoms[end]
            if atom.row != number or (atom.folded and not atom.is_value):
                break
            row.values += atom.is_value
            entries.append(atom)
            end += 1
        return end - start

    # ---- words

    def _text(self, position: int) -> int:
        """Deals with the words at ``position``; returns how many cells were used up."""
        atom = self._atoms[position]
        key = atom.key
        count, joined = self._longest_label(position, key)
        if count:
            meaning = self._choose(self._index.meanings[joined])
            if meaning and self._opens_here(meaning, position + count):
                return count + self._label(meaning, atom, position, count)
        heading = None if atom.firm and atom.layout == SPACED_ROWS else self._index.heading(atom.folded)
        if heading is None and count == 0 and self._heading_in_two_lines(position):
            return 2
        if heading:
            self._rows.heading(self._index.lexicon.sections[heading.section].id, heading, atom)
            return 1
        divided = self._index.segment(key) if len(key) > 3 and not count else None
        if divided and len(divided) > 1 and self._labels(divided, atom, position):
            return 1
        if self._rows.table is not None:
            return self._table_words.read(position, self._rows.table)
        self._rows.prose(atom)
        return 1

    def _heading_in_two_lines(self, position: int) -> bool:
        """A numbered section heading that is broken over two lines inside a word."""
        first = self._atoms[position]
        if not heading_number(first.folded) or position + 1 == len(self._atoms):
            return False
        second = self._atoms[position + 1]
        if second.is_value or second.firm:
            return False
        joined = first.folded + second.folded
        heading = self._index.heading(joined)
        if heading is None or heading.rank < 0 or heading.length < len(joined):
            return False
        whole = first._replace(printed=first.printed + second.printed)
        self._rows.heading(self._index.lexicon.sections[heading.section].id, heading, whole)
        return True

    def _longest_label(self, position: int, key: str) -> tuple[int, str]:
        """How many cells from here spell the longest label, and its key; (0, "") where none does."""
        index = self._index
        best = (1, key) if key in index.meanings else (0, "")
        if key not in index.prefixes:
            return best
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
        table = self._rows.table
        if table is None:
            return None
        here = [meaning for meaning in meanings if meaning.table is table]
        in_header = self._rows.in_header or table.one_line
        wanted = [meaning for meaning in here if (meaning.label.kind in _COLUMN_KINDS) is in_header]
        return next(iter(wanted or here), None)

    def _opens_here(self, meaning: Meaning, following: int) -> bool:
        """Whether a label that would open a table outside the table's own section is more than a word of the text."""
        if self._rows.table is meaning.table or self._rows.section == meaning.table.section:
            return True
        near = [atom for atom in self._atoms[following : following + 6] if atom.folded]
        return any(atom.is_value or atom.key in self._index.meanings for atom in near[:3])

    @staticmethod
    def _is_filled_again(row: OpenRow, meaning: Meaning, atom: Atom) -> bool:
        """Whether a label is that of its row once more: a merged cell, taken apart and filled."""
        return meaning.is_row and row.label is meaning.label and row.atom.row == atom.row and not row.values

    def _labels(self, keys: tuple[str, ...], atom: Atom, position: int) -> bool:
        """Several labels printed in one cell; False where one of them does not fit here."""
        chosen = [meaning for key in keys if (meaning := self._choose(self._index.meanings[key]))]
        if len(chosen) < len(keys):
            return False
        for meaning in chosen:
            self._label(meaning, atom, position, 1, is_alone=False)
        return True

    def _label(self, meaning: Meaning, atom: Atom, position: int, count: int, is_alone: bool = True) -> int:
        """Deals with a label of ``count`` cells; returns how many cells behind it were taken for its values."""
        rows = self._rows
        if is_alone and rows.open is not None and self._is_filled_again(rows.open, meaning, atom):
            if not self._around.has_values_beside(position + count - 1):
                return 0
            rows.drop_loose()
            return self._values_beside(rows.open, position + count)
        if rows.table is not meaning.table:
            rows.begin_table(meaning.table)
        rows.settle_offer(meaning.label)
        rows.close_row()
        text = (
            atom.printed
            if count == 1
            else " ".join(piece.printed for piece in self._atoms[position : position + count])
        )
        if not meaning.is_row:
            rows.in_header = True
            rows.drop_loose()
            whole = atom if count == 1 else atom._replace(printed=text)
            rows.header(LabelLine(meaning.label, meaning.wording, whole))
            return 0
        rows.in_header = meaning.table.one_line
        rows.open = OpenRow(meaning.label, meaning.wording, atom, text, meaning.width)
        if self._around.has_values_beside(position + count - 1):
            rows.drop_loose()
            return self._values_beside(rows.open, position + count) if is_alone else 0
        rows.take_loose(rows.open)
        return 0
