"""The model of a spec file: what a YAML spec may say, checked by pydantic, immutable once loaded.

Positions (file, line, column) live beside the model, in ``rules.spec.source.yaml_source``; formulas are parsed in
``rules.formula.parsing``. The JSON Schema for editors is generated from these classes, so their descriptions are the hover text.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal, Union

from pydantic import Field

from disclosure_checks.rules.formula.functions import FUNCTIONS
from disclosure_checks.rules.spec.model.body_facts import Bodies as Bodies
from disclosure_checks.rules.spec.model.body_facts import BodyByName as BodyByName
from disclosure_checks.rules.spec.model.claims import Claim, ClaimLanguageParts
from disclosure_checks.rules.spec.model.corrections import CorrectionRanking
from disclosure_checks.rules.spec.model.parts import FormatIdentifier as FormatIdentifier
from disclosure_checks.rules.spec.model.parts import Identifier as Identifier
from disclosure_checks.rules.spec.model.parts import Part as Part
from disclosure_checks.rules.spec.model.parts import RuleIdentifier as RuleIdentifier
from disclosure_checks.rules.spec.model.parts import Severity as Severity
from disclosure_checks.rules.spec.model.parts import Text as Text
from disclosure_checks.rules.spec.model.report_title import ReportTitle as ReportTitle


class ValueType(str, Enum):
    """``count``: a whole number of things. ``amount``: a decimal quantity of the column's unit. ``change``: a signed
    whole number."""

    COUNT = "count"
    AMOUNT = "amount"
    CHANGE = "change"


class Column(Part):
    """One column of a statutory table."""

    id: Identifier
    label: str = Field(description="The label exactly as the format prints it")
    short: Text | None = Field(None, description="A short name for messages; the label where it is missing")
    aliases: tuple[str, ...] = Field((), description="Other printed labels that are accepted (advisory)")
    type: ValueType = ValueType.COUNT
    unit: str = ""
    units: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict,
        description="Where the format fixes no unit: units that may be printed behind the number, and by what each is "
        "multiplied to give `unit`. A number without one is taken as printed",
    )
    increase: tuple[str, ...] = Field((), description="Of a `change`: words before a number that mean +, such as 增加")
    decrease: tuple[str, ...] = Field((), description="Of a `change`: words before a number that mean -, such as 减少")
    total: bool = Field(False, description="The column holds a total: `sum(...)` over its group leaves it out")


class ColumnGroup(Part):
    """Columns under one printed heading, such as 法人或其他组织."""

    group: Identifier
    label: str
    aliases: tuple[str, ...] = ()
    columns: tuple[Union[Column, ColumnGroup], ...] = Field(min_length=1)


class Row(Part):
    """One row of a statutory table."""

    id: Identifier
    label: str = Field(description="The label exactly as the format prints it")
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    columns: tuple[Identifier, ...] = Field((), description="The columns this row has; empty means all of the table")
    total: bool = Field(False, description="The row holds a total: `sum(...)` over its group leaves it out")


class RowGroup(Part):
    """Rows under one printed heading that has no numbers of its own. Its name in a formula is its subtotal."""

    group: Identifier
    label: str
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    columns: tuple[Identifier, ...] = Field((), description="The columns that all rows of the group have")
    rows: tuple[Union[Row, RowGroup], ...] = Field(min_length=1)
    printed_as_one_row: bool = Field(
        False, description="Some reports print the group as one row; its cells are then `<table>.<group>.<column>`"
    )


class Arrangement(str, Enum):
    """``row_labels``: each row is a label and its values. ``one_line``: all rows' values stand on one line, in order."""

    ROW_LABELS = "row_labels"
    ONE_LINE = "one_line"


class Table(Part):
    """A statutory table: its rows, columns and the words that announce it."""

    id: Identifier
    title: Text
    section: Identifier = Field(description="The section that holds the table")
    arrangement: Arrangement = Arrangement.ROW_LABELS
    captions: tuple[str, ...] = Field((), description="Words that only open the table, such as its corner cell")
    header_words: tuple[str, ...] = Field((), description="Words of the header that name no row and no column")
    columns: tuple[Union[Column, ColumnGroup], ...] = Field(min_length=1)
    rows: tuple[Union[Row, RowGroup], ...] = Field(min_length=1)


class SectionFormat(Part):
    """A statutory section and the headings it is known by.

    In a heading, ``[words]`` may be left out and ``{one|other}`` is a choice.
    """

    id: Identifier
    number: str = Field(description="The Chinese numeral before the heading, such as 一")
    heading: str
    variants: tuple[str, ...] = Field((), description="Accepted headings that differ from the format's own (info)")
    recognise_by: tuple[str, ...] = Field(
        (), description="A numbered heading holding one of these words is taken for this section, with a finding"
    )


class Values(Part):
    """How the text of a cell is read as a number."""

    placeholders: tuple[str, ...] = Field(
        description="Printed instead of a number where there is nothing; read as blank"
    )
    units: tuple[str, ...] = Field((), description="Words that may follow a number inside a cell (advisory)")
    amount_units: tuple[str, ...] = Field(
        (),
        description="Those of the units that count nothing, such as 元: in a column of counts the number is not certain",
    )


class TextFact(Part):
    """A number taken from the text: how often something is said, or a number that is said.

    Formulas read it as ``text.<id>``. With ``phrases`` the value is the number of occurrences. With ``pattern`` (a
    regular expression) it is the number of matches, or, where the pattern has a group named ``value``, the number in
    that group: of the first match, or as ``take`` says; unknown where nothing matches.
    """

    id: Identifier
    title: Text | None = None
    within: str = Field("document", description="`document`, `title`, `agency`, `front_matter`, or `section.<id>`")
    phrases: tuple[str, ...] = Field(
        (), description="Plain words; widths, spaces and look-alike characters do not matter"
    )
    pattern: str | None = Field(None, description="A regular expression over the folded line")
    take: Literal["first", "last", "smallest", "largest"] = "first"
    except_phrases: tuple[str, ...] = Field((), description="A match inside one of these words does not count")


