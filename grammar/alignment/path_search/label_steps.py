"""The steps that labels and pieces of labels allow: a row begins, a label goes on, a header stands between."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.alignment.path_search.lattice import Event, Lattice, Phase, State
from disclosure_checks.grammar.alignment.path_search.row_closing import RowCloser
from disclosure_checks.grammar.alignment.path_search.surroundings import Surroundings

_FEWEST_OF_A_BEGINNING = 4  # characters


class LabelSteps:
    """Steps of one search over labels. ``foreign``: labels of other formats."""

    def __init__(self, lattice: Lattice, around: Surroundings, closer: RowCloser, foreign: frozenset[str]) -> None:
        self._go = lattice.go
        self._around = around
        self._shape, self._stream, self._runs = around.shape, around.stream, around.runs
        self._prices = around.prices
        self._close = closer.close
        self._foreign = foreign

    def label(self, position: int, state: State, node: int) -> None:
        """The steps over a label."""
        key = self._stream.tokens[position].key
        rows = self._shape.labels.get(key)
        prices = self._prices
        if rows is None:
            price = prices.foreign_header if key in self._foreign else prices.another_label
            self._go(node, position + 1, state, price)
            return
        if state.row in rows and state.phase != Phase.BETWEEN:
            if state.phase == Phase.VALUED:
                self._go(node, position + 1, state.passed(max(state.done, state.row)), 0.0)
            else:
                self._go(node, position + 1, state, 0.0)  # a merged cell, taken apart and filled
            return
        for row in rows:
            self.row_label(position, state, node, row, key)
        is_group = key in self._shape.group_keys
        names_row = bool(rows) and not is_group and key not in self._shape.column_keys
        own = prices.another_label if names_row else 0.0
        if self._is_row_of_group_in_work(position, state, rows):
            own = prices.row_left_out
        if state.phase == Phase.BETWEEN or self._shape.unlabelled:
            self._go(node, position + 1, state, own)
            return
        between = prices.group_before_values if is_group else prices.header_before_values
        self._go(node, position + 1, state, max(own, between))
        price, done, void = self._close(state)
        self._go(node, position + 1, state.passed(done), price + own, (), void)

    def row_label(self, position: int, state: State, node: int, row: int, key: str, price: float = 0.0) -> None:
        """A label of a row: the row begins. ``key``: what of the label was seen."""
        closing, done, void = self._close(state)
        price += closing
        left_out: Sequence[int] = ()
        if row > done:
            price += self._prices.no_row * self._shape.skipped[done + 1][row]
            left_out = range(done + 1, row)
        else:
            price += self._prices.repeated_row if row == done else self._prices.out_of_order
        event = Event("label", row, position, position + 1)
        spelled = key if self._goes_on(row, key) and not self._is_whole(row, key) else ""
        following = State(done, Phase.LABELLED, row, spelled, state.above, state.first_in)
        self._go(node, position + 1, following, price, (event,), (*void, *left_out))

    def _is_row_of_group_in_work(self, position: int, state: State, rows: Sequence[int]) -> bool:
        """Whether a label with values behind it is that of a row of the group that is read as one row."""
        if state.phase == Phase.BETWEEN or not self._shape.rows[state.row].stands_for:
            return False
        group = self._shape.rows[state.row].stands_for
        has_values = self._runs.end_of(position + 1) > position + 1
        return has_values and any(group in self._shape.rows[row].groups for row in rows)

    def _is_whole(self, row: int, key: str) -> bool:
        return key in self._shape.rows[row].keys

    def _goes_on(self, row: int, spelled: str) -> bool:
        return any(key.startswith(spelled) and key != spelled for key in self._shape.rows[row].keys)

    def piece(self, position: int, state: State, node: int) -> None:
        """The steps over a piece of a label."""
        key = self._stream.tokens[position].key
        if state.phase != Phase.BETWEEN and state.spelled:
            spelled = state.spelled + key
            if any(whole.startswith(spelled) for whole in self._shape.rows[state.row].keys):
                event = Event("label", state.row, position, position + 1)
                whole = self._is_whole(state.row, spelled)
                if whole and state.phase == Phase.VALUED:
                    following = state.passed(max(state.done, state.row))
                else:
                    following = state._replace(spelled="" if whole else spelled)
                self._go(node, position + 1, following, 0.0, (event,))
        if len(key) > 1:
            for row in self._shape.rows_beginning_with(key):
                if row > state.done and row != state.row:
                    self.row_label(position, state, node, row, key)
        self._go(node, position + 1, state, self._price_of_piece(position, key, state))

    def _price_of_piece(self, position: int, key: str, state: State) -> float:
        """The price of passing a piece over: it is more where the label of the next row begins with it."""
        if len(key) >= _FEWEST_OF_A_BEGINNING:
            done, rows = max(state.done, state.row), self._shape.rows_beginning_with(key)
            if self._is_row_of_group_in_work(position, state, rows):
                return self._prices.row_left_out
            for row in rows:
                if row > done and not self._shape.skipped[done + 1][row]:
                    return self._prices.beginning_of_label
        return self._prices.piece
