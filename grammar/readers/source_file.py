"""A file before it is read: what its type is told by, looked up once however many types ask for it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

ZIP = b"PK\x03\x04"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # as office programs wrote them until 2007
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
        except (zipfile.BadZipFile, ValueError, OSError, EOFError):
            return None

    def has_folder(self, name: str) -> bool:
        """Whether it is an archive with a folder of this name."""
        return self.is_zip and any(member.startswith(f"{name}/") for member in self.member_names or ())

    def has_stream(self, *names: str) -> bool:
        """Whether it is a compound file with a stream of one of these names."""
        return self.is_compound and any(name.encode("utf-16-le") in self.content for name in names)
