"""The smallest pieces of page models, which all kinds of pages share."""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """A text and where it leads; relative, percent-encoded where needed; "" leads nowhere."""

    text: str
    href: str = ""


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
