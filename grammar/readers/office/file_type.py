"""How the files of other word processors are told. Few are read, so importing their reader is left to the first one."""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.picture_sources.in_documents import access_to_images
from disclosure_checks.grammar.readers.source_file import SourceFile


def _is_office(file: SourceFile) -> bool:
    """Word until 2007 and WPS, rich text, and OpenDocument, packed or one file of XML."""
    if file.is_zip:
        return "mimetype" in (file.member_names or ())
    return file.open_document_kind == "text" or file.is_compound or file.content.startswith(b"{\\rtf")


def _read(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.office.libreoffice import read_office

    return read_office(content)


OFFICE_DOCUMENT = FileType("office", _is_office, _read, access_to_images(_read))
