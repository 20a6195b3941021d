"""How PDF files are told. Their reader is slow to import, so that is left to the first file of this type."""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.words import layout_names

_HEADER_WITHIN = 1024  # bytes: what stands before the header is skipped


def _is_pdf(file: SourceFile) -> bool:
    """Whether it begins as one; an archive may begin with a member that does."""
    if file.is_zip or file.is_compound:
        return False
    return file.content.startswith(b"%PDF") or b"%PDF-" in file.content[:_HEADER_WITHIN]


def _read(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.pdf.reader import read_pdf

    return read_pdf(content)


PDF_DOCUMENT = FileType(layout_names.PDF, _is_pdf, _read)
