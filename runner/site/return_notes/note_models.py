"""What the templates of a return note are given: page and Word document alike. Texts are not yet escaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.runner.exports.points.point_words import PointLine
from disclosure_checks.runner.site.page_models import PageFrame
from disclosure_checks.runner.site.page_parts import Link


class NotePoint(NamedTuple):
    """A point in the table; ``word`` says what is to be done about it, ``remarks`` what the office says of it."""

    number: int
    severity: str
    word: str
    lines: tuple[PointLine, ...]
    why: tuple[str, ...]
    basis: str
    remarks: tuple[str, ...]


class NotePart(NamedTuple):
    """The points of one report. ``heading``: whose it is, where the note is about several; ``page``: the way to it from the
    site's folder.
    """

    heading: str
    page: Link
    points: tuple[NotePoint, ...]


@dataclass(frozen=True)
class ReturnNote:
    """A note. ``path``: of its page, without the ending; ``document``: the way to the Word document."""

    frame: PageFrame
    path: str
    document: str
    title: str
    addressee: str
    opening: tuple[str, ...]
    parts: tuple[NotePart, ...]
    closing: str
    signatures: tuple[str, ...]
    date: str
    day: str
