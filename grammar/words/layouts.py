"""The layouts that text arrives in, as ``layouts.yaml`` declares them, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from disclosure_checks.grammar.words.declared import declared


@dataclass(frozen=True)
class Layout:
    """One entry of ``layouts.yaml``."""

    id: str
    fits: re.Pattern[str]
    separator: str
    one_cell_a_line: bool
    keeps_empty_cells: bool

    def suits(self, folded: str) -> bool:
        """Whether a folded line is in this layout. The separator is looked for first: most lines are without one."""
        return self.separator in folded and self.fits.search(folded) is not None


@dataclass(frozen=True)
class LayoutRules:
    """The whole of ``layouts.yaml``, compiled."""

    layouts: tuple[Layout, ...]
    page_furniture: re.Pattern[str]
    leading_markup: re.Pattern[str]
    markup_around: re.Pattern[str]
    tags: re.Pattern[str]
    line_break: re.Pattern[str]
    rule_line: re.Pattern[str]


@lru_cache(maxsize=1)
def layout_rules() -> LayoutRules:
    """The declared layouts, read once a process."""
    rules = declared("disclosure_checks.grammar.words", "layouts.yaml")
    markup = rules["markup"]
    return LayoutRules(
        layouts=tuple(
            Layout(
                id=entry["id"],
                fits=re.compile(entry["fits"]),
                separator=entry.get("separator", ""),
                one_cell_a_line=entry.get("cells_a_line") == "one",
                keeps_empty_cells=entry["keeps_empty_cells"],
            )
            for entry in rules["layouts"]
        ),
        page_furniture=re.compile("|".join(f"(?:{pattern})" for pattern in rules["page_furniture"])),
        leading_markup=re.compile(markup["leading"]),
        markup_around=re.compile(markup["around"]),
        tags=re.compile(markup["tags"], re.IGNORECASE),
        line_break=re.compile(markup["line_break"], re.IGNORECASE),
        rule_line=re.compile(markup["rule_line"]),
    )
