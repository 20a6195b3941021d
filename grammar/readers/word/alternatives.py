"""Alternatives of one content (``mc:AlternateContent``): the first that a reader understands and that shows anything."""

from __future__ import annotations

from collections.abc import Mapping

# of extensions whose text is read: text boxes and what they stand in, properties of text and drawings
_UNDERSTOOD = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2010/wordprocessing",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/drawing/",
    "urn:schemas-microsoft-com:",
)
_USUAL = {  # prefixes as Word writes them, where a document does not say what they stand for
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "wpi": "http://schemas.microsoft.com/office/word/2010/wordprocessingInk",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
}


class Alternatives:
    """The alternatives that are open at a place of a document."""

    def __init__(self) -> None:
        self._namespaces: dict[str, str] = dict(_USUAL)
        self._open: list[int | None] = []  # how much had been printed before the one that was taken

    def declare(self, prefix: str, namespace: str) -> None:
        """A prefix stands for a namespace from here on."""
        self._namespaces[prefix] = namespace

    def begin(self) -> None:
        """Alternatives begin."""
        self._open.append(None)

    def end(self) -> None:
        """Alternatives end."""
        self._open.pop()

    def takes(self, attributes: Mapping[str, str], printed: int) -> bool:
        """Whether the next alternative is read. ``printed``: how much has been printed so far."""
        if not self._open:
            return True
        before = self._open[-1]
        if before is not None and before != printed:
            return False
        required = attributes.get("Requires", "").split()
        if not all(self._namespaces.get(prefix, "").startswith(_UNDERSTOOD) for prefix in required):
            return False
        self._open[-1] = printed
        return True
