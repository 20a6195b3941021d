"""What the templates of the server are given, beside the page models of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.runner.site.finding_groups.group_models import GroupView
from disclosure_checks.runner.site.page_models import AgencyYearPage, PageFrame, Tally
from disclosure_checks.runner.site.return_notes.note_models import ReturnNote

Notices = tuple[tuple[str, dict[str, str]], ...]
"""Names of texts to be told beside the findings, each with what fills it in."""


@dataclass(frozen=True)
class CheckPage:
    """The page on which files are dropped. ``accepted``: which files; ``compared``: what they are compared with."""

    frame: PageFrame
    accepted: str
    compared: str
    other_language: str


@dataclass(frozen=True)
class ServedReport(AgencyYearPage):
    """The page of a report with its return note. ``document``: the note as a Word document, inside its own address."""

    note: ReturnNote | None = None
    document: str = ""
    file_name: str = ""


class SeveralEntry(NamedTuple):
    """One of several reports, without its tables; or what could not be read, and why (``verdict``)."""

    heading: str
    source: str
    gravest: str
    status: str
    verdict: str
    tallies: tuple[Tally, ...] = ()
    groups: tuple[GroupView, ...] = ()


@dataclass(frozen=True)
class SeveralPage:
    """Several reports of an upload, or what could not be read of it."""

    frame: PageFrame
    reports: tuple[SeveralEntry, ...]


@dataclass(frozen=True)
class ProblemPage:
    """Why a request was not answered, and what to do."""

    frame: PageFrame
    problem: str
    advice: str
