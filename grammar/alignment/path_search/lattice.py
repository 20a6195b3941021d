"""The states that a way through a table can be in, the arcs between them, and what they say in the end.

Tokens only go forward, so one pass in their order finds the cheapest way to every state, and one pass back what is
still to be paid from it: an arc whose ways cost hardly more than the cheapest is a doubt.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from disclosure_checks.grammar.alignment.path_search.prices import Prices
from disclosure_checks.grammar.alignment.scanning.tokens import TokenStream


class Phase(IntEnum):
    """Where a state stands in a row."""

    BETWEEN = 0
    LABELLED = 1
    VALUED = 2  # the label goes on behind the values


class State(NamedTuple):
    """``done``: the last row that was passed; ``row``: the one in work; ``spelled``: what of its label was seen.

    ``above``: the last values that stood a line each stood above their label. ``first_in``: the printed row in which the
    last values stood before their label; -1 where they stood elsewhere.
    """

    done: int
    phase: Phase = Phase.BETWEEN
    row: int = -1
    spelled: str = ""
    above: bool = False
    first_in: int = -1

    def passed(self, done: int) -> State:
        """The state between rows that this one comes to when ``done`` is the last row passed."""
        return State(done, above=self.above, first_in=self.first_in)


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


class Lattice:
    """The states and arcs of one search, from the cheapest on."""

    def __init__(self, stream: TokenStream, start: int, end: int, prices: Prices) -> None:
        self._stream = stream
        self._start, self._end = start, end
        self._prices = prices
        self.begin_again(math.inf, math.inf)

    def begin_again(self, beam: float, limit: float) -> None:
        """Forgets what was found. ``beam``: how much dearer than the best of its place a state may be; ``limit``: at all."""
        self._beam, self._limit = beam, limit
        self._gone: list[int] = []  # rows whose labels are all left behind
        self._at: list[dict[State, int]] = [{} for _ in range(self._end - self._start + 1)]
        self._costs: list[float] = []
        self._arcs: list[Arc] = []
        self._best_arcs: list[int] = []
        self._final = self._node(math.inf)

    def _node(self, cost: float) -> int:
        self._costs.append(cost)
        self._best_arcs.append(-1)
        return len(self._costs) - 1

    @property
    def price(self) -> float:
        """What the cheapest way through the table costs; infinite where there is none."""
        return self._costs[self._final]

    def leave_behind(self, rows: Sequence[int]) -> None:
        """The labels of these rows come no more."""
        for row in rows:
            insort(self._gone, row)

    def begin(self, position: int, price: float) -> None:
        """The table may begin here."""
        nodes, state = self._at[position - self._start], State(-1)
        if state not in nodes:
            nodes[state] = self._node(price)
        elif self._costs[nodes[state]] > price:
            self._costs[nodes[state]] = price
            self._best_arcs[nodes[state]] = -1

    def ways_at_end(self) -> Iterable[tuple[State, int]]:
        """The states behind the last token."""
        return self._at[-1].items()

    def may_end(self, node: int, price: float) -> bool:
        """Whether a way that still costs this much is worth a look."""
        return self._costs[node] + price <= min(self._limit, self.price + self._prices.margin)

    def finish(self, node: int, price: float, void: tuple[int, ...]) -> None:
        """The table may end here."""
        self._add(node, self._final, price, (), void)

    def promising(self, position: int) -> list[tuple[State, int]]:
        """The states that are not far dearer than the best of a place, what must still come included."""
        nodes = self._at[position - self._start]
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

    def go(
        self,
        node: int,
        position: int,
        state: State,
        price: float,
        events: tuple[Event, ...] = (),
        void: Sequence[int] = (),
    ) -> None:
        """A step to a state before the token at ``position``; ``void``: the rows that get no values by it."""
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

    # ---- the way, and the ways beside it

    def path(self) -> Path:
        """The cheapest way, and what the ways beside it leave open."""
        events: list[Event] = []
        on_path: set[int] = set()
        node = self._final
        while self._best_arcs[node] >= 0:
            number = self._best_arcs[node]
            on_path.add(number)
            arc = self._arcs[number]
            events[:0] = arc.events
            node = arc.source
        price = self.price
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
