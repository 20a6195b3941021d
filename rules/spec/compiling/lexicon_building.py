"""From a spec to the words the grammar is handed: labels, headings and text facts, choices written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disclosure_checks.grammar.model.lexicon import (
    Label,
    LabelKind,
    Lexicon,
    LexiconRow,
    LexiconSection,
    LexiconTable,
    LexiconTextFact,
    LinearEquation,
)
from disclosure_checks.rules.spec.compiling.claim_building import build_claim_language
from disclosure_checks.rules.spec.model.specification import (
    Arrangement,
    Column,
    ColumnGroup,
    Row,
    RowGroup,
    SectionFormat,
    Specification,
    Table,
    TextFact,
    ValueType,
)
from disclosure_checks.rules.spec.model.wordings import expand_pattern, expand_wording


def build_lexicon(specification: Specification, equations: tuple[LinearEquation, ...] = ()) -> Lexicon:
    """The lexicon of a checked spec, with its equations where glued numbers are to be told apart.

    Raises ValueError where a heading template is malformed.
    """
    columns = [column for table in specification.tables for column in leaf_columns(table.columns)]
    own_units = [unit for column in columns for unit in column.units]
    return Lexicon(
        format=specification.format,
        sections=tuple(_section(section) for section in specification.sections),
        tables=tuple(_table(table, specification.values.amount_units) for table in specification.tables),
        tables_elsewhere=specification.tables_elsewhere,
        placeholders=specification.values.placeholders,
        units=tuple(dict.fromkeys((*specification.values.units, *own_units))),
        title_kinds=_expand_all(specification.report_title.kinds),
        agency_endings=specification.report_title.agency_endings,
        period=specification.report_title.period,
        issuer=tuple(
            expand_pattern(pattern, specification.pattern_parts) for pattern in specification.report_title.issuer
        ),
        names_itself=tuple(
            expand_pattern(pattern, specification.pattern_parts) for pattern in specification.report_title.names_itself
        ),
        issuer_labels=specification.report_title.issuer_labels,
        no_agency=specification.report_title.no_agency,
        second_agency=specification.report_title.second_agency,
        title_furniture=specification.report_title.furniture,
        text_begins=specification.report_title.text_begins,
        file_name=specification.report_title.file_name,
        title_beginnings=specification.report_title.begins,
        no_title=specification.report_title.no_title,
        earliest_year=specification.report_title.earliest_year,
        signature_labels=specification.signature.labels,
        foreign_signatures=tuple(specification.signature.other_formats.items()),
        equations=equations,
        increase=tuple(dict.fromkeys(word for column in columns for word in column.increase)),
        decrease=tuple(dict.fromkeys(word for column in columns for word in column.decrease)),
        claims=build_claim_language(specification),
        self_words=specification.self_words,
        boilerplate=specification.boilerplate,
        text_facts=tuple(_text_fact(fact, specification.pattern_parts) for fact in specification.facts),
    )


def _text_fact(fact: TextFact, parts: Mapping[str, str]) -> LexiconTextFact:
    pattern = expand_pattern(fact.pattern, parts) if fact.pattern else None
    return LexiconTextFact(fact.id, fact.within, fact.phrases, pattern, fact.take, fact.except_phrases)


def _expand_all(templates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(wording for template in templates for wording in expand_wording(template)))


def _section(section: SectionFormat) -> LexiconSection:
    wordings = _expand_all((section.heading, *section.variants))
    return LexiconSection(section.id, section.number, wordings, section.recognise_by)


def _table(table: Table, amount_units: tuple[str, ...]) -> LexiconTable:
    columns = tuple(leaf_columns(table.columns))
    column_ids = tuple(column.id for column in columns)
    labels = [Label(LabelKind.CAPTION, "", (caption,)) for caption in table.captions]
    labels += [Label(LabelKind.HEADER_WORD, "", (word,)) for word in table.header_words]
    labels += _column_labels(table.columns)
    labels += _row_labels(table.rows)
    factors = tuple((column.id, tuple(column.units.items())) for column in columns if column.units)
    return LexiconTable(
        id=table.id,
        section=table.section,
        one_line=table.arrangement is Arrangement.ONE_LINE,
        columns=column_ids,
        column_depths=tuple(_column_depths(table.columns, 0)),
        amount_columns=frozenset(column.id for column in columns if column.type is ValueType.AMOUNT),
        column_units=tuple((column.id, column.unit) for column in columns if column.unit),
        rows=tuple(_rows(table.rows, column_ids, ())),
        labels=tuple(labels),
        change_columns=frozenset(column.id for column in columns if column.type is ValueType.CHANGE),
        unit_factors=factors,
        amount_units=frozenset(amount_units),
    )


def leaf_columns(columns: tuple[Column | ColumnGroup, ...]) -> Iterator[Column]:
    """The columns without their groups, in printed order."""
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield from leaf_columns(column.columns)
        else:
            yield column


def _column_depths(columns: tuple[Column | ColumnGroup, ...], depth: int) -> Iterator[int]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield from _column_depths(column.columns, depth + 1)
        else:
            yield depth


def _column_labels(columns: tuple[Column | ColumnGroup, ...]) -> Iterator[Label]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield Label(LabelKind.COLUMN_GROUP, column.group, (column.label, *column.aliases))
            yield from _column_labels(column.columns)
        else:
            yield Label(LabelKind.COLUMN, column.id, (column.label, *column.aliases))


def _row_labels(rows: tuple[Row | RowGroup, ...]) -> Iterator[Label]:
    for row in rows:
        if isinstance(row, RowGroup):
            yield Label(LabelKind.ROW_GROUP, row.group, (row.label, *row.aliases))
            yield from _row_labels(row.rows)
        else:
            yield Label(LabelKind.ROW, row.id, (row.label, *row.aliases))


def _rows(rows: tuple[Row | RowGroup, ...], columns: tuple[str, ...], groups: tuple[str, ...]) -> Iterator[LexiconRow]:
    for row in rows:
        own = row.columns or columns
        if isinstance(row, RowGroup):
            yield from _rows(row.rows, own, (*groups, row.group))
            if row.printed_as_one_row:
                yield LexiconRow(row.group, own, len(groups), groups, one_row_group=True)
        else:
            yield LexiconRow(row.id, own, len(groups), groups)
