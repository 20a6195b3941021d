"""The words of a format, as the grammar is handed them: labels and headings with the ids they stand for.

The grammar knows no spec. ``rules.spec.compiling.lexicon_building`` makes a ``Lexicon`` from one; this module only says what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from disclosure_checks.grammar.model.claim_language import ClaimLanguage


class LabelKind(str, Enum):
    """What a printed label of a table names."""

    ROW = "row"
    COLUMN = "column"
    ROW_GROUP = "row_group"
    COLUMN_GROUP = "column_group"
    CAPTION = "caption"
    HEADER_WORD = "header_word"


@dataclass(frozen=True)
class Label:
    """One label of a table. ``wordings``: the format's own print first, then the accepted variants."""

    kind: LabelKind
    id: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class LexiconRow:
    """A row that can carry values. ``depth``: the number of groups around it; ``one_row_group``: it is a whole group."""

    id: str
    columns: tuple[str, ...]
    depth: int
    groups: tuple[str, ...] = ()
    one_row_group: bool = False


@dataclass(frozen=True)
class LinearEquation:
    """A declared equation over cells of one report: the signed cells sum to 0."""

    terms: tuple[tuple[str, float], ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells it holds, in the order in which it was written."""
        return tuple(cell for cell, _ in self.terms)


@dataclass(frozen=True)
class LexiconTable:
    """A table: its rows and columns in statutory order, and its labels."""

    id: str
    section: str
    one_line: bool
    columns: tuple[str, ...]
    column_depths: tuple[int, ...]  # the number of column groups around each column
    amount_columns: frozenset[str]
    column_units: tuple[tuple[str, str], ...]
    rows: tuple[LexiconRow, ...]
    labels: tuple[Label, ...]
    change_columns: frozenset[str] = frozenset()
    unit_factors: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()  # column, its units and their factors
    amount_units: frozenset[str] = frozenset()  # units that count nothing, such as those of money

    @cached_property
    def row_positions(self) -> Mapping[str, int]:
        """Where each row stands among the rows."""
        return {row.id: number for number, row in enumerate(self.rows)}

    @cached_property
    def row_wordings(self) -> Mapping[str, str]:
        """The format's own print of each row's label."""
        return {label.id: label.wordings[0] for label in self.labels if label.kind is LabelKind.ROW}

    @cached_property
    def column_wordings(self) -> Mapping[str, str]:
        """The format's own print of each column's label."""
        return {label.id: label.wordings[0] for label in self.labels if label.kind is LabelKind.COLUMN}


@dataclass(frozen=True)
class LexiconSection:
    """A section: ``wordings`` are its headings without number, the format's own first; words that give it away last."""

    id: str
    number: str
    wordings: tuple[str, ...]
    recognise_by: tuple[str, ...]


@dataclass(frozen=True)
class LexiconTextFact:
    """A number to take from the text (see ``rules.spec.model.specification.TextFact``)."""

    id: str
    within: str
    phrases: tuple[str, ...]
    pattern: str | None
    take: str
    except_phrases: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything the grammar needs to know of a format."""

    format: str
    sections: tuple[LexiconSection, ...]
    tables: tuple[LexiconTable, ...]
    tables_elsewhere: tuple[str, ...]
    placeholders: tuple[str, ...]
    units: tuple[str, ...]
    title_kinds: tuple[str, ...]
    agency_endings: tuple[str, ...]
    period: str
    issuer: tuple[str, ...]
    names_itself: tuple[str, ...]
    issuer_labels: tuple[str, ...]
    no_agency: str
    second_agency: str
    title_furniture: str
    text_begins: tuple[str, ...]
    file_name: str
    title_beginnings: tuple[str, ...]
    no_title: tuple[str, ...]
    earliest_year: int
    signature_labels: tuple[str, ...]
    foreign_signatures: tuple[tuple[str, tuple[str, ...]], ...]
    text_facts: tuple[LexiconTextFact, ...]
    equations: tuple[LinearEquation, ...] = ()
    increase: tuple[str, ...] = ()  # words before a number that mean + in a column of changes
    decrease: tuple[str, ...] = ()
    claims: ClaimLanguage = field(default_factory=ClaimLanguage)
    self_words: tuple[str, ...] = ()  # how a body speaks of itself
    boilerplate: tuple[str, ...] = ()  # words of clauses that are not compared with other reports

    @property
    def number_words(self) -> tuple[str, ...]:
        """Words that columns print before or behind a number: changes and units of their own."""
        units = [unit for table in self.tables for _, factors in table.unit_factors for unit, _ in factors]
        return tuple(dict.fromkeys((*self.increase, *self.decrease, *units)))

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """Every cell id in statutory order; cells of one-row groups follow the group's rows."""
        return tuple(
            f"{table.id}.{row.id}.{column}" for table in self.tables for row in table.rows for column in row.columns
        )
