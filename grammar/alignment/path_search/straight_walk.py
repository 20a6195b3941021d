"""The way through a table in which nothing is odd: every label in its order, its values behind it. One pass, no search.

A label may also be broken around its values, as narrow columns print it: what its pieces spell leaves no doubt.
"""

from __future__ import annotations

from disclosure_checks.grammar.alignment.path_search.lattice import Event, Path
from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.path_search.value_runs import looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token, TokenStream

_MAY_STAND_BETWEEN = (Kind.EMPTY, Kind.PIECE, Kind.LABEL)


def straight_walk(shape: Shape, stream: TokenStream, start: int, end: int) -> Path | None:
    """The events of the table, if its print from the first row to the last is as the format has it; else None."""
    if shape.unlabelled:
        return _one_line(shape, stream, start, end) if len(shape.rows) == 1 else None
    tokens, labels = stream.tokens, shape.labels
    first = next(
        (place for place in range(start, end) if _begins_table(shape, tokens[place])),
        -1,
    )
    if first < 0:
        return None
    events: list[Event] = []
    position, row, count = _values_right_before(shape, stream, start, first), -1, len(shape.rows)
    if position == first > start and tokens[first - 1].kind == Kind.VALUE:
        return None  # a number that may be cut from the first row
    above = below = False  # whether values stand in a line above their label, or below it
    while position < end:
        token = tokens[position]
        kind = token.kind
        if kind == Kind.LABEL:
            named = labels.get(token.key)
            if named is None:
                return None
            following = _following(shape, row, named)
            if following < 0:
                if named and token.key not in shape.group_keys and not _is_header(shape, named):
                    return None
                position += 1
                continue
            stop = _values(stream, position + 1, end, shape.rows[following].width)
            if not stop:
                if token.key in shape.group_keys:  # a group that can be one row, and is not
                    position += 1
                    continue
                return None
            row = following
            events += (Event("label", row, position, position + 1), Event("values", row, position + 1, stop))
            below = below or stream.rows[position] != stream.rows[stop - 1]
            if above and below:
                return None
            position = stop
            if not shape.skipped[row + 1][count]:
                return Path(0.0, tuple(events), {}) if _ends_at(shape, stream, position, end) else None
        elif kind == Kind.VALUE:
            label, row = _row_above_label(shape, stream, position, end, row)
            if row < 0 or below:
                return None
            above = True
            events += (
                Event("label", row, label, label + 1),
                Event("values", row, position, position + shape.rows[row].width),
            )
            position = label + 1
            if not shape.skipped[row + 1][count]:
                return Path(0.0, tuple(events), {}) if _ends_at(shape, stream, position, end) else None
        elif kind == Kind.PIECE:
            broken = _broken_row(shape, stream, position, end, row)
            if not broken:
                return None
            events += broken
            row, position = broken[0].row, broken[-1].end
            if not shape.skipped[row + 1][count]:
                return Path(0.0, tuple(events), {}) if _ends_at(shape, stream, position, end) else None
        elif kind == Kind.EMPTY:
            position += 1
        else:
            return None
    return None


def _begins_table(shape: Shape, token: Token) -> bool:
    """Whether a token is the label of the first row, or its first piece."""
    if token.kind == Kind.LABEL:
        return 0 in shape.labels.get(token.key, ())
    return token.kind == Kind.PIECE and len(token.key) > 1 and 0 in shape.rows_beginning_with(token.key)


def _values_right_before(shape: Shape, stream: TokenStream, start: int, label: int) -> int:
    """Where a line of exactly its values begins that stands right before the label of the first row; else the label's place."""
    place = label
    while place > start and stream.tokens[place - 1].kind == Kind.VALUE and label - place < shape.rows[0].width:
        place -= 1
    return place if label - place == shape.rows[0].width > 1 and _whole_line(stream, place, label) == label else label


def _row_above_label(shape: Shape, stream: TokenStream, position: int, end: int, row: int) -> tuple[int, int]:
    """The place of the label of the next row, and this row, if a line of exactly its values stands above it; else -1, -1."""
    tokens, rows = stream.tokens, stream.rows
    label = stop = _whole_line(stream, position, end)
    while label + 1 < end and tokens[label].key in shape.group_keys and rows[label + 1] == rows[label]:
        label += 1
    if stop == position or label + 1 >= end or tokens[label].kind != Kind.LABEL:
        return -1, -1
    following = _following(shape, row, shape.labels.get(tokens[label].key, ()))
    fits = following >= 0 and shape.rows[following].width == stop - position > 1
    has_own_values = tokens[label + 1].kind == Kind.VALUE and rows[label + 1] == rows[label]
    return (label, following) if fits and not has_own_values else (-1, -1)


def _broken_row(shape: Shape, stream: TokenStream, position: int, end: int, row: int) -> list[Event]:
    """The next row, if pieces before and behind one line of exactly its values spell its label; else nothing."""
    beginning = shape.rows_beginning_with(stream.tokens[position].key)
    found = [_spelled_around(shape, stream, position, end, one) for one in beginning if one > row]
    fitting = [events for events in found if events and not shape.skipped[row + 1][events[0].row]]
    return fitting[0] if len(fitting) == 1 else []


