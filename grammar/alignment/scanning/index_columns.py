"""A column of row numbers before a table, as programs print it that number the rows of every table from 0 on.

    0 规章 0 0 0
    1 行政规范性文件 12 3 31

Such a number stands before the label with values behind it: no row of a report prints numbers on both sides of its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream

_FEWEST_LINES = 3  # that count on: they prove that a document numbers its rows
_BEGINNINGS = ("0", "1")


def without_index_columns(stream: TokenStream) -> TokenStream:
    """The tokens of a document whose rows are numbered, without these numbers: their places are empty."""
    blocks = list(_blocks(stream))
    between_numbers = [block for block in blocks if any(_stands_before_words(stream, place) for place in block)]
    if all(len(block) < _FEWEST_LINES for block in between_numbers):
        return stream
    stream.numbered = True
    for block in blocks:
        for place in block if block in between_numbers or len(block) >= _FEWEST_LINES else ():
            stream.tokens[place] = stream.tokens[place]._replace(kind=Kind.EMPTY, folded="", printed="", key="")
    return stream


def _blocks(stream: TokenStream) -> Iterator[Sequence[int]]:
    """The first numbers of lines that count on, line by line; words before other numbers may leave lines between them."""
    block: list[int] = []
    rows = stream.rows
    for place, token in enumerate(stream.tokens):
        if place and rows[place] == rows[place - 1]:
            continue
        goes_on = block and token.folded == _following(stream, block[-1])
        if goes_on and rows[block[-1]] + 1 != rows[place]:
            goes_on = _stands_before_words(stream, block[-1]) and _stands_before_words(stream, place)
        is_apart = token.kind != Kind.VALUE and bool(block) and _stands_before_words(stream, block[-1])
        if block and not goes_on and not is_apart:
            yield block
            block = []
        is_first_of_several = place + 1 < len(stream) and rows[place + 1] == rows[place]
        if token.kind == Kind.VALUE and is_first_of_several and (goes_on or token.folded in _BEGINNINGS):
            block.append(place)
    if block:
        yield block


def _following(stream: TokenStream, place: int) -> str:
    return str(int(stream.tokens[place].folded) + 1)


def _stands_before_words(stream: TokenStream, place: int) -> bool:
    """Whether words follow a number in its line, and other numbers follow these."""
    rows, words = stream.rows, False
    for other in range(place + 1, len(stream)):
        if rows[other] != rows[place]:
            break
        kind = stream.tokens[other].kind
        if kind == Kind.VALUE:
            return words
        words = words or kind != Kind.EMPTY
    return False
