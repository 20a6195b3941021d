"""The images of one document that are worth looking at, within bounds: the rest are shown and no more."""

from __future__ import annotations

from collections.abc import Callable

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES
from disclosure_checks.grammar.readers.picture_sources.image_header import may_show_table

_MOST_LOOKED_AT = 500
_MOST_BYTES = 128 * 1024 * 1024


class KeptImages:
    """Made anew for each document."""

    def __init__(self) -> None:
        self._kept = self._looked_at = self._size = 0

    def kept(self, load: Callable[[], bytes]) -> bytes:
        """An image that is large enough to be a table; nothing for others, and for one that cannot be had."""
        if self._kept >= MOST_PICTURES or self._looked_at >= _MOST_LOOKED_AT:
            return b""
        self._looked_at += 1
        try:
            content = load()
        except ReaderError:  # one damaged image is no reason not to read the text around it
            return b""
        if not may_show_table(content) or self._size + len(content) > _MOST_BYTES:
            return b""
        self._kept += 1
        self._size += len(content)
        return content
