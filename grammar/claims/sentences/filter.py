"""Which sentences can make a claim at all: told by plain words, before anything is cut.

Most sentences of a report say nothing of the tables; looking for a few short words in them is far cheaper than cutting
them into all the words of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from disclosure_checks.grammar.claims.sentences.words import AFTER_NUMBER
from disclosure_checks.grammar.model.claim_language import ClaimLanguage, WordRole
from disclosure_checks.grammar.words.folding import compact, fold

_SHORT = 30  # characters; such as （二）依申请公开情况, which says what the sentences after it are about
_SUBJECTS = frozenset({WordRole.SUBJECT, WordRole.WEAK_SUBJECT})
_MARKS = frozenset({WordRole.MARK, WordRole.ALL})
_SPEAKING = _SUBJECTS | {WordRole.VERB, WordRole.QUALIFIER}
_MARK = re.compile("<[a-z_]+>")
_BRACKET_OR_COLON = ("(", ":")


class SentenceFilter:
    """Tells sentences that can make a claim, or hold a sum, from the others."""

    def __init__(self, language: ClaimLanguage) -> None:
        patterns = [pattern for claim in language.claims for pattern in claim.patterns]
        asked = {name for pattern in patterns for choice in pattern.required for name in choice}
        lists = {part.name for part in language.parts if part.role is WordRole.LIST}
        sums = {language.sums.total, language.sums.share, language.sums.complete, *lists}
        roles = {part.name: part.role for part in language.parts}
        self._speaking = _any_word(language, {name for name in asked if roles.get(name) in _SPEAKING})
        self._subjects = _any_word(language, {name for name in asked if roles.get(name) in _SUBJECTS})
        self._sums = _any_word(language, sums, _BRACKET_OR_COLON)
        self._signs = _any_word(language, _signs_of_implied(language))
        implied = [pattern for claim in language.claims if claim.implied is not None for pattern in claim.patterns]
        without = {name for pattern in implied for choice in pattern.required for name in choice}
        self._implied = _any_word(language, {name for name in without if roles.get(name) in _SPEAKING})

    def may_speak(self, sentence: str, opens: bool, says_number: Callable[[str], bool]) -> bool:
        """Whether a folded sentence is worth cutting; ``opens``: it begins a paragraph, as headings do."""
        if says_number(sentence):
            return self._speaking.search(sentence) is not None or self._sums.search(sentence) is not None
        if self._signs.search(sentence) and self._implied.search(sentence):
            return True
        return opens and len(sentence) <= _SHORT and self._subjects.search(sentence) is not None


def _signs_of_implied(language: ClaimLanguage) -> set[str]:
    """Parts, one of which every claim without a number names: the marks its patterns ask for, else their verbs."""
    roles = {part.name: part.role for part in language.parts}
    signs: set[str] = set()
    for claim in language.claims:
        for pattern in claim.patterns if claim.implied is not None else ():
            asked = {name for choice in pattern.required for name in choice}
            signs |= {name for name in asked if roles.get(name) in _MARKS} or asked
    return signs


def _any_word(language: ClaimLanguage, names: Iterable[str], more: Iterable[str] = ()) -> re.Pattern[str]:
    """A pattern that finds a word of some parts; words that hold a shorter one are left out."""
    wanted = set(names)
    words = {_plain(word) for part in language.parts if part.name in wanted for word in part.words} | set(more)
    words.discard("")
    shortest = [word for word in words if not _holds_another(word, words)]
    return re.compile("|".join(re.escape(word) for word in sorted(shortest)) or r"(?!)")


def _plain(word: str) -> str:
    """What a word needs to have in a sentence: itself, or the longest piece between its marks; "" behind a number."""
    return "" if AFTER_NUMBER in word else max(_MARK.split(compact(fold(word))), key=len)


def _holds_another(word: str, words: set[str]) -> bool:
    """Whether a part of a word, shorter than itself, is one of the words."""
    ends = range(1, len(word) + 1)
    return any(word[start:end] in words for end in ends for start in range(end) if end - start < len(word))
