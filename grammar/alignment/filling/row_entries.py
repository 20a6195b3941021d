"""What stands at the places of a row: its entries, their texts, the numbers beside them that belong to no row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.path_search.value_runs import is_entry, looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream

_FEWEST_GLUED_ROWS = 3


def entries_of(row: AlignedRow, stream: TokenStream) -> list[int]:
    """The places behind a label that are the row's; words between exactly as many numbers as columns are not."""
    tokens, rows = stream.tokens, stream.rows
    entries = [place for place in range(row.start, row.end) if is_entry(tokens[place])]
    if all(tokens[place].kind != Kind.TEXT for place in entries):
        return entries
    values = [place for place in entries if tokens[place].kind != Kind.TEXT]
    if sum(1 for place in values if tokens[place].folded) != row.row.width:
        return entries
    beside = {rows[place] for place in values if tokens[place].folded}
    return entries if any(rows[place] in beside for place in entries if tokens[place].kind == Kind.TEXT) else values


def texts_of(row: AlignedRow, stream: TokenStream) -> list[str]:
    """What is printed as the values of a row."""
    return [text for place in entries_of(row, stream) if (text := stream.tokens[place].folded)]


def word_runs_into_digits(row: AlignedRow, stream: TokenStream) -> bool:
    """Whether a word has digits behind it without a separator: some of them may belong to it (减少3 308), or all."""
    tokens = [stream.tokens[place] for place in entries_of(row, stream) if stream.tokens[place].folded]
    if any(behind.glued and behind.folded.isdecimal() and word.folded.isalpha() for word, behind in pairwise(tokens)):
        return True
    is_short = 0 < len(tokens) < row.row.width
    return is_short and any(token.folded[0].isalpha() and token.folded[-2:].isdecimal() for token in tokens)


def has_lost_separators(stream: TokenStream) -> bool:
    """Whether numbers stand together, or with labels, without separators in several printed rows without other words."""
    printed = list(zip(stream.tokens, stream.rows, strict=True))
    with_words = {row for token, row in printed if token.kind == Kind.TEXT}
    glued = {row for token, row in printed if token.kind == Kind.VALUE and looks_glued([token])} - with_words
    return len(glued) >= _FEWEST_GLUED_ROWS


def stand_in_lines(places: Sequence[int], stream: TokenStream) -> bool:
    """Whether every place has a line of its own."""
    return len({stream.rows[place] for place in places}) == len(places)


def with_strays(found: TableAlignment, row: AlignedRow, stream: TokenStream) -> tuple[int, int]:
    """Where a row's values stand together with the numbers beside them that belong to no row."""
    strays = set(found.strays)
    start, place = row.start, row.start - 1
    while place >= 0 and (place in strays or stream.tokens[place].kind in (Kind.EMPTY, Kind.TEXT)):
        if place in strays:
            start = place
        place -= 1
    place = end = row.end
    while place < len(stream) and (place in strays or stream.tokens[place].kind in (Kind.EMPTY, Kind.TEXT)):
        if place in strays:
            end = place + 1
        place += 1
    return start, end


def left_over_numbers(found: TableAlignment, stream: TokenStream) -> set[int]:
    """The places of numbers that belong to no row of a table, the last before it and the first behind it included."""
    tokens = stream.tokens
    left_over = {place for place in found.strays if tokens[place].kind == Kind.VALUE}
    for way in (range(found.start - 1, -1, -1), range(found.end, len(stream))):
        place = next((one for one in way if tokens[one].kind in (Kind.HEADING, Kind.VALUE)), -1)
        if place >= 0 and tokens[place].kind == Kind.VALUE:
            left_over.add(place)
    return left_over


def stands_beside(places: set[int], row: AlignedRow, stream: TokenStream) -> bool:
    """Whether the last number before a row or the first behind it stands at one of these places."""
    tokens = stream.tokens
    for way in (range(row.start - 1, -1, -1), range(row.end, len(stream))):
        if next((one for one in way if tokens[one].kind in (Kind.HEADING, Kind.VALUE)), -1) in places:
            return True
    return False


def goes_over_full_line(row: AlignedRow, stream: TokenStream) -> bool:
    """Whether a number stands at the end of a line that had no more room, and another one begins the next: it may be cut."""
    tokens, rows = stream.tokens, stream.rows
    for place in range(max(row.start - 1, 0), min(row.end, len(stream) - 1)):
        ends_line = rows[place] in stream.full_rows and rows[place + 1] != rows[place]
        if ends_line and tokens[place].kind == tokens[place + 1].kind == Kind.VALUE:
            return True
    return False


def texts_over_full_lines(row: AlignedRow, stream: TokenStream) -> tuple[str, ...]:
    """What is printed as the values of a row, digits put together that a line without more room may have cut."""
    texts: list[str] = []
    last = -1
    for place in entries_of(row, stream):
        text = stream.tokens[place].folded
        if not text:
            continue
        cut = texts and stream.rows[last] in stream.full_rows and stream.rows[place] != stream.rows[last]
        if cut and texts[-1].isdecimal() and text.isdecimal():
            texts[-1] += text
        else:
            texts.append(text)
        last = place
    return tuple(texts)
