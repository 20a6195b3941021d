"""Findings in sentences, in the language asked for; built late, from the raw values a finding keeps.

The patterns stand in ``messages.yaml``, the names of cells and facts in the spec.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.rules.findings.equation_sentences import (
    blank_as_zero_sentence,
    comparison_sentence,
    observation_sentence,
)
from disclosure_checks.rules.findings.finding import Diagnosis, Finding
from disclosure_checks.rules.formula.expression import main_comparison
from disclosure_checks.rules.formula.functions import without_years, years_back
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.labels import earlier_label, message_text
from disclosure_checks.rules.spec.compiling.loops import LoopKind, loop_kinds
from disclosure_checks.rules.spec.model.body_facts import BODY_SCOPE
from disclosure_checks.rules.spec.model.decision_list import Decision
from disclosure_checks.rules.texts.catalogue import fill_in, placeholders
from disclosure_checks.rules.texts.number_words import number_words

__all__ = [
    "cell_label",
    "decision_reason",
    "diagnosis_message",
    "finding_message",
    "item_label",
    "number_words",
    "parse_place",
    "place_words",
]

_MISSING_SHOWN = 6
_OTHERS_SHOWN = 5
_OTHER_CELLS_SHOWN = 40  # a person has to look at each
_READ_SHOWN = 6
_LONGEST_QUOTATION = 80
_MOST_QUOTED = 1500  # characters of passages
_NAMES_THE_ITEM = ("item", "label", "cells")
_NAMES_THE_SECTION = (*_NAMES_THE_ITEM, "text", "expected")  # what is printed or expected is the section's heading
_PLACE_PART = re.compile(r"(line|table|row|column|page) (\d+)")


def finding_message(finding: Finding, compiled: CompiledSpecification, language: str = "zh") -> str:
    """What the finding says, in one sentence of plain text (to be escaped by whoever puts it into a page)."""
    sentence, names_item = _sentence(finding, compiled, language)
    item = item_label(compiled, finding.rule, finding.item, language)
    if item and not names_item:
        sentence = message_text("sentences", "with_item", language, item=item, sentence=sentence)
    sentence = _with_others(sentence, finding, compiled, language)
    if finding.from_picture:
        sentence = message_text("sentences", "seen_in_picture", language, sentence=sentence)
    return _with_decision(sentence, finding.decision, language) if finding.decision else sentence


def diagnosis_message(diagnosis: Diagnosis, compiled: CompiledSpecification, language: str = "zh") -> str:
    """Which cell is probably wrong and what it should be."""
    cell = cell_label(compiled, diagnosis.cell, language)
    name = diagnosis.hint or "single_cell"
    return message_text("diagnosis", name, language, cell=cell, value=number_words(diagnosis.value))


def _with_others(sentence: str, finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    """The sentence with what else the same slip did."""
    if not finding.others:
        return sentence
    shown = _OTHER_CELLS_SHOWN if _loop_kind(compiled, finding.rule) is LoopKind.CELL else _OTHERS_SHOWN
    names = [
        item_label(compiled, finding.rule, item, language) if item != finding.item else _shortened(text)
        for item, text in finding.others[:shown]
    ]
    name = "others_unnamed" if not any(names) else "others" if len(finding.others) == len(names) else "others_and_more"
    told = _list([one for one in dict.fromkeys(names) if one], language)
    count = str(len(finding.others))
    return message_text("sentences", name, language, sentence=sentence, others=told, count=count)


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
        return message_text("labels", "column_item", language, label=labels.column(first, rest, language))
    if kind is LoopKind.ROW:
        return message_text("labels", "row_item", language, label=labels.row(first, rest, language))
    if kind is LoopKind.SECTION:
        return labels.section(rest, language)
    if kind is LoopKind.TABLE:
        return labels.table(rest, language)
    return labels.name(item, language)


_NOT_PRINTED = "not_printed"  # the fact of a table that says by a name why it is not known


@lru_cache(maxsize=65536)  # every cell of every page asks, and reports share most of their places
def place_words(place: Place | None, language: str = "zh") -> str:
    """Where something stands: 第 60 行, 表 2 第 5 行第 4 列; "" where nothing is known."""
    if place is None:
        return ""
    words = {
        name: message_text("places", name, language, number=str(number)) if number else ""
        for name, number in place._asdict().items()
    }
    in_table = words["row"] or words["column"]
    if words["row"] and words["column"]:
        in_table = message_text("places", "row_and_column", language, row=words["row"], column=words["column"])
    return " ".join(part for part in (words["page"], words["line"], words["table"], in_table) if part)


@lru_cache(maxsize=65536)
def parse_place(where: str) -> Place:
    """The place a finding's ``where`` names (the reverse of ``str(place)``)."""
    return Place(**{name: int(number) for name, number in _PLACE_PART.findall(where)})


