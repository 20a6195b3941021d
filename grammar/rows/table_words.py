"""Words inside a table that are no label: a broken label, an entry that is no number, an unknown row, a stray piece."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.rows.open_row import OpenRow
from disclosure_checks.grammar.rows.row_gathering import RowGathering
from disclosure_checks.grammar.rows.row_tokens import LabelLine
from disclosure_checks.grammar.rows.surroundings import Surroundings
from disclosure_checks.grammar.words.folding import label_key
from disclosure_checks.grammar.words.label_index import LabelIndex, Wording

_SENTENCE = re.compile("[。,;:!?]")
_LONGEST_ENTRY = 6  # characters of words that may stand where a number should
_LONGEST_LABEL = 45  # characters: longer words inside a table are prose
_LONGEST_HEADER_WORD = 15  # characters


class TableWords:
    """Resolves the words of one document that stand inside a table."""

    def __init__(self, index: LabelIndex, atoms: Sequence[Atom], around: Surroundings, rows: RowGathering) -> None:
        self._index = index
        self._atoms = atoms
        self._around = around
        self._rows = rows

    def read(self, position: int, table: LexiconTable) -> int:
        """Deals with the words at ``position``; returns how many cells were used up."""
        atom, rows = self._atoms[position], self._rows
        row, following = rows.open, self._around.values_after(position)
        if row and _is_entry(row, atom, following):
            row.entries.append(atom)
        elif len(atom.folded) <= _LONGEST_LABEL and _is_unknown_row(table, atom, following):
            rows.close_row()
            rows.open = OpenRow(None, Wording.EXACT, atom, atom.printed, following)
        elif len(atom.folded) <= 2 or all(self._index.is_fragment(label_key(word)) for word in atom.folded.split()):
            if table.one_line:
                rows.close_row()
            rows.stray(atom)
        elif rows.in_header and not row and _is_header_word(atom.folded):
            rows.header(LabelLine(None, Wording.EXACT, atom))
        else:
            rows.close_table()
            rows.prose(atom)
        return 1


def _is_entry(row: OpenRow, atom: Atom, following: int) -> bool:
    """Whether words stand where a value of the open row should: in its printed row, or where one is lacking."""
    if row.complete or not row.width or (row.is_group and not row.values):
        return False
    if atom.firm:
        return atom.row == row.atom.row or (bool(row.entries) and atom.row == row.entries[-1].row)
    if (row.entries and row.entries[-1].firm) or len(atom.folded) > _LONGEST_ENTRY or _SENTENCE.search(atom.folded):
        return False
    return row.values + 1 + following == row.width


def _is_unknown_row(table: LexiconTable, atom: Atom, following: int) -> bool:
    """Whether words with values behind them are a row that the format does not know."""
    if table.one_line or not following:
        return False
    widths = {len(row.columns) for row in table.rows}
    return following in widths or following >= max(widths) - 1 or atom.firm


def _is_header_word(folded: str) -> bool:
    return len(folded) <= _LONGEST_HEADER_WORD and not folded.endswith(("。", ";"))
