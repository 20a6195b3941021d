"""Facts about a document as a whole: its title, the labels that prove a format, headings that are none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import Evidence, Fact
from disclosure_checks.grammar.prose.identity import Identity
from disclosure_checks.grammar.rows.row_tokens import ParsedSection
from disclosure_checks.grammar.words.folding import label_key
from disclosure_checks.grammar.words.label_index import heading_number

_LONGEST_HEADING = 30  # characters


class DocumentFacts:
    """Finds the facts about documents that are read as reports of one format."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sections = lexicon.sections
        self._own_signature = frozenset(label_key(label) for label in lexicon.signature_labels)
        self._foreign_signatures = {
            label_key(label): name for name, labels in lexicon.foreign_signatures for label in labels
        }
        self._signatures_of_any_format = self._own_signature | self._foreign_signatures.keys()

    def find(self, atoms: Sequence[Atom], identity: Identity, parsed: Sequence[ParsedSection]) -> dict[str, Fact]:
        """The facts, by full name."""
        title = identity.title
        title_evidence = (Evidence(title.place, title.text),) if title else ()
        own, foreign = self._signatures(atoms)
        values: dict[str, Fact] = {
            "title_found": Fact(float(title is not None), title_evidence),
            "title_lines": Fact(float(title.lines), title_evidence) if title else Fact(math.nan),
            "title_agency_found": Fact(float(bool(title and title.agency)), title_evidence),
            "title_year": Fact(float(title.year), title_evidence) if title and title.year else Fact(math.nan),
            "year_disagreements": _counted(identity.year_disagreements),
            "agency_disagreements": _counted(identity.agency_disagreements),
            "own_signature_labels": Fact(float(len(own))),
            "foreign_signature_labels": _counted(foreign),
            "unknown_headings": _counted(self._unknown_headings(parsed)),
            "heading_level_jumps": _counted(_level_jumps(parsed)),
            "characters": Fact(float(sum([len(atom.folded) for atom in atoms]))),
        }
        return {f"document.{name}": fact for name, fact in values.items()}

    def _signatures(self, atoms: Sequence[Atom]) -> tuple[set[str], list[Evidence]]:
        """The labels that prove the spec's own format, and those that prove another, with the name of that format."""
        printed = {atom.key: atom for atom in reversed(atoms) if atom.key in self._signatures_of_any_format}
        own = {key for key in self._own_signature if key in printed}
        foreign = [
            Evidence(printed[key].place, printed[key].printed, (), name)
            for key, name in self._foreign_signatures.items()
            if key in printed
        ]
        return own, foreign

    def _unknown_headings(self, parsed: Sequence[ParsedSection]) -> Iterable[Evidence]:
        """Short lines numbered like a section that are none, in sections whose own items are not numbered so."""
        numbers = {section.number: section for section in self._sections}
        present = {section.heading.meaning.section for section in parsed if section.heading}
        missing = {section.number for place, section in enumerate(self._sections) if place not in present}
        for section in parsed if missing else ():
            for atom in section.prose():
                number = heading_number(atom.folded) if len(atom.folded) <= _LONGEST_HEADING else ""
                if number in missing:
                    yield Evidence(atom.place, atom.printed, (), f"{number}、{numbers[number].wordings[0]}")


def _counted(evidence: Iterable[Evidence]) -> Fact:
    found = tuple(evidence)
    return Fact(float(len(found)), found)


def _level_jumps(parsed: Sequence[ParsedSection]) -> Iterable[Evidence]:
    """Section headings marked up at another level than the first section heading."""
    headings = [section.heading for section in parsed if section.heading]
    levels = [heading.atom.markup for heading in headings]
    if headings and all(levels):
        for heading in headings:
            if heading.atom.markup != levels[0]:
                yield Evidence(heading.atom.place, heading.atom.printed, (), "#" * levels[0])
