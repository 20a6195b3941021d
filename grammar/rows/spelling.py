"""A label broken over several pieces with its numbers in between, as PDF text prints it.

（二）部分公开（区分处理的，只计这一情 / 447 7 0 0 0 0 454 / 形，不计其他情形）
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Label, LabelKind, LexiconTable
from disclosure_checks.grammar.words.folding import label_key

_MOST_PIECES = 6  # on either side of the numbers


class BrokenLabel(NamedTuple):
    """A label, its pieces, its values, the pieces between that are not its own, and how many cells are used up."""

    label: Label
    pieces: tuple[Atom, ...]
    values: tuple[Atom, ...]
    strays: tuple[Atom, ...]
    used: int


def broken_label(atoms: Sequence[Atom], position: int, table: LexiconTable) -> BrokenLabel | None:
    """The row label that pieces before and after one line of numbers spell in order, leaving out other pieces.

    None where there is none, or where two labels could be spelled with equally many pieces.
    """
    before, after_before = _words(atoms, position)
    values = _line_of_values(atoms, after_before)
    if not values:
        return None
    after, _ = _words(atoms, after_before + len(values))
    pieces = [*before, *after]
    keys = [piece.key for piece in pieces]
    beginnings = tuple(keys[: len(before)])
    best: list[tuple[Label, tuple[int, ...]]] = []
    widths = {row.id: len(row.columns) for row in table.rows}
    for label in table.labels:
        if label.kind is not LabelKind.ROW or widths[label.id] != len(values):
            continue
        for wording in label.wordings:
            key = label_key(wording)
            spelled = spell(key, keys) if key.startswith(beginnings) else None
            if spelled and spelled[0] < len(before):
                best.append((label, spelled))
    if not best:
        return None
    most = max(len(spelled) for _, spelled in best)
    best = [found for found in best if len(found[1]) == most]
    if len({label.id for label, _ in best}) > 1:
        return None
    label, spelled = best[0]
    pieces_after = spelled[-1] - len(before) + 1
    used = after_before - position + len(values) + max(0, pieces_after)
    own = tuple(pieces[number] for number in spelled)
    passed = pieces[: max(len(before), spelled[-1] + 1)]
    strays = tuple(piece for number, piece in enumerate(passed) if number not in spelled)
    return BrokenLabel(label, own, tuple(values), strays, used)


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


def _words(atoms: Sequence[Atom], start: int) -> tuple[list[Atom], int]:
    """The words from ``start`` to the next value, at most as many as a label can have, and where they end."""
    end = start
    while end < len(atoms) and end - start < _MOST_PIECES and atoms[end].folded and not atoms[end].is_value:
        end += 1
    return list(atoms[start:end]), end


def _line_of_values(atoms: Sequence[Atom], start: int) -> list[Atom]:
    """The cells of the printed row that begins with a value at ``start``; words may stand among them."""
    end = start
    while end < len(atoms) and atoms[end].row == atoms[start].row and (atoms[end].is_value or atoms[start].firm):
        end += 1
    return list(atoms[start:end])
