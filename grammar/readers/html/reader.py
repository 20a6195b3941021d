"""Web pages: the bytes of a saved page to its lines and tables, as a browser shows them.

Nothing is fetched and no script is run; styles count only where they stand in the element itself.
"""

from __future__ import annotations

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.flow import source_document
from disclosure_checks.grammar.readers.html.charset import NotText, decode_page
from disclosure_checks.grammar.readers.html.mime_archive import page_of_archive
from disclosure_checks.grammar.readers.html.page import PageBuilder
from disclosure_checks.grammar.readers.html.tokens import tokens

LARGEST_PAGE = 20 * 1024 * 1024  # bytes; a saved page has some 100 KB


def read_html(content: bytes) -> SourceDocument:
    """The page in ``content``, alone or in a web archive; ``line`` in its places is the line of the source, from 1.

    Raises ReaderError ``too_large`` (bytes, cells) and ``not_text``.
    """
    if len(content) > LARGEST_PAGE:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_PAGE / 1e6:.0f} MB")
    try:
        page = decode_page(page_of_archive(content))
    except NotText:
        raise ReaderError("not_text") from None
    return source_document("html", PageBuilder().build(tokens(page)))
