"""A return note as a Word document: the parts that never change beside one that a template fills in.

Jinja writes the XML (escaped, as it writes pages) and ``zipfile`` packs it: a millisecond a note, and the same bytes for
the same note. A library that builds documents takes some thirty, and stamps the time of day into what it packs.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib import resources

_PACKAGE = "disclosure_checks.runner.site"
_FOLDER = "word_document"
_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_relations.xml",
    "word/_rels/document.xml.rels": "document_relations.xml",
    "word/styles.xml": "styles.xml",
}
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that an archive can tell; when it was written is no part of a note


def packed(filled: Mapping[str, str]) -> bytes:
    """The document. ``filled``: the parts that a template has filled in, by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in _fixed_parts().items():  # four kilobytes, not worth packing thousands of times
            archive.writestr(_entry(name), content, zipfile.ZIP_STORED)
        for name, text in filled.items():
            archive.writestr(_entry(name), text.encode(), zipfile.ZIP_DEFLATED, 1)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.create_system = 0  # the same on every system
    return entry


@cache
def _fixed_parts() -> Mapping[str, bytes]:
    folder = resources.files(_PACKAGE).joinpath(_FOLDER)
    return {part: folder.joinpath(name).read_bytes() for part, name in _FIXED.items()}
