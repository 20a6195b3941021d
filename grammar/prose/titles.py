"""The titles of a report: lines that name an agency, a year and the kind of report, whole or put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.agency_names import AgencyNames
from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.folding import compact, fold

_WRITTEN = declared("disclosure_checks.grammar.prose", "title_words.yaml")
ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_CHINESE_DIGITS = str.maketrans({character: str(value) for character, value in _WRITTEN["digits"].items()})
_EDGES = re.compile(r"^[\s:：,.、\-_()《》“”\"|*#\d]*(?=\D)|[\s:：,.、\-_()《》“”\"|*#]*$")
_FILLERS = re.compile(_WRITTEN["fillers"])
_ANNOUNCED = re.compile(_WRITTEN["announced"])
_YEAR_ALONE = re.compile(_WRITTEN["year_alone"])
_YEAR_LEFT_OVER = re.compile(_WRITTEN["year_left_over"])
_AFTER_A_DASH = re.compile(r"(?:[-—–―]+|\()([一-龥]{4,30})\)?")
_NAME_ALONE = re.compile(r"[一-龥]{4,30}")
_REMARK_BEFORE = re.compile(r"^\([^()]{1,8}\)")
_FIELD_NAME = re.compile(r"^([一-龥]{2,5}):(?=.)")  # 标题: of the block that a page prints around a report
_NO_WORDS = re.compile(r"[\W\d_A-Za-z]+")
_SEPARATORS = re.compile(r"[-_|>»·—–]+")
_MARKS = re.compile(r"[,。;:《》]")
_LONGEST_AFTER_TITLE = 2  # characters, as in 公告 or 通知
_LONGEST_TITLE = 90
_MOST_TITLE_LINES = 4
_LONGEST_TITLE_LINE = 40  # characters


class TitleWords(NamedTuple):
    """What tells whose report it is and of which year, compiled once for all reports of a format."""

    kinds: re.Pattern[str]
    year: re.Pattern[str]
    no_title: re.Pattern[str]  # what stands behind the words of a title in a line that is none
    period: re.Pattern[str]
    names: AgencyNames
    furniture: re.Pattern[str]  # what a page prints before a title on its line
    earliest_year: int  # that there can be reports for
    text_begins: tuple[str, ...]  # words that the text begins with where it follows a title on its line

    @classmethod
    def of(cls, lexicon: Lexicon) -> TitleWords:
        kinds = "|".join(sorted((re.escape(kind) for kind in lexicon.title_kinds), key=len, reverse=True))
        inside = _WRITTEN["year_inside"]
        behind_year = (*_WRITTEN["year_words"], rf"(?={_one_of(lexicon.title_beginnings)}|{kinds})")
        return cls(
            re.compile(kinds.replace(inside["behind"], inside["put"])),
            re.compile(rf"{_WRITTEN['year_digits']}(?:{'|'.join(behind_year)})"),
            re.compile(_one_of(lexicon.no_title)),
            re.compile(lexicon.period),
            AgencyNames(lexicon),
            re.compile(lexicon.title_furniture or r"(?!)", re.IGNORECASE),
            lexicon.earliest_year,
            tuple(compact(fold(word)) for word in lexicon.text_begins),
        )


def _one_of(words: Iterable[str]) -> str:
    """A regular expression for one of some words; for nothing where there are none."""
    return "|".join(re.escape(compact(fold(word))) for word in words) or r"(?!)"


class Title(NamedTuple):
    """A title line (or several put together)."""

    text: str
    agency: str
    year: int | None
    lines: int
    place: Place


def titles_among(atoms: Sequence[Atom], words: TitleWords) -> list[tuple[str, int]]:
    """Agency and year of every complete title among some cells."""
    found = titles_in(atoms, words)
    return [(title.agency, title.year) for title in found if title.agency and title.year is not None]


def titles_in(atoms: Sequence[Atom], words: TitleWords) -> Iterable[Title]:
    """Every title among the lines: one line, or up to four short ones put together where one alone is not complete."""
    lines = [(compact(atom.folded), atom.place) for atom in atoms if atom.folded]
    for number in range(len(lines)):
        if not words.kinds.search(
            "".join([text for text, _ in lines[max(0, number + 1 - _MOST_TITLE_LINES) : number + 1]])
        ):
            continue
        found: list[Title] = []
        for count in range(1, min(_MOST_TITLE_LINES, number + 1) + 1):
            part = lines[number - count + 1 : number + 1]
            if count > 1 and any(len(text) > _LONGEST_TITLE_LINE or text.endswith(("。", ";")) for text, _ in part):
                break
            title = title_of([text for text, _ in part], words, part[0][1])
            if title is None and count == 1:
                title = _before_the_text(*part[0], words)
            if title and (count == 1 or not title.agency or words.names.is_complete(title.agency)):
                found.append(title)
        if found:
            best = next((title for title in found if title.agency and title.year is not None), None)
            most = best or _with_year_below(max(found, key=lambda title: bool(title.agency)), lines[number + 1 :])
            yield _with_agency_below(most, lines[number + 1 :], words)


def _before_the_text(line: str, place: Place, words: TitleWords) -> Title | None:
    """The title at the beginning of a line in which the text follows it: 甲市2023年政府信息公开工作年度报告根据…….

    Where a whole page stands on one line, whatever follows a title with its year is the text.
    """
    kind = words.kinds.search(line, 0, _LONGEST_TITLE)
    if kind is None or _MARKS.search(_without_field_name(line, words), 0, kind.end()):
        return None
    title = title_of([line[: kind.end()]], words, place)
    begins = line.startswith(words.text_begins, kind.end())
    is_complete = title is not None and words.names.is_complete(title.agency)
    return title if title and is_complete and (begins or _has_year_and_goes_on(title, line)) else None


def _has_year_and_goes_on(title: Title, line: str) -> bool:
    return title.year is not None and len(line) > _LONGEST_TITLE


def _without_field_name(text: str, words: TitleWords) -> str:
    """A line without the name of its field; the name of an agency before a colon is none."""
    field = _FIELD_NAME.match(text)
    return text[field.end() :] if field and not words.names.is_complete(field.group(1)) else text


def titles_shown(shown: str, words: TitleWords) -> Iterator[Title]:
    """The title in what a window shows above a document, in which the name of a site may stand as well."""
    pieces = [piece for piece in _SEPARATORS.split(compact(fold(shown))) if piece]
    for number, piece in enumerate(pieces):
        title = title_of([piece], words, Place())
        if title is None:
            continue
        beside = (words.names.as_name(other) for other in pieces[number + 1 :] if _NAME_ALONE.fullmatch(other))
        agency = title.agency or next((name for name in beside if words.names.is_complete(name)), "")
        yield title._replace(agency=agency)
        return


def _with_year_below(title: Title, below: Sequence[tuple[str, Place]]) -> Title:
    """A title whose year stands on a line of its own below it."""
    found = _YEAR_ALONE.fullmatch(below[0][0]) if below and title.year is None else None
    return title._replace(year=_year_number(found.group(1)), lines=title.lines + 1) if found else title


def _with_agency_below(title: Title, below: Sequence[tuple[str, Place]], words: TitleWords) -> Title:
    """A title whose agency stands on a line of its own below it."""
    line = below[0][0].strip("()") if below and not title.agency and title.year is not None else ""
    named = _NAME_ALONE.fullmatch(line) is not None and words.names.is_complete(words.names.as_name(line))
    return title._replace(agency=line, lines=title.lines + 1) if named else title


def title_of(lines: Sequence[str], words: TitleWords, place: Place) -> Title | None:
    """The title that the lines put together are; None where the words of a title are missing or more is said."""
    text = _without_field_name(words.furniture.sub("", "".join(lines)), words)
    kind = words.kinds.search(text)
    if not kind or len(text) > _LONGEST_TITLE or "。" in text:
        return None
    if len(lines) > 1 and words.kinds.search("".join(lines[:-1])):
        return None
    after = text[kind.end() :]
    behind = _after_a_dash(after, words)
    rest_of_line = "" if behind else _NO_WORDS.sub("", words.year.sub("", after)).removeprefix(_WRITTEN["particle"])
    if len(rest_of_line) > _LONGEST_AFTER_TITLE:
        return None
    before = text[: kind.start()]
    said = words.year
    year = said.search(before) or said.search(kind.group()) or said.search(after) or ANY_YEAR.search(before)
    rest = said.sub("", before, count=1) if said.search(before) else ANY_YEAR.sub("", before, count=1)
    rest = _REMARK_BEFORE.sub("", rest)
    announced = _ANNOUNCED.fullmatch(rest)
    rest = (announced.group("inside") or announced.group("before")) if announced else rest
    agency = _FILLERS.sub("", _EDGES.sub("", _FILLERS.sub("", _EDGES.sub("", rest))))
    agency = _YEAR_LEFT_OVER.sub("", agency)
    if agency.count("(") > agency.count(")"):
        agency += ")"  # that of the name itself, taken for an edge: 发展和改革局(粮食局)
    agency = words.names.as_name(agency) or behind
    if re.search(r"[《>:,]", agency) or words.no_title.search(after):
        return None
    return Title(text, agency, _year_number(year.group(1)) if year else None, len(lines), place)


def _after_a_dash(after: str, words: TitleWords) -> str:
    """The agency that stands behind a title and a dash, or in brackets; "" where nothing like one does."""
    found = _AFTER_A_DASH.fullmatch(after)
    return found.group(1) if found and words.names.is_complete(words.names.as_name(found.group(1))) else ""


def _year_number(text: str) -> int | None:
    digits = text.translate(_CHINESE_DIGITS)
    return int(digits) if digits.isdigit() and len(digits) == 4 else None
