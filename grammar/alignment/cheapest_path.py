"""The cheapest way through the tokens of a table, and the ways that are hardly dearer.

A state says how far the rows of the schema have come, whether the label of a row was seen, and what of it was spelled;
every arc uses up tokens. Tokens only go forward, so one pass in their order finds the cheapest way to every state.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from disclosure_checks.grammar.alignment.prices import Prices
from disclosure_checks.grammar.alignment.shapes import CLOSE, Shape
from disclosure_checks.grammar.alignment.tokens import Kind, TokenStream
from disclosure_checks.grammar.alignment.value_runs import ValueRuns, is_entry

_CLOSE, _VERY_CLOSE = CLOSE, 90.0  # similarity of words to a label in its place and anywhere, in percent
_LATER = 0.01
_LONGEST_LABEL = 45  # characters


class Phase(IntEnum):
    """Where a state stands in a row."""

    BETWEEN = 0
    LABELLED = 1
    VALUED = 2  # the label goes on behind the values


class State(NamedTuple):
    """``done``: the last row that was passed; ``row``: the one in work; ``spelled``: what of its label was seen.

    ``above``: the last values that stood a line each stood above their label.
    """

    done: int
    phase: Phase = Phase.BETWEEN
    row: int = -1
    spelled: str = ""
    above: bool = False


class Event(NamedTuple):
    """What an arc found: a label or values of a row, or a row the format does not know (row -1)."""

    name: str
    row: int
    start: int
    end: int


class Arc(NamedTuple):
    """A step from one node to another; ``void``: the rows that get no values by it."""

    source: int
    target: int
    price: float
    events: tuple[Event, ...]
    void: tuple[int, ...]


Span = tuple[int, int]  # of tokens


class Path(NamedTuple):
    """The cheapest way. ``open``: for each row that is not clear, where its values could stand too (None: nowhere)."""

    price: float
    events: tuple[Event, ...]
    open: dict[int, tuple[Span | None, ...]]


class PathFinder:
    """Finds the cheapest way for one shape through a part of a stream."""

    def __init__(
        self, shape: Shape, stream: TokenStream, start: int, end: int, prices: Prices, foreign: frozenset[str]
    ) -> None:
        self._shape = shape
        self._stream = stream
        self._start, self._end = start, end
        self._prices = prices
        self._foreign = foreign
        self._runs = ValueRuns(stream, start, end, prices)
        self._labelled_rows = self._rows_with_labels()
        self._whole_rows = self._places_of_whole_rows()
        self._last_labels = self._last_places_of_labels()
        self._begin_again()

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

    def _begin_again(self) -> None:
        self._at: list[dict[State, int]] = [{} for _ in range(self._end - self._start + 1)]
        self._costs: list[float] = []
        self._arcs: list[Arc] = []
        self._best_arcs: list[int] = []
        self._final = self._node(math.inf)

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
                begin, price = State(-1), self._price_before(position)
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

    # ---- nodes and arcs

    def _node(self, cost: float) -> int:
        self._costs.append(cost)
        self._best_arcs.append(-1)
        return len(self._costs) - 1

    def _promising(self, nodes: dict[State, int]) -> list[tuple[State, int]]:
        """The states that are not far dearer than the best of a place, what must still come included."""
        found = [
            (self._costs[node] + self._least_to_come(max(state.done, state.row)), state, node)
            for state, node in nodes.items()
        ]
        if not found:
            return []
        most = min(min([price for price, _, _ in found]) + self._beam, self._limit)
        return [(state, node) for price, state, node in found if price <= most]

    def _least_to_come(self, done: int) -> float:
        """What the rows cost at least whose labels are all left behind."""
        return self._prices.no_label * (len(self._gone) - bisect_right(self._gone, done))

    def _last_places_of_labels(self) -> dict[int, list[int]]:
        """By place the rows whose label, or a piece it may begin with, is last printed there; rows without one first."""
        shape = self._shape
        if shape.unlabelled:
            return {}
        replaced = {row.stands_for for row in shape.rows if row.stands_for}
        last: dict[int, int] = {
            number: self._start - 1
            for number, row in enumerate(shape.rows)
            if not row.stands_for and not replaced & set(row.groups)
        }
        tokens = self._stream.tokens
        for position in range(self._start, self._end):
            token = tokens[position]
            if token.kind == Kind.LABEL:
                for row in shape.labels.get(token.key, ()):
                    if row in last:
                        last[row] = position
            elif token.kind == Kind.PIECE:
                for row in shape.rows_beginning_with(token.key):
                    if row in last:
                        last[row] = position
            elif token.kind == Kind.TEXT and len(token.folded) <= _LONGEST_LABEL:
                for row in shape.rows_close_to(token.key):
                    if row in last:
                        last[row] = position
        places: dict[int, list[int]] = {}
        for row, position in last.items():
            places.setdefault(position, []).append(row)
        return places

    def _go(
        self,
        node: int,
        position: int,
        state: State,
        price: float,
        events: tuple[Event, ...] = (),
        void: Sequence[int] = (),
    ) -> None:
        if price == math.inf or self._costs[node] + price > self._limit:
            return
        nodes = self._at[position - self._start]
        target = nodes.get(state)
        if target is None:
            target = nodes[state] = self._node(math.inf)
        self._add(node, target, price, events, tuple(void))

    def _add(self, node: int, target: int, price: float, events: tuple[Event, ...], void: tuple[int, ...]) -> None:
        self._arcs.append(Arc(node, target, price, events, void))
        cost = self._costs[node] + price
        if cost < self._costs[target]:
            self._costs[target] = cost
            self._best_arcs[target] = len(self._arcs) - 1

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
        price += self._price_behind(position)
        if price == math.inf:
            return
        self._add(node, self._final, price, (), (*void, *range(done + 1, count)))

    def _price_before(self, position: int) -> float:
        """The price of values right before a table that are none of its own."""
        whole_rows = bisect_left(self._whole_rows, position)
        return self._prices.another_label * whole_rows + self._price_of_strays(range(position - 1, self._start - 1, -1))

    def _price_behind(self, position: int) -> float:
        """The price of what stands right behind a table and looks like its own: values, or a row with its label."""
        tokens = self._stream.tokens
        while position < self._end and tokens[position].kind == Kind.EMPTY:
            position += 1
        whole_rows = len(self._whole_rows) - bisect_left(self._whole_rows, position)
        return self._prices.another_label * whole_rows + self._price_of_strays(range(position, self._end))

    def _places_of_whole_rows(self) -> list[int]:
        """Where the label of a row stands with values behind it, more than one, as prose never prints them."""
        tokens, shape = self._stream.tokens, self._shape
        return [
            position
            for position in range(self._start, self._end - 1)
            if tokens[position].kind == Kind.LABEL
            and tokens[position + 1].kind == Kind.VALUE
            and self._runs.has_several(position + 1)
            and any(shape.rows[row].width > 1 for row in shape.labels.get(tokens[position].key, ()))
        ]

    def _price_of_strays(self, positions: range) -> float:
        tokens = self._stream.tokens
        count, first = 0, -1
        for position in positions:
            if tokens[position].kind not in (Kind.VALUE, Kind.EMPTY):
                break
            if tokens[position].kind == Kind.VALUE:
                count, first = count + 1, position
        if count == 1 and self._runs.is_alone(first):
            return self._prices.stray_number_alone
        return self._prices.stray_line * max(1, count // self._shape.widths[-1]) if count else 0.0

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
            self._take(position, state, node, state.row, self._line_of_another(position, state.row))
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
        self._go(node, position + 1, state, price, (event,))
        end = self._runs.end_of_row(position)
        if end > position + 1:
            self._go(node, end, state, self._prices.stray_line, (Event("stray", -1, position, end),))

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
        if self._stream.tokens[position].kind == Kind.EMPTY and not self._shape.unlabelled:
            return
        price = self._prices.no_label
        if self._shape.unlabelled and (len(self._shape.rows) == 1 or self._behind_label(position)):
            price = 0.0
        for row in self._next_rows(state.done):
            extra = 0.0 if self._shape.unlabelled else self._line_of_another(position, row)
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
                if not fit.exact or fit.end >= self._end:
                    continue
                groups = fit.end
                price = fit.price
                if tokens[groups].kind == Kind.VALUE and self._runs.is_alone(groups) and groups + 1 < self._end:
                    price += prices.stray_number_alone  # the number of a page between values and their label
                    groups += 1
                label = tokens[groups]
                while label.kind == Kind.LABEL and label.key in self._shape.group_keys and groups + 1 < self._end:
                    groups += 1
                    label = tokens[groups]
                if label.kind != Kind.LABEL:
                    continue
                same_line = self._stream.rows[fit.end - 1] == self._stream.rows[groups]
                price += prices.values_first_in_line if same_line else prices.values_before_label
                above = state.above
                if not same_line and (self._goes_on_with_values(groups) or self._behind_own_label(position)):
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
        self._go(node, position + 1, state, prices.remark if token.remark else prices.other_text)
        if token.remark or len(token.folded) > _LONGEST_LABEL:
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

    def _rows_with_labels(self) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
        """For each printed row the labels of rows in it."""
        found: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for position in range(self._start, self._end):
            token = self._stream.tokens[position]
            if token.kind == Kind.LABEL:
                rows = self._shape.labels.get(token.key, ())
                if rows and token.key not in self._shape.group_keys:
                    found.setdefault(self._stream.rows[position], []).append((position, rows))
        return found

    def _line_of_another(self, position: int, row: int) -> float:
        """The price of taking values in whose printed row the label of another row stands behind them."""
        labels = self._labelled_rows.get(self._stream.rows[position], ())
        end = self._runs.end_of_row(position)
        behind = any(place >= end and row not in rows for place, rows in labels)
        before = any(place < position for place, _ in labels)
        return self._prices.values_in_line_of_another if behind and not before else 0.0

    def _behind_label(self, position: int) -> bool:
        """Whether the label of a column or row stands right before a place, empty ones left out."""
        before = position - 1
        rows = self._stream.rows
        while (
            before >= self._start and self._stream.tokens[before].kind == Kind.EMPTY and rows[before] != rows[position]
        ):
            before -= 1
        return before >= self._start and self._stream.tokens[before].kind in (Kind.LABEL, Kind.PIECE)

    def _behind_own_label(self, position: int) -> bool:
        """Whether the label of a row stands before a place in the same printed row."""
        return any(place < position for place, _ in self._labelled_rows.get(self._stream.rows[position], ()))

    def _goes_on_with_values(self, label: int) -> bool:
        """Whether the printed row of a label prints values behind it."""
        after = label + 1
        if after >= self._end or self._stream.rows[after] != self._stream.rows[label]:
            return False
        return self._stream.tokens[after].kind == Kind.VALUE

    # ---- the way, and the ways beside it

    def _path(self) -> Path:
        events: list[Event] = []
        on_path: set[int] = set()
        node = self._final
        while self._best_arcs[node] >= 0:
            number = self._best_arcs[node]
            on_path.add(number)
            arc = self._arcs[number]
            events[:0] = arc.events
            node = arc.source
        price = self._costs[self._final]
        return Path(price, tuple(events), self._open_rows(price, events) if price > 0 else {})

    def _open_rows(self, price: float, events: Sequence[Event]) -> dict[int, tuple[Span | None, ...]]:
        """The rows that another way, hardly dearer, gives other values."""
        limit = price + self._prices.margin
        rest = [math.inf] * len(self._costs)
        rest[self._final] = 0.0
        taken: dict[int, tuple[str, ...]] = {}
        for event in events:
            if event.name == "values" and event.row not in taken:
                taken[event.row] = self._values(event)
        others: dict[int, dict[tuple[str, ...] | None, Span | None]] = {}
        # nodes of a place are made before those of later places are expanded: arcs stand in the order of their sources
        for arc in reversed(self._arcs):
            onward = rest[arc.target] + arc.price
            if onward < rest[arc.source]:
                rest[arc.source] = onward
            if self._costs[arc.source] + onward > limit:
                continue
            for row in arc.void:
                if row in taken:
                    others.setdefault(row, {})[None] = None
            for event in arc.events:
                if event.name == "values":
                    values = self._values(event)
                    if values != taken.get(event.row):
                        others.setdefault(event.row, {})[values] = (event.start, event.end)
        return {row: tuple(sorted(found.values(), key=lambda one: one or (-1, -1))) for row, found in others.items()}

    def _values(self, event: Event) -> tuple[str, ...]:
        return tuple(token.folded for token in self._stream.tokens[event.start : event.end] if token.folded)
