"""The payloads of the row tokens, and the tree that ``report.lark`` builds of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Union

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Label, LabelKind
from disclosure_checks.grammar.words.label_index import HeadingMeaning, Wording


class HeadingLine(NamedTuple):
    """A section heading as printed."""

    meaning: HeadingMeaning
    atom: Atom


class LabelLine(NamedTuple):
    """A printed label without values: of the header or of a group. ``label`` is None where it is unknown."""

    label: Label | None
    wording: Wording
    atom: Atom

    @property
    def names_column(self) -> bool:
        """Whether the label is that of a column."""
        return self.label is not None and self.label.kind is LabelKind.COLUMN


class Side(Enum):
    """Where the values of a row stand: in the label's own printed row, or in a row above or below it."""

    SAME_ROW = "same_row"
    ABOVE = "above"
    BELOW = "below"


class ValueLine(NamedTuple):
    """A printed row of values with its label (None: unknown, or a line of values alone).

    ``entries`` are the cells after the label, empty ones included; ``label_atom`` is the first value's atom where no
    label is printed.
    """

    label: Label | None
    wording: Wording
    label_atom: Atom
    label_text: str
    entries: tuple[Atom, ...]
    side: Side = Side.SAME_ROW


TableLine = tuple[str, Union[LabelLine, ValueLine]]  # the terminal of report.lark, and its payload


@dataclass
class ParsedTable:
    """One printed table (or a part of one that other text interrupts), rows in printed order."""

    id: str
    rows: list[TableLine] = field(default_factory=list)


Block = Union[list[Atom], ParsedTable]  # a run of prose lines, or a table


@dataclass
class ParsedSection:
    """A section: its heading and the prose lines and tables under it. ``heading`` is None for the front matter."""

    heading: HeadingLine | None
    blocks: list[Block]

    def prose(self) -> Iterator[Atom]:
        """The lines of running text."""
        for block in self.blocks:
            if not isinstance(block, ParsedTable):
                yield from block
