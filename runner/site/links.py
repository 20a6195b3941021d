"""A text that leads somewhere, and the ids that links to places in a source lead to."""

from __future__ import annotations

from typing import NamedTuple

from disclosure_checks.grammar.model.report import Place


class Link(NamedTuple):
    """A text and where it leads; relative, percent-encoded where needed; "" leads nowhere."""

    text: str
    href: str = ""


def place_anchor(place: Place) -> str:
    """The id of a place on the page of a text: ``line-60``, ``table-2-row-5-column-4``."""
    return str(place).replace(" ", "-")
