"""The cheapest way through the tokens of a table: the steps that every token allows, and what each costs.

A state says how far the rows of the schema have come, whether the label of a row was seen, and what of it was spelled;
every step uses up tokens.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.alignment.path_search.lattice import Event, Lattice, Path, Phase, State
from disclosure_checks.grammar.alignment.path_search.prices import Prices
from disclosure_checks.grammar.alignment.path_search.shapes import CLOSE, Shape
from disclosure_checks.grammar.alignment.path_search.surroundings import LONGEST_LABEL, Surroundings
from disclosure_checks.grammar.alignment.path_search.value_runs import ValueRuns, is_entry
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream

_CLOSE, _VERY_CLOSE = CLOSE, 90.0  # similarity of words to a label in its place and anywhere, in percent
_LATER = 0.01


class PathFinder(Lattice):
    """Finds the cheapest way for one shape through a part of a stream."""

    def __init__(
        self, shape: Shape, stream: TokenStream, start: int, end: int, prices: Prices, foreign: frozenset[str]
    ) -> None:
        super().__init__(stream, start, end, prices)
        self._shape = shape
        self._foreign = foreign
        self._runs = ValueRuns(stream, start, end, prices)
        self._around = Surroundings(shape, stream, start, end, self._runs, prices)
        self._last_labels = self._around.last_places_of_labels()

    def find(self) -> Path | None:
        """The cheapest way; None where the table is not printed here.

        A narrow search comes first: what it finds bounds the search that also finds the ways beside it.
        """
        self._search(self._prices.narrow_beam, math.inf)
        limit = self._costs[self._final] + self._prices.margin
        if limit > self._prices.margin:
            self._begin_again()
            self._search(self._prices.beam, limit)
        if self._costs[self._final] == math.inf:
            return None
        return self._path()

    def _search(self, beam: float, limit: float) -> None:
        self._beam, self._limit = beam, limit
        self._gone: list[int] = []
        tokens = self._stream.tokens
        for position in range(self._start, self._end):
            token = tokens[position]
            for row in self._last_labels.get(position - 1, ()):
                insort(self._gone, row)
            nodes = self._at[position - self._start]
            if token.kind == Kind.LABEL and token.key in self._shape.labels:
                begin, price = State(-1), self._around.price_before(position)
                if begin not in nodes:
                    nodes[begin] = self._node(price)
                elif self._costs[nodes[begin]] > price:
                    self._costs[nodes[begin]] = price
                    self._best_arcs[nodes[begin]] = -1
            for state, node in self._promising(nodes):
                self._expand(position, state, node)
                self._finish(position, state, node)
        for state, node in self._at[-1].items():
            self._finish(self._end, state, node)

    def _finish(self, position: int, state: State, node: int) -> None:
        """The table may end anywhere: the rows that were not reached are not printed."""
        done = max(state.done, state.row)
        if done < 0:
            return
        count = len(self._shape.rows)
        least = self._costs[node] + self._prices.no_row * self._shape.skipped[done + 1][count]
        if least > min(self._limit, self._costs[self._final] + self._prices.margin):
            return
        price, done, void = self._close(state)
        price += self._prices.no_row * self._shape.skipped[done + 1][count]
        price += self._around.price_behind(position)
        if price == math.inf:
            return
        self._add(node, self._final, price, (), (*void, *range(done + 1, count)))

    # ---- steps

    def _close(self, state: State) -> tuple[float, int, tuple[int, ...]]:
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

    def _goes_on(self, row: int, spelled: str) -> bool:
        return any(key.startswith(spelled) and key != spelled for key in self._shape.rows[row].keys)

    def _expand(self, position: int, state: State, node: int) -> None:
        kind = self._stream.tokens[position].kind
        if kind == Kind.LABEL:
            self._label(position, state, node)
        elif kind == Kind.PIECE:
            self._piece(position, state, node)
        elif kind in (Kind.VALUE, Kind.EMPTY):
            self._value(position, state, node)
        elif kind == Kind.TEXT:
            self._text(position, state, node)
        else:
            self._go(node, position + 1, state, self._prices.wrong_section)

    def _label(self, position: int, state: State, node: int) -> None:
        key = self._stream.tokens[position].key
        rows = self._shape.labels.get(key)
        prices = self._prices
        if rows is None:
            price = prices.foreign_header if key in self._foreign else prices.another_label
            self._go(node, position + 1, state, price)
            return
        if state.row in rows and state.phase != Phase.BETWEEN:
            if state.phase == Phase.VALUED:
                self._go(node, position + 1, State(max(state.done, state.row), above=state.above), 0.0)
            else:
                self._go(node, position + 1, state, 0.0)  # a merged cell, taken apart and filled
            return
        for row in rows:
            self._row_label(position, state, node, row, key)
        is_group = key in self._shape.group_keys
        names_row = bool(rows) and not is_group and key not in self._shape.column_keys
        own = prices.another_label if names_row else 0.0
        if state.phase == Phase.BETWEEN or self._shape.unlabelled:
            self._go(node, position + 1, state, own)
            return
        between = prices.group_before_values if is_group else prices.header_before_values
        self._go(node, position + 1, state, max(own, between))
        price, done, void = self._close(state)
        self._go(node, position + 1, State(done, above=state.above), price + own, (), void)

    def _row_label(self, position: int, state: State, node: int, row: int, key: str, price: float = 0.0) -> None:
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
        following = State(done, Phase.LABELLED, row, spelled, state.above)
        self._go(node, position + 1, following, price, (event,), (*void, *left_out))

    def _is_whole(self, row: int, key: str) -> bool:
        return key in self._shape.rows[row].keys

    def _piece(self, position: int, state: State, node: int) -> None:
        key = self._stream.tokens[position].key
        if state.phase != Phase.BETWEEN and state.spelled:
            spelled = state.spelled + key
            if any(whole.startswith(spelled) for whole in self._shape.rows[state.row].keys):
                event = Event("label", state.row, position, position + 1)
                whole = self._is_whole(state.row, spelled)
                if whole and state.phase == Phase.VALUED:
                    following = State(max(state.done, state.row), above=state.above)
                else:
                    following = state._replace(spelled="" if whole else spelled)
                self._go(node, position + 1, following, 0.0, (event,))
        if len(key) > 1:
            for row in self._shape.rows_beginning_with(key):
                if row > state.done and row != state.row:
                    self._row_label(position, state, node, row, key)
        self._go(node, position + 1, state, self._prices.piece)

    def _value(self, position: int, state: State, node: int) -> None:
        if state.phase == Phase.LABELLED:
            self._take(position, state, node, state.row, self._around.line_of_another(position, state.row))
            self._values_first(position, state, node)
        elif state.phase == Phase.BETWEEN:
            self._take_unlabelled(position, state, node)
            self._values_first(position, state, node)
        self._leave(position, state, node)

    def _leave(self, position: int, state: State, node: int) -> None:
        """Values that belong to no row."""
        if self._stream.tokens[position].kind == Kind.EMPTY:
            # of two ways to the same values the one that begins right behind the label is taken
            self._go(node, position + 1, state, 0.0 if state.phase == Phase.BETWEEN else _LATER)
            return
        alone = self._runs.is_alone(position)
        event = Event("stray", -1, position, position + 1)
        price = self._prices.stray_number_alone if alone else self._prices.stray_number
        if self._around.behind_own_label(position):
            price += self._prices.values_in_line_of_another
        self._go(node, position + 1, state, price, (event,))
        end = self._runs.end_of_row(position)
        if end > position + 1:
            of_group = state.phase == Phase.BETWEEN and self._around.behind_group(position)
            price = self._prices.subtotal if of_group else self._prices.stray_line
            self._go(node, end, state, price, (Event("stray", -1, position, end),))

    def _take(self, position: int, state: State, node: int, row: int, price: float) -> None:
        if state.above and self._runs.is_alone(position):
            price += self._prices.change_of_side
        for fit in self._runs.fits(position, self._shape.rows[row].width):
            event = Event("values", row, position, fit.end)
            done = max(state.done, row)
            following = State(done, Phase.VALUED, row, state.spelled) if state.spelled else State(done)
            self._go(node, fit.end, following, price + fit.price, (event,))

    def _take_unlabelled(self, position: int, state: State, node: int) -> None:
        """Values for the next row, whose label is not printed."""
        if not self._shape.unlabelled and (
            self._stream.tokens[position].kind == Kind.EMPTY or self._around.behind_words(position)
        ):
            return
        price = self._prices.no_label
        if self._shape.unlabelled and (len(self._shape.rows) == 1 or self._around.behind_label(position)):
            price = 0.0
        for row in self._next_rows(state.done):
            extra = 0.0 if self._shape.unlabelled else self._around.line_of_another(position, row)
            void = tuple(range(state.done + 1, row))
            for fit in self._runs.fits(position, self._shape.rows[row].width):
                event = Event("values", row, position, fit.end)
                self._go(node, fit.end, State(row, above=state.above), price + extra + fit.price, (event,), void)

    def _next_rows(self, done: int) -> Iterator[int]:
        """The next row that has to be printed."""
        for row in range(done + 1, len(self._shape.rows)):
            if not self._shape.rows[row].stands_for and not self._shape.skipped[done + 1][row]:
                yield row
                return

    def _values_first(self, position: int, state: State, node: int) -> None:
        """Values whose label stands behind them."""
        tokens, prices = self._stream.tokens, self._prices
        if tokens[position].kind == Kind.EMPTY or self._shape.unlabelled:
            return
        closing, done, closed = self._close(state)
        for width in self._shape.widths:
            for fit in self._runs.fits(position, width):
                if fit.end >= self._end:
                    continue
                groups = fit.end
                price = fit.price
                if tokens[groups].kind == Kind.VALUE and self._runs.is_alone(groups) and groups + 1 < self._end:
                    price += prices.stray_number_alone  # the number of a page between values and their label
                    groups += 1
                label = tokens[groups]
                while (
                    label.kind == Kind.LABEL
                    and label.key in self._shape.group_keys
                    and groups + 1 < self._end
                    and tokens[groups + 1].kind == Kind.LABEL
                    and self._stream.rows[groups + 1] == self._stream.rows[groups]
                ):
                    groups += 1
                    label = tokens[groups]
                if label.kind != Kind.LABEL:
                    continue
                same_line = self._stream.rows[fit.end - 1] == self._stream.rows[groups]
                if not fit.exact and not same_line:
                    continue
                price += prices.values_first_in_line if same_line else prices.values_before_label
                above = state.above
                if not same_line and (
                    self._around.goes_on_with_values(groups) or self._around.behind_own_label(position)
                ):
                    price += prices.values_in_line_of_another
                if not same_line and self._runs.is_alone(position):
                    price += 0.0 if above else prices.change_of_side
                    above = True
                for row in self._shape.labels.get(label.key, ()):
                    if row > done and self._shape.rows[row].width == width:
                        skipped = self._shape.skipped[done + 1][row]
                        events = (
                            Event("label", row, groups, groups + 1),
                            Event("values", row, position, fit.end),
                        )
                        self._go(
                            node,
                            groups + 1,
                            State(row, above=above),
                            price + closing + prices.no_row * skipped,
                            events,
                            (*closed, *range(done + 1, row)),
                        )

    def _text(self, position: int, state: State, node: int) -> None:
        token = self._stream.tokens[position]
        prices = self._prices
        if is_entry(token) and state.phase == Phase.LABELLED:
            self._take(position, state, node, state.row, 0.0)
        price = prices.remark if token.remark else prices.other_text
        if is_entry(token) and state.phase == Phase.LABELLED and self._around.goes_on_with_values(position):
            price += prices.stray_number  # a word in the row's own line is one of its entries
        self._go(node, position + 1, state, price)
        if token.remark or len(token.folded) > LONGEST_LABEL:
            return
        for row, price in self._reworded(token.key, state.done):
            self._row_label(position, state, node, row, "", price)
        run_end = self._runs.end_of(position + 1)
        if run_end > position + 1 and not self._shape.unlabelled:
            for width in self._shape.widths:
                for fit in self._runs.fits(position + 1, width):
                    closing, done, void = self._close(state)
                    event = Event("unknown", -1, position, fit.end)
                    self._go(
                        node,
                        fit.end,
                        State(done, above=state.above),
                        prices.unknown_row + closing + fit.price,
                        (event,),
                        void,
                    )

    def _reworded(self, key: str, done: int) -> Iterator[tuple[int, float]]:
        """Rows whose label these words are close to."""
        for row, score in self._shape.rows_close_to(key).items():
            if row > done and score >= (_CLOSE if self._shape.skipped[done + 1][row] == 0 else _VERY_CLOSE):
                yield row, self._prices.reworded
