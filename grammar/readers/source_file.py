"""A file before it is read: what its type is told by, looked up once however many types ask for it."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from xml.parsers import expat

from disclosure_checks.grammar.readers.xml_encoding import in_utf8
from disclosure_checks.grammar.readers.zip_damage import ZIP_DAMAGE

ZIP = b"PK\x03\x04"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # as office programs wrote them until 2007
_HEAD = 65_536  # bytes in which a file of XML names its first element
_BEFORE_XML = b" \t\r\n\xef\xbb\xbf\xff\xfe"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_KIND = re.compile(r"application/vnd\.oasis\.opendocument\.(\w+)")
_LONGEST_KIND = 100  # characters
_MOST_NAMES = 5_000  # of members that are looked at


@dataclass(frozen=True)
class SourceFile:
    """The bytes of a file and the name it came with, which may be wrong."""

    content: bytes
    name: str

    @cached_property
    def extension(self) -> str:
        """The extension of the name in lower case, with its point."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def is_zip(self) -> bool:
        """Whether it is a ZIP archive, as newer office documents are too."""
        return self.content.startswith(ZIP)

    @property
    def is_compound(self) -> bool:
        """Whether it is a compound file, as older office documents are."""
        return self.content.startswith(COMPOUND_FILE)

    @cached_property
    def member_names(self) -> tuple[str, ...] | None:
        """The names in a ZIP archive, in lower case; None where the archive is damaged."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
                return tuple(name.replace("\\", "/").lower() for name in archive.namelist()[:_MOST_NAMES])
        except ZIP_DAMAGE:
            return None

    @property
    def xml_root(self) -> str:
        """The name of the first element of a file of XML, as ``namespace local``; "" for any other file."""
        return self._first_element[0]

    @cached_property
    def _first_element(self) -> tuple[str, dict[str, str]]:
        head = self.content[:_HEAD]
        found: list[tuple[str, dict[str, str]]] = []
        if head.replace(b"\x00", b"").lstrip(_BEFORE_XML).startswith(b"<"):
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
            with contextlib.suppress(expat.ExpatError, ValueError, LookupError):
                parser.Parse(in_utf8(head), False)
        return found[0] if found else ("", {})

    @cached_property
    def open_document_kind(self) -> str:
        """What kind of OpenDocument it is ("text", "spreadsheet" ...), packed or one file; "" for any other file."""
        if self.is_zip:
            kind = self._member("mimetype") if "mimetype" in (self.member_names or ()) else ""
        else:
            name, attributes = self._first_element
            kind = attributes.get(f"{_OPEN_DOCUMENT} mimetype", "") if name == f"{_OPEN_DOCUMENT} document" else ""
        found = _KIND.match(kind)
        return found.group(1) if found else ""

    def _member(self, name: str) -> str:
        """The beginning of a member of an archive, in ASCII."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive, archive.open(name) as member:
                return member.read(_LONGEST_KIND).decode("ascii", "replace").strip()
        except (*ZIP_DAMAGE, KeyError):
            return ""

    def has_folder(self, name: str) -> bool:
        """Whether it is an archive with a folder of this name."""
        return self.is_zip and any(member.startswith(f"{name}/") for member in self.member_names or ())

    def has_stream(self, *names: str) -> bool:
        """Whether it is a compound file with a stream of one of these names."""
        return self.is_compound and any(name.encode("utf-16-le") in self.content for name in names)
