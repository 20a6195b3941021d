"""What every reader makes of a file: lines of running text and grids of cells, in reading order, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Union

from disclosure_checks.grammar.model.report import Place

# what a document may show where a table should be, without a reader that reads it; names of texts for people
IMAGE, OBJECT, PART, FORM = "image", "object", "part", "form"


class UnreadPart(NamedTuple):
    """Something a document shows whose contents are not read: an image, an object of another program, a part that is
    another document, a form that only its own program fills. ``kind`` is one of these four names."""

    kind: str
    place: Place


class TextLine(NamedTuple):
    """A paragraph or line outside tables. ``text`` may hold tabs; it holds no line break."""

    text: str
    place: Place


class GridCell(NamedTuple):
    """One cell of a table. ``row`` and ``column`` count from 0 in the expanded grid; spans are at least 1.

    ``text`` is what the cell prints, paragraphs and line breaks inside it as ``\\n``.
    """

    text: str
    place: Place
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table as printed. Cells stand in reading order and do not overlap; a position without a cell is empty.

    ``goes_on``: it is a part of the same table as the grid before it, with the same columns.
    """

    cells: tuple[GridCell, ...]
    place: Place
    goes_on: bool = False


Block = Union[TextLine, Grid]


class Picture(NamedTuple):
    """An image that the document shows, and the bytes of its file. ``blocks_before``: how many blocks stand before it."""

    content: bytes
    place: Place
    blocks_before: int


class RecognisedNumber(NamedTuple):
    """A number that was seen in a picture, as the cell or line at ``place`` prints it.

    ``text``: what it most likely is, with the probability ``confidence`` (0 to 1). ``others``: what else it may be,
    each with its probability, the likeliest first. ``cut_out``: that part of the picture, as a small PNG file.
    """

    place: Place
    text: str
    confidence: float
    others: tuple[tuple[str, float], ...]
    cut_out: bytes


@dataclass(frozen=True)
class SourceDocument:
    """A file as its reader sees it. ``layout`` names the kind (``html``, ``docx``, ``pdf`` ...).

    ``title``: what a window shows above the document, where it says so itself.
    ``issuer``: whom it says itself to come from, outside of its text.
    ``images``: places where the document shows an image; a table that is missing may be one.
    ``paged``: a text that was taken from pages. ``unread``: what else it shows without being read.
    ``pictures``: the images whose bytes are at hand, to be read as well or not.
    ``recognised``: every number among the blocks that was seen in a picture. ``seen_pages``: the pages (of places) all
    of whose blocks were.
    """

    layout: str
    blocks: tuple[Block, ...]
    images: tuple[Place, ...] = ()
    title: str = ""
    paged: bool = False
    issuer: str = ""
    unread: tuple[UnreadPart, ...] = ()
    pictures: tuple[Picture, ...] = ()
    recognised: tuple[RecognisedNumber, ...] = ()
    seen_pages: frozenset[int] = frozenset()

    @property
    def unread_parts(self) -> tuple[UnreadPart, ...]:
        """Everything it shows that is not read, its images among them; what was seen of a picture may not be all of it."""
        pages = (Place(page=page) for page in sorted(self.seen_pages))
        return (*self.unread, *(UnreadPart(IMAGE, place) for place in (*self.images, *pages)))


class ReaderError(Exception):
    """A file that its reader cannot read. ``code`` names the message for people, ``detail`` fills it in."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
