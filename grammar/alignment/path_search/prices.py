"""The prices of ``prices.yaml``, read once a process."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from disclosure_checks.grammar.words.declared import declared

_PACKAGE = "disclosure_checks.grammar.alignment.path_search"


@dataclass(frozen=True)
class Prices:
    """What each irregularity costs; the reasons stand in the YAML file."""

    margin: float
    beam: float
    narrow_beam: float
    no_label: float
    no_row: float
    no_values: float
    another_label: float
    out_of_order: float
    repeated_row: float
    row_left_out: float
    unspelled: float
    reworded: float
    unknown_row: float
    values_before_label: float
    change_of_side: float
    values_first_in_line: float
    values_in_line_of_another: float
    header_before_values: float
    group_before_values: float
    stray_number: float
    stray_number_alone: float
    stray_line: float
    subtotal: float
    cut_line: float
    joined_lines: float
    too_few_values: float
    too_many_values: float
    blanks: float
    glued: float
    word_for_value: float
    piece: float
    beginning_of_label: float
    other_text: float
    label_with_ordinal: float
    text_among_values: float
    remark: float
    foreign_header: float
    unusual_shape: float
    wrong_section: float


@lru_cache(maxsize=1)
def prices() -> Prices:
    """The declared prices. A price without a reason, or a reason without a price, is a mistake of ours."""
    entries: dict[str, dict[str, Any]] = declared(_PACKAGE, "prices.yaml")
    names = {field.name for field in fields(Prices)}
    if entries.keys() != names or any(entry.keys() != {"price", "because"} for entry in entries.values()):
        raise ValueError(f"prices.yaml must give {sorted(names)}, each a price and a reason")
    return Prices(**{name: float(entry["price"]) for name, entry in entries.items()})
