"""The voice of one report: its tables' numbers, what it calls itself and its units, and how it writes numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.generation.agencies import wordings as common_wordings
from tests.generation.narrative.number_words import NumberStyle, year_in_words
from tests.generation.narrative.quantities import quantities, quantity_values
from tests.generation.panel.bodies import PanelBody
from tests.generation.sheets import Value
from tests.generation.table_format import format_of_year

WORDINGS = tuple(map(Path(__file__).with_name, ("wordings.yaml", "wordings_more.yaml")))
STYLES = {
    NumberStyle.PLAIN: 74,
    NumberStyle.SPACED: 8,
    NumberStyle.FULL_WIDTH: 3,
    NumberStyle.WORDS: 5,
    NumberStyle.SEPARATED: 10,
}
KEPT_SELF = 0.75
HIDDEN_SELF = 0.25


def merged(first: Any, more: Any) -> Any:
    """Nested lists under the same keys put together; what only one of them has is kept."""
    if isinstance(first, dict):
        keys = dict.fromkeys((*first, *more))
        return {
            key: merged(first[key], more[key]) if key in first and key in more else {**more, **first}[key]
            for key in keys
        }
    return [*first, *more] if isinstance(first, list) else first


@cache
def narrative_wordings() -> dict[str, Any]:
    first, more = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in WORDINGS)
    loaded: dict[str, Any] = merged(first, more)
    return loaded


def weighted(random: Random, weights: Mapping[str, int]) -> str:
    return random.choices(tuple(weights), tuple(weights.values()))[0]


@dataclass
class Voice:
    """``values``: every quantity of the year's tables; ``format``: "2021" or "2019", the year of the report's format."""

    random: Random
    body: PanelBody
    year: int
    format: str
    values: dict[str, float]
    style: NumberStyle
    units: dict[str, str]
    own_name: str
    information_fee: int
    texts: dict[str, Callable[[], str]] = field(default_factory=dict)

    def text(self, slot: str) -> str:
        return self.texts[slot]()

    @property
    def small(self) -> int:
        return self.random.randint(1, 19)

    @property
    def unsure(self) -> set[str]:
        """Names of the body that leave open whose number is told."""
        area = self.body.area
        return {f"全{area}", f"{area}政府"} if self.body.kind == "government" else set(_whole_body(self.body))


def _free_numbers(random: Random) -> dict[str, float]:
    return {name: random.randint(*one.free) for name, one in quantities().items() if one.free}


def _changes(values: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    """What the text may say of the change against last year; nothing where there is no year before."""
    if not before:
        return {}
    difference = values["received"] - before["received"]
    more, fewer = max(difference, 0.0), max(-difference, 0.0)
    return {
        "last_received": before["received"],
        "more": more,
        "fewer": fewer,
        "more_percent": 100 * more / before["received"] if before["received"] else 0.0,
        "fewer_percent": 100 * fewer / before["received"] if before["received"] else 0.0,
    }


def _own_names(body: PanelBody) -> tuple[str, ...]:
    if body.kind == "government":
        return (body.agency.own_word, f"我{body.area}", f"全{body.area}", f"{body.area}政府")
    return (body.agency.own_word, body.agency.own_word, *body.short, "本机关", "本单位", "我单位", *_whole_body(body))


def _whole_body(body: PanelBody) -> tuple[str, ...]:
    """全局, 全镇: the body as a whole, which is not the area around it."""
    ending = body.area if body.kind in ("town", "street") else body.agency.name[-1]
    return (f"全{ending}",) if ending in ("局", "镇", "乡", "街道") else ()


def _random_texts(voice: Voice) -> dict[str, Callable[[], str]]:
    random, body, year = voice.random, voice.body, voice.year

    def own() -> str:
        if random.random() < HIDDEN_SELF:
            return ""
        return voice.own_name if random.random() < KEPT_SELF else random.choice(_own_names(body))

    def when() -> str:
        chosen: str = random.choice(narrative_wordings()["when"])
        return chosen.format(year=year, last_year=year - 1, next_year=year + 1, year_in_words=year_in_words(year))

    return {
        "when": when,
        "self": own,
        "us": lambda: body.agency.own_word if voice.own_name in voice.unsure else voice.own_name,
        "agency": lambda: body.agency.name,
        "kind": lambda: "区" if body.area not in "市区县" else body.area,
        "year": lambda: str(year),
        "last_year": lambda: str(year - 1),
        "next_year": lambda: str(year + 1),
        "u": lambda: voice.units["requests"],
        "c": lambda: voice.units["cases"],
        "d": lambda: voice.units["documents"],
        "topic": lambda: str(random.choice(common_wordings()["topics"])),
        "n": lambda: str(random.randint(20, 400)),
        "small": lambda: str(random.randint(1, 19)),
        "big": lambda: str(random.randint(900, 9000)),
        "rate": lambda: random.choice(("100", "98.6", "99", "97.35", "93.2", "95")),
        "phone": lambda: random.choice(("0797-8376", "0571-8662", "8721")) + str(random.randint(100, 999)),
        "postcode": lambda: str(random.randint(100000, 859999)),
        "other_stock": lambda: str(random.randint(120, 900)),
    }


def random_voice(
    random: Random,
    body: PanelBody,
    year: int,
    cells: Mapping[str, Value],
    before: Mapping[str, Value],
    information_fee: int,
) -> Voice:
    """The voice of the report of one year; ``before`` are last year's cells, empty where there are none."""
    year_format = format_of_year(year).removesuffix("_format")
    values = quantity_values(cells)
    changes = _changes(values, quantity_values(before))
    units = {name: weighted(random, weights) for name, weights in narrative_wordings()["units"].items()}
    style = random.choices(tuple(STYLES), tuple(STYLES.values()))[0]
    names = _own_names(body)
    all_values = {**values, **_free_numbers(random), **changes, "information_fee": float(information_fee)}
    if "fees" in values:
        all_values["fees_in_yuan"] = round(values["fees"] * 10_000, 2)
    voice = Voice(random, body, year, year_format, all_values, style, units, random.choice(names), information_fee)
    voice.texts = _random_texts(voice)
    return voice
