"""Office packages in one piece ("flat OPC"): each part is cut out of the file as it stands and read as any other."""

from __future__ import annotations

import binascii
import re
from xml.parsers import expat

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.open_xml_package import LARGEST_FILE, MOST_ENTRIES, Parts

FLAT_ROOT = "http://schemas.microsoft.com/office/2006/xmlPackage package"
_PACKAGE = FLAT_ROOT.rpartition(" ")[0]
_NAME_OF_ELEMENT = re.compile(rb"<[^\s/>]+")


class FlatPackage(Parts):
    """A package in one piece, in UTF-8. Raises ReaderError ``too_large``, ``damaged_docx`` and ``unsafe_docx``."""

    def __init__(self, content: bytes) -> None:
        if len(content) > LARGEST_FILE:
            raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_FILE / 1e6:.0f} MB")
        self._parts: dict[str, bytes] = {}
        _Cutter(content, self._parts).cut()

    def read(self, part: str) -> bytes:
        """The bytes of a part; nothing where there is no such part."""
        return self._parts.get(part.replace("\\", "/").lstrip("/").lower(), b"")


class _Cutter:
    """Cuts the parts out of a flat package."""

    def __init__(self, content: bytes, parts: dict[str, bytes]) -> None:
        self._content = content
        self._parts = parts
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._depth = 0
        self._name = ""
        self._data_depth = self._start = 0  # of the element that holds the part, where its first element begins
        self._binary: list[str] | None = None
        self._namespaces: dict[str, str] = {}  # declared around parts

    def cut(self) -> None:
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartNamespaceDeclHandler = self._declare
        try:
            parser.Parse(self._content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise ReaderError("damaged_docx", str(error)) from None

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        if not self._data_depth and namespace:
            self._namespaces[prefix or ""] = namespace

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._data_depth:
            if self._depth == self._data_depth + 1 and not self._start:
                self._start = self._parser.CurrentByteIndex
        elif name == f"{_PACKAGE} part":
            self._name = attributes.get(f"{_PACKAGE} name", "").lstrip("/").lower()
            if len(self._parts) > MOST_ENTRIES:
                raise ReaderError("too_large", f"> {MOST_ENTRIES} entries")
        elif name == f"{_PACKAGE} xmlData":
            self._data_depth, self._start = self._depth, 0
        elif name == f"{_PACKAGE} binaryData":
            self._binary = []

    def _text(self, text: str) -> None:
        if self._binary is not None:
            self._binary.append(text)

    def _end(self, name: str) -> None:
        if self._depth == self._data_depth:
            if self._start:
                self._parts[self._name] = self._declared(self._content[self._start : self._parser.CurrentByteIndex])
            self._data_depth = 0
        elif name == f"{_PACKAGE} binaryData" and self._binary is not None:
            try:
                self._parts[self._name] = binascii.a2b_base64("".join(self._binary).encode("ascii", "ignore"))
            except binascii.Error:
                self._parts[self._name] = b""
            self._binary = None
        self._depth -= 1

    def _declared(self, part: bytes) -> bytes:
        """A part with the namespaces that are declared around it."""
        named = _NAME_OF_ELEMENT.match(part)
        if named is None:
            return part
        tag = part[: part.find(b">") + 1]
        missing = [
            f' xmlns:{prefix}="{namespace}"'.encode()
            for prefix, namespace in self._namespaces.items()
            if prefix and f"xmlns:{prefix}=".encode() not in tag
        ]
        return part[: named.end()] + b"".join(missing) + part[named.end() :]


def _refuse(*_: object) -> None:
    raise ReaderError("unsafe_docx")
