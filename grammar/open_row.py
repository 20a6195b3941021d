"""The row of a table that is being gathered while its cells are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from grammar.cutting import Atom
from grammar.label_index import Wording
from grammar.lexicon import Label, LabelKind
from grammar.rows import Side


@dataclass
class OpenRow:
    """The row that is being gathered.

    ``complete``: its values stood before its label. ``offered``: values printed above the label of a group; they are
    the group's only if none of its rows follows. ``around``: the label is broken around its values.
    """

    label: Label | None
    wording: Wording
    atom: Atom
    text: str
    width: int
    entries: list[Atom] = field(default_factory=list)
    values: int = 0
    complete: bool = False
    offered: list[Atom] = field(default_factory=list)
    around: bool = False

    @property
    def is_group(self) -> bool:
        """Whether its label is that of a group of rows."""
        return self.label is not None and self.label.kind is LabelKind.ROW_GROUP

    @property
    def side(self) -> Side:
        """Where its values stand."""
        if not self.entries or self.around or self.entries[0].row == self.atom.row:
            return Side.SAME_ROW
        return Side.ABOVE if self.entries[0].row < self.atom.row else Side.BELOW
