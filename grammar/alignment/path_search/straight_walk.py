"""The way through a table in which nothing is odd: every label in its order, its values behind it. One pass, no search."""

from __future__ import annotations

from disclosure_checks.grammar.alignment.path_search.lattice import Event, Path
from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.path_search.value_runs import looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream

_MAY_STAND_BETWEEN = (Kind.EMPTY, Kind.PIECE)


def straight_walk(shape: Shape, stream: TokenStream, start: int, end: int) -> Path | None:
    """The events of the table, if its print from the first row to the last is as the format has it; else None."""
    if shape.unlabelled:
        return _one_line(shape, stream, start, end) if len(shape.rows) == 1 else None
    tokens, labels = stream.tokens, shape.labels
    first = next(
        (
            place
            for place in range(start, end)
            if tokens[place].kind == Kind.LABEL and 0 in labels.get(tokens[place].key, ())
        ),
        -1,
    )
    if first < 0:
        return None
    events: list[Event] = []
    position, row, count = first, -1, len(shape.rows)
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
            position = stop
            if not shape.skipped[row + 1][count]:
                return Path(0.0, tuple(events), {}) if _ends_at(shape, stream, position, end) else None
        elif kind == Kind.EMPTY:
            position += 1
        else:
            return None
    return None


def _ends_at(shape: Shape, stream: TokenStream, position: int, end: int) -> bool:
    """Whether nothing behind a place looks as if the table went on."""
    tokens = stream.tokens
    while position < end and tokens[position].kind == Kind.EMPTY:
        position += 1
    if position == end:
        return True
    return tokens[position].kind != Kind.VALUE and not shape.labels.get(tokens[position].key)


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
        elif token.kind not in _MAY_STAND_BETWEEN:
            seen = 0
    return None
