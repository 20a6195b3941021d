"""The types of files that are read. A new one is a module with its ``FileType``, and its place in this list.

The list is asked from the front: the first type that recognises a file reads it. Types that are told by a signature
stand before those that are told by how a text looks; any text is a file of the last type.
"""

from __future__ import annotations

from disclosure_checks.grammar.readers.archive.reader import ARCHIVE
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.html.reader import WEB_PAGE
from disclosure_checks.grammar.readers.office.file_type import OFFICE_DOCUMENT
from disclosure_checks.grammar.readers.pdf.file_type import PDF_DOCUMENT
from disclosure_checks.grammar.readers.picture_sources.image_file import PICTURE
from disclosure_checks.grammar.readers.sheet.file_types import (
    OLD_SPREADSHEET,
    OPEN_SPREADSHEET,
    SPREADSHEET,
    SPREADSHEET_XML,
)
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.readers.text.reader import PLAIN_TEXT
from disclosure_checks.grammar.readers.word.reader import FLAT_WORD_DOCUMENT, WORD_2003_DOCUMENT, WORD_DOCUMENT


def registered(*types: FileType) -> tuple[FileType, ...]:
    """The types in the order in which they are asked. Raises ValueError where two have one name."""
    names = [one.name for one in types]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"file types registered twice: {', '.join(twice)}")
    return types


FILE_TYPES = registered(
    WORD_DOCUMENT,
    SPREADSHEET,
    OLD_SPREADSHEET,
    PDF_DOCUMENT,
    PICTURE,
    OPEN_SPREADSHEET,
    OFFICE_DOCUMENT,
    ARCHIVE,
    SPREADSHEET_XML,
    FLAT_WORD_DOCUMENT,
    WORD_2003_DOCUMENT,
    WEB_PAGE,
    PLAIN_TEXT,
)


def file_type(content: bytes, name: str) -> FileType:
    """The type of a file. A wrong extension misleads nobody."""
    file = SourceFile(content, name)
    return next(one for one in FILE_TYPES if one.recognises(file))
