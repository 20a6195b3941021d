"""What it costs to leave the row in work for another."""

from __future__ import annotations

import math

from disclosure_checks.grammar.alignment.path_search.lattice import Phase, State
from disclosure_checks.grammar.alignment.path_search.prices import Prices
from disclosure_checks.grammar.alignment.path_search.shapes import Shape


class RowCloser:
    """Closes the rows of one shape."""

    def __init__(self, shape: Shape, prices: Prices) -> None:
        self._shape = shape
        self._prices = prices

    def close(self, state: State) -> tuple[float, int, tuple[int, ...]]:
        """The price of leaving the row in work, the last row passed then, and the row that got no values."""
        if state.phase == Phase.BETWEEN:
            return 0.0, state.done, ()
        price = self._unspelled(state.row, state.spelled)
        done = max(state.done, state.row)
        if state.phase == Phase.LABELLED:
            if self._shape.rows[state.row].stands_for:
                return math.inf, done, ()  # the label of a group without values is no row
            return price + self._prices.no_values, done, (state.row,)
        return price, done, ()

    def _unspelled(self, row: int, spelled: str) -> float:
        """The price of a label that is not complete."""
        if not spelled:
            return 0.0
        shares = [len(spelled) / len(key) for key in self._shape.rows[row].keys if key.startswith(spelled)]
        return self._prices.unspelled * (1 - max(shares, default=0.0))
