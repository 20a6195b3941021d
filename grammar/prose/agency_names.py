"""Names of agencies: what is one, and where one stands when no title holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.folding import compact, fold

_WRITTEN = declared("disclosure_checks.grammar.prose", "title_words.yaml")
_DATE_ALONE = re.compile(_WRITTEN["date"])
_SIGNED_AND_DATED = re.compile(rf"(?P<agency>[一-龥]{{3,30}}(?:\([一-龥]+\))?){_WRITTEN['date']}")
_AUTHORITY = re.compile(_WRITTEN["authority"])
_SEAL = re.compile(_WRITTEN["seal"])
_LAST_LINES, _LAST_LINES_OF_A_TEXT = 80, 8
_SHORTEST_NAME, _LONGEST_NAME = 3, 30  # characters
_BRACKET = re.compile(r"\([^()]*\)$")


class AgencyNames:
    """Tells names of agencies from other words, and finds them beside the titles of a report."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.endings = lexicon.agency_endings
        self._no_name = re.compile(lexicon.no_agency or r"(?!)")
        self._second_name = re.compile(lexicon.second_agency or r"(?!)")
        self._issuer = tuple(re.compile(pattern) for pattern in lexicon.issuer)
        self._names_itself = tuple(re.compile(pattern) for pattern in lexicon.names_itself)
        self._file_name = re.compile(lexicon.file_name or r"(?!)")
        self._labels = frozenset(compact(fold(label)) for label in lexicon.issuer_labels)
        labels = "|".join(map(re.escape, sorted(self._labels, key=len, reverse=True)))
        self._labelled_below = re.compile(rf"(?:{labels or '(?!)'})\s*:\s*(?P<agency>[一-龥()]{{3,30}})")

    def as_name(self, words: str) -> str:
        """The name of an agency without a second one in brackets behind it; "" for words that are no name (我单位)."""
        name = self._second_name.sub("", words)
        return "" if self._no_name.search(name) else name

    def is_complete(self, name: str) -> bool:
        """Whether a name ends as names of agencies do, but for a bracket behind it."""
        return _BRACKET.sub("", name).endswith(self.endings)

    def beside_titles(self, front: Sequence[Atom], everything: Sequence[Atom]) -> str:
        """The name in the signature at the end, in the block before or below the report or in its first sentences; "" in none.

        ``front``: the cells before the first section.
        """
        return (
            self._signature(everything)
            or self._labelled(front)
            or self._in_sentences(front)
            or self._below(everything[-_LAST_LINES_OF_A_TEXT:])
        )

    def in_opening(self, opening: Sequence[Atom]) -> Iterator[tuple[str, Atom]]:
        """The names by which the first sentences of a report call its agency, each with its line."""
        for atom in opening:
            for pattern in self._names_itself:
                for found in pattern.finditer(compact(atom.folded)):
                    name = self._plain_name(found.group("agency"))
                    if name and not _AUTHORITY.search(name):
                        yield name, atom

    def stated(self, words: str) -> str:
        """The name that a document says itself to come from; "" for words that are none."""
        return self._plain_name(compact(fold(words)))

    def in_file_name(self, stem: str) -> str:
        """The name in the name of a file; "" where none is told from the rest of it."""
        found = self._file_name.search(compact(fold(stem)))
        return self._plain_name(found.group("agency")) if found else ""

    def _signature(self, everything: Sequence[Atom]) -> str:
        """The name above the last date, or before it on its line."""
        lines = [compact(atom.folded) for atom in everything[-_LAST_LINES:] if atom.folded]
        for number, (before, date) in reversed(list(enumerate(pairwise(["", *lines]), -1))):
            signed = _SIGNED_AND_DATED.fullmatch(date)
            above = before if _DATE_ALONE.fullmatch(date) else ""
            # what a page prints below its text may be long; a name far from the end has to look like one
            near = not signed and len(lines) - number <= _LAST_LINES_OF_A_TEXT
            name = self._plain_name(_SEAL.sub("", signed.group("agency") if signed else above), near)
            if name:
                return name
        return ""

    def _labelled(self, front: Sequence[Atom]) -> str:
        """The name in the cell behind one that asks for it: 发布机构; or on the line below, where cells stand so."""
        for label, value in pairwise([atom for atom in front if atom.folded]):
            if compact(label.folded).rstrip(":") in self._labels:
                name = self._plain_name(compact(value.folded), whatever_it_ends_in=label.row == value.row)
                if name.isalpha():
                    return name
        return ""

    def _below(self, last: Sequence[Atom]) -> str:
        """The name behind a label in the lines that a page prints below the text: 制作单位:."""
        found = (name for atom in last for name in self._labelled_below.finditer(atom.folded))
        return next(filter(None, (self._plain_name(one.group("agency")) for one in found)), "")

    def _in_sentences(self, front: Sequence[Atom]) -> str:
        for atom in front:
            line = compact(atom.folded)
            for pattern in self._issuer:
                for found in pattern.finditer(line):
                    name = self._plain_name(found.group("agency"))
                    if name:
                        return name
        return ""

    def _plain_name(self, words: str, whatever_it_ends_in: bool = False) -> str:
        """The name that some words are; "" where they are too many or do not end as names do."""
        name = self.as_name(words)
        if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or not name[0].isalpha():
            return ""
        return name if self.is_complete(name) or (whatever_it_ends_in and name[-1].isalpha()) else ""
