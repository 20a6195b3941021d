"""What alignment works on: the tokens of a document in reading order, each with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.words.label_index import HeadingMeaning


class Kind(IntEnum):
    """What a token is."""

    LABEL = 0  # a label of the format, or one that only another format has
    VALUE = 1  # a number, digits without separators, or a placeholder
    EMPTY = 2  # an empty cell whose place is printed
    PIECE = 3  # an inner part of a label
    TEXT = 4
    HEADING = 5  # of a section


class Token(NamedTuple):
    """A piece of print. ``key``: its letters and digits. ``column``: its place among the cells of its line.

    ``firm``: its line proves that the cells in it are one row. ``opens``: a longer label begins with these words.
    ``remark``: it stands in brackets behind a label. ``glued``: no separator stands before it.
    """

    kind: Kind
    folded: str
    printed: str
    key: str
    column: int = 0
    firm: bool = False
    opens: bool = False
    remark: bool = False
    glued: bool = False
    heading: HeadingMeaning | None = None
    markup: int = 0
    indented: bool = False
    layout: str = ""


@dataclass
class TokenStream:
    """The tokens of a document; lists beside each other, since most tokens are shared between documents.

    ``rows``: the number of the printed row of each token; ``columns``: its place in it. ``texts``: what rows print that
    are no table cut by separators, folded and as printed; a row of one token has none. ``paged``: it was taken from pages,
    whose text comes line by line from the top, wherever in its cell it stands. ``numbered``: rows had numbers of their own.
    ``grid_rows``: the rows that grids begin with which continue no other one.
    ``full_rows``: those whose line is as long as a line can be; what goes on in the next may be cut anywhere.
    """

    tokens: list[Token] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    texts: dict[int, tuple[str, str]] = field(default_factory=dict)
    paged: bool = False
    numbered: bool = False
    full_rows: set[int] = field(default_factory=set)
    grid_rows: list[int] = field(default_factory=list)

    def add(self, tokens: Sequence[Token], row: int, place: Place) -> None:
        """Adds the tokens of one printed row."""
        count = len(tokens)
        self.tokens += tokens
        self.rows += [row] * count
        self.columns += [token.column for token in tokens]
        self.places += [place] * count

    def stand_in_one_grid(self, places: Iterable[int]) -> bool:
        """Whether tokens stand in one table of a grid, whose columns are counted alike on all of its pages."""
        own = list(places)
        grids = {bisect_right(self.grid_rows, self.rows[place]) for place in own}
        return len(grids) == 1 and all(self.places[place].table for place in own)

    def __len__(self) -> int:
        return len(self.tokens)
