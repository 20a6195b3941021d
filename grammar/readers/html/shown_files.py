"""What a page shows from files that lie beside it: the addresses of its images and of the pages in its frames.

Only plain addresses below the page's own folder count. Nothing is opened here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from disclosure_checks.grammar.readers.html.charset import NotText, decode_page
from disclosure_checks.grammar.readers.html.saved_pages import is_page_name
from disclosure_checks.grammar.readers.html.tokens import attributes

MOST_SHOWN = 500  # files of a page that are looked for
MOST_FRAMES = 20  # pages in frames of a page, and of these
_LONGEST = 1000  # characters of an address; those that hold an image themselves are longer
# where the address of an image stands: what is shown first; then what scripts put there once the image is scrolled to
_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")
_CHOICES = ("srcset", "data-srcset")  # several addresses, for screens of different kinds
_CHOICE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:\s[^,]*)?(?:,|$)")
_NO_FILE = re.compile(r"[:\x00-\x1f\x7f]")  # schemes, drives, streams; what stands in no name
_WHITE = str.maketrans("", "", "\t\r\n")

# what shows another file, and what hides what stands in it
_SHOWING = frozenset({b"img", b"iframe", b"frame", b"frameset", b"link"})
_HIDING = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in (
    b"script", b"style", b"noscript", b"template", b"textarea", b"title", b"xml", b"iframe", b"noembed", b"noframes",
)}  # fmt: skip
_NAMES = b"|".join(sorted({*_SHOWING, *_HIDING}))
# asked for its first letter alone at most brackets: there are thousands in a page
_OPENING = re.compile(rb"<(?=[!sSnNtTxXiIfFlL])(?:(!--)|(?i:(" + _NAMES + rb")(?=[\s/>])))")
_LONGEST_TAG = 8192  # bytes
_MOST_BRACKETS = 8  # in the attributes of a tag


def relative_path(address: str, folder: str = "") -> str:
    """The file that an address names, as ``images/1.png``; "" for any address that leads elsewhere.

    ``folder``: where the page lies that says it, below the folder that paths are said against.
    """
    if len(address) > _LONGEST:
        return ""
    plain = address.translate(_WHITE).strip().partition("#")[0].partition("?")[0]
    path = unquote(plain).replace("\\", "/")
    if path.startswith("/") or _NO_FILE.search(path):
        return ""
    parts = folder.split("/") if path and folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def addresses_of_image(given: Mapping[str, str]) -> Iterator[str]:
    """Where an image may be had, from its attributes: what is shown first, then what is shown in its place."""
    for name in _ADDRESSES:
        address = given.get(name, "").strip()
        if address:
            yield address
    for name in _CHOICES:
        yield from _CHOICE.findall(given.get(name, ""))


def shown_files(page: bytes, load: Callable[[str], bytes]) -> tuple[str, ...]:
    """The paths of the files below its folder that a page and the pages in its frames show, in the order of the pages.

    ``load``: from the path of a page to its bytes; nothing where there is none.
    """
    found = dict.fromkeys(_shown(page, "")[:MOST_SHOWN])
    waiting = [path for path in found if is_page_name(path)]
    for _ in range(MOST_FRAMES):
        if not waiting:
            break
        path = waiting.pop(0)
        for one in _shown(load(path), path.rpartition("/")[0]):
            if one not in found and len(found) < MOST_SHOWN:
                found[one] = None
                waiting += [one] if is_page_name(one) else []
    return tuple(found)


def _shown(page: bytes, folder: str) -> list[str]:
    """What a page in a folder shows: images, and pages in frames."""
    try:
        text = decode_page(page).encode("utf-8", "replace") if b"\x00" in page[:_LONGEST] else page
        tags = list(_tags(text))
        if any(not written.isascii() for _, written in tags):
            tags = list(_tags(decode_page(page).encode("utf-8", "replace")))
    except NotText:
        return []
    has_frames = any(name == "frameset" for name, _ in tags)
    found: dict[str, None] = {}
    for name, written in tags:
        if name != "link" or has_frames:
            for address in _addresses(name, attributes(written.decode("utf-8", "replace"))):
                path = relative_path(address, folder)
                if path and is_page_name(path) == (name != "img"):
                    found.setdefault(path)
    return list(found)


def _addresses(name: str, given: Mapping[str, str]) -> Iterable[str]:
    # a workbook saved as pages shows its first sheet in a frame, and names the others as links of its head
    return addresses_of_image(given) if name == "img" else (given.get("href" if name == "link" else "src", ""),)


def _tags(page: bytes) -> Iterator[tuple[str, bytes]]:
    """The tags that show something else, with their attributes as written: those of the page that are no comment.

    In all encodings of pages that are no UTF-16 the signs of a tag are ASCII, and stand for nothing else.
    """
    position = 0
    while position >= 0 and (found := _OPENING.search(page, position)) is not None:
        start = found.end()
        if found.group(1):
            position = start if page.startswith((b">", b"->"), start) else page.find(b"-->", start)
            continue
        name = found.group(2).lower()
        position = _end_of_tag(page, start)
        if name in _SHOWING:
            yield name.decode(), page[start:position]
        if name in _HIDING and not (name == b"xml" and page.endswith(b"/", start, position)):
            ended = _HIDING[name].search(page, position)
            position = ended.end() if ended else -1


def _end_of_tag(page: bytes, position: int) -> int:
    """The bracket that ends a tag: the next one outside quotes, within bounds."""
    end = first = page.find(b">", position, position + _LONGEST_TAG)
    for _ in range(_MOST_BRACKETS):
        if end < 0 or not (page.count(b'"', position, end) % 2 or page.count(b"'", position, end) % 2):
            break
        end = page.find(b">", end + 1, position + _LONGEST_TAG)
    if end >= 0:
        return end
    return first if first >= 0 else position
