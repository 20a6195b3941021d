"""Whether a label and its number stand in a sentence: 予以公开15件、部分公开0件; what a sentence tells is no row of a table."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.alignment.scanning.print_marks import print_marks
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream


def stand_in_a_sentence(stream: TokenStream, places: Sequence[int]) -> bool:
    """Whether tokens of one line, one number among them, are divided from others by a mark as sentences have it.

    The mark stands behind them, or before a number that has a counter: 予以公开、3件部分公开.
    """
    values = [place for place in places if stream.tokens[place].kind == Kind.VALUE]
    rows = {stream.rows[place] for place in places}
    if len(values) != 1 or len(rows) != 1:
        return False
    text, _ = stream.texts.get(rows.pop(), ("", ""))
    marks = print_marks()
    if marks.end_of_part.match(text, _span(stream, text, max(places))[1]):
        return True
    start, end = _span(stream, text, values[0])
    return not text[start:end][-1:].isdigit() and marks.beginning_of_part.search(text[:start]) is not None


def _span(stream: TokenStream, text: str, place: int) -> tuple[int, int]:
    """Where a token stands in the text of its line: the tokens of the line are looked for one after the other."""
    first = place
    while first and stream.rows[first - 1] == stream.rows[place]:
        first -= 1
    start = end = 0
    for token in stream.tokens[first : place + 1]:
        found = text.find(token.folded, end)
        start = found if found >= 0 else end
        end = start + len(token.folded) if found >= 0 else end
    return start, end
