"""Invented agencies in invented places: over ten thousand distinct names, none of a real body."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDINGS = Path(__file__).with_name("wordings.yaml")


@cache
def wordings() -> dict[str, Any]:
    """The words of invented reports (wordings.yaml)."""
    loaded: dict[str, Any] = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Agency:
    """A public body. Only the government of a city has rule-making power."""

    name: str
    own_word: str
    makes_rules: bool


@cache
def _places() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = wordings()["places"]
    cities = tuple(f"{a}{b}市" for a, b in itertools.product(words["city_first"], words["city_second"]))
    districts = tuple(
        "".join(parts)
        for parts in itertools.product(words["district_first"], words["district_second"], words["district_kind"])
    )
    return cities, districts


def random_agency(random: Random) -> Agency:
    """An invented agency of a city, a district or a town."""
    cities, districts = _places()
    body = random.choice(wordings()["bodies"])
    place = random.choice(cities)
    in_city = not body.get("town") and random.random() < 0.25
    if not in_city:
        place += random.choice(districts)
    return Agency(place + body["name"], body["self"], makes_rules=in_city and body.get("government", False))
