"""The detail of a packed report: what was printed, where, the evidence of facts and the running text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from disclosure_checks.grammar.model.report import Evidence, Place, ProseLine, Section

_COMPRESSION = 1  # the fastest level: a detail of 12 KB comes to 2.0 KB in 0.1 ms; the best level saves a tenth of it


class Detail(NamedTuple):
    """What a report prints, by the order of its cells and by the names of its facts."""

    texts: Sequence[str]
    places: Sequence[Place | None]
    evidence: Mapping[str, tuple[Evidence, ...]]
    sections: tuple[Section, ...]


class DetailSource(Protocol):
    """Where the detail of a report comes from: the bytes themselves, or a store that holds them."""

    def packed(self) -> bytes:
        """The detail as it is kept."""
        ...

    def load(self) -> Detail:
        """The detail, opened."""
        ...


class DetailBytes:
    """The detail of a report that is at hand. It is opened once."""

    __slots__ = ("_bytes", "_loaded")

    def __init__(self, content: bytes) -> None:
        self._bytes = content
        self._loaded: Detail | None = None

    def __reduce__(self) -> tuple[type[DetailBytes], tuple[bytes]]:
        return DetailBytes, (self._bytes,)

    def packed(self) -> bytes:
        """The detail as it is kept."""
        return self._bytes

    def load(self) -> Detail:
        """The detail, opened."""
        if self._loaded is None:
            self._loaded = opened_detail(self._bytes)
        return self._loaded


def opened_detail(content: bytes) -> Detail:
    """A detail as it is kept, opened. Raises ValueError or zlib.error where it is none."""
    detail: dict[str, Any] = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    return Detail(
        texts=detail["texts"],
        places=[_place(place) for place in detail["places"]],
        evidence={name: tuple([_evidence(one) for one in found]) for name, found in detail["evidence"].items()},
        sections=tuple([_section(one) for one in detail["sections"]]),
    )


@lru_cache(maxsize=4096)
def _made_place(numbers: tuple[int, ...]) -> Place:
    return Place(*numbers)


def _place(plain: Sequence[int] | None) -> Place | None:
    return None if plain is None else _made_place(tuple(plain))


def packed_detail(detail: Mapping[str, Any]) -> bytes:
    """A detail as it is kept: ``texts``, ``places``, ``evidence`` and ``sections``, see ``Detail``."""
    text = json.dumps(detail, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _COMPRESSION)


def packed_section(section: Section) -> dict[str, Any]:
    """A section as it stands in a detail."""
    return {"id": section.id, "heading": section.heading, "place": section.place, "prose": section.prose}


def _evidence(packed: Sequence[Any]) -> Evidence:
    place, text, cells, expected = packed
    return Evidence(_place(place), text, tuple(cells), expected)


def _section(packed: Mapping[str, Any]) -> Section:
    prose = tuple([ProseLine(_made_place(tuple(where)), text) for where, text in packed["prose"]])
    return Section(packed["id"], packed["heading"], _made_place(tuple(packed["place"])), prose)