def _sentence(finding: Finding, compiled: CompiledSpecification, language: str) -> tuple[str, bool]:
    """The sentence, and whether it already says which item of the loop is meant."""
    rule = compiled.rule_by_id[finding.rule].rule
    in_table = _loop_kind(compiled, finding.rule) in (LoopKind.COLUMN, LoopKind.ROW)
    if finding.status is ResultStatus.NOT_ASSESSABLE:
        return _not_assessable(finding, compiled, language), not in_table and bool(finding.missing)
    if rule.message is not None:
        pattern = rule.message.said_in(language)
        naming = _NAMES_THE_SECTION if _loop_kind(compiled, finding.rule) is LoopKind.SECTION else _NAMES_THE_ITEM
        names_item = any(name in naming for name, _ in placeholders(pattern))
        return fill_in(pattern, _placeholder_values(finding, compiled, language)), names_item
    comparison = _comparison(finding, compiled)
    if comparison and _has_cell_terms(finding, compiled):
        sentence = comparison_sentence(
            finding, comparison, lambda name: _term(name, finding, compiled, language), language
        )
        return sentence, not in_table
    title = rule.title.said_in(language)
    values = _values(finding, comparison, compiled, language)
    return message_text("sentences", "title_and_values", language, title=title, values=values), False


def _values(finding: Finding, comparison: str, compiled: CompiledSpecification, language: str) -> str:
    """What was found and what was expected, in words; of a formula that compares no two numbers, what it read."""

    kind = _loop_kind(compiled, finding.rule)

    def name_of(name: str) -> str:
        if kind in (LoopKind.SECTION, LoopKind.TABLE) and name.startswith(f"{finding.item}."):
            return compiled.labels.own_fact(name, language)
        return _term(name, finding, compiled, language)

    if comparison and finding.observed is not None and finding.expected is not None:
        is_item = kind in (LoopKind.FACT, LoopKind.CELL)  # what is named before the sentence
        if max(len(finding.left), len(finding.right)) == 1 and not (finding.cells or is_item):
            return comparison_sentence(finding, comparison, name_of, language)
        return observation_sentence(finding, comparison, language)
    told = [
        message_text("sentences", "read_value", language, name=name_of(term.name), value=number_words(term.value))
        for term in finding.read[:_READ_SHOWN]
    ]
    return message_text("sentences", "read_values", language, values=_list(told, language))


def _with_decision(sentence: str, decision: Decision, language: str) -> str:
    """A sentence with what people decided about it."""
    reason = decision_reason(decision, language)
    return message_text("decisions", decision.status.value, language, sentence=sentence, reason=reason)


def decision_reason(decision: Decision, language: str = "zh") -> str:
    """Why people decided so about a finding, with who did and until when it holds."""
    given = {"by": decision.by, "until": decision.until}
    name = "_".join(["reason", *(key for key, value in given.items() if value)])
    said = {key: value for key, value in given.items() if value}
    return message_text("decisions", name, language, reason=decision.reason, **said) if said else decision.reason


