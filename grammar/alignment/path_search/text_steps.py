"""The steps that other words allow: they are passed over, are a reworded label, or begin a row that no format knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_checks.grammar.alignment.path_search.label_steps import LabelSteps
from disclosure_checks.grammar.alignment.path_search.lattice import Event, Lattice, Phase, State
from disclosure_checks.grammar.alignment.path_search.row_closing import RowCloser
from disclosure_checks.grammar.alignment.path_search.shapes import CLOSE
from disclosure_checks.grammar.alignment.path_search.surroundings import LONGEST_LABEL, Surroundings
from disclosure_checks.grammar.alignment.path_search.value_runs import is_entry
from disclosure_checks.grammar.alignment.path_search.value_steps import ValueSteps

_CLOSE, _VERY_CLOSE = CLOSE, 90.0  # similarity of words to a label in its place and anywhere, in percent

_WITH_ORDINAL = re.compile(r"\(?[\d一二三四五六七八九十]{1,2}[.、)][^\W\d_]")


class TextSteps:
    """Steps of one search over text that is no label."""

    def __init__(
        self, lattice: Lattice, around: Surroundings, closer: RowCloser, labels: LabelSteps, values: ValueSteps
    ) -> None:
        self._go = lattice.go
        self._around = around
        self._shape, self._stream, self._runs = around.shape, around.stream, around.runs
        self._prices = around.prices
        self._close = closer.close
        self._labels, self._values = labels, values

    def text(self, position: int, state: State, node: int) -> None:
        """The steps over other words."""
        token = self._stream.tokens[position]
        prices = self._prices
        if is_entry(token) and state.phase == Phase.LABELLED:
            self._values.take(position, state, node, state.row, 0.0)
        price = prices.remark if token.remark else prices.other_text
        if state.phase == Phase.LABELLED and _WITH_ORDINAL.match(token.folded):
            price = prices.label_with_ordinal
        if is_entry(token) and state.phase == Phase.LABELLED and self._around.goes_on_with_values(position):
            price += prices.stray_number  # a word in the row's own line is one of its entries
        self._go(node, position + 1, state, price)
        if token.remark or len(token.folded) > LONGEST_LABEL:
            return
        for row, price in self._reworded(token.key, state.done):
            self._labels.row_label(position, state, node, row, "", price)
        self._unknown_row(position, state, node)

    def _unknown_row(self, position: int, state: State, node: int) -> None:
        """The words and the values behind them are a row that the format does not know."""
        if self._runs.end_of(position + 1) == position + 1 or self._shape.unlabelled:
            return
        closing, done, void = self._close(state)
        following = state.passed(done)
        for width in self._shape.widths:
            for fit in self._runs.fits(position + 1, width):
                price = self._prices.unknown_row + closing + fit.price
                self._go(node, fit.end, following, price, (Event("unknown", -1, position, fit.end),), void)

    def _reworded(self, key: str, done: int) -> Iterator[tuple[int, float]]:
        """Rows whose label these words are close to."""
        for row, score in self._shape.rows_close_to(key).items():
            if row > done and score >= (_CLOSE if self._shape.skipped[done + 1][row] == 0 else _VERY_CLOSE):
                yield row, self._prices.reworded
