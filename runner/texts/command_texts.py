"""The texts of the commands (``command_texts.yaml``)."""

from __future__ import annotations

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.rules.texts.catalogue import Catalogue

COMMAND_TEXTS = Catalogue("runner/texts/command_texts.yaml")


def command_text(block: str, name: str, language: str, /, **values: str) -> str:
    """A text of the commands with its names filled in."""
    return COMMAND_TEXTS.text(block, name, language, **values)


def unreadable_reason(unreadable: UnreadableReport, language: str) -> str:
    """Why a file could not be read, in a sentence."""
    code = unreadable.code if unreadable.code in COMMAND_TEXTS.names("unreadable") else "other"
    detail = unreadable.detail
    cause = command_text("unreadable_cause", "in_brackets", language, detail=detail) if detail else ""
    return command_text("unreadable", code, language, detail=detail, cause=cause, code=unreadable.code).strip()
