"""The declared prices: each has its reason, and they stand to each other as the reading needs."""

from __future__ import annotations

from dataclasses import asdict

from disclosure_checks.grammar.alignment.path_search.prices import prices
from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.layouts import layout_rules

ENTRIES = declared("disclosure_checks.grammar.alignment.path_search", "prices.yaml")


def test_every_price_gives_its_reason():
    assert all(len(entry["because"]) > 10 for entry in ENTRIES.values())
    assert asdict(prices()) == {name: entry["price"] for name, entry in ENTRIES.items()}


def test_a_lost_label_is_cheaper_than_a_lost_row():
    assert prices().no_label < prices().no_row <= prices().no_values


def test_a_number_beside_a_row_leaves_the_margin_to_a_row_that_is_too_long():
    assert prices().too_many_values - prices().stray_number_alone > prices().margin


def test_page_numbers_are_furniture_and_single_numbers_are_not():
    furniture = layout_rules().page_furniture
    assert all(furniture.fullmatch(text) for text in ("- 4 -", "— 12 —", "第 3 页", "3/12"))
    assert not any(furniture.fullmatch(text) for text in ("4", "0 0 3", "-8"))
