"""The steps that values allow: a row takes them, before or behind its label or without one, or they belong to none."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_checks.grammar.alignment.path_search.lattice import Event, Lattice, Phase, State
from disclosure_checks.grammar.alignment.path_search.row_closing import RowCloser
from disclosure_checks.grammar.alignment.path_search.surroundings import Surroundings
from disclosure_checks.grammar.alignment.scanning.tokens import Kind

_LATER = 0.01


class ValueSteps:
    """Steps of one search over numbers and empty cells."""

    def __init__(self, lattice: Lattice, around: Surroundings, closer: RowCloser) -> None:
        self._go = lattice.go
        self._around = around
        self._shape, self._stream, self._runs = around.shape, around.stream, around.runs
        self._prices = around.prices
        self._close = closer.close

    def value(self, position: int, state: State, node: int) -> None:
        """The steps over a number or an empty cell."""
        if state.phase == Phase.LABELLED:
            self.take(position, state, node, state.row, self._around.line_of_another(position, state.row))
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

    def take(self, position: int, state: State, node: int, row: int, price: float) -> None:
        """A row takes the values behind its label."""
        stands_below = state.above and not state.spelled and not self._around.behind_own_label(position)
        if stands_below or state.first_in == self._stream.rows[position]:
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
        if self._stream.tokens[position].kind == Kind.EMPTY or self._shape.unlabelled:
            return
        for width in self._shape.widths:
            for fit in self._runs.fits(position, width):
                place, price = self._label_behind(fit.end, state.above)
                same_line = place >= 0 and self._stream.rows[fit.end - 1] == self._stream.rows[place]
                if place >= 0 and (fit.exact or same_line):
                    price += fit.price + self._price_of_order(position, place, same_line, state.above)
                    self._take_first(position, state, node, width, fit.end, place, price)

    def _label_behind(self, end: int, above: bool) -> tuple[int, float]:
        """Where the label of the values that end here stands, and what it costs to get there; -1 where there is none.

        The labels of groups stand before that of their first row; in lines of their own only where all values stand
        ``above`` their labels.
        """
        tokens, rows, price = self._stream.tokens, self._stream.rows, 0.0
        last = self._around.end - 1
        if end > last:
            return -1, price
        if tokens[end].kind == Kind.VALUE and self._runs.is_alone(end) and end < last:
            price = self._prices.stray_number_alone  # the number of a page between values and their label
            end += 1
        while (
            end < last
            and tokens[end].kind == tokens[end + 1].kind == Kind.LABEL
            and tokens[end].key in self._shape.group_keys
            and (above or rows[end + 1] == rows[end])
        ):
            end += 1
        return (end if tokens[end].kind == Kind.LABEL else -1), price

    def _price_of_order(self, position: int, label: int, same_line: bool, above: bool) -> float:
        """The price of values that stand before their label; ``above``: those before stood so too."""
        prices, around = self._prices, self._around
        if same_line:
            return prices.values_first_in_line
        price = 0.0 if above else prices.values_before_label
        if around.goes_on_with_values(label) or around.behind_own_label(position):
            price += prices.values_in_line_of_another
        if self._runs.is_alone(position) and not above:
            price += prices.change_of_side
        return price

    def _take_first(
        self, position: int, state: State, node: int, width: int, end: int, label: int, price: float
    ) -> None:
        """The rows that the label behind the values names take them."""
        closing, done, closed = self._close(state)
        stands_apart = self._stream.rows[end - 1] != self._stream.rows[label]
        above = state.above or (stands_apart and self._runs.is_alone(position))
        first_in = -1 if stands_apart else self._stream.rows[position]
        for row in self._shape.labels.get(self._stream.tokens[label].key, ()):
            if row > done and self._shape.rows[row].width == width:
                left_out = self._prices.no_row * self._shape.skipped[done + 1][row]
                events = (Event("label", row, label, label + 1), Event("values", row, position, end))
                void = (*closed, *range(done + 1, row))
                self._go(
                    node,
                    label + 1,
                    State(row, above=above, first_in=first_in),
                    price + closing + left_out,
                    events,
                    void,
                )
