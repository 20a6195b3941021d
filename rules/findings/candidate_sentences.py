"""The smallest corrections of failing equations in words, where no cell is named for sure."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.rules.corrections.ranking import CellChange, Correction
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.labels import message_text
from disclosure_checks.rules.texts.number_words import number_words

_SHOWN = 3


def candidates_message(candidates: Sequence[Correction], compiled: CompiledSpecification, language: str = "zh") -> str:
    """The best corrections, each with what speaks for it; "" where there are none."""
    if not candidates:
        return ""
    separator = _text("separator", language)
    told = separator.join(_told(one, compiled, language) for one in candidates[:_SHOWN])
    if len(candidates) > _SHOWN:
        told = _text("more", language, candidates=told, total=str(len(candidates)))
    return _text("intro", language, candidates=told)


def _told(correction: Correction, compiled: CompiledSpecification, language: str) -> str:
    changes = _text("changes_separator", language).join(
        _change(change, compiled, language) for change in correction.changes
    )
    if not correction.reasons:
        return changes
    reasons = dict.fromkeys(_text(reason, language) for reason in correction.reasons)
    joined = _text("reasons_separator", language).join(reasons)
    return _text("with_reasons", language, changes=changes, reasons=joined)


def _change(change: CellChange, compiled: CompiledSpecification, language: str) -> str:
    name = compiled.labels.name(change.cell, language)
    return _text("change", language, cell=name, value=number_words(change.value))


def _text(name: str, language: str, **values: str) -> str:
    return message_text("candidates", name, language, **values)
