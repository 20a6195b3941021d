"""Whose report it is and of which year: from the title, then the text, then the file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import Evidence, Place
from disclosure_checks.grammar.words.folding import compact, fold

_YEAR = re.compile(r"(?<!\d)(20\d\d|二[〇○零0oO]\S\S)\s*(?:年度|年|(?=政府信息公开|政务公开|信息公开))")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_CHINESE_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
_EDGES = re.compile(r"^[\s:：,.、\-_()《》“”\"|*#\d]*(?=\D)|[\s:：,.、\-_()《》“”\"|*#]*$")
_FILLERS = re.compile(r"^(?:关于|公布|发布|印发)|(?:关于(?:公布|发布|印发|公开)?|的)$")
_YEAR_ALONE = re.compile(r"\(?(20\d\d)年度?\)?")
_AFTER_A_DASH = re.compile(r"(?:[-—–―]+|\()([一-龥]{4,30})\)?")
_NAME_ALONE = re.compile(r"[一-龥]{4,30}")
_REMARK_BEFORE = re.compile(r"^\([^()]{1,8}\)")
_FIELD_NAME = re.compile(r"^([一-龥]{2,5}):(?=.)")  # 标题: of the block that a page prints around a report
_NO_WORDS = re.compile(r"[\W\d_A-Za-z]+")
_LONGEST_AFTER_TITLE = 2  # characters, as in 公告 or 通知
_MOST_TITLE_LINES = 4
_LONGEST_TITLE_LINE = 40  # characters
_LONGEST_TITLE = 90  # characters
_FRONT_LINES = 60
_LAST_LINES, _LAST_LINES_OF_A_TEXT = 80, 8


def titles_among(atoms: Sequence[Atom], words: TitleWords) -> list[tuple[str, int]]:
    """Agency and year of every complete title among some cells."""
    found = _titles(atoms, words)
    return [(title.agency, title.year) for title in found if title.agency and title.year is not None]


class TitleWords(NamedTuple):
    """What tells whose report it is and of which year, compiled once for all reports of a format."""

    kinds: re.Pattern[str]
    agency_endings: tuple[str, ...]
    period: re.Pattern[str]
    issuer: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, lexicon: Lexicon) -> TitleWords:
        kinds = sorted((re.escape(kind) for kind in lexicon.title_kinds), key=len, reverse=True)
        return cls(
            re.compile("|".join(kinds).replace("年", r"(?:20\d\d)?年")),  # the year may stand inside: 工作2023年度报告
            lexicon.agency_endings,
            re.compile(lexicon.period),
            tuple(re.compile(pattern) for pattern in lexicon.issuer),
        )


class Title(NamedTuple):
    """A title line (or several put together)."""

    text: str
    agency: str
    year: int | None
    lines: int
    place: Place


class Identity(NamedTuple):
    """Who and when, and what disagreed with it."""

    agency: str
    year: int | None
    title: Title | None
    agency_disagreements: tuple[Evidence, ...]
    year_disagreements: tuple[Evidence, ...]


def identify(front: Sequence[Atom], everything: Sequence[Atom], source: str, words: TitleWords) -> Identity:
    """The agency and year of a report. ``front``: the cells before the first section; ``source``: its relative path.

    The agency is "" and the year None where nothing names them; nothing is guessed.
    """
    titles = list(_titles(front[:_FRONT_LINES], words)) or list(_titles(everything[:5], words))
    file_title = _title_of([compact(fold(PurePosixPath(source).stem))], words, Place())
    period = _period_year(everything, words.period)
    title = _best(titles, period)
    if title and title.year == period:
        titles = [other for other in titles if other.year == period]  # links to other years' reports
    agency = title.agency if title else ""
    year = title.year if title else None
    if not agency:
        agency = _issuer(front, everything, words) or (file_title.agency if file_title else "")
    file_year = _file_year(source)
    if year is None:
        year = period or file_year
    return Identity(
        agency,
        year,
        title,
        tuple(_agency_disagreements(agency, titles, file_title)),
        tuple(_year_disagreements(year, titles, file_year, source)),
    )


def _best(titles: Sequence[Title], period: int | None) -> Title | None:
    """The title that says most: of the year of the reporting period, and the last before the text begins."""
    ranked = [
        (bool(title.agency), title.year is not None, title.year == period, -title.lines, place)
        for place, title in enumerate(titles)
    ]
    return titles[max(ranked)[-1]] if ranked else None


def _titles(atoms: Sequence[Atom], words: TitleWords) -> Iterable[Title]:
    """Every title among the lines: one line, or up to four short ones put together where one alone is not complete."""
    lines = [(compact(atom.folded), atom.place) for atom in atoms if atom.folded]
    for number, (text, place) in enumerate(lines):
        at_head = _title_at_head(text, words, place) if len(text) > _LONGEST_TITLE else None
        if at_head:
            yield at_head
            continue
        if not words.kinds.search(
            "".join([text for text, _ in lines[max(0, number + 1 - _MOST_TITLE_LINES) : number + 1]])
        ):
            continue
        found: list[Title] = []
        for count in range(1, min(_MOST_TITLE_LINES, number + 1) + 1):
            part = lines[number - count + 1 : number + 1]
            if count > 1 and any(len(text) > _LONGEST_TITLE_LINE or text.endswith(("。", ";")) for text, _ in part):
                break
            title = _title_of([text for text, _ in part], words, part[0][1])
            if title and (count == 1 or not title.agency or title.agency.endswith(words.agency_endings)):
                found.append(title)
        if found:
            best = next((title for title in found if title.agency and title.year is not None), None)
            most = best or _with_year_below(max(found, key=lambda title: bool(title.agency)), lines[number + 1 :])
            yield _with_agency_below(most, lines[number + 1 :], words)


def _title_at_head(text: str, words: TitleWords, place: Place) -> Title | None:
    """The title that a line of text begins with, where no line end stands behind it; only one that is complete."""
    kind = words.kinds.search(text, 0, _LONGEST_TITLE)
    title = _title_of([text[: kind.end()]], words, place) if kind and len(text) > _LONGEST_TITLE else None
    return title if title and title.year is not None and title.agency.endswith(words.agency_endings) else None


def _without_field_name(text: str, words: TitleWords) -> str:
    """A line without the name of its field; the name of an agency before a colon is none."""
    field = _FIELD_NAME.match(text)
    return text[field.end() :] if field and not field.group(1).endswith(words.agency_endings) else text


def _with_year_below(title: Title, below: Sequence[tuple[str, Place]]) -> Title:
    """A title whose year stands on a line of its own below it."""
    found = _YEAR_ALONE.fullmatch(below[0][0]) if below and title.year is None else None
    return title._replace(year=_year_number(found.group(1)), lines=title.lines + 1) if found else title


def _with_agency_below(title: Title, below: Sequence[tuple[str, Place]], words: TitleWords) -> Title:
    """A title whose agency stands on a line of its own below it."""
    line = below[0][0].strip("()") if below and not title.agency and title.year is not None else ""
    named = _NAME_ALONE.fullmatch(line) is not None and line.endswith(words.agency_endings)
    return title._replace(agency=line, lines=title.lines + 1) if named else title


def _title_of(lines: Sequence[str], words: TitleWords, place: Place) -> Title | None:
    """The title that the lines put together are; None where the words of a title are missing or more is said."""
    text = _without_field_name("".join(lines), words)
    kind = words.kinds.search(text)
    if not kind or len(text) > _LONGEST_TITLE or "。" in text:
        return None
    if len(lines) > 1 and words.kinds.search("".join(lines[:-1])):
        return None
    after = text[kind.end() :]
    behind = _after_a_dash(after, words)
    rest_of_line = "" if behind else _YEAR.sub("", after).removeprefix("的")
    if len(_NO_WORDS.sub("", rest_of_line)) > _LONGEST_AFTER_TITLE:
        return None
    before = text[: kind.start()]
    year = _YEAR.search(before) or _YEAR.search(kind.group()) or _YEAR.search(after) or _ANY_YEAR.search(before)
    rest = _YEAR.sub("", before, count=1) if _YEAR.search(before) else _ANY_YEAR.sub("", before, count=1)
    rest = _REMARK_BEFORE.sub("", rest)
    agency = _FILLERS.sub("", _EDGES.sub("", _FILLERS.sub("", _EDGES.sub("", rest))))
    if agency.startswith(("年度", "年")):
        agency = agency.lstrip("年度")
    if agency.count("(") > agency.count(")"):
        agency += ")"  # that of the name itself, taken for an edge: 发展和改革局(粮食局)
    agency = agency or behind
    if re.search(r"[《>:,]", agency) or "格式" in after:
        return None
    return Title(text, agency, _year_number(year.group(1)) if year else None, len(lines), place)


def _after_a_dash(after: str, words: TitleWords) -> str:
    """The agency that stands behind a title and a dash, or in brackets; "" where nothing like one does."""
    found = _AFTER_A_DASH.fullmatch(after)
    return found.group(1) if found and found.group(1).endswith(words.agency_endings) else ""


def _year_number(text: str) -> int | None:
    digits = text.translate(_CHINESE_DIGITS)
    return int(digits) if digits.isdigit() and len(digits) == 4 else None


def _period_year(atoms: Sequence[Atom], period: re.Pattern[str]) -> int | None:
    """The year of the reporting period, where the text names exactly one."""
    long_enough = (compact(atom.folded) for atom in atoms if len(atom.folded) > 12)
    years = {int(found.group("year")) for text in long_enough for found in period.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _file_year(source: str) -> int | None:
    years = set(_ANY_YEAR.findall(fold(PurePosixPath(source).name)))
    return int(years.pop()) if len(years) == 1 else None


def _issuer(front: Sequence[Atom], everything: Sequence[Atom], words: TitleWords) -> str:
    """The signature above the date at the end, or the issuer named in the block before the report."""
    lines = [compact(atom.folded) for atom in everything[-_LAST_LINES:] if atom.folded]
    for number, (before, date) in reversed(list(enumerate(pairwise(lines)))):
        # what a page prints below its text may be long; a name far from the end has to look like one
        near = len(lines) - number <= _LAST_LINES_OF_A_TEXT or before.endswith(words.agency_endings)
        if near and _DATE.fullmatch(date) and 3 <= len(before) <= 30 and before[-1].isalpha():
            return before
    for atom in front:
        for pattern in words.issuer:
            found = pattern.search(compact(atom.folded))
            if found:
                return str(found.group("agency"))
    return ""


def _agency_disagreements(agency: str, titles: Iterable[Title], file_title: Title | None) -> Iterable[Evidence]:
    names = [(title.agency, title.text, title.place) for title in titles]
    if file_title:
        names.append((file_title.agency, file_title.text, Place()))
    for name, text, place in names:
        if name and agency and name not in agency and agency not in name:
            yield Evidence(place if place.line else None, text, (), agency)


def _year_disagreements(
    year: int | None, titles: Iterable[Title], file_year: int | None, source: str
) -> Iterable[Evidence]:
    for title in titles:
        if title.year is not None and title.year != year:
            yield Evidence(title.place, title.text, (), str(year))
    if file_year is not None and year is not None and file_year not in (year, year + 1):
        yield Evidence(None, PurePosixPath(source).name, (), str(year))