def _not_assessable(finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    if not finding.missing and finding.left and finding.right:
        return message_text("sentences", "relied_on", language)
    if not finding.missing:
        return message_text("sentences", "division_by_zero", language)
    cause = finding.evidence.expected if finding.evidence else ""
    if cause and finding.missing == (f"{finding.item}.{_NOT_PRINTED}",):
        return message_text("unread", cause, language)
    names = [_term(name, finding, compiled, language) for name in finding.missing[:_MISSING_SHOWN]]
    missing = _list(names, language)
    if len(finding.missing) > _MISSING_SHOWN:
        total = str(len(finding.missing))
        missing = message_text("sentences", "and_more", language, names=missing, total=total)
    sentence = message_text("sentences", "not_assessable", language, missing=missing)
    comparison = _comparison(finding, compiled)
    if finding.blank_as_zero is None or not comparison:
        return sentence
    blank = blank_as_zero_sentence(finding.blank_as_zero, comparison, language)
    return message_text("sentences", "with_blank", language, sentence=sentence, blank=blank)


def _placeholder_values(finding: Finding, compiled: CompiledSpecification, language: str) -> dict[str, str]:
    evidence = finding.evidence
    item = item_label(compiled, finding.rule, finding.item, language)
    cells = [cell_label(compiled, cell, language) for cell in finding.cells]
    difference = None if finding.difference is None else abs(finding.difference)
    return {
        "text": _shortened(evidence.text) if evidence else "",
        "passages": _passages(evidence.text, language) if evidence else "",
        "names": _shortened(_list(evidence.text.split("\n"), language)) if evidence else "",
        "expected_passages": _passages(evidence.expected, language) if evidence else "",
        "where": place_words(parse_place(finding.where), language),
        "observed": number_words(finding.observed),
        "expected": evidence.expected if evidence and evidence.expected else number_words(finding.expected),
        "difference": number_words(difference),
        "item": item,
        "agency": finding.printed_agency or finding.agency,
        "year": "" if finding.year is None else str(finding.year),
        "cells": _list(cells, language),
        "label": cells[0] if cells else item,
        "children": number_words(_body_fact(finding, "children_reported")),
        "due": _due(finding),
    }


def _body_fact(finding: Finding, name: str) -> float | None:
    return next((term.value for term in finding.body if term.name == f"{BODY_SCOPE}.{name}"), None)


def _due(finding: Finding) -> str:
    """The due date as the formula read it, such as 2024-03-31; "?" where it is unknown."""
    month, day = _body_fact(finding, "due_month"), _body_fact(finding, "due_day")
    if finding.year is None or month is None or day is None or math.isnan(month) or math.isnan(day):
        return "?"
    return f"{finding.year + 1}-{int(month):02d}-{int(day):02d}"


def _list(names: list[str], language: str) -> str:
    return message_text("sentences", "list_separator", language).join(names)


def _passages(text: str, language: str) -> str:
    """Passages of a text, one a line, each quoted, as many as there is room for."""
    shown: list[str] = []
    for passage in text.split("\n"):
        if sum(map(len, shown)) + len(passage) > _MOST_QUOTED and shown:
            return _list([*shown, "…"], language)
        shown.append(f"“{passage}”")
    return _list(shown, language)


def _shortened(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _LONGEST_QUOTATION else joined[: _LONGEST_QUOTATION - 1] + "…"


def _has_cell_terms(finding: Finding, compiled: CompiledSpecification) -> bool:
    terms = (*finding.left, *finding.right)
    return any(compiled.labels.is_cell(without_years(term.name)) for term in terms)


def _comparison(finding: Finding, compiled: CompiledSpecification) -> str:
    """The sign of the rule's comparison, "" where it compares no two numbers."""
    instance = compiled.instance_by_item.get((finding.rule, finding.item))
    comparison = main_comparison(instance.formula) if instance else None  # type: ignore[arg-type]
    return comparison.operator if comparison else ""


def _loop_kind(compiled: CompiledSpecification, rule_id: str) -> LoopKind:
    kinds = loop_kinds(compiled.rule_by_id[rule_id].rule.for_each)
    return LoopKind(kinds[0]) if kinds else LoopKind.NONE


def _term(name: str, finding: Finding, compiled: CompiledSpecification, language: str) -> str:
    """A term as short as the loop allows: in a column the row's name says enough, in a row the column's."""
    labels = compiled.labels
    kind = _loop_kind(compiled, finding.rule)
    table, _, own = finding.item.partition(".")
    years = years_back(name)
    parts = without_years(name).split(".")
    if len(parts) != 3 or parts[0] != table:
        return labels.name(name, language)
    if kind is LoopKind.COLUMN and parts[2] == own:
        short = labels.row(table, parts[1], language)
    elif kind is LoopKind.ROW and parts[1] == own:
        short = labels.column(table, parts[2], language)
    else:
        return labels.name(name, language)
    return earlier_label(short, years, language) if years else short
