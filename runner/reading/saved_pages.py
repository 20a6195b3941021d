"""Pages in folders and the files beside them that they show, read as one content.

What a page shows is looked for where it says, at or below its own folder: never elsewhere, whatever an address or a link
says, and never on a network. What reads pages is loaded where there is one: most runs find nothing changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from disclosure_checks.grammar.readers.html.saved_pages import LARGEST_PAGE, is_image_name, is_page_name
from disclosure_checks.runner.reading.file_content import UnreadableInput, beginning_of, content_of
from disclosure_checks.runner.reading.file_limits import LARGEST_FILE

_BEGINNING = 65_536  # bytes that an image is told by


def files_shown_by(page: Path) -> tuple[str, ...]:
    """The images beside a page that it shows, and the pages in its frames, by their paths below its folder."""
    from disclosure_checks.grammar.readers.html.shown_files import shown_files

    folder = os.path.abspath(page.parent)

    def load(path: str) -> bytes:
        return _page(page.parent / path) if _is_below(folder, path) else b""

    paths = shown_files(_page(page), load)
    return tuple(path for path in paths if _is_below(folder, path) and _may_be_shown(page.parent / path))


def _is_below(folder: str, path: str) -> bool:
    """Whether a path without steps up leads to a regular file in a folder, through whatever links."""
    place, mode = folder, 0
    try:
        for part in path.split("/"):
            place = os.path.join(place, part)
            mode = os.lstat(place).st_mode
            if stat.S_ISLNK(mode):
                return _leads_below(os.path.realpath(folder), os.path.realpath(os.path.join(folder, path)))
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(mode)


def _leads_below(folder: str, real: str) -> bool:
    return os.path.commonpath([folder, real]) == folder and stat.S_ISREG(os.stat(real).st_mode)


def _may_be_shown(path: Path) -> bool:
    """Whether a file is an image or a page: called one, or beginning like an image, as what a link leads to must."""
    from disclosure_checks.grammar.readers.picture_sources.image_header import is_image

    is_called_so = is_page_name(path.name) or (is_image_name(path.name) and not os.path.islink(path))
    return is_called_so or is_image(_beginning(path, _BEGINNING))


def content_with_shown(path: Path, shown: Sequence[str]) -> bytes:
    """The bytes of a file, and with them those of the files that it shows as a page. Raises UnreadableInput."""
    content = content_of(path, LARGEST_FILE)
    if not shown:
        return content
    from disclosure_checks.grammar.readers.html.packed_pages import packed_page

    return packed_page(content, shown, lambda name, most: _beginning(path.parent / name, most))


def _page(path: Path) -> bytes:
    """A page; nothing where it cannot be had."""
    try:
        return content_of(path, LARGEST_PAGE)
    except UnreadableInput:
        return b""


def _beginning(path: Path, most: int) -> bytes:
    """So many of the first bytes of a file; nothing where they cannot be had."""
    try:
        return beginning_of(path, most)
    except UnreadableInput:
        return b""
