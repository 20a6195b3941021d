"""What the tables of the 2019 format hold that those of 2021 do not: items and their changes, procurement, stocks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from tests.generation.sheets import Sheet, Value
from tests.generation.table_format import FORMAT_2019, amount_cells, change_cells

OTHER = "other"
ROWS_WITH_ITEMS = ("licences", "other_services", "penalties", "coercive_measures", "fees")
ROWS_WITH_DECISIONS = ROWS_WITH_ITEMS[:-1]
_MORE = ("+{}", "{}", "增{}", "增加{}", "↑{}", "＋{}")
_FEWER = ("-{}", "减{}", "减少{}", "↓{}", "－{}", "−{}")
_YUAN_IN_TEN_THOUSAND = 10_000


def _count(random: Random, most: int) -> int:
    return 1 + int((most - 1) * random.random() ** 4)


def proactive_cells_2019(
    random: Random, most: int, makes_rules: bool, earlier: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """Table 2 of a body; with 0 as the most of anything it holds only zeros.

    ``earlier`` are the cells of the year before: items then follow from last year's and their change.
    """
    cells: dict[str, Value] = {}
    for row, own_most in (("regulations", min(most, 4) if makes_rules else 0), ("normative_documents", min(most, 60))):
        created = _count(random, own_most) if own_most and random.random() < 0.5 else 0
        newly_public = created if random.random() < 0.8 else random.randint(0, created)
        stock = _count(random, own_most * 10) if own_most and random.random() < 0.6 else 0
        for column, count in (("created", created), ("newly_public", newly_public), ("public_total", created + stock)):
            cells[f"proactive.{row}.{column}"] = count
    for row in ROWS_WITH_ITEMS:
        cells |= _items(random, row, most, earlier or {})
    for row in ROWS_WITH_DECISIONS:
        decided = most and random.random() < 0.35
        cells[f"proactive.{row}.decisions"] = _count(random, most * 5) if decided else 0
    procured = _count(random, max(most // 5, 2)) if most and random.random() < 0.5 else 0
    cells["proactive.procurement.items"] = procured
    cells["proactive.procurement.amount"] = _amount(random) if procured else 0
    return cells


def _items(random: Random, row: str, most: int, earlier: Mapping[str, Value]) -> dict[str, Value]:
    last = earlier.get(f"proactive.{row}.previous_items")
    if last is None:
        previous = _count(random, most) if most and random.random() < 0.5 else 0
    else:
        previous = int(last) + int(earlier.get(f"proactive.{row}.change") or 0)
    change = random.randint(-min(previous, 9), 9) if most and random.random() < 0.5 else 0
    return {f"proactive.{row}.previous_items": previous, f"proactive.{row}.change": change}


def _amount(random: Random) -> Value:
    """An amount in ten thousands of yuan, a whole number of yuan."""
    if random.random() < 0.3:
        return random.randint(1, 3000)
    return round(random.uniform(0.1, 5000), random.choice((1, 2, 2, 4)))


def with_signs_and_units(sheet: Sheet, cells: Mapping[str, Value], random: Random) -> Sheet:
    """The sheet with changes and amounts printed as reports of 2019 and 2020 do: 减4, +2, 251000元."""

    def change(cell: str, text: str) -> str:
        value = cells[cell]
        if value and cell in change_cells(FORMAT_2019):
            return random.choice(_MORE if value > 0 else _FEWER).format(abs(int(value)))
        if value and cell in amount_cells(FORMAT_2019):
            return random.choice((text, text, f"{text}万元", _in_yuan(value)))
        return text

    return sheet.with_texts(change)


def _in_yuan(value: int | float) -> str:
    return f"{int(Decimal(str(value)) * _YUAN_IN_TEN_THOUSAND)}元"
