"""The facts ``body.<name>``: what is known of the body whose report it is, and the words of those that are no numbers.

They come from the list of agencies where it knows the body, else from its name, see ``rules.collection.agencies.body_facts``.
What kinds of bodies there are, and what a list may say of one, stands in ``rules/texts/bodies.yaml`` and in the spec.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from disclosure_checks.rules.spec.model.parts import Identifier, Part, Text
from disclosure_checks.rules.texts.catalogue import LANGUAGES, Catalogue

BODY_SCOPE = "body"
BODY_KIND = f"{BODY_SCOPE}.kind"
MOST_KINDS = 36  # one character a body in the data of the overview

BODIES = Catalogue("rules/texts/bodies.yaml")

BODY_FACTS: dict[str, str] = {
    "known": "1 where the list of agencies knows the body",
    "kind": "what it is, in a word; unknown where neither list nor name tells",
    "vertically_managed": "1 where it is managed from above and not summed; unknown where the list does not know it",
    "due_month": "the month of the next year by whose day its report is due",
    "due_day": "the day of that month",
    "children_complete": "1 where the list names all bodies below it",
    "children_known": "bodies listed below it that report for the year and are not vertically managed",
    "children_reported": "those of them with exactly one report of the year among those checked together",
}
"""The facts that every spec has; ``BodyVocabulary.facts`` holds those that are said in a list."""

FACT_SAID_IN_A_LIST = "{title}: 1 where a list of agencies says so, 0 where it says not; unknown where it does not say"


class BodyByName(Part):
    """How a kind of body is told by its name, where no list of agencies knows it, and when it reports."""

    kind: Identifier = Field(description="The word for it in formulas and in a list of agencies, such as department")
    title: Text | None = Field(None, description="What pages call it; the word itself if left out")
    recognise_by: Identifier = Field(description="The text fact that is at least 1 for the names of such bodies")
    or_without_name: Identifier | None = Field(
        None, description="The text fact that is at least 1 where a body that is not named calls itself one (我镇)"
    )
    due: str = Field(description="Month and day of the next year by which such bodies report, such as 01-31")


class BodyFact(Part):
    """Something that a list of agencies may say of a body with true or false; formulas read it as ``body.<id>``."""

    id: Identifier = Field(description="The key in the list of agencies")
    title: Text = Field(description="What sentences call it")


class Bodies(Part):
    """What kinds of bodies report and when. The first kind that fits a name counts."""

    kinds: tuple[BodyByName, ...] = Field((), description="The kinds, in the order in which a name is tried")
    facts: tuple[BodyFact, ...] = Field((), description="What else a list of agencies may say of a body")
    due: str = Field(description="When a body of any other kind reports, such as 03-31")


@dataclass(frozen=True)
class BodyVocabulary:
    """The kinds of bodies and the facts that lists may say of them, each with its title."""

    kinds: Mapping[str, Text]
    facts: Mapping[str, Text]

    def code(self, kind: str) -> float:
        """The number that stands for a kind; unknown for one that only another spec has."""
        return next((float(number) for number, name in enumerate(self.kinds, start=1) if name == kind), math.nan)

    @property
    def fact_names(self) -> tuple[str, ...]:
        """Every fact of a body, those of the list behind its kind."""
        first, second, *others = BODY_FACTS
        return (first, second, *self.facts, *others)


def body_vocabulary(bodies: Iterable[Bodies | None] = ()) -> BodyVocabulary:
    """The vocabulary of every spec and what some specs add to it."""
    vocabulary = _common_vocabulary()
    kinds, facts = dict(vocabulary.kinds), dict(vocabulary.facts)
    for own in bodies:
        for body in own.kinds if own else ():
            kinds[body.kind] = body.title or kinds.get(body.kind) or Text(zh=body.kind, en=body.kind)
        for fact in own.facts if own else ():
            facts[fact.id] = fact.title
    return BodyVocabulary(kinds, facts)


@cache
def _common_vocabulary() -> BodyVocabulary:
    return BodyVocabulary(_titles("kinds"), _titles("facts"))


def _titles(block: str) -> dict[str, Text]:
    return {
        name: Text(**{language: BODIES.text(block, name, language) for language in LANGUAGES})
        for name in BODIES.names(block)
    }
