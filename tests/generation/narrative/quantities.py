"""What the numbers of sentences stand for: sums of cells by name (quantities.yaml)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.generation.sheets import Value

FILE = Path(__file__).with_name("quantities.yaml")


@dataclass(frozen=True)
class Quantity:
    """A number that sentences name: the sum of ``cells`` minus that of ``less`` (patterns), or a ``free`` number."""

    name: str
    cells: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    free: tuple[int, int] | None = None


@cache
def quantities() -> dict[str, Quantity]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        name: Quantity(
            name,
            tuple(entry.get("cells", ())),
            tuple(entry.get("less", ())),
            tuple(entry.get("alternatives", ())),
            tuple(entry["free"]) if "free" in entry else None,
        )
        for name, entry in loaded.items()
    }


@cache
def _matching(patterns: tuple[str, ...], identifiers: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(one for one in identifiers if any(fnmatchcase(one, pattern) for pattern in patterns)))


def cells_of(name: str, identifiers: Collection[str]) -> tuple[str, ...]:
    """The cells, among ``identifiers``, whose sum the quantity is; none where the format does not print them."""
    return _matching(quantities()[name].cells, frozenset(identifiers))


def quantity_values(cells: Mapping[str, Value]) -> dict[str, float]:
    """The value of every quantity whose cells a report of this format prints."""
    identifiers = frozenset(cells)
    values = {}
    for name, quantity in quantities().items():
        added = _matching(quantity.cells, identifiers)
        if added:
            taken = _matching(quantity.less, identifiers)
            values[name] = sum(cells[one] or 0 for one in added) - sum(cells[one] or 0 for one in taken)
    return values


def permitted_values(name: str, cells: Mapping[str, Value]) -> set[float]:
    """The numbers that a sentence may say for the quantity without being certainly wrong."""
    values = quantity_values(cells)
    names = (name, *quantities()[name].alternatives)
    return {values[one] for one in names if one in values}
