"""The smallest pieces of page models, which all kinds of pages share."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Place


class Link(NamedTuple):
    """A text and where it leads; relative, percent-encoded where needed; "" leads nowhere."""

    text: str
    href: str = ""


def data_address(picture: bytes) -> str:
    """A small PNG file as an address that holds all of it."""
    return f"data:image/png;base64,{b64encode(picture).decode('ascii')}"


class Tally(NamedTuple):
    """How many of a kind: ``kind`` is a severity or a report status, ``letter`` its sign, ``name`` its word."""

    kind: str
    letter: str
    name: str
    number: int


class LabelledText(NamedTuple):
    """A heading and a value, such as "source file" and its path."""

    label: str
    text: str


@lru_cache(maxsize=65536)  # reports share most of their places
def place_anchor(place: Place) -> str:
    """The id of a place on the page of a text: ``line-60``, ``table-2-row-5-column-4``."""
    return str(place).replace(" ", "-")
