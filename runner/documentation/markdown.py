"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosure_checks.rules.texts.catalogue import Catalogue

TEXTS = Catalogue("runner/texts/documentation_texts.yaml")


def words(block: str, name: str, language: str, /, **values: str) -> str:
    """A text of the documentation with its placeholders filled in."""
    return TEXTS.text(block, name, language, **values)


def page(title: str, language: str, *parts: str) -> str:
    """A whole document: title, how it is made, and its parts."""
    return "\n\n".join((f"# {title}", words("frame", "made", language), *(part for part in parts if part))) + "\n"


def section(title: str, *parts: str, level: int = 2) -> str:
    """A heading with what stands below it."""
    return "\n\n".join((f"{'#' * level} {title}", *(part for part in parts if part)))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty cells hold a dash, and what would end a cell is written otherwise."""
    lines = [_row(headings), "|" + "---|" * len(headings)]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def code(text: str) -> str:
    """A text as it is written in a file or formula; nothing for nothing."""
    return f"`{text}`" if text else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line.replace("|", "\\|") or "—"
