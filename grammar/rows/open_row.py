"""The row of a table that is being gathered while its cells are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Label, LabelKind
from disclosure_checks.grammar.rows.row_tokens import Side
from disclosure_checks.grammar.words.label_index import Wording


@dataclass(eq=False)
class OpenRow:
    """The row that is being gathered.

    ``complete``: its values stood before its label. ``offered``: values printed above the label of a group; they are
    the group's only if none of its rows follows.
    """

    label: Label | None
    wording: Wording
    atom: Atom
    text: str
    width: int
    entries: list[Atom] = field(default_factory=list)
    values: int = 0
    complete: bool = False
    offered: Sequence[Atom] = ()

    def takes(self, value: Atom) -> bool:
        """Whether a value belongs to the row: a firm row takes no value of another printed row once it is full."""
        if self.complete:
            return False
        if not self.entries or value.row == self.entries[-1].row:
            return True
        return self.values < self.width or (not value.firm and not self.entries[-1].firm)

    @property
    def is_group(self) -> bool:
        """Whether its label is that of a group of rows."""
        return self.label is not None and self.label.kind is LabelKind.ROW_GROUP

    @property
    def side(self) -> Side:
        """Where its values stand."""
        if not self.entries or self.entries[0].row == self.atom.row:
            return Side.SAME_ROW
        return Side.ABOVE if self.entries[0].row < self.atom.row else Side.BELOW
