"""The parts of a .docx file: opening the archive and its XML safely.

Everything that a hostile file could use is bounded: the size of the file, the number of entries, the size of each part
and how far it unpacks. Nothing is written to disk, and XML with a document type, which may define entities, is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.source_file import COMPOUND_FILE
from disclosure_checks.grammar.readers.zip_damage import ZIP_DAMAGE

LARGEST_FILE = 50_000_000  # bytes; reports with photographs have some 5 MB
LARGEST_PART = 30_000_000  # bytes of XML, unpacked; the text of a report has some 500 KB
MOST_ENTRIES = 5_000
_HIGHEST_RATIO = 200  # unpacked to packed; long tables of Word reach some 50
_ALWAYS_ALLOWED = 2_000_000  # bytes that may unpack at any ratio

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_IS_ENCRYPTED = 0x1
_RELATIONSHIP = re.compile(r".*/relationships Relationship")

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


class Parts(ABC):
    """The parts of a document and the relations between them."""

    @abstractmethod
    def read(self, part: str) -> bytes:
        """The bytes of a part; nothing where there is no such part."""

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        target = self.related("", "officeDocument")
        return target if target and self.read(target) else "word/document.xml"

    def related(self, part: str, kind: str) -> str:
        """The part that ``part`` ("" is the package) names as its ``styles``, ``numbering`` ...; "" if there is none."""
        return next((target for name, _, target in self._relations(part) if name == kind), "")

    def related_by_id(self, part: str, identifier: str) -> str:
        """The part that ``part`` refers to by an id; "" if there is none."""
        return next((target for _, own, target in self._relations(part) if own == identifier), "")

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Kind, id and target of what a part refers to inside the package."""
        folder, name = posixpath.split(part)
        relations = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: list[tuple[str, str, str]] = []

        def start(element: str, attributes: dict[str, str]) -> None:
            if _RELATIONSHIP.fullmatch(element) and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append((kind, attributes.get("Id", ""), _part_name(target)))

        if relations:
            parse_xml(relations, start)
        return found


class Package(Parts):
    """An opened .docx file. Raises ReaderError ``encrypted``, ``damaged_docx``, ``not_docx`` or ``too_large``."""

    def __init__(self, content: bytes) -> None:
        _check_kind(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            entries = self._archive.infolist()
        except ZIP_DAMAGE as error:
            raise ReaderError("damaged_docx", str(error)) from None
        if len(entries) > MOST_ENTRIES:
            raise ReaderError("too_large", f"> {MOST_ENTRIES} entries")
        self._entries = {_part_name(entry.filename): entry for entry in entries}

    def read(self, part: str) -> bytes:
        """The bytes of a part; nothing where the package has no such part."""
        entry = self._entries.get(_part_name(part))
        if entry is None:
            return b""
        if entry.flag_bits & _IS_ENCRYPTED:
            raise ReaderError("encrypted")
        if entry.file_size > LARGEST_PART:
            raise ReaderError("too_large", f"{part}: {entry.file_size / 1e6:.0f} MB > {LARGEST_PART / 1e6:.0f} MB")
        if entry.file_size > max(_ALWAYS_ALLOWED, _HIGHEST_RATIO * entry.compress_size):
            raise ReaderError("too_large", f"{part}: unpacks more than {_HIGHEST_RATIO} times")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReaderError("damaged_docx", f"{part}: compression {entry.compress_type}")
        try:
            # the archive reads no further than the size that was just checked, whatever the data would unpack to
            return self._archive.read(entry)
        except ZIP_DAMAGE as error:
            raise ReaderError("damaged_docx", f"{part}: {error}") from None


def _check_kind(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_FILE / 1e6:.0f} MB")
    if content.startswith(COMPOUND_FILE):
        raise ReaderError("encrypted" if _ENCRYPTED_PACKAGE in content else "not_docx")
    if not content.startswith(b"PK"):
        raise ReaderError("not_docx")
    if content.count(_DIRECTORY_ENTRY) > MOST_ENTRIES:  # before the directory is read: it may name millions
        raise ReaderError("too_large", f"> {MOST_ENTRIES} entries")


def _part_name(written: str) -> str:
    """Names of parts do not mind their case; some writers use backslashes."""
    return written.replace("\\", "/").lstrip("/").lower()


def parse_xml(
    content: bytes,
    start: StartHandler,
    end: EndHandler | None = None,
    text: TextHandler | None = None,
    declared: Callable[[str | None, str | None], None] | None = None,
) -> None:
    """Reads XML from front to back; names are ``namespace local``. ``declared`` is told of prefixes and namespaces.

    Raises ReaderError ``damaged_docx`` for what is no XML and ``unsafe_docx`` for a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartNamespaceDeclHandler = declared
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: encodings that expat does not know
        raise ReaderError("damaged_docx", str(error)) from None


def _refuse(*_: Any) -> None:
    raise ReaderError("unsafe_docx")


_PREFIXES: Mapping[str, str] = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    # as Word 2003 wrote one file of XML
    "http://schemas.microsoft.com/office/word/2003/wordml": "w",
    "http://schemas.microsoft.com/office/word/2003/auxHint": "wx",
    "http://schemas.microsoft.com/aml/2001/core": "aml",
}
_MOST_NAMES = 5_000


class ShortNames(dict[str, str]):
    """``namespace local`` -> ``w:local``, the same for the transitional and the strict namespaces; "" for others."""

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = _PREFIXES.get(namespace)
        short = f"{prefix}:{local}" if prefix else ""
        if len(self) < _MOST_NAMES:
            self[name] = short
        return short


_WORD_NAMESPACES = tuple(namespace for namespace, prefix in _PREFIXES.items() if prefix == "w")


def attribute(attributes: Mapping[str, str], name: str, otherwise: str = "") -> str:
    """An attribute of the word-processing namespaces."""
    for namespace in _WORD_NAMESPACES:
        value = attributes.get(f"{namespace} {name}")
        if value is not None:
            return value
    return otherwise


def number(written: str, otherwise: int = 0) -> int:
    """A whole number as attributes hold it; ``otherwise`` for what is none."""
    return int(written) if re.fullmatch(r"-?\d{1,9}", written) else otherwise


def switched_on(attributes: Mapping[str, str]) -> bool:
    """A toggle such as ``<w:vanish/>``: on unless it says no."""
    return attribute(attributes, "val", "true") not in ("0", "false", "off")
