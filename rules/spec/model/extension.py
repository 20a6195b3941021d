"""What a spec that builds on another may say: another format, or a province's own rules over the national ones.

What it does not say is as in the extended spec. ``rules.spec.extending.extended_specification`` puts the two together.
"""

from __future__ import annotations

from typing import Literal, Union

from pydantic import Field

from disclosure_checks.rules.spec.model.claims import Claim, ClaimWords
from disclosure_checks.rules.spec.model.corrections import CorrectionRanking
from disclosure_checks.rules.spec.model.specification import (
    Bodies,
    Chart,
    Column,
    ColumnGroup,
    Example,
    FormatIdentifier,
    Identifier,
    Loop,
    Part,
    ReportTitle,
    Row,
    RowGroup,
    Rule,
    RuleIdentifier,
    Severity,
    Signature,
    Table,
    Text,
    TextFact,
    Values,
    Years,
)

IsOverride = Literal[True]


class RuleOverride(Part):
    """A rule of the extended spec that is kept with changes: only what is said here differs."""

    id: RuleIdentifier
    override: IsOverride = Field(description="The rule is one of the extended spec")
    title: Text | None = None
    for_each: Loop | None = None
    check: str | None = Field(None, description="Another formula; restate the examples with it")
    severity: Severity | None = None
    message: Text | None = None
    basis: str | None = None
    note: Text | None = None
    category: Identifier | None = None
    together: bool | None = None
    skip_missing: bool | None = None
    examples: tuple[Example, ...] | None = None


class TextFactOverride(TextFact):
    """A text fact of the extended spec, restated in whole."""

    override: IsOverride = Field(description="The fact is one of the extended spec")


class TableOverride(Part):
    """A table of the extended spec that is kept with changes.

    A row or column stated here takes the place of the row, column or group of the same id.
    """

    id: Identifier
    override: IsOverride = Field(description="The table is one of the extended spec")
    rows: tuple[Union[Row, RowGroup], ...] = ()
    columns: tuple[Union[Column, ColumnGroup], ...] = ()
    row_aliases: dict[Identifier, tuple[str, ...]] = Field(
        default_factory=dict, description="Further labels that are accepted for a row or a group of rows, by its id"
    )
    column_aliases: dict[Identifier, tuple[str, ...]] = Field(
        default_factory=dict, description="Further labels that are accepted for a column or a group of columns"
    )


class LeftOut(Part):
    """What of the extended spec does not belong to this one."""

    rules: tuple[RuleIdentifier, ...] = ()
    facts: tuple[Identifier, ...] = ()
    claims: tuple[Identifier, ...] = ()
    cells: tuple[str, ...] = Field(
        (),
        description="Cells of the extended spec that do not exist here, such as `proactive.*.issued`: inherited rules "
        "that read them are left out, and loops go without them",
    )


class Extension(Part):
    """What one spec changes of another and adds to it. All that is not said is as in the extended spec."""

    extends: str = Field(min_length=1, description="The file of the extended spec, seen from this file")
    without: LeftOut = Field(LeftOut(cells=()), description="What of the extended spec does not belong here")
    format: FormatIdentifier | None = Field(None, description="Only where this is a format of its own")
    title: Text | None = None
    product: Text | None = None
    document_name: Text | None = None
    basis: str | None = Field(
        None, description="With a format of its own: inherited rules that rest on the extended basis rest on this one"
    )
    years: Years | None = None
    signature: Signature | None = None
    report_title: ReportTitle | None = None
    heading_variants: dict[Identifier, tuple[str, ...]] = Field(
        default_factory=dict, description="Further headings that are accepted for a section, by its id"
    )
    tables: tuple[Union[Table, TableOverride], ...] = Field(
        (), description="A table stated in whole takes the place of the one with its id, or comes after the others"
    )
    tables_elsewhere: tuple[str, ...] | None = None
    values: Values | None = None
    pattern_parts: dict[Identifier, str] = Field(default_factory=dict)
    facts: tuple[Union[TextFact, TextFactOverride], ...] = ()
    bodies: Bodies | None = None
    corrections: CorrectionRanking | None = None
    categories: dict[Identifier, Text] = Field(default_factory=dict)
    rules: tuple[Union[Rule, RuleOverride], ...] = ()
    claim_words: dict[Identifier, ClaimWords] = Field(
        default_factory=dict, description="Further words of claims, by part; a part that is there keeps its own as well"
    )
    self_words: tuple[str, ...] = Field((), description="Further words by which a body speaks of itself")
    boilerplate: tuple[str, ...] = Field((), description="Further words of clauses that every report holds")
    charts: tuple[Chart, ...] = Field(
        (), description="A chart takes the place of the one with its id, or comes after the others"
    )
    claims: tuple[Claim, ...] = Field(
        (), description="A claim takes the place of the one with its id, or comes after the others"
    )


REPLACED = (
    "format", "title", "product",
    "document_name", "basis", "years", "signature", "report_title", "tables_elsewhere", "values", "bodies", "corrections",
)  # fmt: skip
ADDED_TO = ("self_words", "boilerplate")
MERGED = ("pattern_parts", "categories")
