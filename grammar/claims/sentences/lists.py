"""Lists of subjects of which one thing is said: 未作出行政许可、行政处罚决定, 依申请公开、行政复议、行政诉讼均为0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from disclosure_checks.grammar.claims.sentences.words import Word
from disclosure_checks.grammar.model.claim_language import WordRole
from disclosure_checks.grammar.words.declared import declared

_SUBJECTS = frozenset({WordRole.SUBJECT, WordRole.ASIDE})
_BETWEEN = frozenset(declared("disclosure_checks.grammar.claims.sentences", "sentence_words.yaml")["listed_with"])


def each_subject(sentence: str, words: Sequence[Word]) -> Iterator[tuple[Word, tuple[Word, ...]]]:
    """Each subject of a list with the words said of it, those of the other subjects left out; none where it is no list.

    Only what stands side by side is a list: in 依申请公开引起的投诉 one names the cause of the other.
    """
    subjects = [word for word in words if not word.roles.isdisjoint(_SUBJECTS)]
    if len(subjects) < 2 or any(sentence[one.end : other.start] not in _BETWEEN for one, other in pairwise(subjects)):
        return
    for subject in subjects:
        yield subject, tuple(word for word in words if word is subject or word not in subjects)
