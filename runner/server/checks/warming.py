"""Doing once what the first check of a process does anyway: the workers of a server are copies of the one that did."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_checks.grammar.model.lexicon import LabelKind, Lexicon, LexiconTable
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon


def blank_form(compiled: CompiledSpecification) -> str:
    """A report of the format with nothing but headings, labels and zeros, for nobody."""
    lexicon = build_lexicon(compiled.specification)
    return "\n".join(_lines(lexicon))


def _lines(lexicon: Lexicon) -> Iterator[str]:
    yield from lexicon.title_kinds[:1]
    for section in lexicon.sections:
        yield f"{section.number} {section.wordings[0]}"
        for table in lexicon.tables:
            if table.section == section.id:
                yield from _rows(table)


def _rows(table: LexiconTable) -> Iterator[str]:
    words = {label.id: label.wordings[0] for label in table.labels if label.kind is LabelKind.ROW and label.wordings}
    for row in table.rows:
        if row.id in words:
            yield "\t".join([words[row.id], *("0" for _ in row.columns)])
