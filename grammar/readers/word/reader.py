"""Word documents (.docx, and the two forms that are one file of XML): the bytes to lines and tables, as they print.

Headers, footers, notes and comments are parts of their own and are not read.
"""

from __future__ import annotations

import re

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.flow import Item, source_document
from disclosure_checks.grammar.readers.open_xml_package import LARGEST_PART, Package, Parts, parse_xml
from disclosure_checks.grammar.readers.picture_sources.in_documents import access_to_images
from disclosure_checks.grammar.readers.picture_sources.kept_images import KeptImages
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.readers.word.body import BodyReader
from disclosure_checks.grammar.readers.word.embedded import DEEPEST, embedded_items
from disclosure_checks.grammar.readers.word.flat_package import FLAT_ROOT, FlatPackage
from disclosure_checks.grammar.readers.word.numbering import Numbering, Ordinals, Styles, read_numbering
from disclosure_checks.grammar.readers.word.paragraphs import ParagraphReader
from disclosure_checks.grammar.readers.word.related import NOTHING_RELATED, Related
from disclosure_checks.grammar.readers.xml_encoding import in_utf8
from disclosure_checks.grammar.words import layout_names

_STYLES_THAT_MATTER = (b"numPr", b"vanish", b"strike", b"vertAlign", b":position")
_WORD_2003_ROOT = "http://schemas.microsoft.com/office/word/2003/wordml wordDocument"
# styles of tables and what programs list for their menus: no paragraph and no run refers to them
_NO_TEXT = re.compile(
    rb"<w:latentStyles\b.*?</w:latentStyles>|<w:style\b(?=[^>]*\bw:type=\"table\")[^>]*>.*?</w:style>", re.DOTALL
)
_ZERO = b"\x00"  # XML in UTF-16 has one beside each letter


def read_docx(content: bytes) -> SourceDocument:
    """The document in ``content``; ``line`` in its places counts the printed paragraphs and lines outside tables.

    Raises ReaderError ``encrypted``, ``damaged_docx``, ``not_docx``, ``unsafe_docx`` (XML with a document type) and
    ``too_large`` (bytes, entries, unpacked size, cells).
    """
    return source_document(layout_names.DOCX, _items(Package(content), 0, KeptImages()))


def read_flat_docx(content: bytes) -> SourceDocument:
    """The document in a package in one piece. Raises what ``read_docx`` raises."""
    return source_document(layout_names.DOCX, _items(FlatPackage(in_utf8(content)), 0, KeptImages()))


def read_word_2003(content: bytes) -> SourceDocument:
    """The document in a file of XML as Word 2003 wrote it. Raises what ``read_docx`` raises."""
    if len(content) > LARGEST_PART:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_PART / 1e6:.0f} MB")
    content = in_utf8(content)
    styles = content if _mentions(content, *_STYLES_THAT_MATTER) else b""
    reader = BodyReader(ParagraphReader(Styles(styles), Ordinals(Numbering())), NOTHING_RELATED)
    parse_xml(content, reader.start, reader.end, reader.text, reader.declare)
    return source_document(layout_names.DOC, reader.finish())


def _items(package: Parts, depth: int, images: KeptImages) -> list[Item]:
    """The lines and tables of a document; ``depth``: how many documents it stands in."""
    part = package.main_part()
    body = package.read(part)
    if not body:
        raise ReaderError("not_docx")
    styles = _NO_TEXT.sub(b"", package.read(package.related(part, "styles")))
    if not _mentions(styles, *_STYLES_THAT_MATTER):
        styles = b""
    numbering = Numbering()
    if _mentions(body, b"numPr") or _mentions(styles, b"numPr"):
        numbering = read_numbering(package.read(package.related(part, "numbering")))

    def embedded(identifier: str) -> list[Item]:
        name = package.related_by_id(part, identifier)
        content = package.read(name) if name and depth < DEEPEST else b""
        return (
            embedded_items(content, name, lambda inner: _items(Package(inner), depth + 1, images), images)
            if content
            else []
        )

    def image(identifier: str) -> bytes:
        return images.kept(lambda: package.read(package.related_by_id(part, identifier))) if identifier else b""

    reader = BodyReader(ParagraphReader(Styles(styles), Ordinals(numbering)), Related(embedded, image))
    parse_xml(body, reader.start, reader.end, reader.text, reader.declare)
    return reader.finish()


def _mentions(part: bytes, *names: bytes) -> bool:
    """Whether reading a part of XML can matter at all; most documents number nothing by themselves."""
    return any(name in part for name in names) or _ZERO in part[:100]


def _is_docx(file: SourceFile) -> bool:
    """A package with a text in it, or one so damaged that nothing is known of it: the reader says what is wrong."""
    return file.has_folder("word") or (file.is_zip and file.member_names is None)


FLAT_WORD_DOCUMENT = FileType(
    "flat_docx", lambda file: file.xml_root == FLAT_ROOT, read_flat_docx, access_to_images(read_flat_docx)
)
WORD_2003_DOCUMENT = FileType("word_2003", lambda file: file.xml_root == _WORD_2003_ROOT, read_word_2003)
WORD_DOCUMENT = FileType(layout_names.DOCX, _is_docx, read_docx, access_to_images(read_docx))
