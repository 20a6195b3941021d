"""The facts ``decision.<name>``: decisions about a report's findings that need another look.

They come from ``decisions.yaml``, see ``rules.collection.decisions``; without that file they are unknown.
"""

from __future__ import annotations

DECISION_SCOPE = "decision"

DECISION_FACTS: dict[str, str] = {
    "expired": "decisions about the report whose last day is over",
    "unmatched": "decisions about the report that no finding answers to any more",
}