def _spelled_around(shape: Shape, stream: TokenStream, position: int, end: int, row: int) -> list[Event]:
    tokens, keys = stream.tokens, shape.rows[row].keys
    events: list[Event] = []
    spelled = ""
    taken = False
    while position < end and spelled not in keys:
        kind, following = tokens[position].kind, spelled + tokens[position].key
        if kind in (Kind.PIECE, Kind.LABEL) and any(key.startswith(following) for key in keys):
            events.append(Event("label", row, position, position + 1))
            spelled, position = following, position + 1
        elif kind == Kind.VALUE and spelled and not taken:
            stop = _whole_line(stream, position, end)
            if stop - position != shape.rows[row].width:
                return []
            events.append(Event("values", row, position, stop))
            taken, position = True, stop
        else:
            return []
    return events if taken and spelled in keys else []


def _whole_line(stream: TokenStream, position: int, end: int) -> int:
    """Where the values of a printed row end, of which nothing but values is left."""
    stop = position
    while stop < end and stream.rows[stop] == stream.rows[position]:
        if stream.tokens[stop].kind != Kind.VALUE:
            return position
        stop += 1
    return stop


def _ends_at(shape: Shape, stream: TokenStream, position: int, end: int) -> bool:
    """Whether nothing behind a place looks as if the table went on."""
    tokens = stream.tokens
    while position < end and tokens[position].kind == Kind.EMPTY:
        position += 1
    if position == end:
        return True
    if tokens[position].kind == Kind.VALUE or shape.labels.get(tokens[position].key):
        return False
    # nor is it printed again, as that of another year may be
    behind = range(position, end - 1)
    return not any(_begins_table(shape, tokens[one]) and tokens[one + 1].kind == Kind.VALUE for one in behind)


def _following(shape: Shape, row: int, named: tuple[int, ...]) -> int:
    """The row a label begins if it is the next; -1 where it is not."""
    for one in named:
        if one > row and not shape.skipped[row + 1][one]:
            return one
    return -1


def _is_header(shape: Shape, named: tuple[int, ...]) -> bool:
    """Whether a label that names a row stands in the header: it names a column as well."""
    return any(key in shape.column_keys for one in named for key in shape.rows[one].keys)


def _values(stream: TokenStream, start: int, end: int, width: int) -> int:
    """Where exactly ``width`` values end that stand behind a label; 0 where something else stands there."""
    tokens, rows = stream.tokens, stream.rows
    count = 0
    position = start
    while position < end:
        kind = tokens[position].kind
        if kind == Kind.VALUE:
            if (
                count == width
                and rows[position] != rows[position - 1]
                and rows[start - 1] == rows[start] == rows[position - 1]
            ):
                break  # a line above its label follows
            count += 1
        elif kind != Kind.EMPTY:
            break
        position += 1
    if count != width and not _is_glued(stream, start, position, width):
        return 0
    if not _in_one_manner(stream, start, position, count == width):
        return 0
    # values in the line of the label behind them are that label's
    if position == end or tokens[position].kind != Kind.LABEL or rows[position] != rows[position - 1]:
        return position
    return 0 if tokens[start - 1].firm and rows[start - 1] != rows[start] else position


def _in_one_manner(stream: TokenStream, start: int, end: int, separated: bool) -> bool:
    """Whether values stand all in one printed row or each in its own, as nothing else is sure to be one row."""
    rows = [stream.rows[place] for place in range(start, end) if stream.tokens[place].kind == Kind.VALUE]
    return len(set(rows)) == 1 or (separated and len(set(rows)) == len(rows))


def _is_glued(stream: TokenStream, start: int, end: int, width: int) -> bool:
    """Whether values are digits without separators, enough of them for the columns, which equations can tell apart."""
    values = [token for token in stream.tokens[start:end] if token.kind == Kind.VALUE]
    digits = [token.folded for token in values if token.folded.isdecimal()]
    return len(values) == len(digits) < width <= sum(map(len, digits)) and looks_glued(values)


def _one_line(shape: Shape, stream: TokenStream, start: int, end: int) -> Path | None:
    """A header of labels, and then the values of all rows."""
    tokens, labels = stream.tokens, shape.labels
    seen = 0
    for position in range(start, end):
        token = tokens[position]
        if token.kind == Kind.LABEL and token.key in labels:
            seen += 1
        elif token.kind == Kind.VALUE and seen > len(shape.table.columns) and tokens[position - 1].kind != Kind.TEXT:
            stop = _values(stream, position, end, shape.rows[0].width)
            is_whole = stop and _ends_at(shape, stream, stop, end)
            return Path(0.0, (Event("values", 0, position, stop),), {}) if is_whole else None
        elif token.kind not in _MAY_STAND_BETWEEN:  # the label of another table may be a piece of one of these
            seen = 0
    return None
