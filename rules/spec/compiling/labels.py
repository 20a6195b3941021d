"""What cells, facts and loop items are called in sentences: short names where the spec has them, else its labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure_checks.rules.formula.functions import COLUMN_FUNCTIONS, without_years, years_back
from disclosure_checks.rules.spec.model.body_facts import BODY_SCOPE, body_vocabulary
from disclosure_checks.rules.spec.model.specification import (
    Column,
    ColumnGroup,
    Row,
    RowGroup,
    Specification,
    Text,
    TextFact,
)
from disclosure_checks.rules.spec.model.table_structure import Member
from disclosure_checks.rules.texts.catalogue import Catalogue

MESSAGES = Catalogue("rules/texts/messages.yaml")


def message_text(block: str, name: str, language: str, /, **values: str) -> str:
    """A text of the message catalogue with its placeholders filled in."""
    return MESSAGES.text(block, name, language, **values)


def earlier_label(label: str, years: int, language: str) -> str:
    """What a number of some years ago is called."""
    if years == 1:
        return message_text("labels", "previous_year", language, label=label)
    return message_text("labels", "years_ago", language, label=label, years=str(years))


def _text_fact(fact: TextFact, language: str) -> str:
    """The title of a text fact; where it has none, the first words that it looks for."""
    if fact.title is not None:
        return fact.title.said_in(language)
    if fact.phrases:
        return message_text("labels", "phrase", language, phrase=fact.phrases[0])
    return message_text("labels", "text_fact", language)


@dataclass(frozen=True)
class _Label:
    printed: str
    short: Text | None

    def in_words(self, language: str) -> str:
        return self.printed if self.short is None else self.short.said_in(language)


@dataclass
class SpecificationLabels:
    """The labels of one spec. Unknown names are called by their id, so that a message never fails.

    ``known``: names that were asked for before; sentences and pages ask for the same few thousand again and again.
    """

    specification: Specification
    rows: dict[tuple[str, str], _Label] = field(default_factory=dict)
    columns: dict[tuple[str, str], _Label] = field(default_factory=dict)
    texts: dict[str, TextFact] = field(default_factory=dict)
    claims: dict[str, Text] = field(default_factory=dict)
    bodies: Mapping[str, Text] = field(default_factory=dict)
    known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for table in self.specification.tables:
            self.rows.update(((table.id, name), label) for name, label in _labels(table.rows))
            self.columns.update(((table.id, name), label) for name, label in _labels(table.columns))
        self.texts = {f"text.{fact.id}": fact for fact in self.specification.facts}
        self.bodies = body_vocabulary([self.specification.bodies]).facts
        self.claims = {claim.id: claim.title for claim in self.specification.claims}

    def name(self, name: str, language: str) -> str:
        """A cell, a fact, or one of these of the year before or of the bodies below."""
        words = self.known.get((name, language))
        if words is None:
            words = self.known[name, language] = self._name(name, language)
        return words

    def _name(self, name: str, language: str) -> str:
        if years := years_back(name):
            return earlier_label(self.name(without_years(name), language), years, language)
        for function, prefix in COLUMN_FUNCTIONS.items():
            if name.startswith(prefix):
                label = self.name(name.removeprefix(prefix), language)
                return message_text("labels", function, language, label=label)
        return self._cell(name, language) if self.is_cell(name) else self.fact(name, language)

    def cell(self, cell_id: str, language: str) -> str:
        """Row and column: 第一项（总计）."""
        return self.name(cell_id, language) if self.is_cell(cell_id) else cell_id

    def _cell(self, cell_id: str, language: str) -> str:
        table, row, column = cell_id.split(".")
        names = {"row": self.row(table, row, language), "column": self.column(table, column, language)}
        return message_text("labels", "cell", language, **names)

    def row(self, table: str, row: str, language: str) -> str:
        label = self.rows.get((table, row))
        return label.in_words(language) if label else row

    def column(self, table: str, column: str, language: str) -> str:
        label = self.columns.get((table, column))
        return label.in_words(language) if label else column

    def section(self, section: str, language: str) -> str:
        headings = {part.id: part.heading for part in self.specification.sections}
        numbers = {part.id: part.number for part in self.specification.sections}
        if section not in headings:
            return section
        return message_text("labels", "section", language, number=numbers[section], heading=headings[section])

    def table(self, table: str, language: str) -> str:
        titles = {part.id: part.title.said_in(language) for part in self.specification.tables}
        return message_text("labels", "table", language, title=titles[table]) if table in titles else table

    def fact(self, name: str, language: str) -> str:
        """A fact by its full name, such as ``section.overview.count`` or ``text.fee_named``."""
        if name.startswith("text."):
            return _text_fact(self.texts[name], language) if name in self.texts else name
        scope, _, rest = name.partition(".")
        if scope == BODY_SCOPE and rest in self.bodies:
            return self.bodies[rest].said_in(language)
        owner, _, fact = rest.rpartition(".")
        if scope == "claim" and owner in self.claims:
            return message_text("labels", "claim", language, title=self.claims[owner].said_in(language))
        block = f"{scope}_facts"
        if block not in _FACT_BLOCKS or fact not in MESSAGES.names(block):
            return name
        words = self.own_fact(name, language)
        if not owner:
            return words
        owner_words = self.section(owner, language) if scope == "section" else self.table(owner, language)
        return message_text("labels", "fact_of", language, owner=owner_words, fact=words)

    def own_fact(self, name: str, language: str) -> str:
        """A fact of a section, a table or the document, without saying of which."""
        return message_text(f"{name.partition('.')[0]}_facts", name.rpartition(".")[2], language)

    def is_cell(self, name: str) -> bool:
        """Whether a name is that of a cell of this year."""
        parts = name.split(".")
        return len(parts) == 3 and (parts[0], parts[1]) in self.rows


_FACT_BLOCKS = ("document_facts", "section_facts", "table_facts", "report_facts", "body_facts", "decision_facts")


def _labels(members: Sequence[Member]) -> Iterator[tuple[str, _Label]]:
    for member in members:
        if isinstance(member, (Row, Column)):
            yield member.id, _Label(member.label, member.short)
        else:
            yield member.group, _Label(member.label, member.short if isinstance(member, RowGroup) else None)
            below: Sequence[Member] = member.columns if isinstance(member, ColumnGroup) else member.rows
            yield from _labels(below)
