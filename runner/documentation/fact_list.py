"""The facts that formulas can read beside cells, with their titles and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from disclosure_checks.grammar.model.fact_names import DOCUMENT_FACTS, REPORT_NAMES, SECTION_FACTS, TABLE_FACTS
from disclosure_checks.rules.spec.compiling.labels import MESSAGES
from disclosure_checks.rules.spec.model.body_facts import BODY_FACTS, BODY_SCOPE, body_vocabulary
from disclosure_checks.rules.spec.model.decision_facts import DECISION_FACTS
from disclosure_checks.runner.documentation.markdown import code, page, section, table, words


class _Scope(NamedTuple):
    """The facts of one kind of thing: ``written`` is what stands before a fact's name."""

    name: str
    written: str
    facts: Mapping[str, str]


_SCOPES = (
    _Scope("report", "report", REPORT_NAMES),
    _Scope("document", "document", DOCUMENT_FACTS),
    _Scope("body", "body", BODY_FACTS),
    _Scope("decision", "decision", DECISION_FACTS),
    _Scope("section", "section.<id>", SECTION_FACTS),
    _Scope("table", "table.<id>", TABLE_FACTS),
)


def fact_list(language: str) -> str:
    """The document."""
    parts = [
        section(words("facts", scope.name, language), _note(scope.name, language), _table(scope, language))
        for scope in _SCOPES
    ]
    return page(words("facts", "title", language), language, words("facts", "intro", language), *parts)


def _note(scope: str, language: str) -> str:
    name = f"{scope}_note"
    if name not in _NOTES:
        return ""
    kinds = list(body_vocabulary().kinds)
    return words("facts", name, language, kind=kinds[1], kinds=" ".join(code(kind) for kind in kinds))


_NOTES = ("body_note", "decision_note")


def _table(scope: _Scope, language: str) -> str:
    """Name and title; what exactly a fact means is said in English alone."""
    titles = {name: MESSAGES.text(f"{scope.name}_facts", name, language) for name in scope.facts}
    meanings = dict(scope.facts)
    if scope.name == BODY_SCOPE:
        titles |= {name: title.said_in(language) for name, title in body_vocabulary().facts.items()}
        meanings |= {name: words("facts", "said", language) for name in body_vocabulary().facts}
    columns = ("name", "title", "meaning")[: 3 if language == "en" else 2]
    rows = [(code(f"{scope.written}.{name}"), title, meanings[name])[: len(columns)] for name, title in titles.items()]
    return table([words("frame", column, language) for column in columns], rows)
