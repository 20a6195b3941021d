"""What the properties of text say of whether it counts: hidden and struck text does not, raised digits mark notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from disclosure_checks.grammar.readers.open_xml_package import attribute, number, switched_on


class Look(NamedTuple):
    """How text looks; None where it is left to what is around it. ``raised``: above or below the line."""

    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None

    def over(self, below: Look) -> Look:
        """This look, with what it leaves open taken from another."""
        return Look(*(below[place] if own is None else own for place, own in enumerate(self)))

    @property
    def is_gone(self) -> bool:
        """Whether the text does not count."""
        return bool(self.hidden or self.struck)


PLAIN = Look()


def with_property(look: Look, name: str, attributes: Mapping[str, str]) -> Look:
    """A look with one property of text carried out; properties that say nothing of it leave it as it is."""
    if name == "w:vanish":
        return look._replace(hidden=switched_on(attributes))
    if name == "w:strike":
        return look._replace(struck=switched_on(attributes))
    if name == "w:dstrike" and switched_on(attributes):
        return look._replace(struck=True)
    if name == "w:vertAlign":
        return look._replace(raised=attribute(attributes, "val") in ("superscript", "subscript"))
    if name == "w:position" and number(attribute(attributes, "val")):
        return look._replace(raised=True)
    return look
