"""Sums and shares inside one sentence: parts that add up to their whole (190 = 150 + 36 + 4), counts that fit a percentage.

Only what a sentence itself presents as a list of parts is added up: 其中 ... after a whole, a list in brackets, 共计 ... after
the parts. Parts of different kinds (applicants, channels, results) are not added together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.claims.matching import SUBJECTS
from disclosure_checks.grammar.claims.said_numbers import SaidNumber, fits_share, in_digits, is_exact, said_numbers
from disclosure_checks.grammar.claims.sentences.quantities import PERCENT
from disclosure_checks.grammar.claims.sentences.words import Word
from disclosure_checks.grammar.model.claim_language import COUNTED, ClaimLanguage, WordRole

_FEWEST_PARTS = 2
_NONE_NAMED = ""  # the unit of a number without one
_SAYING = SUBJECTS | {WordRole.VERB}
_SHORTEST_NAME = 2  # characters of what an inner total is of


class SumVerdict(str, Enum):
    """What became of a sum or a share. ``SHORT``: the parts come to less than the whole, which a list may lawfully do."""

    HOLDS = "holds"
    EXCEEDS = "exceeds"
    SHORT = "short"
    DIFFERS = "differs"
    SHARE_DIFFERS = "share_differs"
    GROWTH_DIFFERS = "growth_differs"


class SaidSum(NamedTuple):
    """A sum or share of a sentence: ``start`` and ``end`` are offsets in the sentence, ``terms`` the equation in digits."""

    verdict: SumVerdict
    start: int
    end: int
    terms: str


class SumFinder:
    """Finds the sums and shares of sentences."""

    def __init__(self, language: ClaimLanguage) -> None:
        asked = {name for one in language.claims if one.whole for pattern in one.patterns for name in pattern.allowed}
        roles = {part.name: part.role for part in language.parts}
        self.whole_verbs = {name for name in asked if roles.get(name) is WordRole.VERB}
        self.counted = {name for name in asked if roles.get(name) is WordRole.SUBJECT}
        self._counts = {unit for unit, kind in language.units.items() if kind.family == COUNTED}
        self._sum, self._share, self._complete = language.sums.total, language.sums.share, language.sums.complete
        self._rest = set(language.sums.rest)

    def find(self, words: Sequence[Word]) -> Iterator[SaidSum]:
        """The sums and shares of a sentence cut into words."""
        numbers = list(said_numbers(words))
        for place, number in enumerate(numbers):
            if number.unit == PERCENT:
                yield from self._share_of(numbers, place)
            elif number.names(self._sum) and place >= _FEWEST_PARTS and not self._is_inner_total(numbers, place):
                yield from self._total_after(numbers, place)
            elif not number.has(WordRole.LIST):
                yield from self._parts_after(numbers, place)

    def _is_inner_total(self, numbers: Sequence[SaidNumber], place: int) -> bool:
        """Whether a total is that of one part of a list that goes on: 公开40条，包括甲10条，乙共计20条，丙10条."""
        if not self._has_own_name(numbers[place]):
            return False
        return any(self._opens(one, first) for one, first in pairwise(numbers[:place]))

    def _has_own_name(self, total: SaidNumber) -> bool:
        """Whether the words of a total say what it is of, rather than that it is of what stands before."""
        end = next((word.start for word in reversed(total.before) if self._sum in word.parts), total.word.start)
        start = max((word.end for word in total.before if word.mark and word.end <= end), default=total.start)
        return end - start >= _SHORTEST_NAME

    def _parts_after(self, numbers: Sequence[SaidNumber], place: int) -> Iterator[SaidSum]:
        whole = numbers[place]
        following = numbers[place + 1 :]
        if not following or not is_exact(whole, of_an_area=True) or not whole.value:
            return
        if not self._opens(whole, following[0]):
            return
        complete = following[0].names(self._complete)
        fitting = _fitting_beginning(whole, following)
        parts = fitting or list(self._run(whole, following))
        if len(parts) < _FEWEST_PARTS:
            return
        total = sum(part.value for part in parts)
        terms = f"{in_digits(whole.value)} / {_added(parts)}"
        span = (whole.word.start, parts[-1].word.end)
        if total == whole.value:
            yield SaidSum(SumVerdict.HOLDS, *span, terms)
        elif total > whole.value:
            if WordRole.CHANNEL in _kind(parts[0]) and not whole.speaks_of(self.counted):
                return  # what is published through several channels is counted in each
            yield self._too_much(whole, parts, span)
        elif not any(part.has(WordRole.OPEN_LIST) for part in parts):
            yield SaidSum(SumVerdict.DIFFERS if complete else SumVerdict.SHORT, *span, terms)

    def _too_much(self, whole: SaidNumber, parts: Sequence[SaidNumber], span: tuple[int, int]) -> SaidSum:
        """Parts that come to more than their whole; where that is given as a total (共计), they are a sum gone wrong."""
        added, total = _added(parts), in_digits(whole.value)
        if whole.names(self._sum):
            return SaidSum(SumVerdict.DIFFERS, *span, f"{added} / {total}")
        return SaidSum(SumVerdict.EXCEEDS, *span, f"{total} / {added}")

    def _part_of_share(self, numbers: Sequence[SaidNumber], place: int) -> SaidNumber:
        """The number a share is said of: 15 in 公开类15件（甲11件，乙4件），占41.7%, whose bracket has ended."""
        share = numbers[place]
        ended = share.has_mark(")")
        outside = (one for one in reversed(numbers[:place]) if one.depth <= share.depth and one.unit != PERCENT)
        return next(outside, numbers[place - 1]) if ended else numbers[place - 1]

    def _opens(self, whole: SaidNumber, first: SaidNumber) -> bool:
        """Whether the numbers from ``first`` on are presented as parts of a whole."""
        if first.unit == PERCENT:
            return False
        if whole.depth and any(word.mark == ")" for word in first.before):
            return False  # the whole is a remark, which its bracket ends: 共173条（含结转7条），其中41条
        if first.depth < whole.depth:
            return False
        directly = bool(first.before) and first.before[0].mark == ":"
        return directly or first.has(WordRole.LIST) or first.names(self._complete) or first.depth > whole.depth

    def _run(self, whole: SaidNumber, following: Sequence[SaidNumber]) -> Iterator[SaidNumber]:
        """The numbers after a whole that are parts of it in one and the same respect."""
        kind: object = None
        for position, number in enumerate(following):
            nested = number.depth > following[0].depth
            if nested or number.unit == PERCENT:
                continue
            if number.unit != whole.unit or not is_exact(number) or number.depth < following[0].depth:
                return
            ends = number.has(WordRole.LIST) or (number.names(self._sum) and not self._has_own_name(number))
            if position and (ends or self._begins_anew(number)):
                return
            own = _kind(number)
            if position and own != kind and not number.speaks_of(self._rest):
                return
            kind = kind if position else own
            yield number

    def _begins_anew(self, number: SaidNumber) -> bool:
        of_other_business = any(
            WordRole.SUBJECT in word.roles and not word.parts & self.counted for word in number.before
        )
        return number.speaks_of(self.whole_verbs) and not of_other_business

    def _total_after(self, numbers: Sequence[SaidNumber], place: int) -> Iterator[SaidSum]:
        total = numbers[place]
        parts: list[SaidNumber] = []
        for number in reversed(numbers[:place]):
            if number.unit != total.unit or not is_exact(number) or number.depth != total.depth:
                break
            parts.insert(0, number)
            if number.has(WordRole.LIST) or number.names(self._sum):
                break
        if len(parts) < _FEWEST_PARTS or not is_exact(total) or len({_kind(part) for part in parts}) > 1:
            return
        if not _speaks_of(total) <= set().union(*map(_speaks_of, parts)):
            return  # the total is of something else: 收到5件，共计办结6件
        added = sum(part.value for part in parts)
        terms = f"{_added(parts)} / {in_digits(total.value)}"
        verdict = SumVerdict.HOLDS if added == total.value else SumVerdict.DIFFERS
        yield SaidSum(verdict, parts[0].word.start, total.word.end, terms)

    def _share_of(self, numbers: Sequence[SaidNumber], place: int) -> Iterator[SaidSum]:
        """占…%, right after a count, against the counts before it that may be its whole."""
        share = numbers[place]
        if place < _FEWEST_PARTS or not share.names(self._share) or share.has(WordRole.CHANGE):
            return
        if share.has(WordRole.RESPECTIVELY):
            return
        part = self._part_of_share(numbers, place)
        wholes = [
            one
            for one, first in pairwise(numbers[:place])
            if one.unit in (part.unit, _NONE_NAMED) or (part.unit == _NONE_NAMED and one.unit in self._counts)
            if one.unit != PERCENT and one.value >= part.value and one.value and is_exact(one, of_an_area=True)
            if first.unit != PERCENT or not first.names(self._share)  # what has a share of its own is a part itself
            if self._opens(one, first) or _is_whole_of_other_shares(one, numbers, share)
        ]
        if part.unit == PERCENT or not wholes or not (is_exact(part) and share.word.quantity):
            return
        # the parts may be shares of all of them together: 收到39件，予以公开1件，占2.6%；不予公开37件，占97.4%
        together = sum(one.value for one, other in pairwise(numbers) if other.unit == PERCENT and one.unit == part.unit)
        fits = any(fits_share(part, share, whole) for whole in (*(one.value for one in wholes), together))
        whole = wholes[0]
        terms = f"{in_digits(part.value)} / {in_digits(whole.value)} = {100 * part.value / whole.value:.2f}%"
        verdict = SumVerdict.HOLDS if fits else SumVerdict.SHARE_DIFFERS
        yield SaidSum(verdict, part.word.start, share.word.end, terms)


def _is_whole_of_other_shares(whole: SaidNumber, numbers: Sequence[SaidNumber], share: SaidNumber) -> bool:
    """Whether the other shares of the sentence fit the number as their whole, all of them and at least one."""
    others = [
        (part, other)
        for part, other in pairwise(numbers)
        if other.unit == PERCENT and other is not share and part is not whole and part.unit != PERCENT
    ]
    told = [one for one in others if 0 < one[1].value < 100]  # 0 and 100 % fit too easily
    return bool(told) and all(fits_share(part, other, whole.value) for part, other in others)


def _fitting_beginning(whole: SaidNumber, following: Sequence[SaidNumber]) -> list[SaidNumber]:
    """The numbers from the first on that come to the whole: what follows them is about something else."""
    parts: list[SaidNumber] = []
    for position, number in enumerate(following):
        if number.unit == whole.unit:
            parts.append(number)
            if len(parts) >= _FEWEST_PARTS and sum(part.value for part in parts) == whole.value:
                return [] if _goes_on(whole, parts, following[position + 1 :]) else parts
    return []


def _goes_on(whole: SaidNumber, parts: Sequence[SaidNumber], following: Sequence[SaidNumber]) -> bool:
    """Whether a list with each number in brackets of its own has further numbers: 甲（5条）、乙（3条）、丙（2条）."""
    if not following or following[0].unit != whole.unit:
        return False
    return all(number.depth > whole.depth and number.has_mark(")") for number in (*parts[1:], following[0]))


def _kind(number: SaidNumber) -> frozenset[WordRole]:
    """In what respect a part is one: by applicant or channel, by what became of it, or by what it is."""
    roles = {role for word in number.before for role in word.roles}
    return frozenset(roles & {WordRole.QUALIFIER, WordRole.CHANNEL})


def _speaks_of(number: SaidNumber) -> set[str]:
    """The subjects and verbs right before a number."""
    return {part for word in number.before if word.roles & _SAYING for part in word.parts}


def _added(parts: Sequence[SaidNumber]) -> str:
    """The parts added up, in digits."""
    return f"{' + '.join(in_digits(part.value) for part in parts)} = {in_digits(sum(part.value for part in parts))}"
