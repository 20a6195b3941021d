"""What a report of a panel says: its sections as paragraphs of sentences that agree with its tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.generation.narrative.blocks import Block, Blocks
from tests.generation.narrative.sentences import Paragraph, Sentence, paragraph_text
from tests.generation.narrative.templates import pattern, say
from tests.generation.narrative.voice import Voice, merged

PROSE = Path(__file__).with_name("prose.yaml")
TRAPS = tuple(map(Path(__file__).with_name, ("traps.yaml", "traps_more.yaml")))
NUMERALS = "一二三四五六七八九十"
ASPECTS = ("proactive", "requests", "management", "platform", "supervision")
TITLE_SHAPES = (
    "（{numeral}）{title}。",
    "（{numeral}）{title}。",
    "（{numeral}）{title}：",
    "{number}.{title}。",
    "{numeral}是{title}。",
    "",
)
ON_ITS_OWN_LINE = "（{numeral}）{title}"
PARAGRAPHS_BESIDE_TABLES = 0.12
MOST_TRAPS = 5

Narrative = Mapping[str, tuple[Paragraph, ...]]  # by section id; "front" stands before section one


@cache
def prose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(PROSE.read_text(encoding="utf-8"))
    return loaded


@cache
def traps() -> dict[str, dict[str, Any]]:
    """The kinds of misleading sentences by id."""
    first, more = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in TRAPS)
    loaded: dict[str, dict[str, Any]] = merged(first, more)
    return loaded


def trap_sentence(voice: Voice, trap: str) -> Sentence | None:
    """A misleading sentence of the kind, None where none of them is true of the tables."""
    entry = traps()[trap]
    conditions = {name: entry[name] for name in ("some", "body", "enough") if name in entry}
    return say([pattern(one, **conditions) for one in entry["sentences"]], voice, f"trap {trap}", trap)


class NarrativeWriter:
    """Writes one report."""

    def __init__(self, voice: Voice, with_traps: bool = True) -> None:
        self.voice, self.random = voice, voice.random
        self.blocks = Blocks(voice)
        self.traps: dict[str, list[Sentence]] = {}
        self.instead: Sentence | None = None
        self.documents_place = self.random.choice(("proactive", "management"))
        if with_traps:
            self._draw_traps()

    def _draw_traps(self) -> None:
        names = list(traps())
        drawn = self.random.sample(names, self.random.randint(0, MOST_TRAPS))
        often = [name for name in names if self.random.random() < traps()[name].get("often", 0)]
        for name in dict.fromkeys((*often, *drawn)):
            entry = traps()[name]
            sentence = trap_sentence(self.voice, name)
            if sentence is None:
                continue
            if entry.get("instead"):
                self.instead = self.instead or sentence
            else:
                self.traps.setdefault(entry["place"], []).append(sentence)

    def _fill(self, text: str) -> str:
        voice = self.voice
        topics: list[str] = self.random.sample(prose()["topics"], 2)
        return text.format(
            agency=voice.body.agency.name,
            self=voice.body.agency.own_word,
            year=voice.year,
            next_year=voice.year + 1,
            topic=topics[0],
            topic2=topics[1],
        )

    def _choice(self, texts: list[str]) -> str:
        return self._fill(self.random.choice(texts))

    def _with_traps(self, block: Block, place: str) -> Block:
        for sentence in self.traps.get(place, ()):
            position = self.random.randint(0, len(block)) if place != "requests" else len(block)
            block = [*block[:position], (sentence, "。"), *block[position:]]
        return block

    def front(self) -> tuple[Paragraph, ...]:
        parts: list[str] = [
            self._choice(prose()["front_matter"][self.voice.format]),
            self._choice(prose()["period"]),
            self._choice(prose()["contact"]),
        ]
        paragraph: Paragraph = ("".join(parts), *(sentence for sentence in self.traps.get("front", ())))
        return (paragraph,)

    def _aspect(self, aspect: str) -> Block:
        blocks, random = self.blocks, self.random
        fillers: list[str] = prose()["aspects"][aspect]["fillers"]
        block: Block = [(self._choice(fillers), "")] if random.random() < 0.3 else []
        if aspect == "proactive":
            block += blocks.published() + blocks.documents(0.4) + blocks.decisions(0.3)
        elif aspect == "requests":
            block += blocks.requests(self.instead)
            block += blocks.reviews(0.6)
        elif aspect == "management":
            block += blocks.documents(0.25)
        elif aspect == "supervision":
            block += blocks.reviews(0.15)
        if aspect == self.documents_place:
            block = self._with_traps(block, "documents")
        block = self._with_traps(block, aspect)
        kept = {str(first) for first, _ in block if isinstance(first, str)}
        filler = self._choice(fillers)
        return block if filler in kept else [*block, (filler, "")]

    def _aspects(self, shape: str, alone: bool) -> tuple[Paragraph, ...]:
        paragraphs: list[Paragraph] = []
        for index, aspect in enumerate(ASPECTS):
            title = shape.format(
                numeral=NUMERALS[index],
                number=index + 1,
                title=self.random.choice(prose()["aspects"][aspect]["titles"]),
            )
            body = tuple(piece for pair in self._aspect(aspect) for piece in pair if piece)
            paragraphs += [(title,), body] if alone else [(title, *body)]
        return tuple(paragraphs)

    def overview(self) -> tuple[Paragraph, ...]:
        opening = self._choice(prose()["opening"])
        alone = self.random.random() < 0.3
        shape = ON_ITS_OWN_LINE if alone else self.random.choice(TITLE_SHAPES)
        paragraphs = self._aspects(shape, alone)
        said = "".join(map(paragraph_text, paragraphs))
        if not all(any(word in said for word in words) for words in prose()["needed"]):
            titles = [prose()["aspects"][aspect]["titles"][0] for aspect in ASPECTS]
            paragraphs = tuple(
                (f"（{NUMERALS[index]}）{titles[index]}。", *paragraph) if not shape else paragraph
                for index, paragraph in enumerate(paragraphs)
            )
        return ((opening,), *paragraphs) if opening else paragraphs

    def beside_table(self, block: Block) -> tuple[Paragraph, ...]:
        """Sentences repeated beside a table, seldom."""
        if not block or self.random.random() > PARAGRAPHS_BESIDE_TABLES:
            return ()
        return (tuple(piece for pair in block for piece in pair if piece),)

    def problems(self) -> tuple[Paragraph, ...]:
        words, random = prose()["problems"], self.random
        count = random.randint(2, 3)

        def listed(texts: list[str]) -> str:
            chosen = random.sample(texts, count)
            return "；".join(f"{NUMERALS[i]}是{self._fill(text)}" for i, text in enumerate(chosen)) + "。"

        found = self._choice(words["opening"]) + listed(words["problems"])
        plan = self._choice(words["plan_opening"]) + listed(words["plans"])
        said = self._with_traps([], "problems")
        trapped = tuple(piece for pair in said for piece in pair)
        if random.random() < 0.3:
            return ("（一）存在的主要问题。", found), ("（二）改进措施。", plan, *trapped)
        return (found,), (plan, *trapped)

    def other_matters(self) -> tuple[Paragraph, ...]:
        block = self._with_traps(self.blocks.fee(), "other_matters")
        return (tuple(piece for pair in block for piece in pair if piece),)

    def write(self) -> Narrative:
        """All sections."""
        return {
            "front": self.front(),
            "overview": self.overview(),
            "proactive": self.beside_table(self.blocks.documents(1.0)),
            "requests": self.beside_table(self.blocks.brief_requests()),
            "review": self.beside_table(self.blocks.reviews(1.0)),
            "problems": self.problems(),
            "other_matters": self.other_matters(),
        }
