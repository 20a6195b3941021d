"""Every name a formula of one spec may use: its tables laid out, its sections, and the facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.claims.facts import all_slots
from disclosure_checks.grammar.model.fact_names import DOCUMENT_FACTS, REPORT_NAMES, SECTION_FACTS, TABLE_FACTS
from disclosure_checks.rules.spec.model.body_facts import BODY_KIND, BODY_SCOPE, body_vocabulary
from disclosure_checks.rules.spec.model.decision_facts import DECISION_FACTS, DECISION_SCOPE
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.model.table_structure import TableStructure, structure_of

FACT_SCOPES = ("report", "document", "section", "table", "text", "claim", BODY_SCOPE, DECISION_SCOPE)


@dataclass(frozen=True)
class Vocabulary:
    """``tables`` by id; ``facts`` are full fact names in the order of the spec.

    ``words``: those of each fact whose numbers stand for words. A formula compares such a fact with a word.
    """

    tables: dict[str, TableStructure]
    sections: tuple[str, ...]
    facts: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def word_code(self, fact: str, word: str) -> float:
        """The number that stands for a word of a fact. Raises ValueError for a word it does not have."""
        return float(self.words[fact].index(word) + 1)

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell id in statutory order."""
        return tuple(cell for table in self.tables.values() for cell in table.cells())


def vocabulary_of(specification: Specification, assumed_facts: Iterable[str] = ()) -> Vocabulary:
    """The vocabulary of a spec. ``assumed_facts`` are ids of text facts that are declared but broken."""
    tables = {table.id: structure_of(table) for table in specification.tables}
    sections = tuple(section.id for section in specification.sections)
    facts = [f"report.{fact}" for fact in REPORT_NAMES]
    facts += [f"document.{fact}" for fact in DOCUMENT_FACTS]
    bodies = body_vocabulary([specification.bodies])
    facts += [f"{BODY_SCOPE}.{fact}" for fact in bodies.fact_names]
    facts += [f"{DECISION_SCOPE}.{fact}" for fact in DECISION_FACTS]
    facts += [f"section.{section}.{fact}" for section in sections for fact in SECTION_FACTS]
    facts += [f"table.{table}.{fact}" for table in tables for fact in TABLE_FACTS]
    facts += [f"text.{fact.id}" for fact in specification.facts]
    facts += [f"text.{fact}" for fact in assumed_facts]
    facts += [f"claim.{claim.id}.{slot}" for claim in specification.claims for slot in all_slots(bool(claim.unit))]
    return Vocabulary(tables, sections, tuple(dict.fromkeys(facts)), {BODY_KIND: tuple(bodies.kinds)})


def matching(pattern: str, names: Collection[str]) -> list[str]:
    """The names a pattern stands for; ``*`` in it is any run of characters."""
    if "*" not in pattern:
        return [pattern] if pattern in names else []
    expression = re.compile(".*".join(re.escape(part) for part in pattern.split("*")))
    return [name for name in names if expression.fullmatch(name)]
