"""The detail of a packed report: what was printed, where, the evidence of facts and the running text.

It is kept as zlib streams of JSON, one behind the other: the texts and places of the cells, and parts of the picture that
some were seen in, which every page and export wants; the evidence of facts and the running text, which few ask for; the
document as it was read, which one page shows.
(Collections of 0.2 have a single stream for the first two, and those without the third have not kept the document.)
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Protocol, overload

from disclosure_checks.grammar.model.kept_text import NO_TEXT, KeptText, opened_text, packed_text
from disclosure_checks.grammar.model.report import Evidence, Place, ProseLine, Section, SourceText

_COMPRESSION = 1  # the fastest level: a detail of 12 KB comes to 2.0 KB in 0.1 ms; the best level saves a tenth of it


class Detail:
    """What a report prints, by the order of its cells and by the names of its facts.

    ``texts``, ``places``: of the cells. Evidence and running text are opened when they are asked for: of most reports
    nobody asks. Raises ValueError, KeyError or zlib.error where the content is no detail.
    """

    def __init__(self, content: bytes) -> None:
        self._printed, self._rest = _first_stream(content)
        self.texts: Sequence[str] = self._printed["texts"]
        places = [_place(place) for place in self._printed["places"]]
        self.places: Sequence[Place | None] = [places[number] for number in self._printed["numbers"]]

    @cached_property
    def cut_outs(self) -> Mapping[str, bytes]:
        """Parts of pictures that people should look at, by cell."""
        return {cell: b64decode(content) for cell, content in self._printed.get("cut_outs", {}).items()}

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        return self._said_and_rest[0]

    @cached_property
    def _said_and_rest(self) -> tuple[Mapping[str, Any], bytes]:
        return _first_stream(self._rest) if self._rest else (self._printed, b"")

    def source_text(self) -> KeptText:
        """The document as it was read; nothing where it was not kept. It is opened each time: one page wants it, once."""
        rest = self._said_and_rest[1]
        return opened_text(_first_stream(rest)[0]["source"]) if rest else NO_TEXT

    def evidence(self, name: str) -> tuple[Evidence, ...]:
        """What a fact rests on."""
        return tuple([_evidence(one) for one in self._said["evidence"].get(name, ())])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that were found, with their running text."""
        return tuple([_section(one) for one in self._said["sections"]])


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


class DetailSections(Sequence[Section]):
    """The sections of one report, opened when they are asked for."""

    __slots__ = ("_detail",)

    def __init__(self, detail: DetailSource) -> None:
        self._detail = detail

    @overload
    def __getitem__(self, index: int) -> Section: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Section]: ...
    def __getitem__(self, index: int | slice) -> Section | Sequence[Section]:
        return self._detail.load().sections[index]

    def __len__(self) -> int:
        return len(self._detail.load().sections)

    def __repr__(self) -> str:
        return repr(self._detail.load().sections)


class DetailCutOuts(Mapping[str, bytes]):
    """Parts of the picture of one report, opened when they are asked for."""

    __slots__ = ("_detail",)

    def __init__(self, detail: DetailSource) -> None:
        self._detail = detail

    def __getitem__(self, cell_id: str) -> bytes:
        return self._detail.load().cut_outs[cell_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._detail.load().cut_outs)

    def __len__(self) -> int:
        return len(self._detail.load().cut_outs)

    def __repr__(self) -> str:
        return repr(self._detail.load().cut_outs)


class DetailText:
    """The document of one report as it was read, opened when it is asked for."""

    __slots__ = ("_detail",)

    def __init__(self, detail: DetailSource) -> None:
        self._detail = detail

    def load(self) -> KeptText:
        """The text, opened."""
        return self._detail.load().source_text()


def opened_detail(content: bytes) -> Detail:
    """A detail as it is kept, opened. Raises ValueError, KeyError or zlib.error where it is none."""
    return Detail(content)


def packed_detail(
    texts: Sequence[str],
    places: Sequence[Place | None],
    evidence: Mapping[str, Any],
    sections: Sequence[Section],
    source_text: SourceText | None = None,
    cut_outs: Mapping[str, bytes] | None = None,
) -> bytes:
    """A detail as it is kept. Cells share few places, so these are kept once and numbered."""
    distinct: dict[Place | None, int] = {}
    numbers = [distinct.setdefault(place, len(distinct)) for place in places]
    printed: dict[str, Any] = {"texts": texts, "places": list(distinct), "numbers": numbers}
    if cut_outs:  # few reports have any; those that do show them beside the cells
        printed["cut_outs"] = {cell: b64encode(content).decode("ascii") for cell, content in cut_outs.items()}
    said = {"evidence": evidence, "sections": [_packed_section(section) for section in sections]}
    streams = _stream(printed) + _stream(said)
    return streams if source_text is None else streams + _stream({"source": packed_text(source_text.load())})


def _stream(plain: Mapping[str, Any]) -> bytes:
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _COMPRESSION)


def _first_stream(content: bytes) -> tuple[Mapping[str, Any], bytes]:
    opening = zlib.decompressobj()
    text = opening.decompress(content)
    if not opening.eof:
        raise ValueError("the detail is cut short")
    return json.loads(text.decode("utf-8", "surrogatepass")), opening.unused_data


@lru_cache(maxsize=4096)
def _made_place(numbers: tuple[int, ...]) -> Place:
    return Place(*numbers)


def _place(plain: Sequence[int] | None) -> Place | None:
    return None if plain is None else _made_place(tuple(plain))


def _packed_section(section: Section) -> dict[str, Any]:
    return {"id": section.id, "heading": section.heading, "place": section.place, "prose": section.prose}


def _evidence(packed: Sequence[Any]) -> Evidence:
    place, text, cells, expected, sentence_id = packed
    return Evidence(_place(place), text, tuple(cells), expected, sentence_id)


def _section(packed: Mapping[str, Any]) -> Section:
    prose = tuple([ProseLine(_made_place(tuple(where)), text) for where, text in packed["prose"]])
    return Section(packed["id"], packed["heading"], _made_place(tuple(packed["place"])), prose)
