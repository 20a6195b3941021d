"""How spreadsheets are told. Their readers are slow to import, so that is left to the first file of their type."""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.picture_sources.in_documents import access_to_images
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.words import layout_names

_SPREADSHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet Workbook"
_OLD_EXTENSIONS = (".xls", ".et")


def _is_xlsx(file: SourceFile) -> bool:
    return file.has_folder("xl")


def _read_xlsx(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.sheet.xlsx import read_xlsx

    return read_xlsx(content)


def _is_xls(file: SourceFile) -> bool:
    """A compound file that is called a spreadsheet, or holds a workbook and no Word document."""
    if file.is_compound and file.extension in _OLD_EXTENSIONS:
        return True
    return file.has_stream("Workbook", "\x04Book") and not file.has_stream("WordDocument")


def _read_xls(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.sheet.xls import read_xls

    return read_xls(content)


def _is_spreadsheet_xml(file: SourceFile) -> bool:
    return file.xml_root == _SPREADSHEET_XML


def _read_spreadsheet_xml(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.sheet.spreadsheet_xml import read_spreadsheet_xml

    return read_spreadsheet_xml(content)


def _is_ods(file: SourceFile) -> bool:
    return file.open_document_kind == "spreadsheet"


def _read_ods(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.open_document.spreadsheet import read_ods

    return read_ods(content)


SPREADSHEET_XML = FileType("spreadsheet_xml", _is_spreadsheet_xml, _read_spreadsheet_xml)
OPEN_SPREADSHEET = FileType(layout_names.ODS, _is_ods, _read_ods)
SPREADSHEET = FileType(layout_names.XLSX, _is_xlsx, _read_xlsx, access_to_images(_read_xlsx))
OLD_SPREADSHEET = FileType(layout_names.XLS, _is_xls, _read_xls)
