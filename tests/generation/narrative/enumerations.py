"""Enumerations in sentences: 予以公开5件、部分公开4件、无法提供6件, in the shapes that offices give them."""

from __future__ import annotations

from collections.abc import Callable

from tests.generation.narrative.number_words import NumberStyle
from tests.generation.narrative.sentences import Piece, Said
from tests.generation.narrative.voice import Voice, narrative_wordings

WHOLES = {
    "results": "results",
    "refused": "refused",
    "unavailable": "unavailable",
    "rejected": "rejected",
    "other": "other",
    "applicants": "received",
    "reconsiderations": "reconsiderations",
    "litigations": "litigations",
}
OF_CASES = ("reconsiderations", "litigations")
PERCENT_SLOT = "{p}"
ZEROS_NAMED = 0.12
OF_REQUESTS = "申请"  # in a shape: for requests only
DOUBLED = "申请申请"

StyleOf = Callable[[float], NumberStyle]
PercentageOf = Callable[[Voice, str, float], Said]


def leaf_of(voice: Voice, group: str) -> str:
    """One of the rows of a group that are not 0, "" where there is none."""
    names = [name for name in narrative_wordings()["lists"][group] if voice.values.get(name)]
    return voice.random.choice(names) if names else ""


def enumeration(voice: Voice, name: str, style_of: StyleOf, percentage: PercentageOf) -> tuple[Piece, ...]:
    """Every row of the list that is not 0 (at times the others too) with its number; empty where all are 0."""
    random, words = voice.random, narrative_wordings()
    rows = [row for row in words["lists"][name] if row in voice.values]
    whole = voice.values.get(WHOLES[name], 0)
    filled = [row for row in rows if voice.values[row]]
    # a row that the format prints under no name of its own would leave the enumeration incomplete
    if not filled or sum(voice.values[row] for row in filled) != whole:
        return ()
    shown = rows if random.random() < ZEROS_NAMED else filled
    shapes: list[str] = words["list_shapes"]
    shape = random.choice([one for one in shapes if name not in OF_CASES or OF_REQUESTS not in one])
    join: str = random.choice(words["list_joins"])
    if PERCENT_SLOT in shape:
        join = "；"
    unit = voice.units["cases" if name in OF_CASES else "requests"]
    has_unit = "{n}{u}" in shape  # no number is written in words without a unit after it
    pieces: list[Piece] = []
    for row in shown:
        value = voice.values[row]
        before, after = shape.split("{n}")
        filled_in = {"name": random.choice(words["names"][row]), "u": unit, "p": PERCENT_SLOT}
        pieces += [
            join if pieces else "",
            before.format(**filled_in).replace(DOUBLED, DOUBLED[:2]),
            Said(row, value, style_of(value) if has_unit else NumberStyle.PLAIN),
        ]
        rest = after.format(**filled_in)
        if PERCENT_SLOT in rest:
            until, _, beyond = rest.partition(PERCENT_SLOT)
            pieces += [until, percentage(voice, f"{row}%{WHOLES[name]}", 100 * value / whole), beyond]
        else:
            pieces.append(rest)
    return tuple(piece for piece in pieces if piece != "")
