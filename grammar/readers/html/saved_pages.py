"""Which files of a folder are pages, and which are parts of such: told from their names, nothing is opened.

A browser puts what a page shows into a folder beside it, named after it; whoever copies pages by hand, anywhere below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

LARGEST_PAGE = 20 * 1024 * 1024  # bytes; a saved page has some 100 KB
PAGE_EXTENSIONS = frozenset({".html", ".htm", ".xhtml", ".shtml"})
IMAGE_EXTENSIONS = frozenset(
    {
        *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".dib", ".webp", ".tif", ".tiff"),
        *(".svg", ".ico", ".avif", ".heic", ".apng", ".emf", ".wmf"),  # shown, and never read
    }
)
# in whatever folder: a page may show a whole report as an object, which is saved with it
_DOCUMENT_EXTENSIONS = frozenset(
    {
        *(".pdf", ".doc", ".docx", ".wps", ".rtf", ".odt", ".fodt", ".xls", ".xlsx", ".et", ".ods", ".fods"),
        *(".zip", ".mht", ".mhtml"),
    }
)
# of the folder of a page, behind its name: browsers and Word, Word and WPS, Word on a Mac
FOLDER_ENDINGS = ("_files", ".files", ".fld")
_ARCHIVES = (".mht", ".mhtml")  # pages that some programs put a folder beside as well


def is_page_name(path: str) -> bool:
    """Whether a file is called a page that may show others; a web archive holds what it shows."""
    return _extension(path) in PAGE_EXTENSIONS


def is_image_name(path: str) -> bool:
    """Whether a file is called an image."""
    return _extension(path) in IMAGE_EXTENSIONS


class SavedPages:
    """What some files are to each other, told from their paths with ``/``."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = list(paths)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The files in a folder that was saved with a page: none but a document is a file of its own."""
        own = {folder for folder in self._holding if any(above in self._saved for above in _with_those_above(folder))}
        parts = (path for path in self._paths if _folder_of(path) in own)
        return frozenset(path for path in parts if _extension(path) not in _DOCUMENT_EXTENSIONS)

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
            if is_page_name(path) or _extension(path) in _ARCHIVES:
                pages.setdefault(path.rpartition(".")[0].casefold(), []).append(path)
        return {folder: pages[name] for folder, name in named.items() if name in pages}


def path_beside(page: str, path: str) -> str:
    """The path of a file below the folder of a page, said against where the page's own path begins."""
    folder = _folder_of(page)
    return f"{folder}/{path}" if folder else path


def _extension(path: str) -> str:
    name, point, extension = path.rpartition("/")[2].rpartition(".")
    return f".{extension.lower()}" if name and point else ""


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
