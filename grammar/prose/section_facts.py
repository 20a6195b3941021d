"""The sections of a report and their facts: which stand there, in which order, how their headings are written."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from disclosure_checks.grammar.model.fact_names import SECTION_FACTS
from disclosure_checks.grammar.model.lexicon import Lexicon, LexiconSection
from disclosure_checks.grammar.model.report import Evidence, Fact, ProseLine, Section
from disclosure_checks.grammar.rows.row_tokens import HeadingLine, ParsedSection, ParsedTable

_NONE = Fact(0.0)
_FILLER = re.compile(r"[\s.·…_—-]*\d*[\s.]*")  # what leads from a heading in the contents to its page
_LEAST_CONTENTS_LINES = 3  # headings in a row that make a table of contents


def without_contents(sections: Sequence[ParsedSection]) -> list[ParsedSection]:
    """The sections without a table of contents: empty headings in a row that all come again later.

    What stands under the last heading of the contents belongs to the front matter.
    """
    start = next((number for number, section in enumerate(sections) if section.heading), len(sections))
    end = start
    while (
        end < len(sections)
        and all(_FILLER.fullmatch(atom.folded) for atom in sections[end].prose())
        and not any(isinstance(block, ParsedTable) for block in sections[end].blocks)
    ):
        end += 1
    later = {_section_number(section) for section in sections[end + 1 :]}
    contents = sections[start : end + 1]
    if end - start < _LEAST_CONTENTS_LINES or not all(_section_number(section) in later for section in contents):
        return list(sections)
    front = [*sections[:start], *(ParsedSection(None, section.blocks) for section in contents if section.blocks)]
    merged = ParsedSection(None, [block for section in front for block in section.blocks])
    return [merged, *sections[end + 1 :]]


def _section_number(section: ParsedSection) -> int:
    return section.heading.meaning.section if section.heading else -1


def found_sections(parsed: Sequence[ParsedSection]) -> list[ParsedSection]:
    """The parsed sections that count. An unnumbered heading of a section that also has a numbered one is text."""
    numbered = {_section_number(section) for section in parsed if section.heading and section.heading.meaning.number}
    kept: list[ParsedSection] = []
    for section in parsed:
        heading = section.heading
        if heading and not heading.meaning.number and heading.meaning.section in numbered and kept:
            kept[-1].blocks += [[heading.atom], *section.blocks]
        else:
            kept.append(section)
    return kept


def prose_of(section: ParsedSection) -> tuple[ProseLine, ...]:
    """The running text of a section, line by line."""
    return tuple(ProseLine(atom.place, atom.printed) for atom in section.prose())


def section_records(parsed: Sequence[ParsedSection], lexicon: Lexicon) -> tuple[Section, ...]:
    """The sections as plain data, in printed order."""
    return tuple(
        Section(
            lexicon.sections[heading.meaning.section].id, heading.atom.printed, heading.atom.place, prose_of(section)
        )
        for section in parsed
        if (heading := section.heading) is not None
    )


def section_facts(parsed: Sequence[ParsedSection], lexicon: Lexicon) -> dict[str, Fact]:
    """Every section fact under its full name, ``section.<id>.<fact>``."""
    facts: dict[str, Fact] = {}
    furthest = -1
    late: dict[int, HeadingLine] = {}
    by_section: dict[int, list[ParsedSection]] = {}
    for section in parsed:
        if section.heading is None:
            continue
        number = section.heading.meaning.section
        if number < furthest and number not in by_section:
            late[number] = section.heading
        furthest = max(furthest, number)
        by_section.setdefault(number, []).append(section)
    for number, wanted in enumerate(lexicon.sections):
        printed = by_section.get(number, [])
        own = _facts_of_one(wanted, printed)
        own["out_of_order"] = _headings([late[number]] if number in late else [], wanted)
        facts.update({f"section.{wanted.id}.{name}": own[name] for name in SECTION_FACTS})
    return facts


def _facts_of_one(wanted: LexiconSection, printed: Sequence[ParsedSection]) -> dict[str, Fact]:
    headings = [section.heading for section in printed if section.heading is not None]
    characters = sum([len(atom.printed.strip()) for section in printed for atom in section.prose()])
    repeated = tuple(_evidence(heading, wanted) for heading in headings[1:])
    return {
        "count": Fact(float(len(headings)), repeated),
        "unnumbered": _headings([heading for heading in headings if not heading.meaning.number], wanted),
        "misnumbered": _headings(
            [heading for heading in headings if heading.meaning.number not in ("", wanted.number)], wanted
        ),
        "variant": _headings([heading for heading in headings if heading.meaning.rank > 0], wanted),
        "reworded": _headings([heading for heading in headings if heading.meaning.rank < 0], wanted),
        "indented": _headings([heading for heading in headings if heading.atom.indented], wanted),
        "characters": Fact(float(characters) if headings else math.nan),
    }


def _evidence(heading: HeadingLine, wanted: LexiconSection) -> Evidence:
    return Evidence(heading.atom.place, heading.atom.printed, (), f"{wanted.number}、{wanted.wordings[0]}")


def _headings(headings: Sequence[HeadingLine], wanted: LexiconSection) -> Fact:
    return (
        Fact(float(len(headings)), tuple([_evidence(heading, wanted) for heading in headings])) if headings else _NONE
    )
