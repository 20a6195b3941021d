"""Archives (.zip) of reports: known to the registry, and no document.

Who reads files takes an archive apart by ``members`` and has each member read on its own; one level and no more.
"""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.source_file import SourceFile


def _is_archive(file: SourceFile) -> bool:
    """Any ZIP archive that no office document claims."""
    return file.is_zip


def _refuse(_: bytes) -> SourceDocument:
    raise ReaderError("nested_archive")


ARCHIVE = FileType("archive", _is_archive, _refuse)
