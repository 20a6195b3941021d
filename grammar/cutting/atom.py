"""The smallest piece of a printed report: one cell, as everything above the cutting sees it."""

from __future__ import annotations

from typing import NamedTuple

from disclosure_checks.grammar.model.report import Place


class Atom(NamedTuple):
    """One printed cell with its place; cells of one ``row`` were printed together, ``column`` counts them from 0.

    ``firm``: the layout proves that the row is complete as it stands. ``key``: what labels are looked up by.
    ``markup``: the Markdown heading level. ``indented``: white space stands before the line's first character.
    While a line is cut on its own, ``row`` counts the printed rows of the line from 0, and ``place`` is empty.
    """

    folded: str
    printed: str
    key: str
    is_value: bool
    firm: bool
    layout: str
    markup: int
    indented: bool
    column: int
    row: int
    place: Place = Place()
