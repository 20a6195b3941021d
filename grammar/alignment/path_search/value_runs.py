"""The values that stand together: how a run of them divides into rows, and what each division costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.alignment.path_search.prices import Prices
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token, TokenStream

_NOT_CALCULATED = ("=", "#")  # what a spreadsheet shows for a formula without a value, or with one that is none
_LONGEST_WORD = 6  # characters of words that may stand where a number should
_LONGEST_COUNT = 9  # digits; a longer run is no one number
_MOST_TIMES_TOO_MANY = 2  # a row with more values than columns takes at most so many times as many
_NEVER = 1000.0


class Fit(NamedTuple):
    """Values taken for a row: up to ``end``, at a price; ``exact``: as many as it has columns."""

    end: int
    price: float
    exact: bool


class ValueRuns:
    """The runs of values in a part of a stream. A line of text between lines of values does not end a run."""

    def __init__(self, stream: TokenStream, start: int, end: int, prices: Prices) -> None:
        self._tokens = tokens = stream.tokens
        self._rows = rows = stream.rows
        self._prices = prices
        self._printed = Counter(
            [row for token, row in zip(tokens[start:end], rows[start:end], strict=True) if token.folded]
        )
        self._offset = start
        self._ends = [end] * (end - start + 1)
        run_end = end
        for position in range(end - 1, start - 1, -1):
            if not is_entry(tokens[position]) and not self._is_between_values(position, start, end):
                run_end = position
            self._ends[position - start] = run_end
        self._fits: dict[tuple[int, int], list[Fit]] = {}

    def _is_between_values(self, position: int, start: int, end: int) -> bool:
        """Whether a text is all that its line prints, and stands between values."""
        tokens = self._tokens
        if tokens[position].kind != Kind.TEXT or not self.is_alone(position):
            return False
        return (
            start < position < end - 1
            and tokens[position - 1].kind in (Kind.VALUE, Kind.EMPTY)
            and tokens[position + 1].kind in (Kind.VALUE, Kind.EMPTY)
        )

    def end_of(self, position: int) -> int:
        """Where the run ends that a token stands in; the token's own place where it is no value."""
        return self._ends[position - self._offset]

    def end_of_row(self, position: int) -> int:
        """Where the values of the same printed row end."""
        end = position
        row = self._rows[position]
        stop = self.end_of(position)
        while end < stop and self._rows[end] == row:
            end += 1
        return end

    def has_several(self, position: int) -> bool:
        """Whether more than one value stands in the run from here."""
        values = 0
        for place in range(position, self.end_of(position)):
            values += self._tokens[place].kind == Kind.VALUE
            if values > 1:
                return True
        return False

    def is_alone(self, position: int) -> bool:
        """Whether a token is all that its line prints."""
        return self._printed[self._rows[position]] == 1

    def fits(self, position: int, width: int) -> list[Fit]:
        """The ways to take a row of ``width`` values from here."""
        key = (position, width)
        known = self._fits.get(key)
        if known is None:
            known = self._fits[key] = self._find_fits(position, width)
        return known

    def _find_fits(self, position: int, width: int) -> list[Fit]:
        run_end = self.end_of(position)
        if run_end == position or not is_entry(self._tokens[position]):
            return []
        ends = {self.end_of_row(position), run_end}
        if run_end - position > width and self._rows[position + width] != self._rows[position + width - 1]:
            ends.add(position + width)
        for with_words in (False, True):
            end = self._end_of_values(position, run_end, width, with_words)
            if end:
                ends.add(self._with_empty(end, run_end))
        found: list[Fit] = []
        for end in sorted({self._without_next_row(position, end, run_end) for end in ends}):
            price, exact = self._price(position, end, run_end, width)
            if price < _NEVER:
                found.append(Fit(end, price, exact))
        return found

    def _price(self, position: int, end: int, run_end: int, width: int) -> tuple[float, bool]:
        """What it costs to take everything up to a place for a row of so many columns, and whether it fits."""
        prices = self._prices
        tokens = self._tokens[position:end]
        values = [token for token in tokens if token.kind == Kind.VALUE]
        words = [token for token in tokens if token.kind == Kind.TEXT]
        price = self._price_of_division(position, end, run_end)
        if len(values) == width and all(map(self.is_alone, self._texts(position, end))):
            return price + prices.text_among_values * len(words), True  # lines between the values, none of the row's
        entering = [token for token in words if is_entry(token)]
        count = len(values) + len(entering)
        price += prices.text_among_values * (len(words) - len(entering)) + prices.word_for_value * len(entering)
        if count == width:
            return price, True
        if count > width:
            behind_label = position > 0 and self._rows[position - 1] == self._rows[position] != self._rows[end - 1]
            if width == 1 and len({token.folded for token in values}) == 1 and not entering and not behind_label:
                return price + prices.blanks, False  # a merged cell, taken apart and filled
            too_long = count > _MOST_TIMES_TOO_MANY * width + 1
            return (_NEVER if too_long else price + prices.too_many_values), False
        if len(tokens) - len(words) + len(entering) >= width:
            return price + prices.blanks, False
        glued = looks_glued(values)
        digits = sum(len(token.folded) for token in values if token.folded.isdecimal())
        if glued and digits >= width and all(token.folded.isdecimal() for token in values):
            return price + prices.glued, False
        return price + (prices.too_few_values / 2 if glued else prices.too_few_values), False

    def _texts(self, start: int, end: int) -> list[int]:
        return [position for position in range(start, end) if self._tokens[position].kind == Kind.TEXT]

    def _end_of_values(self, position: int, run_end: int, width: int, with_words: bool) -> int:
        """Where the values end if as many as columns are taken, words among them or not; 0 where there are not so many."""
        count = 0
        for end in range(position, run_end):
            token = self._tokens[end]
            if token.kind == Kind.VALUE or (with_words and token.kind == Kind.TEXT and is_entry(token)):
                count += 1
                if count == width:
                    return end + 1
        return 0

    def _without_next_row(self, position: int, end: int, run_end: int) -> int:
        """A place where values may end, without empty cells that the next printed row begins with."""
        last = end
        while last > position and self._tokens[last - 1].kind == Kind.EMPTY:
            last -= 1
        if last == position:  # nothing is printed: the cells of one row, or lines of one empty cell each
            row = self._rows[position]
            while last < end and (self._rows[last] == row or not self._printed[self._rows[last]]):
                last += 1
            return last
        return min(end, self._with_empty(last, run_end))

    def _with_empty(self, end: int, run_end: int) -> int:
        """Empty cells of the same row, and empty lines of a row printed a cell a line, go with the values before them."""
        row = self._rows[end - 1]
        while end < run_end and self._tokens[end].kind == Kind.EMPTY:
            if self._rows[end] != row and self._printed[self._rows[end]]:
                break
            end += 1
        return end

    def _price_of_division(self, start: int, end: int, run_end: int) -> float:
        """What it costs to end a row of values here, and to go over the lines between."""
        rows, tokens = self._rows, self._tokens
        price = 0.0
        last = end
        while last < run_end and tokens[last].kind == Kind.EMPTY and rows[last] == rows[end - 1]:
            last += 1
        if last < run_end and rows[last] == rows[end - 1]:
            price += self._prices.cut_line
        if start and rows[start - 1] == rows[start] != rows[end - 1] and tokens[start - 1].kind == Kind.VALUE:
            price += self._prices.cut_line  # from the middle of a line into the next
        for position in range(start + 1, end):
            if rows[position] != rows[position - 1] and not (
                self.is_alone(position) or self.is_alone(position - 1) or not tokens[position].folded
            ):
                price += self._prices.joined_lines
        return price


def is_entry(token: Token) -> bool:
    """Whether a token may stand where a value should."""
    if token.kind == Kind.VALUE or token.kind == Kind.EMPTY:
        return True
    if token.kind != Kind.TEXT or token.remark:
        return False
    is_of_a_sheet = token.firm and token.folded.startswith(_NOT_CALCULATED)
    return is_of_a_sheet or (len(token.folded) <= _LONGEST_WORD and token.folded.isalnum())


def is_run(text: str) -> bool:
    """Whether a text is more digits than a number has, or a number that no one writes."""
    return text.isdecimal() and len(text) > 1 and (text[0] == "0" or len(text) > _LONGEST_COUNT)


def looks_glued(tokens: Sequence[Token]) -> bool:
    """Whether numbers stand together without separators: behind a label, with a leading zero, or far too long."""
    return any(token.glued or is_run(token.folded) for token in tokens)
