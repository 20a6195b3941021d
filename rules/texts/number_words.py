"""Numbers in sentences for people."""

from __future__ import annotations

import math


def number_words(value: float | None) -> str:
    """A number as a person writes it: no ``.0``, no noise in the last digits; "?" where it is unknown."""
    if value is None or math.isnan(value):
        return "?"
    return str(int(value)) if math.isfinite(value) and value == int(value) else f"{value:.10g}"
