"""What the template of findings is given. Every text is ready to be shown and not yet escaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.runner.site.page_parts import Link, Tally


class CellPicture(NamedTuple):
    """A cell and the address of what the document shows there."""

    cell: Link
    picture: str


@dataclass(frozen=True)
class FindingView:
    """A finding as a sentence with its links. ``pictures``: of the cells that it finds fault with."""

    anchor: str
    severity: Tally
    message: str
    rule: Link
    cells: tuple[Link, ...]
    all_cells: str  # their ids, by which a cell finds what is said of it
    further_cells: str  # those that ``cells`` does not lead to
    more_cells: str
    where: Link
    cells_before: tuple[Link, ...] = ()  # those of the year before
    pictures: tuple[CellPicture, ...] = ()


class ChangeView(NamedTuple):
    """A cell and what is said of it: ``改为 0（现为 1）``. ``picture``: the address of what the document shows there."""

    cell: Link
    words: str
    picture: str = ""


class CandidateView(NamedTuple):
    """One of several corrections, and what speaks for it; "" where nothing does."""

    changes: tuple[ChangeView, ...]
    reasons: str


@dataclass(frozen=True)
class GroupView:
    """Findings that stand together.

    ``anchor``: where cells lead to; of a single finding its own. ``changes``: what is to be changed for sure, ``outcome``
    what follows, ``candidates`` what else there is to choose from under ``choice``. ``title``: of notes that say the
    same, with ``count``, how many they are, or of what is said of one sentence; ``mixed``: whether they are not all of one severity.
    """

    anchor: str
    kind: str
    severity: Tally
    findings: tuple[FindingView, ...]
    changes: tuple[ChangeView, ...] = ()
    outcome: str = ""
    choice: str = ""
    candidates: tuple[CandidateView, ...] = ()
    title: str = ""
    count: str = ""
    mixed: bool = False
