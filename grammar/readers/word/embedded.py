"""Parts of other formats that a Word document embeds (``w:altChunk``): what each contributes to the text around it."""

from __future__ import annotations

from collections.abc import Callable

from disclosure_checks.grammar.model.source_document import PART, ReaderError
from disclosure_checks.grammar.readers.flow import Item, Line, Picture
from disclosure_checks.grammar.readers.html.reader import WEB_PAGE, page_items
from disclosure_checks.grammar.readers.picture_sources.kept_images import KeptImages
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.readers.text.charset import NotText, decode_text

DEEPEST = 3  # documents inside documents
_RTF = b"{\\rtf"


def embedded_items(
    content: bytes, name: str, word_items: Callable[[bytes], list[Item]], images: KeptImages
) -> list[Item]:
    """The lines and tables of a part: a page, a Word document (which ``word_items`` reads) or text.

    A part that is unread stands for rich text and for what cannot be read: something is there. Raises ReaderError ``too_large``.
    """
    file = SourceFile(content, name)
    try:
        if file.is_zip:
            return word_items(content)
        if WEB_PAGE.recognises(file):
            return page_items(content, images)
        if file.is_compound or content.startswith(_RTF):
            return [Picture(kind=PART)]
        return [Line(line) for line in decode_text(content).split("\n")]
    except NotText:
        return [Picture(kind=PART)]
    except ReaderError as error:
        if error.code == "too_large":
            raise
        return [Picture(kind=PART)]
