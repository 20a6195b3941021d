"""A cell of a statutory table in the pieces that its HTML is put together from: few cells have any of them to themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from disclosure_checks.runner.site.grid import HeadCell


class CellMark(NamedTuple):
    """Why a cell is marked: the gravest finding's severity and letter, and the link to it."""

    severity: str
    letter: str
    href: str


class CellFrame(NamedTuple):
    """What stands around a value, whatever it is. ``kind``: CSS classes."""

    id: str
    colspan: int
    kind: str = ""


class CellContent(NamedTuple):
    """What stands in a cell. ``word``: the short status word; ``suggestion``: what it should be; ``picture``: the address
    of what the document shows there, where that is a picture and not clear.
    """

    text: str = ""
    word: str = ""
    mark: CellMark | None = None
    suggestion: str = ""
    picture: str = ""


class GridViews(NamedTuple):
    """The HTML of the parts of a grid, by the templates: the labels of a row, and a cell with its value, in three pieces
    that few cells have to themselves.
    """

    labels: Callable[[tuple[HeadCell, ...]], Markup]
    frame: Callable[[CellFrame], Markup]
    title: Callable[[str], Markup]
    content: Callable[[CellContent], Markup]
