"""A page of pixels to its characters, rules and numbers: geometry first, then cell by cell.

pixels -> upright, evenly lit page -> ruled lines -> lattices -> the lines of each cell, and those outside -> characters
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, lattices
from disclosure_checks.grammar.readers.pdf.page import Character, PageContent
from disclosure_checks.grammar.readers.picture.line_reading import (
    NumberAlphabet,
    SeenCharacter,
    agreed,
    characters_of,
    part_of,
)
from disclosure_checks.grammar.readers.picture.models import Models, SeenLine
from disclosure_checks.grammar.readers.picture.recognised_page import UNREADABLE, Pixels, RecognisedPage, SeenNumber
from disclosure_checks.grammar.readers.picture.ruled_lines import ink_of, ruled_lines, rules_of, without_lines
from disclosure_checks.grammar.readers.picture.text_lines import Box, lines_of_cell, lines_of_page
from disclosure_checks.grammar.readers.picture.uprightness import (
    evenly_lit,
    flattened,
    frame_of,
    lean,
    shades,
    turned,
)

_SHORT_SIDE, _LONG_SIDE = 595.0, 842.0  # points of a page whose size nobody tells
_LONGEST_LOOK = 1280  # pixels of the longer side that text is looked for on
_SMALLEST_TEXT = 18.0  # pixels: smaller print is made larger
_LARGEST_TEXT = 44.0
_SMALLEST_PAGE = 32  # pixels
_CUT_OUT_SIDE = 200  # pixels
_TRIED_LINES = 12
_WORD_GAP = 0.75  # of the height of text


class PictureRecogniser:
    """Recognises pages. The models are loaded with the first one; ``threads`` bounds what one page uses."""

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads or min(2, os.cpu_count() or 1)

    @cached_property
    def _models(self) -> Models:
        return Models(self._threads)

    @cached_property
    def _alphabet(self) -> NumberAlphabet:
        return NumberAlphabet(self._models.characters)

    def page(self, pixels: Pixels, number: int, dots_per_inch: float | None = None) -> RecognisedPage:
        """What stands on a page. Raises ReaderError ``damaged_picture``."""
        cv2.setNumThreads(self._threads)
        if min(pixels.shape[:2]) < _SMALLEST_PAGE:
            return RecognisedPage(PageContent(number, _SHORT_SIDE, _LONG_SIDE, (), (), 0), ())
        try:
            return self._seen(pixels, number, dots_per_inch)
        except (cv2.error, ValueError, IndexError, ArithmeticError) as error:
            raise ReaderError("damaged_picture", type(error).__name__) from error

    def _seen(self, pixels: Pixels, number: int, dots_per_inch: float | None) -> RecognisedPage:
        upright, text_height = self._upright(evenly_lit(shades(pixels)))
        scale = _points_a_pixel(upright, pixels, dots_per_inch)
        lines = ruled_lines(upright, text_height)
        rules = rules_of(lines, scale)
        page = _Page(upright, without_lines(upright, lines), text_height, scale)
        crops = [*_crops_of_cells(page, lattices(rules))]
        inside = [box for box, *_ in crops]
        outside = [
            box
            for box in lines_of_page(page.clean, self._models, _LONGEST_LOOK)
            if not _is_in(box, page, lattices(rules))
        ]
        crops += [(box, None) for box in outside]
        characters, numbers = self._read(page, crops)
        height, width = upright.shape
        del inside
        return RecognisedPage(
            PageContent(number, width * scale, height * scale, tuple(characters), tuple(rules), 0), tuple(numbers)
        )

    def _upright(self, page: Pixels) -> tuple[Pixels, float]:
        """The page upright, flat and of a size at which its text can be read, and the height of its text in pixels."""
        boxes = lines_of_page(page, self._models, 960)
        if sum(box.height > 1.5 * box.width for box in boxes) > sum(box.width > 1.5 * box.height for box in boxes):
            page = np.ascontiguousarray(np.rot90(page))
            boxes = lines_of_page(page, self._models, 960)
        page = turned(page, lean(page))
        boxes = lines_of_page(page, self._models, 960)
        if self._is_upside_down(page, boxes):
            page = np.ascontiguousarray(np.rot90(page, 2))
        text_height = _text_height(boxes)
        page = flattened(page, frame_of(ruled_lines(page, text_height).mask))
        factor = 1.0
        if text_height < _SMALLEST_TEXT:
            factor = min(3.0, 1.35 * _SMALLEST_TEXT / text_height)
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
        crops = [page[box.top : box.bottom, box.left : min(box.right, box.left + 14 * box.height)] for box in tried]
        ways = [crops, [np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops]]
        surenesses = [[_sureness(line) for line in self._models.lines(way)] for way in ways]
        return sum(other > one for one, other in zip(*surenesses, strict=True)) > len(tried) / 2

    def _read(self, page: _Page, crops: Sequence[tuple[Box, Box | None]]) -> tuple[list[Character], list[SeenNumber]]:
        characters: list[Character] = []
        numbers: list[SeenNumber] = []
        views = [_padded(page.clean, box, page.text_height, 0.18) for box, _ in crops]
        seen = self._models.lines([view for view, _ in views]) if views else []
        again: list[tuple[Box, Box, list[SeenCharacter], SeenLine]] = []
        for (box, cell), (_, left), line in zip(crops, views, seen, strict=True):
            found = characters_of(line, self._models.characters)
            text = "".join(one.text for one in found).strip()
            if cell is not None and (not text or self._alphabet.may_be_number(text.replace(" ", ""))):
                again.append((box, cell, found, line))
                continue
            for word in _words(found, page.text_height):
                own = "".join(one.text for one in word)
                if self._alphabet.may_be_number(own):
                    part = part_of(line, word[0].step - 2, word[-1].step + 2)
                    x = left + word[0].middle - page.text_height / 2
                    end = left + word[-1].middle + page.text_height / 2
                    readings = self._alphabet.readings(part)
                    numbers += self._number(page, readings, Box(int(x), box.top, int(end), box.bottom), None)
            characters += _placed(found, box, left, page, len(characters))
        for (box, cell, _, line), other in zip(again, self._second_look(page, again), strict=True):
            readings = agreed(self._alphabet.readings(line.shares), self._alphabet.readings(other.shares))
            readings = _doubted(readings, page, box)
            made = self._number(page, readings, box, cell)
            numbers += made
            text = made[0].text or UNREADABLE
            characters += _spread(text, box, page, len(characters))
        return characters, numbers

    def _second_look(
        self, page: _Page, again: Sequence[tuple[Box, Box, list[SeenCharacter], SeenLine]]
    ) -> list[SeenLine]:
        views = [_padded(page.upright_without_rules, box, page.text_height, 0.45)[0] for box, *_ in again]
        return self._models.lines([cv2.GaussianBlur(view, (3, 3), 0) for view in views]) if views else []

    def _number(
        self, page: _Page, readings: Sequence[tuple[str, float]], box: Box, cell: Box | None
    ) -> list[SeenNumber]:
        known = [(text, share) for text, share in readings if text]
        best = known[0] if known and known[0][1] > 0.05 else ("", 0.0)
        others = tuple((text, share) for text, share in known[1:]) if best[0] else tuple(known)
        scale = page.scale
        around = cell or box
        return [
            SeenNumber(
                best[0], best[1], others, box.left * scale, box.top * scale, box.right * scale, box.bottom * scale,
                _cut_out(page.upright, around),
            )
        ]  # fmt: skip


class _Page(NamedTuple):
    """A page as it is read. ``scale``: points a pixel."""

    upright: Pixels
    clean: Pixels
    text_height: float
    scale: float

    @property
    def upright_without_rules(self) -> Pixels:
        return self.clean


def _points_a_pixel(upright: Pixels, pixels: Pixels, dots_per_inch: float | None) -> float:
    if dots_per_inch:
        return 72.0 * max(pixels.shape[:2]) / (dots_per_inch * max(upright.shape))
    height, width = upright.shape
    return (_LONG_SIDE if width > height else _SHORT_SIDE) / width


def _text_height(boxes: Sequence[Box]) -> float:
    """The height of the ink of a usual line, in pixels."""
    heights = [box.height for box in boxes if box.width > box.height]
    return max(6.0, float(np.median(heights)) * 0.72) if heights else 20.0


def _sureness(line: SeenLine) -> float:
    best = line.shares.argmax(axis=1)
    inked = line.shares.max(axis=1)[best > 0]
    return float(inked.mean()) if len(inked) else 0.0


def _crops_of_cells(page: _Page, found: Sequence[Lattice]) -> Iterator[tuple[Box, Box]]:
    """The lines in the cells of lattices, with their cells."""
    ink = ink_of(page.clean)
    for lattice in found:
        for span in lattice.spans:
            cell = Box(
                int(lattice.xs[span.column] / page.scale), int(lattice.ys[span.row] / page.scale),
                int(lattice.xs[span.column + span.columns] / page.scale),
                int(lattice.ys[span.row + span.rows] / page.scale),
            )  # fmt: skip
            edge = max(2, round(0.12 * page.text_height))
            inner = Box(cell.left + edge, cell.top + edge, cell.right - edge, cell.bottom - edge)
            if inner.width < 4 or inner.height < 4:
                continue
            part = _without_specks(ink[inner.top : inner.bottom, inner.left : inner.right], page.text_height)
            for line in lines_of_cell(part, page.text_height):
                yield (
                    Box(inner.left + line.left, inner.top + line.top, inner.left + line.right, inner.top + line.bottom),
                    cell,
                )


def _without_specks(ink: Pixels, text_height: float) -> Pixels:
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = ink.copy()
    for number in range(1, count):
        if boxes[number][4] < max(3.0, 0.012 * text_height * text_height):
            kept[labels == number] = 0
    return kept


def _is_in(box: Box, page: _Page, found: Sequence[Lattice]) -> bool:
    x, y = (box.left + box.right) / 2 * page.scale, (box.top + box.bottom) / 2 * page.scale
    return any(lattice.contains(x, y) for lattice in found)


def _padded(page: Pixels, box: Box, text_height: float, share: float) -> tuple[Pixels, int]:
    """A line with some paper around it, and where that begins."""
    high = max(box.height, text_height)
    pad = round(share * high)
    middle = (box.top + box.bottom) / 2
    top, bottom = int(middle - high / 2) - pad, int(middle + high / 2) + pad + 1
    left, right = box.left - 2 * pad, box.right + 2 * pad
    height, width = page.shape
    inside = page[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    paper = cv2.copyMakeBorder(
        inside, max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width), cv2.BORDER_CONSTANT,
        value=255,
    )  # fmt: skip
    return np.asarray(paper, dtype=np.uint8), left


def _words(found: Sequence[SeenCharacter], text_height: float) -> Iterator[list[SeenCharacter]]:
    word: list[SeenCharacter] = []
    for one in found:
        if one.text.isspace():
            if word:
                yield word
            word = []
            continue
        if word and one.middle - word[-1].middle > (1.0 + _WORD_GAP) * text_height:
            yield word
            word = []
        word.append(one)
    if word:
        yield word


def _doubted(readings: Sequence[tuple[str, float]], page: _Page, box: Box) -> list[tuple[str, float]]:
    """Readings are less sure where there are more or fewer separate shapes than characters."""
    if not readings:
        return []
    ink = ink_of(page.clean[box.top : box.bottom, box.left : box.right])
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    shapes = sum(int(one[3] > 0.5 * box.height) for one in boxes[1:])
    text, share = readings[0]
    digits = sum(one.isdigit() for one in text)
    if shapes == digits:
        return list(readings)
    return [(text, share * (0.5 if shapes > digits else 0.8)), *readings[1:]]


def _placed(found: Sequence[SeenCharacter], box: Box, left: int, page: _Page, order: int) -> Iterator[Character]:
    """Characters at their places."""
    size = page.text_height * page.scale
    baseline = (box.bottom * page.scale + box.top * page.scale) / 2 + 0.35 * size
    for number, one in enumerate(found):
        half = (0.5 if not one.text.isascii() else 0.25) * size
        middle = (left + one.middle) * page.scale
        yield Character(one.text, middle - half, middle + half, baseline, size, 0, order + number)


def _spread(text: str, box: Box, page: _Page, order: int) -> Iterator[Character]:
    """The characters of a number, side by side over its box."""
    size = page.text_height * page.scale
    baseline = (box.bottom * page.scale + box.top * page.scale) / 2 + 0.35 * size
    width = box.width * page.scale / len(text)
    for number, character in enumerate(text):
        left = box.left * page.scale + number * width
        yield Character(character, left, left + width, baseline, size, 0, order + number)


def _cut_out(page: Pixels, box: Box) -> bytes:
    """A part of the page as a small PNG file."""
    part = page[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if not part.size:
        return b""
    factor = min(1.0, _CUT_OUT_SIDE / max(part.shape))
    if factor < 1.0:
        part = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    reduced = (part // 16 * 17).astype(np.uint8)
    done, png = cv2.imencode(".png", reduced, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return png.tobytes() if done else b""
