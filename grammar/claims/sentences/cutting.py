"""Running text cut into sentences and clauses, each with its words, for finding claims in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.sentences.words import PAUSE, Word
from disclosure_checks.grammar.model.claim_language import WordRole
from disclosure_checks.grammar.words.declared import declared

_WRITTEN = declared("disclosure_checks.grammar.claims.sentences", "sentence_words.yaml")
_ENUMERATED = re.compile(
    rf"\(?[一二三四五六七八九十\d]{{1,3}}[)、.](?!\d)|[一二三四五六七八九十]{_WRITTEN['listed_by']}"
)
_FIRST_OF_A_NUMBER = frozenset("(一二三四五六七八九十0123456789")
# a long line that ends with a colon goes on in the next one, and a line that ends within a number
_SENTENCE = re.compile(rf"(?:[^。!?\n]|(?<=[^\n]{{24}}:)\n(?!{_ENUMERATED.pattern})|(?<=\d)\n(?=\d))+")
_OTHER_BODIES = frozenset({WordRole.OFFICE, WordRole.AREA, WordRole.GOVERNMENT})
_WHAT_IS_COUNTED = frozenset({WordRole.SUBJECT, WordRole.ASIDE, WordRole.WEAK_SUBJECT})
_SHORTEST_NAME = 3  # characters
_LETTER = re.compile(r"[一-龥A-Za-z]")
_NO_GAP = re.compile(rf"[\n、“”《》\"'{_WRITTEN['in_a_word']}]")


class Sentence(NamedTuple):
    """One sentence: ``start`` is its offset in the text; ``opens``: it starts a paragraph or an item of a list."""

    start: int
    text: str
    opens: bool
    enumerated: bool


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order."""
    for match in _SENTENCE.finditer(text):
        start = match.start()
        enumerated = text[start] in _FIRST_OF_A_NUMBER and _ENUMERATED.match(text, start) is not None
        opens = enumerated or start == 0 or text[start - 1] == "\n"
        yield Sentence(start, match.group(), opens, enumerated)


class Clause(NamedTuple):
    """What stands between two commas, semicolons, colons or brackets. Offsets are within the sentence."""

    start: int
    end: int
    words: tuple[Word, ...]
    marks: str = ""  # between the clause before and this one

    @property
    def goes_on(self) -> bool:
        """Whether a list may go on here: no semicolon and no end of a bracket stands before the clause."""
        return not set(self.marks) & set(";)")

    @property
    def has_number(self) -> bool:
        return any(word.quantity for word in self.words)


def clauses(length: int, words: Sequence[Word]) -> list[Clause]:
    """The clauses of a sentence of some length, marks and empty ones left out; brackets without a number count as words."""
    found: list[Clause] = []
    start, own, marks = 0, [], ""
    for word in (*_without_remarks(words), Word(length, length, frozenset(), frozenset(), mark=".")):
        if not word.mark or word.mark == PAUSE:
            own.append(word)
            continue
        if word.start > start:
            found.append(Clause(start, word.start, tuple(own), marks))
            marks = ""
        start, own, marks = word.end, [], marks + word.mark
    return found


def _without_remarks(words: Sequence[Word]) -> list[Word]:
    """The words without brackets that hold no number; such a bracket counts as a word that says nothing."""
    kept: list[Word] = []
    opened: list[int] = []  # where in ``kept`` each open bracket stands
    for word in words:
        kept.append(word)
        if word.mark == "(":
            opened.append(len(kept) - 1)
        elif word.mark == ")" and opened:
            first = opened.pop()
            if not any(one.quantity for one in kept[first:]):
                remark = Word(kept[first].start, word.end, frozenset(), frozenset({WordRole.FILLER}))
                kept[first:] = [remark]
    return kept


def gap(sentence: str, start: int, end: int, words: Sequence[Word]) -> int:
    """How many characters of a stretch belong to no known word."""
    unknown: list[str] = []
    position = start
    for word in words:
        if word.start >= end:
            break
        if word.start > position:
            unknown.append(sentence[position : word.start])
        position = max(position, word.end)
    unknown.append(sentence[position:end] if position < end else "")
    return len(_NO_GAP.sub("", "".join(unknown)))


def counts_something_unknown(sentence: str, number: Word, clause: Clause) -> bool:
    """Whether a word that is not known stands right behind a number: 5个环节."""
    end = number.end
    if end >= clause.end or not _LETTER.match(sentence, end):
        return False
    return not any(word.start <= end < word.end for word in clause.words)


def has_role(words: Sequence[Word], role: WordRole) -> bool:
    """Whether one of the words has the role."""
    return any(role in word.roles for word in words)


def is_approximate(number: Word, words: Sequence[Word]) -> bool:
    """Whether a word right before or after a number says that it is about right."""
    return any(
        WordRole.APPROXIMATE in word.roles and (0 <= number.start - word.end <= 1 or 0 <= word.start - number.end <= 1)
        for word in words
    )


def says_whose(words: Sequence[Word]) -> bool:
    """Whether a clause names whose number it says, or of which year."""
    return any(word.year or word.roles & {WordRole.OWN, WordRole.THIS_YEAR} for word in words)


def gap_behind_subject(sentence: str, clause: Clause, words: Sequence[Word]) -> int:
    """How many characters that belong to no known word stand behind the last subject: 无申请积压 is no 无申请."""
    end = max((word.end for word in words if word.roles & _WHAT_IS_COUNTED), default=clause.end)
    return gap(sentence, end, clause.end, clause.words)


class OwnNames(NamedTuple):
    """What a text calls the reporting agency: ``forms`` that it may shorten, and of a government the place it is of."""

    forms: tuple[str, ...]
    place: str = ""


def own_names(sentence: str, own: OwnNames, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the agency's own name stands in a sentence cut into ``words``, in full or shortened (县城管局)."""
    spans = [span for form in own.forms for span in _own_names(sentence, form)]
    if not spans:
        return spans
    longer = [word for word in words if word.roles & _OTHER_BODIES]
    examples = [word for word in words if WordRole.EXAMPLE in word.roles]
    return [
        (start, end)
        for start, end in spans
        if not own.place or own.place[-2:] in sentence[start:end]  # 青禾乡政府, unlike 区政府, which may be another one
        if not any(word.start < end < word.end for word in longer)  # 县政府 in 县政府办公室
        if not any(word.start < start < word.end for word in examples)  # 市政府委 in 受市政府委托
    ]


def _own_names(sentence: str, name: str) -> Iterator[tuple[int, int]]:
    """Where characters of a name stand in their order up to its last one, at least a few of them."""
    end = sentence.find(name[-1]) if name else -1
    while end >= 0:
        start, left = end, len(name) - 1
        while start > 0:
            before = name.rfind(sentence[start - 1], 0, left)
            if before < 0:
                break
            start, left = start - 1, before
        if end - start + 1 >= _SHORTEST_NAME:
            yield start, end + 1
        end = sentence.find(name[-1], end + 1)
