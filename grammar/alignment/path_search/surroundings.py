"""What stands around a token in a part of a stream: labels of rows in its line, values before and behind a table."""

from __future__ import annotations

from bisect import bisect_left

from disclosure_checks.grammar.alignment.path_search.prices import Prices
from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.path_search.value_runs import ValueRuns
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream

LONGEST_LABEL = 45  # characters


class Surroundings:
    """The surroundings in which the rows of one shape are looked for."""

    def __init__(
        self, shape: Shape, stream: TokenStream, start: int, end: int, runs: ValueRuns, prices: Prices
    ) -> None:
        self.shape = shape
        self.stream = stream
        self.start, self.end = start, end
        self.runs = runs
        self.prices = prices
        self._labelled_rows = self._rows_with_labels()
        self._whole_rows = self._places_of_whole_rows()
        self._last_rows = self._last_rows_in_print()

    def price_before(self, position: int) -> float:
        """The price of values right before a table that are none of its own."""
        whole_rows = bisect_left(self._whole_rows, position)
        return self.prices.row_left_out * whole_rows + self._price_of_strays(range(position - 1, self.start - 1, -1))

    def price_behind(self, position: int, done: int) -> float:
        """The price of what stands right behind a table and looks like its own: values, or a row with its label.

        ``done``: the last row that the table has come to; the label of a later one, with no text before it, is one more.
        """
        later = self.prices.another_label if self._last_rows[position - self.start] > done else 0.0
        return later + self._price_of_values_behind(position)

    def _price_of_values_behind(self, position: int) -> float:
        tokens = self.stream.tokens
        while position < self.end and tokens[position].kind == Kind.EMPTY:
            position += 1
        whole_rows = len(self._whole_rows) - bisect_left(self._whole_rows, position)
        if self.shape.unlabelled and position < self.end and tokens[position].key in self.shape.labels:
            return self.prices.another_label  # the header goes on: the table is printed in parts
        return self.prices.row_left_out * whole_rows + self._price_of_strays(range(position, self.end))

    def _last_rows_in_print(self) -> list[int]:
        """For each place the last row whose label is printed from there to the next text; -1 where there is none."""
        found = [-1] * (self.end - self.start + 1)
        for position in range(self.end - 1, self.start - 1, -1):
            token = self.stream.tokens[position]
            if token.kind in (Kind.TEXT, Kind.HEADING):
                continue
            rows = self.shape.labels.get(token.key, ()) if token.kind == Kind.LABEL else ()
            found[position - self.start] = max(found[position - self.start + 1], *rows, -1)
        return found

    def _places_of_whole_rows(self) -> list[int]:
        """Where the label of a row stands with values behind it, more than one, as prose never prints them."""
        tokens, shape = self.stream.tokens, self.shape
        found: list[int] = []
        for position in range(self.start, self.end - 1):
            if tokens[position].kind != Kind.LABEL or tokens[position + 1].kind not in (Kind.VALUE, Kind.EMPTY):
                continue
            widths = [shape.rows[row].width for row in shape.labels.get(tokens[position].key, ())]
            width = max(widths, default=1)
            if width > 1 and (self.runs.has_several(position + 1) or self._is_glued_row(position + 1, width)):
                found.append(position)
        return found

    def _is_glued_row(self, position: int, width: int) -> bool:
        token = self.stream.tokens[position]
        return token.glued and token.folded.isdecimal() and len(token.folded) >= width

    def _price_of_strays(self, positions: range) -> float:
        tokens = self.stream.tokens
        count, first = 0, -1
        for position in positions:
            if tokens[position].kind not in (Kind.VALUE, Kind.EMPTY):
                break
            if tokens[position].kind == Kind.VALUE:
                count, first = count + 1, position
        if count == 1 and self.runs.is_alone(first):
            return self.prices.stray_number_alone
        return self.prices.stray_line * max(1, count // self.shape.widths[-1]) if count else 0.0

    def last_places_of_labels(self) -> dict[int, list[int]]:
        """By place the rows whose label, or a piece it may begin with, is last printed there; rows without one first."""
        shape = self.shape
        if shape.unlabelled:
            return {}
        replaced = {row.stands_for for row in shape.rows if row.stands_for}
        last: dict[int, int] = {
            number: self.start - 1
            for number, row in enumerate(shape.rows)
            if not row.stands_for and not replaced & set(row.groups)
        }
        tokens = self.stream.tokens
        for position in range(self.start, self.end):
            token = tokens[position]
            if token.kind == Kind.LABEL:
                for row in shape.labels.get(token.key, ()):
                    if row in last:
                        last[row] = position
            elif token.kind == Kind.PIECE:
                for row in shape.rows_beginning_with(token.key):
                    if row in last:
                        last[row] = position
            elif token.kind == Kind.TEXT and len(token.folded) <= LONGEST_LABEL:
                for row in shape.rows_close_to(token.key):
                    if row in last:
                        last[row] = position
        places: dict[int, list[int]] = {}
        for row, position in last.items():
            places.setdefault(position, []).append(row)
        return places

    def _rows_with_labels(self) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
        """For each printed row the labels of rows in it."""
        found: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for position in range(self.start, self.end):
            token = self.stream.tokens[position]
            if token.kind == Kind.LABEL:
                rows = self.shape.labels.get(token.key, ())
                if rows and token.key not in self.shape.group_keys:
                    found.setdefault(self.stream.rows[position], []).append((position, rows))
        return found

    def line_of_another(self, position: int, row: int) -> float:
        """The price of taking values in whose printed row the label of another row stands behind them."""
        labels = self._labelled_rows.get(self.stream.rows[position], ())
        end = self.runs.end_of_row(position)
        behind = any(place >= end and row not in rows for place, rows in labels)
        before = any(place < position for place, _ in labels)
        return self.prices.values_in_line_of_another if behind and not before else 0.0

    def behind_label(self, position: int) -> bool:
        """Whether the label of a column or row stands right before a place, empty ones left out."""
        before = position - 1
        rows = self.stream.rows
        while before >= self.start and self.stream.tokens[before].kind == Kind.EMPTY and rows[before] != rows[position]:
            before -= 1
        return before >= self.start and self.stream.tokens[before].kind in (Kind.LABEL, Kind.PIECE)

    def behind_words(self, position: int) -> bool:
        """Whether words that are no label of the format stand before values here, as those of an unknown row do."""
        before = position - 1
        rows = self.stream.rows
        while before >= self.start and (
            self.stream.tokens[before].kind == Kind.EMPTY
            or (self.stream.tokens[before].kind == Kind.VALUE and rows[before] == rows[position])
        ):
            before -= 1
        token = self.stream.tokens[before]
        return before >= self.start and token.kind == Kind.TEXT and len(token.folded) <= LONGEST_LABEL

    def behind_group(self, position: int) -> bool:
        """Whether the label of a group stands right before a place in the same printed row."""
        before = position - 1
        while before >= self.start and self.stream.tokens[before].kind == Kind.EMPTY:
            before -= 1
        rows = self.stream.rows
        return (
            before >= self.start
            and rows[before] == rows[position]
            and self.stream.tokens[before].key in self.shape.group_keys
        )

    def behind_own_label(self, position: int) -> bool:
        """Whether the label of a row stands before a place in the same printed row."""
        return any(place < position for place, _ in self._labelled_rows.get(self.stream.rows[position], ()))

    def goes_on_with_values(self, label: int) -> bool:
        """Whether the printed row of a label prints values behind it."""
        after = label + 1
        if after >= self.end or self.stream.rows[after] != self.stream.rows[label]:
            return False
        return self.stream.tokens[after].kind == Kind.VALUE
