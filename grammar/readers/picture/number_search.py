"""The numbers that a line may print, from what the model says of each step of it (connectionist temporal classification)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from disclosure_checks.grammar.readers.picture.recognised_page import Shares

_WIDTH = 24  # texts that are followed at a time
_LEAST = 0.0005  # probability of another text that is worth telling
_MOST_OTHERS = 6
_SMALLEST_SHARE = 1e-5  # of a character at a step that is followed


class Alike(NamedTuple):
    """Characters that look like one of a number, and what each counts as it: it may be something else.

    ``leans``: how the one stroke leans that the character is (``upright``, ``left``, ``right``); "" for all others.
    """

    characters: str
    counts: float
    leans: str = ""


@cache
def number_characters() -> dict[str, Alike]:
    """What numbers are printed with -> what else of the model's characters looks the same."""
    text = (Path(__file__).parent / "number_characters.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {
        letter: Alike(str(one["alike"]), float(one["counts"]), one.get("leans", "")) for letter, one in found.items()
    }


def likely_texts(shares: Shares, columns: Mapping[str, Sequence[tuple[int, float]]]) -> list[tuple[str, float]]:
    """The likeliest texts of a line with their probabilities, the likeliest first; texts with words are left out.

    ``shares``: steps x characters, 0 is the gap between two; ``columns``: which characters count as which, and how much.
    """
    letters = list(columns)
    table = np.stack([shares[:, 0], *(_share(shares, columns[letter]) for letter in letters)], axis=1)
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # ends in a gap, ends in its last character
    for step in table:
        found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        followed = [number for number in range(1, len(step)) if step[number] > _SMALLEST_SHARE]
        for text, (gap, solid) in beams.items():
            whole = gap + solid
            found[text][0] += whole * step[0]
            for number in followed:
                letter, share = letters[number - 1], step[number]
                if text.endswith(letter):
                    found[text][1] += solid * share
                    found[text + letter][1] += gap * share
                else:
                    found[text + letter][1] += whole * share
        best = sorted(found.items(), key=lambda one: -sum(one[1]))[:_WIDTH]
        beams = {text: (gap, solid) for text, (gap, solid) in best}
    ranked = sorted(((text, gap + solid) for text, (gap, solid) in beams.items()), key=lambda one: -one[1])
    return [
        (text, min(1.0, float(share)))
        for text, share in ranked[: _MOST_OTHERS + 1]
        if share > _LEAST and not math.isnan(share)
    ]


def _share(shares: Shares, places: Sequence[tuple[int, float]]) -> Shares:
    numbers, weights = zip(*places, strict=True)
    weighed: Shares = shares[:, list(numbers)] @ np.array(weights, dtype=shares.dtype)
    return weighed
