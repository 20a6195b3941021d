"""Findings in sentences, in the language asked for; built late, from the raw values a finding keeps.

The patterns stand in ``messages.yaml``, the names of cells and facts in the spec.
"""

from __future__ import annotations

import re

from grammar.document import Place
from rules.catalogue import fill_in
from rules.equation_sentences import blank_as_zero_sentence, comparison_sentence, number_words, observation_sentence
from rules.expression import main_comparison
from rules.findings import Diagnosis, Finding, ResultStatus
from rules.labels import message_text
from rules.loops import LoopKind, loop_kinds
from rules.name_resolution import PREVIOUS_YEAR
from rules.outcomes import CompiledSpecification

__all__ = [
    "cell_label",
    "diagnosis_message",
    "finding_message",
    "item_label",
    "number_words",
    "parse_place",
    "place_words",
]

_MISSING_SHOWN = 6
_PLACE_PART = re.compile(r"(line|table|row|column|page) (\d+)")


def finding_message(finding: Finding, compiled: CompiledSpecification, language: str = "zh") -> str:
    """What the finding says, in one sentence of plain text (to be escaped by whoever puts it into a page)."""
    sentence = _sentence(finding, compiled, language)
    item = "" if _says_item(finding, compiled, language) else _item_prefix(finding, compiled, language)
    return message_text("sentences", "with_item", language, item=item, sentence=sentence) if item else sentence


def diagnosis_message(diagnosis: Diagnosis, compiled: CompiledSpecification, language: str = "zh") -> str:
    """Which cell is probably wrong and what it should be."""
    cell = cell_label(compiled, diagnosis.cell, language)
    name = diagnosis.hint or "single_cell"
    return message_text("diagnosis", name, language, cell=cell, value=number_words(diagnosis.value))


def cell_label(compiled: CompiledSpecification, cell_id: str, language: str = "zh") -> str:
    """The short name of a cell, row and column: 第一项（自然人）. Facts are named as well."""
    return compiled.labels.name(cell_id, language)


def item_label(compiled: CompiledSpecification, rule_id: str, item: str, language: str = "zh") -> str:
    """The name of a loop item: 总计列, 予以公开行, a section, a table, a fact or a cell; "" without an item."""
    if not item:
        return ""
    labels = compiled.labels
    kind = _loop_kind(compiled, rule_id)
    first, _, rest = item.partition(".")
    if kind is LoopKind.COLUMN:
        return message_text("labels", "column_item", language, name=labels.column(first, rest, language))
    if kind is LoopKind.ROW:
        return message_text("labels", "row_item", language, name=labels.row(first, rest, language))
    if kind is LoopKind.SECTION:
        return labels.section(rest, language)
    if kind is LoopKind.TABLE:
        return labels.table(rest, language)
    return labels.name(item, language)


def place_words(place: Place | None, language: str = "zh") -> str:
    """Where something stands: 第 60 行, 表 2 第 5 行第 4 列; "" where nothing is known."""
    if place is None:
        return ""
    named = (("table", place.table), ("row", place.row), ("column", place.column))
    grid = [message_text("places", name, language, number=str(number)) for name, number in named if number]
    line = [
        message_text("places", name, language, number=str(number))
        for name, number in (("page", place.page), ("line", place.line))
        if number
    ]
    if place.table and len(grid) > 1:
        grid = [grid[0], message_text("places", "within_table", language).join(grid[1:])]
    return " ".join([*line, *grid])


def parse_place(where: str) -> Place:
    """The place a finding's ``where`` names (the reverse of ``str(place)``)."""
    return Place(**{name: int(number) for name, number in _PLACE_PART.findall(where)})


def _sentence(finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    rule = compiled.rule_by_id[finding.rule].rule
    if finding.status is ResultStatus.NOT_ASSESSABLE:
        return _not_assessable(finding, compiled, language)
    if rule.message is not None:
        return fill_in(getattr(rule.message, language), _placeholder_values(finding, compiled, language))
    comparison = _comparison(finding, compiled)
    cells = frozenset(compiled.cells)
    terms = [*finding.left, *finding.right]
    if comparison and any(term.name.removeprefix(PREVIOUS_YEAR) in cells for term in terms):
        return comparison_sentence(finding, comparison, lambda name: _term(name, finding, compiled, language), language)
    title = str(getattr(rule.title, language))
    if comparison and finding.cells and finding.observed is not None:
        words = observation_sentence(finding, comparison, language)
        return message_text("sentences", "title_and_values", language, title=title, values=words)
    return title


def _not_assessable(finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    if not finding.missing:
        return message_text("sentences", "division_by_zero", language)
    names = [_term(name, finding, compiled, language) for name in finding.missing[:_MISSING_SHOWN]]
    missing = message_text("sentences", "list_separator", language).join(names)
    if len(finding.missing) > _MISSING_SHOWN:
        total = str(len(finding.missing))
        missing = message_text("sentences", "and_more", language, names=missing, total=total)
    sentence = message_text("sentences", "not_assessable", language, missing=missing)
    comparison = _comparison(finding, compiled)
    if finding.blank_as_zero is None or not comparison:
        return sentence
    blank = blank_as_zero_sentence(finding.blank_as_zero, comparison, language)
    return message_text("sentences", "with_blank", language, sentence=sentence, blank=blank)


def _term(name: str, finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    """A term as short as the loop allows: in a column the row's name says enough, in a row the column's."""
    labels = compiled.labels
    kind = _loop_kind(compiled, finding.rule)
    table, _, own = finding.item.partition(".")
    earlier = name.startswith(PREVIOUS_YEAR)
    parts = name.removeprefix(PREVIOUS_YEAR).split(".")
    if len(parts) != 3 or parts[0] != table:
        return labels.name(name, language)
    if kind is LoopKind.COLUMN and parts[2] == own:
        short = labels.row(table, parts[1], language)
    elif kind is LoopKind.ROW and parts[1] == own:
        short = labels.column(table, parts[2], language)
    else:
        return labels.name(name, language)
    return message_text("labels", "previous_year", language, label=short) if earlier else short


def _item_prefix(finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    kind = _loop_kind(compiled, finding.rule)
    if kind in (LoopKind.COLUMN, LoopKind.ROW):
        return item_label(compiled, finding.rule, finding.item, language)
    names_itself = any(term.name == finding.item for term in (*finding.left, *finding.right))
    if kind in (LoopKind.CELL, LoopKind.FACT) and (names_itself or finding.item in finding.missing):
        rule = compiled.rule_by_id[finding.rule].rule
        in_sentence = finding.status is ResultStatus.NOT_ASSESSABLE or (
            rule.message is None and finding.item in compiled.labels_of_cells
        )
        return "" if in_sentence else item_label(compiled, finding.rule, finding.item, language)
    return item_label(compiled, finding.rule, finding.item, language)
