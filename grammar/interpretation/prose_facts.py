"""What the running text says: the numbers that the format looks for, the claims in its sentences, its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.facts import claim_facts, sum_facts
from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import Fact, Place
from disclosure_checks.grammar.prose.fingerprints import FingerprintTaker
from disclosure_checks.grammar.prose.identity import Identity
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText, TextFactFinder
from disclosure_checks.grammar.rows.row_tokens import ParsedSection

_OF_A_SECTION = "section."


class ProseReading(NamedTuple):
    """The facts of the text, by full name, and the fingerprint of its sections."""

    facts: dict[str, Fact]
    fingerprint: tuple[int, ...]


class ProseFacts:
    """Reads the running text of documents of one format. ``in_sections``: the facts that are looked for in sections."""

    def __init__(self, lexicon: Lexicon, claims: ClaimFinder | None = None) -> None:
        self._lexicon = lexicon
        self._text_facts = tuple(TextFactFinder(fact) for fact in lexicon.text_facts)
        self.in_sections = frozenset(
            f"text.{fact.id}" for fact in lexicon.text_facts if fact.within.startswith(_OF_A_SECTION)
        )
        self._claims = claims or ClaimFinder(lexicon.claims)
        self._fingerprints = FingerprintTaker(lexicon.self_words, lexicon.boilerplate)

    def read(self, identity: Identity, parsed: Sequence[ParsedSection]) -> ProseReading:
        """What the text of a document says."""
        texts = self._search_texts(identity, parsed)
        missing = SearchText(())
        facts = {f"text.{finder.id}": finder.find(texts.get(finder.within, missing)) for finder in self._text_facts}
        said = self._claims.find(texts, identity.agency, identity.year)
        facts.update(claim_facts(said.claims))
        facts.update(sum_facts(said.sums))
        of_sections = [text.text for name, text in texts.items() if name.startswith(_OF_A_SECTION)]
        return ProseReading(facts, self._fingerprints.fingerprint(of_sections, identity.agency))

    def _search_texts(self, identity: Identity, parsed: Sequence[ParsedSection]) -> Mapping[str, SearchText]:
        """The parts of the document that text facts may name: ``document``, ``section.<id>`` and so on."""
        lines: dict[str, list[SearchLine]] = {"document": []}
        for section in parsed:
            own = [SearchLine.of(atom.folded, atom.printed, atom.place) for atom in section.prose()]
            name = "front_matter"
            if section.heading:
                name = f"{_OF_A_SECTION}{self._lexicon.sections[section.heading.meaning.section].id}"
            lines.setdefault(name, []).extend(own)
            lines["document"].extend(own)
        place = identity.title.place if identity.title else Place()
        lines["title"] = [SearchLine.of(identity.title.text, identity.title.text, place)] if identity.title else []
        lines["agency"] = [SearchLine.of(identity.agency, identity.agency, place)] if identity.agency else []
        return {name: SearchText(part) for name, part in lines.items()}
