"""What the registry knows of a type of files: how such a file is told, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.readers.picture_sources.access import PictureAccess
from disclosure_checks.grammar.readers.source_file import SourceFile


@dataclass(frozen=True)
class FileType:
    """A type of files. ``recognises`` goes by the content and takes the extension for a hint at most.

    ``read`` raises ReaderError for what it cannot read, and nothing else. ``pictures``: how the pictures in such files are
    had, where there may be any.
    """

    name: str
    recognises: Callable[[SourceFile], bool]
    read: Callable[[bytes], SourceDocument]
    pictures: PictureAccess | None = None
