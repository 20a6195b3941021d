"""Rows whose label differs from every accepted wording: recognised where place and words agree, else left unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.rows.row_tokens import ValueLine
from disclosure_checks.grammar.words.folding import label_key

_SURE = 75.0  # similarity in percent at the expected place
_VERY_SURE = 90.0  # at any place


class Reworded(NamedTuple):
    """An unknown row taken for a row of the format."""

    row_id: str
    line: ValueLine
    expected: str


def recognise_reworded(
    table: LexiconTable, order: Sequence[str], unknown: Sequence[tuple[str, ValueLine]]
) -> list[Reworded]:
    """The unknown rows that can only be one missing row: its words are close and no other missing row's are.

    ``unknown`` pairs each row with the id of the known row printed before it ("" at the top). Rows that are not
    recognised are reported by the caller; those that are do not appear twice.
    """
    if not unknown:
        return []
    positions = {row.id: number for number, row in enumerate(table.rows)}
    wordings = {label.id: label.wordings[0] for label in table.labels if label.kind is LabelKind.ROW}
    missing = [row_id for row_id in wordings if row_id in positions and row_id not in order]
    recognised: list[Reworded] = []
    for before, line in unknown:
        scores = sorted(
            ((fuzz.ratio(label_key(line.label_text), label_key(wordings[row_id])), row_id) for row_id in missing),
            reverse=True,
        )
        if not scores or (len(scores) > 1 and scores[1][0] > scores[0][0] - 10):
            continue
        score, row_id = scores[0]
        in_place = positions.get(before, -1) + 1 == positions[row_id]
        if score >= (_SURE if in_place else _VERY_SURE):
            recognised.append(Reworded(row_id, line, wordings[row_id]))
            missing.remove(row_id)
    return recognised
