"""The bodies of a panel: invented names in places of their own, of every kind and size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from tests.generation.agencies import Agency, wordings

FILE = Path(__file__).with_name("bodies.yaml")


class Size(NamedTuple):
    """How busy a body is: most results of one kind, the chance that a row of a column, or an outcome, holds any."""

    most: int
    chance: float
    cases: float


SIZES = {
    "idle": Size(0, 0.0, 0.0),
    "quiet": Size(4, 0.09, 0.03),
    "ordinary": Size(40, 0.25, 0.1),
    "busy": Size(400, 0.45, 0.2),
    "enormous": Size(2500, 0.6, 0.35),
}


@dataclass(frozen=True)
class PanelBody:
    """A body of a panel: ``kind`` of body, ``area`` it belongs to (市, 区 ...), ``short`` names it goes by in its text.

    ``documents`` is the most it issues a year, ``decisions`` its usual number by row, ``fees`` its usual amount.
    """

    agency: Agency
    kind: str
    area: str
    short: tuple[str, ...]
    size: Size
    documents: int
    fees: float
    decisions: Mapping[str, int] = field(default_factory=dict)


@cache
def _entries() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def _usual(random: Random, most: int) -> int:
    return 3 + int(most * random.random() ** 3)


def _body(random: Random, entry: Mapping[str, Any], city: str, district: str) -> PanelBody:
    in_city = not district and not entry.get("below_district")
    place = city if in_city else city + district
    area = entry.get("area") or place[-1]
    weights: dict[str, int] = entry["sizes"]
    size = SIZES[random.choices(tuple(weights), tuple(weights.values()))[0]]
    idle = size is SIZES["idle"]
    decides = entry.get("decides", 0) if not idle else 0
    rows = ("licences", "penalties", "coercive_measures")
    decisions = {row: _usual(random, decides) for row in rows if decides and random.random() < 0.6}
    local = (district or city) if not entry.get("below_district") else ""
    return PanelBody(
        agency=Agency(place + entry["name"], entry["self"], makes_rules=in_city and entry["kind"] == "government"),
        kind=entry["kind"],
        area=area,
        short=tuple(dict.fromkeys((local + entry["name"], *(area + name for name in entry.get("short", ()))))),
        size=size,
        documents=entry.get("documents", 0) if not idle else 0,
        fees=random.uniform(0.5, entry["fees"]) if entry.get("fees") and not idle and random.random() < 0.6 else 0.0,
        decisions=decisions,
    )


def panel_bodies(count: int, seed: int | str) -> Iterator[PanelBody]:
    """``count`` bodies, every kind in turn, no two of them in one place.

    Raises ``ValueError`` where there are more than 800 of them.
    """
    words = wordings()["places"]
    random = Random(f"bodies {seed}")
    cities = [f"{a}{b}市" for a in words["city_first"] for b in words["city_second"]]
    districts = [
        f"{a}{b}{c}" for a in words["district_first"] for b in words["district_second"] for c in words["district_kind"]
    ]
    if count > len(cities) * 8:
        raise ValueError(f"there are places for {len(cities) * 8} bodies only")
    random.shuffle(cities)
    places = [(city, "") for city in cities] + [(city, d) for d in random.sample(districts, 20) for city in cities]
    entries = _entries()
    order = random.sample(entries, len(entries))
    for index in range(count):
        entry = order[index % len(order)]
        city, district = places[index]
        if index < len(cities) and (entry.get("below_district") or random.random() < 0.7):
            district = random.choice(districts)
        yield _body(random, entry, city, district)
