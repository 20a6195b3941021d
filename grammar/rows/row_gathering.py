"""The row tokens of one document while they are made: the table they are in, and the row whose values are gathered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Label, LabelKind, LexiconTable
from disclosure_checks.grammar.rows.open_row import OpenRow
from disclosure_checks.grammar.rows.row_tokens import HeadingLine, LabelLine, ValueLine
from disclosure_checks.grammar.words.label_index import HeadingMeaning, Wording

RowToken = tuple[str, Any]


class RowGathering:
    """The tokens so far. ``loose``: values on a line of their own that stand before the label they may belong to."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        """``groups``: those around each row, by row id."""
        self._groups = groups
        self.tokens: list[RowToken] = []
        self.section = ""
        self.table: LexiconTable | None = None
        self.in_header = False
        self.open: OpenRow | None = None
        self.loose: list[Atom] = []

    # ---- tokens

    def heading(self, section: str, meaning: HeadingMeaning, atom: Atom) -> None:
        """A section heading, which ends a table."""
        self.close_table()
        self.section = section
        self.tokens.append(("HEADING", HeadingLine(meaning, atom)))

    def prose(self, atom: Atom) -> None:
        """Running text: lines in a row are one token."""
        if self.tokens and self.tokens[-1][0] == "PROSE":
            self.tokens[-1][1].append(atom)
        else:
            self.tokens.append(("PROSE", [atom]))

    def header(self, line: LabelLine) -> None:
        """A label of the header: labels in a row are one token."""
        if self.tokens[-1][0] == "HEADER":
            self.tokens[-1][1].append(line)
        else:
            self.tokens.append(("HEADER", [line]))

    def stray(self, atom: Atom) -> None:
        """Words inside a table that name nothing."""
        self.tokens.append(("STRAY", LabelLine(None, Wording.EXACT, atom)))

    def begin_table(self, table: LexiconTable) -> None:
        """The table of a label that is none of the table before it."""
        self.close_table()
        self.table = table
        self.in_header = True
        self.tokens.append(("TABLE", table.id))

    # ---- values printed before their label

    def take_loose(self, row: OpenRow) -> None:
        """Gives values printed on a line of their own to the label below them."""
        if not self.loose:
            return
        loose, self.loose = self.loose, []
        if row.is_group:
            row.offered = loose
        elif row.width and len(loose) == row.width and len({atom.row for atom in loose}) == 1:
            row.entries, row.values, row.complete = loose, row.width, True
        else:
            self._stray_all(loose)

    def drop_loose(self) -> None:
        """Values that belong to no label."""
        if self.loose:
            loose, self.loose = self.loose, []
            self._stray_all(loose)

    def _stray_all(self, atoms: list[Atom]) -> None:
        for atom in atoms:
            self.stray(atom)

    def settle_offer(self, following: Label) -> None:
        """Gives values above a group's label to the row after it, if it is of the group; else to the group."""
        row = self.open
        if row is None or not row.offered or row.label is None or row.values:
            return
        if self._groups.get(following.id, ()) and row.label.id in self._groups[following.id]:
            self.loose = list(row.offered)
        elif row.width == len(row.offered):
            row.entries, row.values, row.complete = list(row.offered), row.width, True
        else:
            self._stray_all(list(row.offered))

    # ---- closing

    def close_row(self) -> None:
        """Makes a token of the row that was gathered."""
        row, self.open = self.open, None
        if row is None:
            return
        in_header = self.table is not None and self.table.one_line
        label = row.label
        if label is not None and not row.values and (label.kind is not LabelKind.ROW or in_header):
            atom = row.atom if row.text == row.atom.printed else row.atom._replace(printed=row.text)
            line = LabelLine(label, row.wording, atom)
            if in_header:
                self.header(line)
            else:
                self.tokens.append(("GROUP", line))
            return
        kind = "ROW" if label is not None else "VALUES" if in_header else "UNKNOWN_ROW"
        values = ValueLine(label, row.wording, row.atom, row.text, tuple(row.entries), row.side)
        self.tokens.append((kind, values))

    def close_table(self) -> None:
        """Ends the table, if there is one."""
        self.close_row()
        if self.table is not None:
            self.drop_loose()
        self.table = None
        self.in_header = False
        self.loose = []
