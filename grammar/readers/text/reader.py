"""Plain text and what is marked up in it: every line as it stands. Any file that nothing else recognises is read so."""

from __future__ import annotations

from functools import partial

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument, TextLine
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.text.charset import NotText, decode_text
from disclosure_checks.grammar.readers.text.inline_markup import without_inline_markup
from disclosure_checks.grammar.readers.text.separated_values import separated_lines
from disclosure_checks.grammar.words import layout_names

LARGEST_TEXT = 8 * 1024 * 1024  # bytes; an annual report has some 20 KB
_END_OF_PAGE, _OF_WIDE_CHARACTERS = b"\f", b"\x00"  # in UTF-16 the first may be half of a character
_PLACES = tuple(Place(number) for number in range(1, 2001))  # that nearly all texts share
_line = partial(tuple.__new__, TextLine)  # makes a line of its fields, faster than its own constructor


def read_text(content: bytes) -> SourceDocument:
    """The text in ``content``, blank lines included, since they end rows; ``line`` in its places counts from 1.

    Raises ReaderError ``too_large`` and ``not_text``.
    """
    if len(content) > LARGEST_TEXT:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_TEXT / 1e6:.0f} MB")
    try:
        text = without_inline_markup(decode_text(content))
    except NotText:
        raise ReaderError("not_text") from None
    separated = separated_lines(text)
    if separated is not None:
        shown = tuple(TextLine(line.text, Place(line.number)) for line in separated)
        return SourceDocument(layout_names.TEXT, shown)
    lines = text.split("\n")
    places = _PLACES
    if len(lines) > len(places):
        places += tuple(Place(number) for number in range(len(places) + 1, len(lines) + 1))
    paged = _END_OF_PAGE in content and _OF_WIDE_CHARACTERS not in content
    return SourceDocument(layout_names.TEXT, tuple(map(_line, zip(lines, places, strict=False))), paged=paged)


PLAIN_TEXT = FileType(layout_names.TEXT, lambda _: True, read_text)
