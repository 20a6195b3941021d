"""A page of pixels to its characters, rules and numbers: geometry first, then cell by cell.

pixels -> upright, evenly lit page -> ruled lines -> lattices -> the lines of each cell, and those outside -> characters
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import cv2
import numpy as np

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.pdf.lattices.ruling import lattices
from disclosure_checks.grammar.readers.pdf.page import PageContent
from disclosure_checks.grammar.readers.picture.geometry.crops import LineOfPage, ReadPage, is_in_table, lines_in_cells
from disclosure_checks.grammar.readers.picture.geometry.ruled_lines import ruled_lines, rules_of, without_lines
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box, lines_of_page
from disclosure_checks.grammar.readers.picture.geometry.uprightness import (
    evenly_lit,
    flattened,
    frame_of,
    lean,
    shades,
    turned,
)
from disclosure_checks.grammar.readers.picture.models import Models, SeenLine
from disclosure_checks.grammar.readers.picture.page_reading import PageReader
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels, RecognisedPage
from disclosure_checks.grammar.readers.picture.undivided_labels import without_doubtful_rows

_SHORT_SIDE, _LONG_SIDE = 595.0, 842.0  # points of a page whose size nobody tells
_FIRST_LOOK, _SECOND_LOOK = 960, 1280  # pixels of the longer side that text is looked for on
_SMALLEST_TEXT, _LARGEST_TEXT = 18.0, 44.0  # pixels: print of other sizes is made larger or smaller
_LARGEST_GROWTH = 3.0
_SMALLEST_PAGE = 32  # pixels
_LONGEST_SIDE = 7200  # pixels of a page that is looked at: A4 at 600 dots per inch; no page is made larger than that
_STRAIGHTER = 1.05  # of the pixels of lines that run straight
_LONG_LINE = 6.0  # of the height of text: pieces of lines that tell how straight these run
_TRIED_LINES = 6


class PictureRecogniser:
    """Recognises pages. The models are loaded with the first one; ``threads`` bounds what one page uses."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @cached_property
    def _models(self) -> Models:
        return Models(self._threads)

    @cached_property
    def _reader(self) -> PageReader:
        return PageReader(self._models)

    def load(self) -> None:
        """Load the models now. A broken installation raises whatever it raises."""
        _ = self._reader

    def page(self, pixels: Pixels, number: int, dots_per_inch: float | None = None) -> RecognisedPage:
        """What stands on a page. Raises ReaderError ``damaged_picture``."""
        self.load()  # what is wrong with the installation is not wrong with the picture
        cv2.setNumThreads(self._threads)
        if min(pixels.shape[:2]) < _SMALLEST_PAGE:
            return RecognisedPage(PageContent(number, _SHORT_SIDE, _LONG_SIDE, (), (), 0), ())
        try:
            return self._seen(pixels, number, dots_per_inch)
        except MemoryError:
            raise
        except Exception as error:  # neither OpenCV nor the runtime of the models tells what it raises on odd pixels
            raise ReaderError("damaged_picture", type(error).__name__) from error

    def _seen(self, pixels: Pixels, number: int, dots_per_inch: float | None) -> RecognisedPage:
        upright, text_height = self._upright(evenly_lit(shades(_bounded(pixels))))
        scale = _points_a_pixel(upright, pixels, dots_per_inch)
        ruled = ruled_lines(upright, text_height)
        rules = rules_of(ruled, scale)
        page = ReadPage(upright, without_lines(upright, ruled), text_height, scale)
        tables = lattices(rules)
        boxes = lines_of_page(page.clean, self._models, _SECOND_LOOK)
        outside = [LineOfPage(box, None) for box in boxes if not is_in_table(box, page, tables)]
        characters, numbers = self._reader.read(page, [*lines_in_cells(page, tables), *outside])
        characters, numbers = without_doubtful_rows(characters, numbers, tables)
        height, width = upright.shape
        content = PageContent(number, width * scale, height * scale, characters, tuple(rules), 0)
        return RecognisedPage(content, numbers)

    def _upright(self, page: Pixels) -> tuple[Pixels, float]:
        """The page upright, flat and of a size at which its text can be read, and the height of its text in pixels."""
        boxes = lines_of_page(page, self._models, _FIRST_LOOK)
        if _is_quarter_turned(boxes):
            page = np.ascontiguousarray(np.rot90(page))
            boxes = lines_of_page(page, self._models, _FIRST_LOOK)
        if self._is_upside_down(page, boxes):
            page = np.ascontiguousarray(np.rot90(page, 2))
        page = turned(page, lean(page))
        text_height = _text_height(boxes)
        page = _flat(page, text_height)
        factor = 1.0
        if text_height < _SMALLEST_TEXT:
            largest = min(_LARGEST_GROWTH, max(1.0, _LONGEST_SIDE / max(page.shape)))
            factor = min(largest, 1.35 * _SMALLEST_TEXT / text_height)
        elif text_height > _LARGEST_TEXT:
            factor = _LARGEST_TEXT / text_height
        if factor != 1.0:
            way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
            page = np.asarray(cv2.resize(page, None, fx=factor, fy=factor, interpolation=way), dtype=np.uint8)
        return page, text_height * factor

    def _is_upside_down(self, page: Pixels, boxes: Sequence[Box]) -> bool:
        """Whether the longest lines can be read better the other way round."""
        tried = sorted((box for box in boxes if box.width > 3 * box.height), key=lambda box: -box.width)[:_TRIED_LINES]
        if not tried:
            return False
        crops = [page[box.top : box.bottom, box.left : min(box.right, box.left + 10 * box.height)] for box in tried]
        ways = [crops, [np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops]]
        one_way, other_way = ([_sureness(line) for line in self._models.lines(way)] for way in ways)
        return sum(other > one for one, other in zip(one_way, other_way, strict=True)) > len(tried) / 2


