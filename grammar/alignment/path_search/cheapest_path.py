"""The cheapest way through the tokens of a table: from every token on, the steps that it allows, until the table ends.

A state says how far the rows of the schema have come, whether the label of a row was seen, and what of it was spelled;
every step uses up tokens.
"""

from __future__ import annotations

import math

from disclosure_checks.grammar.alignment.path_search.label_steps import LabelSteps
from disclosure_checks.grammar.alignment.path_search.lattice import Lattice, Path, State
from disclosure_checks.grammar.alignment.path_search.prices import Prices
from disclosure_checks.grammar.alignment.path_search.row_closing import RowCloser
from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.path_search.surroundings import Surroundings
from disclosure_checks.grammar.alignment.path_search.text_steps import TextSteps
from disclosure_checks.grammar.alignment.path_search.value_runs import ValueRuns
from disclosure_checks.grammar.alignment.path_search.value_steps import ValueSteps
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream


class PathFinder:
    """Finds the cheapest way for one shape through a part of a stream."""

    def __init__(
        self, shape: Shape, stream: TokenStream, start: int, end: int, prices: Prices, foreign: frozenset[str]
    ) -> None:
        self._shape, self._stream, self._prices = shape, stream, prices
        self._start, self._end = start, end
        self._lattice = Lattice(stream, start, end, prices)
        self._around = Surroundings(shape, stream, start, end, ValueRuns(stream, start, end, prices), prices)
        self._closer = RowCloser(shape, prices)
        self._labels = LabelSteps(self._lattice, self._around, self._closer, foreign)
        self._values = ValueSteps(self._lattice, self._around, self._closer)
        self._texts = TextSteps(self._lattice, self._around, self._closer, self._labels, self._values)
        self._last_labels = self._around.last_places_of_labels()

    def find(self, most: float) -> Path | None:
        """The cheapest way; None where the table is not printed here, or costs more than ``most``.

        A narrow search comes first: what it finds bounds the search that also finds the ways beside it.
        """
        self._search(self._prices.narrow_beam, most)
        limit = min(self._lattice.price, most) + self._prices.margin
        if limit > self._prices.margin:
            self._search(self._prices.beam, limit)
        return None if self._lattice.price == math.inf else self._lattice.path()

    def _search(self, beam: float, limit: float) -> None:
        lattice = self._lattice
        lattice.begin_again(beam, limit)
        for position in range(self._start, self._end):
            token = self._stream.tokens[position]
            lattice.leave_behind(self._last_labels.get(position - 1, ()))
            if token.kind == Kind.LABEL and token.key in self._shape.labels:
                lattice.begin(position, self._around.price_before(position))
            for state, node in lattice.promising(position):
                self._expand(position, state, node)
                self._finish(position, state, node)
        for state, node in lattice.ways_at_end():
            self._finish(self._end, state, node)

    def _finish(self, position: int, state: State, node: int) -> None:
        """The table may end anywhere: the rows that were not reached are not printed."""
        done = max(state.done, state.row)
        if done < 0:
            return
        count = len(self._shape.rows)
        not_printed = self._prices.no_row * self._shape.skipped[done + 1][count]
        if not self._lattice.may_end(node, not_printed):
            return
        price, done, void = self._closer.close(state)
        price += self._prices.no_row * self._shape.skipped[done + 1][count]
        price += self._around.price_behind(position, done)
        if price < math.inf:
            self._lattice.finish(node, price, (*void, *range(done + 1, count)))

    def _expand(self, position: int, state: State, node: int) -> None:
        kind = self._stream.tokens[position].kind
        if kind == Kind.LABEL:
            self._labels.label(position, state, node)
        elif kind == Kind.PIECE:
            self._labels.piece(position, state, node)
        elif kind in (Kind.VALUE, Kind.EMPTY):
            self._values.value(position, state, node)
        elif kind == Kind.TEXT:
            self._texts.text(position, state, node)
        else:
            self._lattice.go(node, position + 1, state, self._prices.wrong_section)
