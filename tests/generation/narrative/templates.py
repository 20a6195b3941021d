"""Sentence patterns of the narrative: which of them agree with a report's tables, and the sentences they give.

"{when}{self}共收到申请{received}{u}" + voice -> Sentence, or None where the pattern does not fit the tables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.generation.narrative.enumerations import enumeration, leaf_of
from tests.generation.narrative.number_words import LARGEST_IN_WORDS, NumberStyle
from tests.generation.narrative.sentences import Piece, Said, Sentence
from tests.generation.narrative.voice import Voice, narrative_wordings

SLOT = re.compile(r"\{([a-z_]+?)(0?)(?:([%/:])([a-z_0-9]+))?\}")
PERCENTAGES = ("more_percent", "fewer_percent")


@dataclass(frozen=True)
class Pattern:
    """A sentence pattern with the conditions under which it is true (see wordings.yaml)."""

    say: str
    zero: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    sums: Mapping[str, Sequence[str]] | None = None
    body: tuple[str, ...] = ()
    format: str = ""
    plant: bool = True
    digits: bool = False
    enough: tuple[str, int] | None = None


def pattern(entry: str | Mapping[str, Any], **defaults: Any) -> Pattern:
    """A pattern from its entry in YAML; ``defaults`` are the conditions of all patterns of its kind."""
    fields = {**defaults, **({"say": entry} if isinstance(entry, str) else entry)}
    for name in ("zero", "some", "same", "body", "enough"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return Pattern(**fields)


def _holds(one: Pattern, voice: Voice) -> bool:
    values = voice.values
    if one.format not in ("", voice.format) or (one.body and voice.body.kind not in one.body):
        return False
    if any(name not in values for name in (*one.zero, *one.some, *one.same)):
        return False
    if any(values[name] for name in one.zero) or not all(values[name] for name in one.some):
        return False
    if len({values[name] for name in one.same}) > 1:
        return False
    if one.enough and values[one.enough[0]] < one.enough[1]:
        return False
    sums = one.sums or {}
    return all(values[whole] == sum(values[part] for part in parts) for whole, parts in sums.items())


def parts_of(random: Random, whole: int, count: int) -> list[int]:
    """``count`` random parts of ``whole``, none of them 0."""
    cuts = sorted(random.sample(range(1, whole), count - 1))
    return [after - before for before, after in zip((0, *cuts), (*cuts, whole), strict=True)]


def _style(voice: Voice, value: float) -> NumberStyle:
    if voice.style is NumberStyle.WORDS and (value > 400 or value > LARGEST_IN_WORDS):
        return NumberStyle.PLAIN
    return voice.style


def percentage(voice: Voice, name: str, share: float) -> Said:
    decimals = voice.random.choice((0, 1, 1, 2, 2))
    if share.is_integer():
        decimals = 0
    rounded = math.floor(share * 10**decimals + 0.5) / 10**decimals
    return Said(name, rounded, NumberStyle.PLAIN, decimals)


def _around(voice: Voice, how: str, value: int) -> str:
    """A vague number beside the exact one, or one that says something of a part of it."""
    random = voice.random
    step = 10 if value < 200 else 100
    spread = {
        "above": lambda: (value // step + 1) * step,
        "below": lambda: (value - 1) // step * step,
        "about": lambda: random.choice(((value // step + 1) * step, (value - 1) // step * step)),
        "quarter": lambda: max(1, value // 4),
        "one_of": lambda: random.randint(1, max(1, value // 2)),
        "zero_to": lambda: random.randint(0, value // 3),
    }
    return str(spread[how]())


class _Filling:
    """One pattern being filled in; ``failed`` where a number it needs is not there."""

    def __init__(self, voice: Voice, say: str, digits: bool) -> None:
        self.voice, self.digits, self.failed = voice, digits, False
        self.parts: dict[str, list[int]] = {}
        self.leaf = ""
        for whole in {found[1] for found in SLOT.finditer(say) if found[3] == "/"}:
            count = max(int(found[4]) for found in SLOT.finditer(say) if found[3] == "/" and found[1] == whole)
            value = int(voice.values.get(whole, 0))
            self.failed = self.failed or value < count
            self.parts[whole] = [] if value < count else parts_of(voice.random, value, count)

    def pieces(self, slot: re.Match[str]) -> tuple[Piece, ...]:
        name, zero, kind, argument = slot.groups()
        voice, values = self.voice, self.voice.values
        if not kind and name in voice.texts and name not in values:
            return (voice.text(name),)
        if name == "year_in_words":
            return (str(voice.year),)
        if kind == ":":
            return self._special(name, argument)
        value = values.get(name)
        if value is None or (not value and not zero):
            self.failed = True
            return ()
        if kind == "/":
            part = self.parts[name][int(argument) - 1]
            return (Said(f"{name}/{argument}", part, _style(voice, part)),)
        if kind == "%":
            whole = values.get(argument, 0)
            self.failed = self.failed or not whole
            return (percentage(voice, f"{name}%{argument}", 100 * value / whole),) if whole else ()
        if name in PERCENTAGES:
            return (percentage(voice, name, value),)
        return (Said(name, value, NumberStyle.PLAIN if self.digits else _style(voice, value)),)

    def _special(self, name: str, argument: str) -> tuple[Piece, ...]:
        voice = self.voice
        if name == "list":
            listed = enumeration(voice, argument, lambda value: _style(voice, value), percentage)
            self.failed = self.failed or not listed
            return listed
        if name in ("name", "one"):
            self.leaf = self.leaf or leaf_of(voice, argument)
            if not self.leaf:
                self.failed = True
                return ()
            if name == "name":
                return (voice.random.choice(narrative_wordings()["names"][self.leaf]),)
            value = voice.values[self.leaf]
            return (Said(self.leaf, value, _style(voice, value)),)
        value = voice.values.get(argument, 0)
        if not value:
            self.failed = True
            return ()
        return (_around(voice, name, int(value)),)


def fill(one: Pattern, voice: Voice, group: str, trap: str = "", statement: str = "") -> Sentence | None:
    """The sentence, or None where the pattern is not true of the tables or needs a number that they do not hold."""
    if not _holds(one, voice):
        return None
    filling = _Filling(voice, one.say, one.digits)
    pieces: list[Piece] = []
    position = 0
    for slot in SLOT.finditer(one.say):
        if filling.failed:
            return None
        pieces += [one.say[position : slot.start()], *filling.pieces(slot)]
        position = slot.end()
    if filling.failed:
        return None
    pieces.append(one.say[position:])
    plantable = one.plant and not trap and not voice.unsure & {piece for piece in pieces if isinstance(piece, str)}
    return Sentence(tuple(piece for piece in pieces if piece != ""), group, trap, plantable, statement)


def say(patterns: Sequence[Pattern], voice: Voice, group: str, trap: str = "", statement: str = "") -> Sentence | None:
    """A sentence by one of the patterns that are true, or None where none is."""
    for one in voice.random.sample(patterns, len(patterns)):
        sentence = fill(one, voice, group, trap, statement)
        if sentence is not None:
            return sentence
    return None
