"""Any file to the document in it: its type is told, and the reader of that type reads it, once."""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.missing_values import without_missing_values
from disclosure_checks.grammar.readers.registry import file_type
from disclosure_checks.grammar.words.clean_text import clean_document


def decode(content: bytes, name: str) -> SourceDocument:
    """The document in a file. ``name`` is a hint at its type and no more.

    Raises ReaderError: ``empty``, ``nested_archive`` for an archive, and what the reader of its type raises.
    """
    if not content or content.isspace():
        raise ReaderError("empty")
    return without_missing_values(clean_document(file_type(content, name).read(content)))
