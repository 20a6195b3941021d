"""Parts that a Word document refers to by an id: what it embeds, and its images."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from disclosure_checks.grammar.readers.flow import Item

_REFERENCES = ("relationships id", "relationships embed", "relationships link")


def identifier_in(attributes: Mapping[str, str]) -> str:
    """The id of the part that an element refers to; "" where it refers to none."""
    return next((value for name, value in attributes.items() if name.endswith(_REFERENCES)), "")


@dataclass(frozen=True)
class Related:
    """``embedded``: what a part contributes to the text. ``image``: the file of an image that may be a table."""

    embedded: Callable[[str], list[Item]]
    image: Callable[[str], bytes]


NOTHING_RELATED = Related(lambda _: [], lambda _: b"")
