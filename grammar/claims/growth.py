"""Growth inside one sentence: a number, what it was before or by how much it changed, and the percentage of the change.

收到25件，比上年增加10件，增长66.7%      25 - 10 = 15, 10 / 15
收到25件，上年15件，增长66.7%            25 / 15
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from disclosure_checks.grammar.claims.said_numbers import SaidNumber, in_digits, is_exact, said_numbers
from disclosure_checks.grammar.claims.sentences.quantities import PERCENT
from disclosure_checks.grammar.claims.sentences.words import OF_THIS_YEAR, Word
from disclosure_checks.grammar.claims.sums import SaidSum, SumVerdict
from disclosure_checks.grammar.model.claim_language import COUNTED, ClaimLanguage, WordRole

_UP, _DOWN = 1, -1
_OF_A_PART = (WordRole.QUALIFIER, WordRole.CHANNEL, WordRole.LIST)
_OF_SOMETHING_ELSE = (*_OF_A_PART, WordRole.SUBJECT, WordRole.WEAK_SUBJECT, WordRole.VERB)


class GrowthFinder:
    """Finds sentences that say a number, its change and the percentage of it, and whether the three agree."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._increase, self._decrease = language.sums.increase, language.sums.decrease
        self._counts = {unit for unit, kind in language.units.items() if kind.family == COUNTED}

    def find(self, words: Sequence[Word]) -> Iterator[SaidSum]:
        """The growth that a sentence cut into words says."""
        numbers = list(said_numbers(words))
        for place in range(len(numbers) - 2):
            now, *following = numbers[place : place + 3]
            if now.unit not in self._counts or not is_exact(now, of_an_area=True):
                continue
            for change, share in permutations(following):
                found = self._agreement(now, change, share)
                if found:
                    yield found
                    break

    def _agreement(self, now: SaidNumber, change: SaidNumber, share: SaidNumber) -> SaidSum | None:
        direction = self._direction(share)
        if share.unit != PERCENT or not direction or not _is_said_exactly(share) or not _is_said_exactly(change):
            return None
        if any(share.has(role) for role in _OF_SOMETHING_ELSE) or any(change.has(role) for role in _OF_A_PART):
            return None
        base = self._base(now, change)
        if base is None or base <= 0 or (now.value - base) * direction < 0:
            return None
        grown = 100 * abs(now.value - base) / base
        precision = share.word.quantity.precision if share.word.quantity else 1.0
        fits = abs(grown - share.value) <= precision / 2 * 1.000001
        terms = f"({in_digits(now.value)} - {in_digits(base)}) / {in_digits(base)} = {direction * grown:.2f}%"
        end = max(change.word.end, share.word.end)
        return SaidSum(SumVerdict.HOLDS if fits else SumVerdict.GROWTH_DIFFERS, now.word.start, end, terms)

    def _base(self, now: SaidNumber, change: SaidNumber) -> float | None:
        """What the number was before: said itself, or told by the change; None where neither is said."""
        if change.unit != now.unit:
            return None
        direction = self._direction(change)
        if direction:
            return now.value - direction * change.value
        is_earlier = change.has(WordRole.OTHER_YEAR) or any(word.year > OF_THIS_YEAR for word in change.before)
        return change.value if is_earlier and not change.has(WordRole.CHANGE) else None

    def _direction(self, number: SaidNumber) -> int:
        """Whether the words before a number say that it went up or down; 0 where they say neither or both."""
        return _UP * number.names(self._increase) + _DOWN * number.names(self._decrease)


def _is_said_exactly(number: SaidNumber) -> bool:
    quantity = number.word.quantity
    return bool(quantity and quantity.exact) and not number.has(WordRole.APPROXIMATE)
