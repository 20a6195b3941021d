"""A file before it is read: what its type is told by, looked up once however many types ask for it."""

from __future__ import annotations

import contextlib
import io
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

    @cached_property
    def xml_root(self) -> str:
        """The name of the first element of a file of XML, as ``namespace local``; "" for any other file."""
        head = self.content[:_HEAD]
        if not head.replace(b"\x00", b"").lstrip(_BEFORE_XML).startswith(b"<"):
            return ""
        found: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = lambda name, _: found.append(name)
        with contextlib.suppress(expat.ExpatError, ValueError, LookupError):
            parser.Parse(in_utf8(head), False)
        return found[0] if found else ""

    def has_folder(self, name: str) -> bool:
        """Whether it is an archive with a folder of this name."""
        return self.is_zip and any(member.startswith(f"{name}/") for member in self.member_names or ())

    def has_stream(self, *names: str) -> bool:
        """Whether it is a compound file with a stream of one of these names."""
        return self.is_compound and any(name.encode("utf-16-le") in self.content for name in names)
