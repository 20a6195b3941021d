"""From the events of the way through a table to its rows, each with its label, its values and the header above it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from disclosure_checks.grammar.alignment.filling.column_order import column_of_piece, header_labels
from disclosure_checks.grammar.alignment.filling.row_entries import texts_of
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment, UnknownRow
from disclosure_checks.grammar.alignment.path_search.lattice import Event, Path
from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token, TokenStream
from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.words.label_index import LabelIndex

_LABEL_KINDS = (Kind.LABEL, Kind.PIECE)
_LEADING_KINDS = (Kind.LABEL, Kind.PIECE, Kind.EMPTY)


class RowCollector:
    """Collects the rows of one table of a format. ``foreign``: labels of other formats."""

    def __init__(self, table: LexiconTable, index: LabelIndex, foreign: frozenset[str]) -> None:
        self._table = table
        self._index = index
        self._foreign = foreign

    def collect(self, found: TableAlignment, path: Path, stream: TokenStream) -> None:
        """Puts into a table what a way through a stream found."""
        if not path.events:
            return
        labels, values = self._sort_events(found, path.events)
        found.start = _first_of_header(stream, min(event.start for event in path.events))
        found.end = max(event.end for event in path.events)
        header = self._header(found, {place for places in labels.values() for place in places}, stream)
        times = Counter(event.row for event in values)
        printings = {row: iter(_of_each_printing(places, times[row], stream)) for row, places in labels.items()}
        taken: dict[int, AlignedRow] = {}
        above: tuple[int, ...] = ()
        last = -1  # of the header's labels that were looked at
        for event in values:
            number = bisect_left(header, event.start)
            if number != last:
                above, last = _above(header[:number], stream), number
            label = next(printings.get(event.row, iter(())), ())
            aligned = AlignedRow(found.shape.rows[event.row], label, event.start, event.end, above)
            if event.row in taken:
                self._repeat(found, taken[event.row], aligned, stream)
            else:
                taken[event.row] = aligned
                found.rows.append(aligned)
        for row, places in labels.items():
            if row not in taken:
                end = places[-1] + 1
                found.rows.append(AlignedRow(found.shape.rows[row], tuple(places), end, end))
        for row, others in path.open.items():
            found.open[found.shape.rows[row].id] = others

    @staticmethod
    def _sort_events(found: TableAlignment, events: Sequence[Event]) -> tuple[dict[int, list[int]], list[Event]]:
        """For each row the places of its label, and the values that rows take; what is no row goes into the table."""
        labels: dict[int, list[int]] = {}
        values: list[Event] = []
        for event in events:
            if event.name == "label":
                labels.setdefault(event.row, []).append(event.start)
            elif event.name == "values":
                values.append(event)
            elif event.name == "unknown":
                after = found.shape.rows[values[-1].row].id if values else ""
                found.unknown.append(UnknownRow(event.start, event.start + 1, event.end, after))
            else:
                found.strays += range(event.start, event.end)
        return labels, values

    def _header(self, found: TableAlignment, used: set[int], stream: TokenStream) -> list[int]:
        """The places of the labels of columns, this format's and others'; ``used``: those of the labels of rows."""
        tokens = stream.tokens
        left = [
            place
            for place in range(found.start, found.end)
            if tokens[place].kind in _LABEL_KINDS
            and place not in used
            and self._is_of_header(found.shape, tokens[place])
        ]
        found.headers = header_labels(stream, left, self._table, self._index)
        of_columns = {label.position for label in found.headers if label.kind is LabelKind.COLUMN}
        return [place for place in left if place in of_columns or tokens[place].key in self._foreign]

    @staticmethod
    def _repeat(found: TableAlignment, first: AlignedRow, again: AlignedRow, stream: TokenStream) -> None:
        """A row printed a second time; with other values neither can be believed."""
        found.repeated.append(again)
        label = [stream.tokens[place].printed for place in again.label]
        text = " ".join((*label, *texts_of(again, stream)))
        found.note("rows_repeated", stream.places[again.start], text, again.row.cells)
        if texts_of(first, stream) != texts_of(again, stream):
            found.contradicted.add(first.row.id)
            found.open.setdefault(first.row.id, ((again.start, again.end),))

    def _is_of_header(self, shape: Shape, token: Token) -> bool:
        if token.kind == Kind.PIECE:
            return bool(column_of_piece(token.key, self._table))
        return token.key in shape.labels or token.key in self._foreign


def choose_between_group_and_rows(found: TableAlignment, stream: TokenStream) -> None:
    """Where a group's rows are printed too, its own numbers are a subtotal of them, or those of a row without label."""
    printed = {group for row in found.rows for group in row.row.groups}
    if any(row.row.stands_for and row.row.stands_for not in printed for row in found.rows):
        keys = {token.key for token in stream.tokens[found.start : found.end] if token.kind == Kind.LABEL}
        for one in found.shape.rows:
            if any(key in keys and key not in found.shape.column_keys for key in one.keys):
                printed |= set(one.groups)
    for row in [row for row in found.rows if row.row.stands_for]:
        if row.row.stands_for in printed or row.start == row.end:
            found.rows.remove(row)


def _of_each_printing(places: Sequence[int], times: int, stream: TokenStream) -> list[tuple[int, ...]]:
    """The label of a row for each time that it takes values; where it is not printed each time, it is that of the first."""
    length = len(places) // max(times, 1)
    parts = [tuple(places[start : start + length]) for start in range(0, len(places), max(length, 1))]
    keys = {tuple([stream.tokens[place].key for place in part]) for part in parts}
    return parts if len(parts) == times and len(keys) == 1 else [tuple(places)]


def _above(header: Sequence[int], stream: TokenStream) -> tuple[int, ...]:
    """The labels of the header last printed, back to the values before them."""
    found: list[int] = []
    for place in reversed(header):
        if found and any(stream.tokens[between].kind == Kind.VALUE for between in range(place, found[-1])):
            break
        found.append(place)
    return tuple(reversed(found))


def _first_of_header(stream: TokenStream, start: int) -> int:
    while start and (stream.tokens[start - 1].kind in _LEADING_KINDS or stream.tokens[start - 1].remark):
        start -= 1
    return start
