"""Word documents (.docx): the bytes of a file to its lines and tables, as they print.

Headers, footers, notes and comments are parts of their own and are not read.
"""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.flow import source_document
from disclosure_checks.grammar.readers.open_xml_package import Package, parse_xml
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.readers.word.body import BodyReader
from disclosure_checks.grammar.readers.word.numbering import Numbering, Ordinals, Styles, read_numbering
from disclosure_checks.grammar.readers.word.paragraphs import ParagraphReader
from disclosure_checks.grammar.words import layout_names

_STYLES_THAT_MATTER = (b"numPr", b"vanish", b"strike", b"vertAlign", b":position")
_ZERO = b"\x00"  # XML in UTF-16 has one beside each letter


def read_docx(content: bytes) -> SourceDocument:
    """The document in ``content``; ``line`` in its places counts the printed paragraphs and lines outside tables.

    Raises ReaderError ``encrypted``, ``damaged_docx``, ``not_docx``, ``unsafe_docx`` (XML with a document type) and
    ``too_large`` (bytes, entries, unpacked size, cells).
    """
    package = Package(content)
    part = package.main_part()
    body = package.read(part)
    if not body:
        raise ReaderError("not_docx")
    styles = package.read(package.related(part, "styles"))
    if not _mentions(styles, *_STYLES_THAT_MATTER):
        styles = b""
    numbering = Numbering()
    if _mentions(body, b"numPr") or _mentions(styles, b"numPr"):
        numbering = read_numbering(package.read(package.related(part, "numbering")))
    reader = BodyReader(ParagraphReader(Styles(styles), Ordinals(numbering)))
    parse_xml(body, reader.start, reader.end, reader.text)
    return source_document(layout_names.DOCX, reader.finish())


def _mentions(part: bytes, *names: bytes) -> bool:
    """Whether reading a part of XML can matter at all; most documents number nothing by themselves."""
    return any(name in part for name in names) or _ZERO in part[:100]


def _is_docx(file: SourceFile) -> bool:
    """A package with a text in it, or one so damaged that nothing is known of it: the reader says what is wrong."""
    return file.has_folder("word") or (file.is_zip and file.member_names is None)


WORD_DOCUMENT = FileType(layout_names.DOCX, _is_docx, read_docx)
