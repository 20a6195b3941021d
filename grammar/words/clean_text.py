"""Texts that every program can write: half characters, which no encoding has, are none.

They come from file names that are no UTF-8, from damaged XML and from escapes (``&#xD800;``, ``\\ud800``). One of them in
a report would end the writing of a whole site.
"""

from __future__ import annotations

from dataclasses import replace

from disclosure_checks.grammar.model.source_document import Block, Grid, SourceDocument

_BETWEEN = "\n"


def clean_text(text: str) -> str:
    """``text`` with two halves that belong together joined, and U+FFFD for any other half."""
    return text if _is_clean(text) else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_document(document: SourceDocument) -> SourceDocument:
    """A document all of whose texts are clean: itself, as a rule."""
    texts = [text for block in document.blocks for text in _texts(block)]
    if _is_clean(_BETWEEN.join(texts)):
        return document
    return replace(document, blocks=tuple(map(_clean_block, document.blocks)))


def _is_clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(block: Block) -> list[str]:
    return [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]


def _clean_block(block: Block) -> Block:
    if isinstance(block, Grid):
        return replace(block, cells=tuple(cell._replace(text=clean_text(cell.text)) for cell in block.cells))
    return block._replace(text=clean_text(block.text))
