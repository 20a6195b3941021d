"""What facts come to where text was seen in pictures: what may be the recogniser's is unknown, and accuses nobody."""

from __future__ import annotations

import math
from collections.abc import Mapping

from disclosure_checks.grammar.model.fact_names import DOUBTFUL_IN_PICTURES, LOST_IN_PICTURES
from disclosure_checks.grammar.model.report import Fact

_PATTERNS = "text"  # the facts of patterns, which tell of wording
_SECTIONS, _HEADINGS, _LENGTH = "section", "count", "characters"


def facts_of_pictures(
    facts: Mapping[str, Fact], seen_pages: frozenset[int], in_sections: frozenset[str], has_year: bool
) -> dict[str, Fact]:
    """The facts that are not known because their evidence was seen on these pages, or may have been lost there.

    ``in_sections``: those that count what sections say; ``has_year``: whether the title, which says it, was made out whole.
    """
    lost = LOST_IN_PICTURES | in_sections
    doubtful = {name for name, fact in facts.items() if _is_doubtful(name, fact, seen_pages, lost)}
    if not has_year:
        doubtful |= LOST_IN_PICTURES & facts.keys()
    return {name: Fact(math.nan, facts[name].evidence) for name in doubtful}


def _is_doubtful(name: str, fact: Fact, seen_pages: frozenset[int], lost: frozenset[str]) -> bool:
    room, _, rest = name.partition(".")
    kind = rest.rpartition(".")[2]
    if fact.value == 0 and (name in lost or (room == _SECTIONS and kind == _LENGTH)):
        return True  # it may stand on a page and not have been made out
    if room == _SECTIONS and kind == _HEADINGS:
        return fact.value != 1  # or another heading was taken for it
    if room != _PATTERNS and f"{room}.{kind}" not in DOUBTFUL_IN_PICTURES:
        return False
    return bool(fact.value) and any(one.place is not None and one.place.page in seen_pages for one in fact.evidence)
