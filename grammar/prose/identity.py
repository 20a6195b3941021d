"""Whose report it is and of which year: from the title, then the text, then the name of the page and of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.report import Evidence, Place
from disclosure_checks.grammar.prose.titles import Title, TitleWords, title_of, titles_in, titles_shown
from disclosure_checks.grammar.words.folding import compact, fold

_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?![\dA-Za-z])")
_FRONT_LINES = 60
_OPENING_LINES = 6  # behind the front: the heading of section one, and its first sentences


class Identity(NamedTuple):
    """Who and when, and what disagreed with it."""

    agency: str
    year: int | None
    title: Title | None
    agency_disagreements: tuple[Evidence, ...]
    year_disagreements: tuple[Evidence, ...]


def identify(
    front: Sequence[Atom],
    everything: Sequence[Atom],
    source: str,
    words: TitleWords,
    page_title: str = "",
    issuer: str = "",
) -> Identity:
    """The agency and year of a report. ``front``: the cells before the first section; ``source``: its relative path;
    ``page_title``: what a window shows above the document; ``issuer``: whom it says itself to come from.

    The agency is "" and the year None where nothing names them; nothing is guessed.
    """
    of_page = list(titles_shown(page_title, words))
    titles = list(titles_in(front[:_FRONT_LINES], words)) or list(titles_in(everything[:5], words)) or of_page
    file_title = title_of([compact(fold(PurePosixPath(source).stem))], words, Place())
    period = _period_year(everything, words.period)
    title = _best(titles, period)
    if title and title.year == period:
        titles = [other for other in titles if other.year == period]  # links to other years' reports
    agency = title.agency if title else ""
    year = title.year if title else None
    if not agency:
        elsewhere = [one.agency for one in (*of_page, file_title) if one and one.agency]
        named = (words.names.stated(issuer), *elsewhere, words.names.in_file_name(PurePosixPath(source).stem))
        agency = words.names.beside_titles(front, everything) or next(filter(None, named), "")
    file_year = _file_year(source, words.earliest_year)
    if year is None:
        year = period or file_year
    return Identity(
        agency,
        year,
        title,
        (
            *_agency_disagreements(agency, titles, file_title),
            *_other_names(agency, words.names.in_opening(everything[: len(front) + _OPENING_LINES])),
        ),
        tuple(_year_disagreements(year, titles, file_year, source)),
    )


def _best(titles: Sequence[Title], period: int | None) -> Title | None:
    """The title that says most: of the year of the reporting period, and the last before the text begins."""
    ranked = [
        (bool(title.agency), title.year is not None, title.year == period, -title.lines, place)
        for place, title in enumerate(titles)
    ]
    return titles[max(ranked)[-1]] if ranked else None


def _period_year(atoms: Sequence[Atom], period: re.Pattern[str]) -> int | None:
    """The year of the reporting period, where the text names exactly one."""
    long_enough = (compact(atom.folded) for atom in atoms if len(atom.folded) > 12)
    years = {int(found.group("year")) for text in long_enough for found in period.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _file_year(source: str, earliest: int) -> int | None:
    """The year in the name of a file; one before the first report is none: word2003xml.doc names a program."""
    years = {int(year) for year in _FILE_YEAR.findall(fold(PurePosixPath(source).name)) if int(year) >= earliest}
    return years.pop() if len(years) == 1 else None


def _agency_disagreements(agency: str, titles: Iterable[Title], file_title: Title | None) -> Iterable[Evidence]:
    names = [(title.agency, title.text, title.place) for title in titles]
    if file_title:
        names.append((file_title.agency, file_title.text, Place()))
    for name, text, place in names:
        if name and agency and name not in agency and agency not in name:
            yield Evidence(place if place.line else None, text, (), agency)


def _other_names(agency: str, named: Iterable[tuple[str, Atom]]) -> Iterable[Evidence]:
    """The first name of the opening that is no shorter one of the agency (市财政局)."""
    for name, atom in named:
        if agency and not _is_short_for(name, agency) and not _is_short_for(agency, name):
            yield Evidence(atom.place, name, (), agency)
            return


def _is_short_for(name: str, agency: str) -> bool:
    """Whether the characters of a name stand in the agency's in their order."""
    characters = iter(agency)
    return all(character in characters for character in name)


def _year_disagreements(
    year: int | None, titles: Iterable[Title], file_year: int | None, source: str
) -> Iterable[Evidence]:
    for title in titles:
        if title.year is not None and title.year != year:
            yield Evidence(title.place, title.text, (), str(year))
    if file_year is not None and year is not None and file_year not in (year, year + 1):
        yield Evidence(None, PurePosixPath(source).name, (), str(year))
