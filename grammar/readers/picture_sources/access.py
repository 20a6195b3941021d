"""How the pictures of a file are had, one at a time, and how what was seen in them becomes its document.

numbers(content) -> pixels(content, number), recognised elsewhere -> read(content, what was seen by number)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from disclosure_checks.grammar.model.source_document import SourceDocument

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage

MOST_PICTURES = 60  # of a file that are looked at; a scanned report has some 10 pages


class PagePixels(NamedTuple):
    """A picture as an array (see ``PictureRecogniser.page``). ``dots_per_inch``: None where it is not known."""

    array: Any
    dots_per_inch: float | None


@dataclass(frozen=True)
class PictureAccess:
    """``numbers``: those of the pictures worth looking at, from 1, at most ``MOST_PICTURES``. ``pixels``: one of them.
    ``read``: the document of the file with what was seen in them put in its place. All raise ReaderError alone.
    """

    numbers: Callable[[bytes], Sequence[int]]
    pixels: Callable[[bytes, int], PagePixels]
    read: Callable[[bytes, Mapping[int, RecognisedPage]], SourceDocument]
