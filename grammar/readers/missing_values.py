"""Words that programs print where a table holds nothing: nan, None, <NA>. No report is written with them.

A data frame prints one in every cell that a merged cell covers; such a cell is empty.
"""

from __future__ import annotations

import re
from dataclasses import replace

from disclosure_checks.grammar.model.source_document import Block, Grid, SourceDocument, TextLine

_WORD = r"(?:nan|NaN|NAN|NaT|None|none|null|NULL|Null|<NA>|&lt;NA&gt;)"
_CELL = re.compile(_WORD)
_BETWEEN_SEPARATORS = re.compile(rf"(?:(?<=[\t|])|^) *{_WORD} *(?=[\t|]|$)")
_BEGINNINGS = ("n", "N", "<", "&")
_FEWEST = 3  # of a document that a program printed; one alone may be what a person wrote


def without_missing_values(document: SourceDocument) -> SourceDocument:
    """The document with such cells empty; itself where it holds hardly any."""
    changed: dict[int, Block] = {}
    count = 0
    for place, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            found = sum(_is_missing(cell.text) for cell in block.cells)
            if found:
                cells = (cell._replace(text="") if _is_missing(cell.text) else cell for cell in block.cells)
                changed[place] = replace(block, cells=tuple(cells))
        elif "\t" in block.text or "|" in block.text:
            text, found = _BETWEEN_SEPARATORS.subn("", block.text)
            if found:
                changed[place] = TextLine(_framed(text, block.text), block.place)
        else:
            continue
        count += found
    if count < _FEWEST:
        return document
    return replace(document, blocks=tuple(changed.get(place, block) for place, block in enumerate(document.blocks)))


def _is_missing(text: str) -> bool:
    return text[:1] in _BEGINNINGS and _CELL.fullmatch(text) is not None


def _framed(line: str, printed: str) -> str:
    """A line between bars with one at either end, so that an empty cell at its end is not taken for the frame."""
    return f"|{line}|" if "|" in line and not printed.lstrip().startswith("|") else line