class Loop(Part):
    """What a rule is repeated over; bare names in the formula are then taken from the current item."""

    column: Union[str, tuple[str, ...], None] = Field(
        None, description="e.g. `requests.*`: names are rows of the table"
    )
    row: Union[str, tuple[str, ...], None] = Field(
        None, description="e.g. `requests.*`: names are columns of the table"
    )
    cell: Union[str, tuple[str, ...], None] = Field(
        None, description="e.g. `proactive.*.decisions`: the cell is `value`"
    )
    section: Union[str, tuple[str, ...], None] = Field(None, description="`*` or ids: names are facts of the section")
    table: Union[str, tuple[str, ...], None] = Field(None, description="`*` or ids: names are facts of the table")
    fact: Union[str, tuple[str, ...], None] = Field(None, description="e.g. `text.aspect_*`: the fact is `value`")
    # "except" is a Python keyword, hence the alias
    leaving_out: tuple[str, ...] = Field((), alias="except", description="Items that are left out")


ExampleValues = dict[str, Union[float, str, None]]


class Example(Part):
    """A case that shows a rule holding or failing. Cells not named are 0; `null` means missing."""

    passes: ExampleValues | None = Field(None, alias="pass")
    fails: ExampleValues | None = Field(None, alias="fail")
    not_assessable: ExampleValues | None = None
    difference: float | None = Field(None, description="Left side minus right side, where the rule is an equation")
    year: int | None = Field(None, description="What `report.year` is in the example")


class Rule(Part):
    """One rule: a formula that must hold, what it is called, how grave a failure is and where it comes from."""

    id: RuleIdentifier
    title: Text
    for_each: Loop | None = None
    check: str = Field(description=f"The formula, see the README. Functions: {', '.join(FUNCTIONS)}")
    severity: Severity
    message: Text | None = Field(
        None,
        description="What to say on failure. {text} {where} {observed} {expected} {difference} {item} {agency} {year} are filled in",
    )
    basis: str = Field("", description="The document the rule rests on, such as 国办公开办函〔2021〕30号")
    note: Text | None = Field(None, description="What a reader should know: exceptions, usual causes")
    together: bool = Field(False, description="One finding for all that was counted, instead of one for each")
    once: Literal["item", "report"] | None = Field(
        default=None,
        description="What one slip does many times is told once, the first with the others named behind it: `item`, all "
        "that was counted in an item of the loop; `report`, all items that fail as well",
    )
    category: Identifier = "other"
    skip_missing: bool = Field(
        False, description="Where an input is missing the rule says nothing instead of not assessable"
    )
    renamed_from: tuple[RuleIdentifier, ...] = Field((), description="Ids the rule had before; never reused")
    examples: tuple[Example, ...] = ()


class ChartSeries(Part):
    """One line of a chart: a number a year, the sum of these cells."""

    id: Identifier
    label: Text
    cells: tuple[str, ...] = Field(min_length=1, description="Cell ids; unknown in a year in which one of them is")


class Chart(Part):
    """A small chart on the page of an agency: what became of some numbers over the years.

    Formats that have a chart of the same id, with series of the same ids, share it.
    """

    id: Identifier
    title: Text
    series: tuple[ChartSeries, ...] = Field(min_length=1, max_length=3)


class Signature(Part):
    """The labels that show which format a report's tables follow."""

    labels: tuple[str, ...] = Field(min_length=1)
    other_formats: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Years(Part):
    """The report years a format serves, both included."""

    first: int
    last: int | None = None


class Specification(Part):
    """Everything about one format."""

    format: FormatIdentifier
    title: Text
    product: Text | None = Field(
        None,
        description="What the pages and the workbook of this kind of report are called; a neutral name if left out",
    )
    document_name: Text | None = Field(
        None,
        description="What a return note calls the document, such as `the annual report`; a neutral word if left out",
    )
    basis: str
    years: Years
    signature: Signature
    report_title: ReportTitle
    sections: tuple[SectionFormat, ...] = Field(min_length=1)
    tables: tuple[Table, ...] = Field(min_length=1)
    tables_elsewhere: tuple[str, ...] = Field(
        (), description="Words that say that a table is an image or an attachment; then its absence cannot be judged"
    )
    values: Values
    pattern_parts: dict[Identifier, str] = Field(
        default_factory=dict, description="Pieces of regular expressions; a pattern uses one as `(?&name)`"
    )
    facts: tuple[TextFact, ...] = ()
    bodies: Bodies | None = Field(None, description="Kinds of reporting bodies and their due dates")
    categories: dict[Identifier, Text] = Field(
        default_factory=dict, description="Titles of the groups rules are listed in"
    )
    rules: tuple[Rule, ...] = ()
    claim_language: ClaimLanguageParts | None = Field(None, description="The words that claims are made of")
    claims: tuple[Claim, ...] = Field((), description="What sentences say about numbers that a table holds as well")
    corrections: CorrectionRanking = Field(
        CorrectionRanking(), description="How cells that may be wrong are ranked where sums do not add up"
    )
    charts: tuple[Chart, ...] = Field((), description="What the page of an agency draws of its years")
    self_words: tuple[str, ...] = Field(
        (), description="How a body speaks of itself; left out where texts of two reports are compared"
    )
    boilerplate: tuple[str, ...] = Field(
        (), description="Words of clauses that every report holds; such clauses are left out where texts are compared"
    )
