"""File names for pages: safe on Windows, short, and never shared by two reports.

The name of an agency comes out of a report, so it may hold anything. A safe name is NFC text of at most
``LONGEST_NAME`` UTF-8 bytes without the characters that Windows, a URL path or a terminal give a meaning to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

LONGEST_NAME = 100  # UTF-8 bytes; leaves room for "-12.html" under every file system's limit of 255
UNNAMED = "unnamed"
UNKNOWN_YEAR = "unknown-year"

# % and # are no trouble to a file system, but a page's path is also a URL path
_UNSAFE = re.compile(r'[<>:"/\\|?*%#]')
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"}
)


class PageKey(NamedTuple):
    """What a report's page is named after."""

    source: str
    agency: str
    year: int | None


def safe_file_name(text: str) -> str:
    """A file name (without extension) for any text.

    No ``<>:"/\\|?*%#``, no control or invisible character, no dot or space at either end, no device name of Windows
    (``CON``, ``NUL.x``), at most ``LONGEST_NAME`` bytes. Nothing left gives ``UNNAMED``.
    """
    visible = "".join(
        character if unicodedata.category(character) not in _INVISIBLE_CATEGORIES else " " for character in text
    )
    name = " ".join(_UNSAFE.sub("_", unicodedata.normalize("NFC", visible)).split())
    name = _shortened(name.strip(". "), LONGEST_NAME) or UNNAMED
    device = name.split(".", 1)[0].rstrip().upper()
    return _shortened(f"_{name}", LONGEST_NAME) if device in _RESERVED else name


class FileNames:
    """Hands out file names of one folder; no two are equal where case and width do not count."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = {_comparable(name) for name in reserved}

    def allocate(self, text: str) -> str:
        """A safe name for ``text`` that was not handed out before: the second gets ``-2``, the third ``-3``."""
        base = safe_file_name(text)
        name, number = base, 1
        while _comparable(name) in self._taken:
            number += 1
            suffix = f"-{number}"
            name = _shortened(base, LONGEST_NAME - len(suffix)) + suffix
        self._taken.add(_comparable(name))
        return name


def year_folder(year: int | None) -> str:
    """The folder that holds the pages of a year."""
    return UNKNOWN_YEAR if year is None else str(year)


def page_paths(keys: Iterable[PageKey]) -> dict[str, str]:
    """The path of each report's page, by source: ``<year>/<agency>.html``, always with ``/``.

    The order of the sources decides who gets the plain name, so the same reports get the same paths whatever order
    they arrive in.
    """
    folders: dict[str, FileNames] = {}
    paths: dict[str, str] = {}
    for key in sorted(keys, key=lambda key: key.source):
        folder = year_folder(key.year)
        names = folders.setdefault(folder, FileNames())
        paths[key.source] = f"{folder}/{names.allocate(key.agency)}.html"
    return paths


def _comparable(name: str) -> str:
    # Windows and macOS ignore case; macOS also takes composed and decomposed forms for one name
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _shortened(name: str, most_bytes: int) -> str:
    """The longest beginning of ``name`` within ``most_bytes`` bytes that ends in no dot, space or half a character."""
    cut = name.encode("utf-8")[:most_bytes].decode("utf-8", "ignore")
    return cut.rstrip(". ")
