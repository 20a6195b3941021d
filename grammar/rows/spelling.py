"""Pieces that spell a word: the label of a column broken over several lines of a header."""

from __future__ import annotations

from collections.abc import Sequence


def spell(word: str, pieces: Sequence[str]) -> tuple[int, ...] | None:
    """The numbers of pieces, in order, that put together give the word; None where they cannot."""

    def rest(done: int, start: int) -> tuple[int, ...] | None:
        if done == len(word):
            return ()
        for number in range(start, len(pieces)):
            piece = pieces[number]
            if piece and word.startswith(piece, done):
                following = rest(done + len(piece), number + 1)
                if following is not None:
                    return (number, *following)
        return None

    return rest(0, 0)
