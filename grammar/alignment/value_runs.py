"""The values that stand together: how a run of them divides into rows, and what each division costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.alignment.prices import Prices
from disclosure_checks.grammar.alignment.tokens import Kind, Token, TokenStream

_LONGEST_WORD = 6  # characters of words that may stand where a number should
_MOST_TOKENS_FOR_ONE = 3  # a row with more values than columns takes at most so many times as many


class Fit(NamedTuple):
    """Values taken for a row: up to ``end``, at a price; ``exact``: as many as it has columns."""

    end: int
    price: float
    exact: bool


class ValueRuns:
    """The runs of values in a part of a stream."""

    def __init__(self, stream: TokenStream, start: int, end: int, prices: Prices) -> None:
        self._tokens = stream.tokens
        self._rows = stream.rows
        self._prices = prices
        self._end = end
        self._ends: dict[int, int] = {}
        self._fits: dict[tuple[int, int], list[Fit]] = {}
        run_end = end
        for position in range(end - 1, start - 1, -1):
            if not is_entry(stream.tokens[position]):
                run_end = position
            self._ends[position] = run_end
        self._single = self._lines_of_one()

    def _lines_of_one(self) -> frozenset[int]:
        """Rows that print one value alone."""
        counts: dict[int, int] = {}
        for position in self._ends:
            if self._tokens[position].kind != Kind.EMPTY:
                counts[self._rows[position]] = counts.get(self._rows[position], 0) + 1
        return frozenset(row for row, count in counts.items() if count == 1)

    def end_of(self, position: int) -> int:
        """Where the run ends that a token stands in; the token's own place where it is no value."""
        return self._ends.get(position, position)

    def end_of_row(self, position: int) -> int:
        """Where the values of the same printed row end."""
        end = position
        row = self._rows[position]
        stop = self.end_of(position)
        while end < stop and self._rows[end] == row:
            end += 1
        return end

    def is_alone(self, position: int) -> bool:
        """Whether a value is all that its row prints."""
        return self._rows[position] in self._single

    def filled(self, start: int, end: int) -> int:
        """How many of these are values."""
        return sum(1 for token in self._tokens[start:end] if token.kind != Kind.EMPTY)

    def fits(self, position: int, width: int) -> list[Fit]:
        """The ways to take a row of ``width`` values from here."""
        key = (position, width)
        known = self._fits.get(key)
        if known is None:
            known = self._fits[key] = self._find_fits(position, width)
        return known

    def _find_fits(self, position: int, width: int) -> list[Fit]:
        run_end = self.end_of(position)
        if run_end == position:
            return []
        found: dict[int, Fit] = {}

        def offer(end: int, price: float, exact: bool) -> None:
            if end > position and (end not in found or found[end].price > price):
                found[end] = Fit(end, price, exact)

        exact_end = self._end_of_filled(position, run_end, width)
        if exact_end:
            offer(self._with_empty(exact_end, run_end), self._price_of_division(position, exact_end, run_end), True)
        ends = {self.end_of_row(position), run_end}
        if run_end - position > width:
            ends.add(position + width)
        for end in ends:
            self._offer_whole(position, end, run_end, width, offer)
        return list(found.values())

    def _offer_whole(self, position: int, end: int, run_end: int, width: int, offer: object) -> None:
        """The price of taking everything up to a place, be it as many as columns or not."""
        assert callable(offer)
        tokens = self._tokens[position:end]
        filled = [token for token in tokens if token.kind != Kind.EMPTY]
        if len(filled) == width:
            return
        division = self._price_of_division(position, end, run_end)
        if len(filled) < width:
            digits = sum(len(token.folded) for token in filled if token.folded.isdecimal())
            if len(tokens) >= width and all(token.firm for token in tokens):
                offer(end, division + self._prices.blanks, False)
            elif digits >= width and all(token.folded.isdecimal() for token in filled) and _looks_glued(filled):
                offer(end, division + self._prices.glued, False)
            elif filled and any(_looks_glued([token]) for token in filled):
                offer(end, division + self._prices.misfit / 2, False)
            else:
                offer(end, division + self._prices.misfit, False)
        elif width == 1 and len({token.folded for token in filled}) == 1:
            offer(end, division + self._prices.blanks, False)  # a merged cell, taken apart and filled
        elif len(tokens) <= _MOST_TOKENS_FOR_ONE * width + 1:
            offer(end, division + self._prices.misfit, False)

    def _end_of_filled(self, position: int, run_end: int, width: int) -> int:
        """Where the values end if as many as columns are taken; 0 where there are not so many."""
        count = 0
        for end in range(position, run_end):
            if self._tokens[end].kind != Kind.EMPTY:
                count += 1
                if count == width:
                    return end + 1
        return 0

    def _with_empty(self, end: int, run_end: int) -> int:
        """Empty cells of the same row, and empty lines of a row printed a cell a line, go with the values before them."""
        while end < run_end and self._tokens[end].kind == Kind.EMPTY:
            end += 1
        return end

    def _price_of_division(self, start: int, end: int, run_end: int) -> float:
        """What it costs to end a row of values here, and to go over the lines between."""
        rows, tokens = self._rows, self._tokens
        price = self._prices.word_for_value * sum(
            1 for token in tokens[start:end] if token.kind not in (Kind.VALUE, Kind.EMPTY)
        )
        last = end
        while last < run_end and tokens[last].kind == Kind.EMPTY and rows[last] == rows[end - 1]:
            last += 1
        if last < run_end and rows[last] == rows[end - 1]:
            price += self._prices.cut_line
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
    return token.kind == Kind.TEXT and len(token.folded) <= _LONGEST_WORD and not token.remark and token.folded.isalnum()


def _looks_glued(tokens: Sequence[Token]) -> bool:
    """Whether numbers stand together without separators: behind a label, with a leading zero, or far too long."""
    return any(
        token.glued or (token.folded[:1] == "0" and len(token.folded) > 1 and token.folded.isdecimal()) or
        (len(token.folded) > 9 and token.folded.isdecimal())
        for token in tokens
    )
