"""A page and files beside it that it shows as one content, a web archive that is read like any other.

page, shown_files(page) -> packed_page
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from disclosure_checks.grammar.readers.html.mime_archive import archive_of_page, is_web_archive
from disclosure_checks.grammar.readers.html.saved_pages import is_page_name
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES
from disclosure_checks.grammar.readers.picture_sources.image_header import is_image, may_show_table, pixel_size

MOST_BYTES = 64 * 1024 * 1024  # of the files of a page; an archive may have more, so that there is room for the page
_HEAD = 65_536  # bytes in which an image says how large it is, as a rule

Load = Callable[[str, int], bytes]
"""From the path of a file below the folder of a page to so many of its first bytes; nothing where there is none."""


def packed_page(page: bytes, shown: Iterable[str], load: Load) -> bytes:
    """A page with those of the files that it shows which are worth looking at; itself where there are none.

    A page is never changed by a file that is missing or shows no table, be it a logo or no image at all.
    """
    files: list[tuple[str, bytes]] = []
    left = MOST_BYTES
    for path in () if is_web_archive(page) else shown:
        if len(files) == MOST_PICTURES:
            break
        content = _worth_looking_at(path, load, left)
        if content:
            files.append((path, content))
            left -= len(content)
    return archive_of_page(page, files) if files else page


def _worth_looking_at(path: str, load: Load, most: int) -> bytes:
    """A page, or an image that is large enough to be a table; nothing for other files, of which the head is read alone."""
    head = load(path, _HEAD)
    if not (is_page_name(path) or _may_show_table(head)):
        return b""
    content = load(path, most + 1) if len(head) == _HEAD else head
    return content if len(content) <= most and (is_page_name(path) or may_show_table(content)) else b""


def _may_show_table(head: bytes) -> bool:
    """Whether an image may be a table, from the beginning of its file, which need not say how large it is."""
    return may_show_table(head) or (len(head) == _HEAD and pixel_size(head) is None and is_image(head))
