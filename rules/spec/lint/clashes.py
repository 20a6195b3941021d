"""Labels, headings and numbers that stand for two things: a reader of reports could not tell which is meant.

Labels as the format prints them may be those of a row and a column, and stand in several tables, each read under its
own heading. An alias may not: it is the author's choice, and would draw rows of one table into another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, Union

from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.spec.model.specification import Column, ColumnGroup, Row, SectionFormat, Specification
from disclosure_checks.rules.spec.model.table_structure import Member
from disclosure_checks.rules.spec.model.wordings import MAXIMUM_WORDINGS, count_wordings, expand_wording

Path = tuple[Union[str, int], ...]
Found = Iterator[tuple[Path, FormulaError]]

_NO_LETTER = re.compile(r"[\W_]+")


class _Name(NamedTuple):
    """A printed name, what it names, and where it is written."""

    text: str
    path: Path
    table: str
    axis: str
    owner: str
    is_alias: bool

    @property
    def what(self) -> str:
        return f"{self.table}.{self.owner}"


def clashes(specification: Specification) -> Found:
    """Every name that is two things', told at both places."""
    yield from _labels(specification)
    yield from _sections(specification.sections)


def _labels(specification: Specification) -> Found:
    by_text: dict[str, list[_Name]] = defaultdict(list)
    for position, table in enumerate(specification.tables):
        for axis, members in (("rows", table.rows), ("columns", table.columns)):
            for name in _names(members, ("tables", position, axis), table.id, axis):
                by_text[_folded(name.text)].append(name)
    for names in by_text.values():
        for one, other in combinations(names, 2):
            if _clash(one, other):
                yield one.path, FormulaError("label_clash", 0, found=one.text, owner=other.what)
                yield other.path, FormulaError("label_clash", 0, found=other.text, owner=one.what)


def _clash(one: _Name, other: _Name) -> bool:
    if one.table == other.table and one.axis == other.axis:
        return one.owner != other.owner
    if one.table == other.table:
        return one.is_alias or other.is_alias
    if one.axis == other.axis == "columns" or one.owner == other.owner:
        return False
    return one.is_alias or other.is_alias


def _names(members: Sequence[Member], path: Path, table: str, axis: str) -> Iterator[_Name]:
    for position, member in enumerate(members):
        own = (*path, position)
        owner = member.id if isinstance(member, (Row, Column)) else member.group
        yield _Name(member.label, (*own, "label"), table, axis, owner, is_alias=False)
        for number, alias in enumerate(member.aliases):
            yield _Name(alias, (*own, "aliases", number), table, axis, owner, is_alias=True)
        if not isinstance(member, (Row, Column)):
            below: Sequence[Member] = member.columns if isinstance(member, ColumnGroup) else member.rows
            yield from _names(below, (*own, "columns" if isinstance(member, ColumnGroup) else "rows"), table, axis)


def _sections(sections: Sequence[SectionFormat]) -> Found:
    numbers = [(("sections", place, "number"), section.id, [section.number]) for place, section in enumerate(sections)]
    headings = [
        (("sections", place, *part), section.id, _wordings(text))
        for place, section in enumerate(sections)
        for part, text in _headings(section)
    ]
    words = [
        (("sections", place, "recognise_by", number), section.id, [word])
        for place, section in enumerate(sections)
        for number, word in enumerate(section.recognise_by)
    ]
    for code, named in (("number_clash", numbers), ("heading_clash", headings), ("heading_clash", words)):
        yield from _shared(named, code)


def _headings(section: SectionFormat) -> Iterator[tuple[Path, str]]:
    yield ("heading",), section.heading
    for number, variant in enumerate(section.variants):
        yield ("variants", number), variant


def _shared(named: Iterable[tuple[Path, str, Iterable[str]]], code: str) -> Found:
    """Where a text is that of two sections; each pair of places is told once, at both."""
    places: dict[str, list[tuple[Path, str, str]]] = defaultdict(list)
    for path, owner, texts in named:
        for text in {_folded(text): text for text in texts}.values():
            places[_folded(text)].append((path, owner, text))
    told: set[tuple[Path, str]] = set()
    for found in places.values():
        for (path, owner, text), (other_path, other_owner, other_text) in combinations(found, 2):
            if owner == other_owner:
                continue
            for where, said, whose in ((path, text, other_owner), (other_path, other_text, owner)):
                if (where, whose) not in told:
                    told.add((where, whose))
                    yield where, FormulaError(code, 0, found=said, owner=whose)


def _wordings(text: str) -> list[str]:
    """What a template stands for; nothing where the check of headings has something to say of it."""
    try:
        return list(expand_wording(text)) if count_wordings(text) <= MAXIMUM_WORDINGS else []
    except ValueError:
        return []


def _folded(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))
