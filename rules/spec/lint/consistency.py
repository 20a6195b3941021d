"""Whether the parts of a spec fit together: ids, references, texts with placeholders, patterns.

Each check takes the spec and yields (path, FormulaError); the loader turns them into problems with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Union

from disclosure_checks.rules.formula.errors import KEYWORDS, FormulaError, closest
from disclosure_checks.rules.formula.functions import ALSO_NAMES, FUNCTIONS
from disclosure_checks.rules.spec.compiling.vocabulary import FACT_SCOPES
from disclosure_checks.rules.spec.lint.charts import chart_inconsistencies
from disclosure_checks.rules.spec.lint.claim_consistency import claim_inconsistencies
from disclosure_checks.rules.spec.lint.clashes import clashes
from disclosure_checks.rules.spec.lint.repeated_ids import repeated_ids
from disclosure_checks.rules.spec.model.agency_list import Agency, month_and_day
from disclosure_checks.rules.spec.model.body_facts import BODY_FACTS, body_vocabulary
from disclosure_checks.rules.spec.model.specification import (
    Column,
    ColumnGroup,
    Row,
    RowGroup,
    Specification,
    Text,
    ValueType,
)
from disclosure_checks.rules.spec.model.table_structure import Member
from disclosure_checks.rules.spec.model.wordings import (
    MAXIMUM_WORDINGS,
    count_wordings,
    expand_pattern,
    expand_wording,
)
from disclosure_checks.rules.texts.catalogue import placeholders

Path = tuple[Union[str, int], ...]
Found = Iterator[tuple[Path, FormulaError]]

MESSAGE_PLACEHOLDERS = (
    "text",
    "where",
    "observed",
    "expected",
    "difference",
    "item",
    "agency",
    "year",
    "cells",
    "label",
    "children",
    "passages",
    "names",
    "expected_passages",
    "due",
)
_TEXT_PARTS = ("document", "title", "agency", "front_matter")
_PATTERN_MISTAKES = {  # words of Python's own message, and what they are called in ours
    "missing )": "unclosed",
    "unterminated": "unclosed",
    "unbalanced parenthesis": "unopened",
    "nothing to repeat": "nothing_to_repeat",
    "multiple repeat": "repeated_twice",
    "escape": "bad_escape",
    "bad character range": "bad_range",
    "look-behind": "look_behind",
    "extension": "bad_group",
    "group": "bad_group",
}
_RESERVED = frozenset((*FUNCTIONS, *KEYWORDS)).difference(ALSO_NAMES)


def inconsistencies(specification: Specification) -> Found:
    """Everything that does not fit together, in no particular order."""
    for check in _CHECKS:
        yield from check(specification)


def _years(specification: Specification) -> Found:
    years = specification.years
    if years.last is not None and years.last < years.first:
        yield ("years", "last"), FormulaError("years_reversed", 0, first=str(years.first), last=str(years.last))


def _sections(specification: Specification) -> Found:
    yield from repeated_ids((("sections", i, "id"), part.id) for i, part in enumerate(specification.sections))


def _tables(specification: Specification) -> Found:
    yield from repeated_ids((("tables", i, "id"), table.id) for i, table in enumerate(specification.tables))
    sections = [section.id for section in specification.sections]
    for position, table in enumerate(specification.tables):
        if table.id in FACT_SCOPES or table.id in _RESERVED:
            yield ("tables", position, "id"), FormulaError("reserved_id", 0, found=table.id)
        if table.section not in sections:
            suggestion = closest(table.section, sections)
            error = FormulaError(
                "unknown_section", 0, expected=tuple(sections), suggestion=suggestion, found=table.section
            )
            yield ("tables", position, "section"), error
        for axis, members in (("rows", table.rows), ("columns", table.columns)):
            named = list(_members(members, ("tables", position, axis)))
            yield from repeated_ids((path, name) for path, name, _ in named)
            for path, name, _ in named:
                if name in _RESERVED:
                    yield path, FormulaError("reserved_id", 0, found=name)
        columns = [name for _, name, member in _members(table.columns, ()) if isinstance(member, Column)]
        for path, _, member in _members(table.columns, ("tables", position, "columns")):
            if isinstance(member, Column) and member.type is ValueType.CHANGE and member.unit:
                yield (*path[:-1], "unit"), FormulaError("unit_of_change", 0, found=member.unit)
        yield from _columns_of_rows(table.rows, ("tables", position, "rows"), columns)


def _members(members: Sequence[Member], path: Path) -> Iterator[tuple[Path, str, Member]]:
    """Every row or column with its id and the path of that id, groups included."""
    for position, member in enumerate(members):
        if isinstance(member, (Row, Column)):
            yield (*path, position, "id"), member.id, member
        else:
            yield (*path, position, "group"), member.group, member
            below: Sequence[Member] = member.columns if isinstance(member, ColumnGroup) else member.rows
            axis = "columns" if isinstance(member, ColumnGroup) else "rows"
            yield from _members(below, (*path, position, axis))


def _columns_of_rows(rows: Sequence[Member], path: Path, columns: list[str]) -> Found:
    for id_path, _, row in _members(rows, path):
        if not isinstance(row, (Row, RowGroup)):
            continue
        for position, column in enumerate(row.columns):
            if column not in columns:
                suggestion = closest(column, columns)
                error = FormulaError(
                    "unknown_column_of_row", 0, expected=tuple(columns), suggestion=suggestion, found=column
                )
                yield (*id_path[:-1], "columns", position), error


def _headings(specification: Specification) -> Found:
    texts: list[tuple[Path, str]] = []
    for position, section in enumerate(specification.sections):
        texts.append((("sections", position, "heading"), section.heading))
        texts += [(("sections", position, "variants", i), text) for i, text in enumerate(section.variants)]
    texts += [(("report_title", "kinds", i), text) for i, text in enumerate(specification.report_title.kinds)]
    for path, text in texts:
        wordings = count_wordings(text)
        if wordings > MAXIMUM_WORDINGS:
            yield path, FormulaError("too_many_wordings", 0, limit=str(MAXIMUM_WORDINGS), found=str(wordings))
            continue
        try:
            expand_wording(text)
        except ValueError as error:
            yield path, FormulaError("unbalanced_heading", int(error.args[1]), expected=("[…]", "{…|…}"))


_PLAIN_TITLE_PATTERNS = ("no_agency", "second_agency", "furniture")


def _title_patterns(specification: Specification) -> Found:
    title = specification.report_title
    patterns: list[tuple[Path, str, str]] = [(("report_title", "period"), title.period, "year")]
    patterns += [(("report_title", "issuer", i), pattern, "agency") for i, pattern in enumerate(title.issuer)]
    patterns += [(("report_title", "names_itself", i), one, "agency") for i, one in enumerate(title.names_itself)]
    patterns += [(("report_title", key), getattr(title, key), "") for key in _PLAIN_TITLE_PATTERNS]
    patterns += [(("report_title", "file_name"), title.file_name, "agency")] if title.file_name else []
    for path, pattern, group in patterns:
        parts = specification.pattern_parts if {"issuer", "names_itself"} & set(path) else MappingProxyType({})
        mistakes = list(_pattern_mistakes(pattern, parts))
        yield from ((path, mistake) for mistake in mistakes)
        if group and not mistakes and group not in re.compile(expand_pattern(pattern, parts)).groupindex:
            yield path, FormulaError("pattern_lacks_group", 0, expected=(f"(?P<{group}>…)",), found=group)


def _text_facts(specification: Specification) -> Found:
    yield from repeated_ids((("facts", i, "id"), fact.id) for i, fact in enumerate(specification.facts))
    within = (*_TEXT_PARTS, *(f"section.{section.id}" for section in specification.sections))
    for position, fact in enumerate(specification.facts):
        if fact.within not in within:
            suggestion = closest(fact.within, within)
            error = FormulaError("unknown_text_part", 0, expected=within, suggestion=suggestion, found=fact.within)
            yield ("facts", position, "within"), error
        if (fact.pattern is None) == (not fact.phrases):
            yield ("facts", position), FormulaError("fact_needs_one_source", 0, expected=("phrases", "pattern"))
        if fact.pattern is not None:
            mistakes = _pattern_mistakes(fact.pattern, specification.pattern_parts)
            yield from ((("facts", position, "pattern"), mistake) for mistake in mistakes)


def _bodies(specification: Specification) -> Found:
    if specification.bodies is None:
        return
    facts = [fact.id for fact in specification.facts]
    dates: list[tuple[Path, str]] = [(("bodies", "due"), specification.bodies.due)]
    for position, body in enumerate(specification.bodies.kinds):
        dates.append((("bodies", "kinds", position, "due"), body.due))
        common = body_vocabulary().kinds
        if body.title is None and body.kind not in common:
            yield ("bodies", "kinds", position, "kind"), _unknown_kind(body.kind, tuple(common))
        for key in ("recognise_by", "or_without_name"):
            name = getattr(body, key)
            if name is not None and name not in facts:
                error = FormulaError("unknown_body_fact", 0, suggestion=closest(name, facts), found=name)
                yield ("bodies", "kinds", position, key), error
    yield from repeated_ids(
        (("bodies", "facts", i, "id"), fact.id) for i, fact in enumerate(specification.bodies.facts)
    )
    for position, said in enumerate(specification.bodies.facts):
        if said.id in (*BODY_FACTS, *Agency.model_fields):
            yield ("bodies", "facts", position, "id"), FormulaError("reserved_id", 0, found=said.id)
    for path, text in dates:
        if month_and_day(text) is None:
            yield path, FormulaError("due_not_a_day", 0, found=text)


def _unknown_kind(found: str, known: tuple[str, ...]) -> FormulaError:
    return FormulaError("new_kind_without_title", 0, expected=known, suggestion=closest(found, known), found=found)


def _pattern_mistakes(pattern: str, parts: Mapping[str, str] = MappingProxyType({})) -> Iterator[FormulaError]:
    """What is wrong with a pattern once its ``(?&name)`` parts are put in; a place inside a part is not known."""
    try:
        expanded = expand_pattern(pattern, parts)
    except KeyError as error:
        name = str(error.args[0])
        offset = pattern.find(f"(?&{name})")
        yield FormulaError("unknown_pattern_part", max(0, offset), found=name, suggestion=closest(name, tuple(parts)))
        return
    except RecursionError:
        yield FormulaError("circular_pattern_part", 0, found=pattern)
        return
    try:
        re.compile(expanded)
    except re.error as error:
        offset = (error.pos or 0) if expanded == pattern else 0
        yield FormulaError("malformed_pattern", offset, detail=f"@pattern_{_kind_of_pattern_mistake(error.msg)}")


def _kind_of_pattern_mistake(message: str) -> str:
    return next((kind for words, kind in _PATTERN_MISTAKES.items() if words in message), "other")


def _rule_ids(specification: Specification) -> Found:
    yield from repeated_ids((("rules", i, "id"), rule.id) for i, rule in enumerate(specification.rules))
    owner: dict[str, tuple[str, Path]] = {}
    for position, rule in enumerate(specification.rules):
        owner.setdefault(rule.id, (rule.id, ("rules", position, "id")))
    for position, rule in enumerate(specification.rules):
        for number, former in enumerate(rule.renamed_from):
            path: Path = ("rules", position, "renamed_from", number)
            if former in owner:
                name, elsewhere = owner[former]
                yield path, FormulaError("former_id_in_use", 0, elsewhere=elsewhere, found=former, owner=name)
            owner.setdefault(former, (rule.id, path))


def _rule_texts(specification: Specification) -> Found:
    categories = tuple(specification.categories)
    for position, rule in enumerate(specification.rules):
        if rule.category not in categories and "category" in rule.model_fields_set:
            suggestion = closest(rule.category, categories)
            error = FormulaError("unknown_category", 0, expected=categories, suggestion=suggestion, found=rule.category)
            yield ("rules", position, "category"), error
        if rule.message is not None:
            yield from _message(rule.message, ("rules", position, "message"))


def _message(message: Text, path: Path) -> Found:
    for language in ("zh", "en"):
        for name, offset in placeholders(message.said_in(language)):
            if name not in MESSAGE_PLACEHOLDERS:
                error = FormulaError(
                    "unknown_placeholder",
                    offset,
                    expected=tuple(f"{{{known}}}" for known in MESSAGE_PLACEHOLDERS),
                    suggestion=closest(name, MESSAGE_PLACEHOLDERS),
                    found=f"{{{name}}}",
                )
                yield (*path, language), error


_CHECKS: tuple[Callable[[Specification], Found], ...] = (
    _years,
    _sections,
    _tables,
    _headings,
    _title_patterns,
    _text_facts,
    _bodies,
    _rule_ids,
    _rule_texts,
    claim_inconsistencies,
    chart_inconsistencies,
    clashes,
)