def _is_quarter_turned(boxes: Sequence[Box]) -> bool:
    """Whether more text runs up or down than across; labels of narrow columns do, sentences do not."""
    down = sum(box.height for box in boxes if box.height > 1.5 * box.width)
    return down > sum(box.width for box in boxes if box.width > 1.5 * box.height)


def _bounded(pixels: Pixels) -> Pixels:
    """The page, made smaller where it is larger than any that is looked at."""
    factor = _LONGEST_SIDE / max(pixels.shape[:2])
    if factor >= 1.0:
        return pixels
    height, width = (max(_SMALLEST_PAGE, round(side * factor)) for side in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _flat(page: Pixels, text_height: float) -> Pixels:
    """The page flattened by its largest table, where its lines run straighter then."""
    ruled = ruled_lines(page, text_height)
    flat = flattened(page, frame_of(ruled.mask))
    if flat is page:
        return page
    length = round(_LONG_LINE * text_height)
    straighter = ruled_lines(flat, text_height).straight(length) > _STRAIGHTER * ruled.straight(length)
    return flat if straighter else page


def _points_a_pixel(upright: Pixels, pixels: Pixels, dots_per_inch: float | None) -> float:
    if dots_per_inch:
        return float(72.0 * max(pixels.shape[:2]) / (dots_per_inch * max(upright.shape)))
    height, width = upright.shape
    return float((_LONG_SIDE if width > height else _SHORT_SIDE) / width)


def _text_height(boxes: Sequence[Box]) -> float:
    """The height of the ink of a usual line, in pixels."""
    heights = [box.height for box in boxes if box.width > box.height]
    return max(6.0, float(np.median(heights)) * 0.72) if heights else 20.0


def _sureness(line: SeenLine) -> float:
    best = line.shares.argmax(axis=1)
    inked = line.shares.max(axis=1)[best > 0]
    return float(inked.mean()) if len(inked) else 0.0
