"""Pages saved with the files that they show: which files are parts of a page, and both as one content.

    paths -> SavedPages; page, shown_files(page) -> packed_page, a web archive that is read like any other

A browser puts what a page shows into a folder beside it, named after it; whoever copies pages by hand, anywhere below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from disclosure_checks.grammar.readers.html.mime_archive import archive_of_page, is_web_archive
from disclosure_checks.grammar.readers.html.shown_files import is_image_name, is_page_name
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES
from disclosure_checks.grammar.readers.picture_sources.image_header import is_image, may_show_table, pixel_size

MOST_BYTES = 64 * 1024 * 1024  # of the files of a page; LARGEST_ARCHIVE has room for the page as well
# of the folder of a page, behind its name: browsers and Word, Word and WPS, Word on a Mac
FOLDER_ENDINGS = ("_files", ".files", ".fld")
_ARCHIVES = (".mht", ".mhtml")  # pages that some programs put a folder beside as well
_HEAD = 65_536  # bytes in which an image says how large it is, as a rule

Load = Callable[[str, int], bytes]
"""From the path of a file below the folder of a page to so many of its first bytes; nothing where there is none."""


class SavedPages:
    """What some files are to each other, told from their paths with ``/``."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = list(paths)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The files in a folder that was saved with a page: none is a file of its own."""
        own = {folder for folder in self._holding if any(above in self._saved for above in _with_those_above(folder))}
        return frozenset(path for path in self._paths if _folder_of(path) in own)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The pages, parts of others left out, that may show a file of these: one of the folder saved with it, or an
        image in its own folder or below."""
        images = {_folder_of(path) for path in self._paths if is_image_name(path) and path not in self.parts}
        showing = {above for folder in images for above in (*_with_those_above(folder), "")}
        accompanied = {page for pages in self._saved.values() for page in pages}
        pages = {path for path in self._paths if is_page_name(path)} - self.parts
        return frozenset(path for path in pages if _folder_of(path) in showing or path in accompanied)

    @cached_property
    def _holding(self) -> frozenset[str]:
        """The folders that hold files."""
        return frozenset(map(_folder_of, self._paths))

    @cached_property
    def _saved(self) -> dict[str, list[str]]:
        """The folders that were saved with pages, and the pages that each may belong to."""
        folders = {above for folder in self._holding for above in _with_those_above(folder)}
        named = {folder: _name_of_page(folder) for folder in folders if folder.lower().endswith(FOLDER_ENDINGS)}
        if not named:
            return {}
        pages: dict[str, list[str]] = {}
        for path in self._paths:
            if is_page_name(path) or path.lower().endswith(_ARCHIVES):
                pages.setdefault(path.rpartition(".")[0].casefold(), []).append(path)
        return {folder: pages[name] for folder, name in named.items() if name in pages}


def path_beside(page: str, path: str) -> str:
    """The path of a file below the folder of a page, said against where the page's own path begins."""
    folder = _folder_of(page)
    return f"{folder}/{path}" if folder else path


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def _with_those_above(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = _folder_of(folder)


def _name_of_page(folder: str) -> str:
    """The path of the page that a folder was saved with, without its extension, in whatever case."""
    ending = next(one for one in FOLDER_ENDINGS if folder.lower().endswith(one))
    return folder[: -len(ending)].casefold()


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
