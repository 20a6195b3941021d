"""A page as it is read, and the parts of it that are looked at: lines in cells, lines outside, cut-outs for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice
from disclosure_checks.grammar.readers.picture.geometry.ruled_lines import ink_of, ink_of_faint_strokes
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box, lines_of_cell
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

_CUT_OUT_SIDE = 200  # pixels
_EDGE = 0.12  # of the height of text: so near to a rule there is none
_AROUND = 1.0  # of that height, of what stands around a number
_HIGH = 0.5  # of the height of a line: a shape as high as digits
_FEWEST_ROWS = 6  # pixels, of a stroke whose slope can be told
_SPECK = 0.012  # of the square of the height of text: smaller spots are no ink


class ReadPage(NamedTuple):
    """A page as it is read. ``clean``: without its ruled lines; ``text_height`` in pixels; ``scale``: points a pixel."""

    upright: Pixels
    clean: Pixels
    text_height: float
    scale: float


class LineOfPage(NamedTuple):
    """A line of text, and the cell that it stands in; None outside of tables."""

    box: Box
    cell: Box | None


def lines_in_cells(page: ReadPage, found: Sequence[Lattice]) -> Iterator[LineOfPage]:
    """The lines in the cells of lattices."""
    ink = ink_of(page.clean)
    edge = max(2, round(_EDGE * page.text_height))
    for lattice in found:
        for span in lattice.spans:
            left, right = lattice.xs[span.column], lattice.xs[span.column + span.columns]
            top, bottom = lattice.ys[span.row], lattice.ys[span.row + span.rows]
            cell = Box(*(int(side / page.scale) for side in (left, top, right, bottom)))
            x, y = max(0, cell.left + edge), max(0, cell.top + edge)
            part = ink[y : max(y, cell.bottom - edge), x : max(x, cell.right - edge)]
            if min(part.shape) < 4:
                continue
            for line in lines_of_cell(_without_specks(part, page.text_height), page.text_height):
                yield LineOfPage(Box(x + line.left, y + line.top, x + line.right, y + line.bottom), cell)


def _without_specks(ink: Pixels, text_height: float) -> Pixels:
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = max(3.0, _SPECK * text_height * text_height)
    small = np.array([number > 0 and boxes[number][4] < least for number in range(count)])
    return np.where(small[labels], np.uint8(0), ink)


def is_in_table(box: Box, page: ReadPage, found: Sequence[Lattice]) -> bool:
    """Whether the middle of a box lies in a lattice."""
    x, y = (box.left + box.right) / 2 * page.scale, (box.top + box.bottom) / 2 * page.scale
    return any(lattice.contains(x, y) for lattice in found)


class Framing(NamedTuple):
    """How a line is cut out: at least so much of the height of text, with paper around it by its share of that."""

    least: float
    paper: float


def with_paper_around(read: ReadPage, box: Box, framing: Framing) -> tuple[Pixels, int]:
    """A line with some paper around it, and the column that this begins at."""
    page = read.clean
    high = max(box.height, framing.least * read.text_height)
    pad = round(framing.paper * high)
    middle = (box.top + box.bottom) / 2
    top, bottom = int(middle - high / 2) - pad, int(middle + high / 2) + pad + 1
    left, right = box.left - 2 * pad, box.right + 2 * pad
    height, width = page.shape
    inside = page[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    sides = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    paper = cv2.copyMakeBorder(inside, *sides, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(paper, dtype=np.uint8), left


def shapes_in(page: ReadPage, box: Box) -> frozenset[int]:
    """How many separate shapes as high as digits stand in a box: by its dark ink, and where faint ink may join them."""
    part = page.clean[box.top : box.bottom, box.left : box.right]
    return frozenset(_high_shapes(ink, box.height) for ink in (ink_of(part), ink_of_faint_strokes(part)))


def _high_shapes(ink: Pixels, height: int) -> int:
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return sum(int(one[3] > _HIGH * height) for one in boxes[1:])


def slope_of_stroke(page: ReadPage, box: Box) -> float | None:
    """How far the one shape in a box leans to the right, in its height; None where there are none or several."""
    ink = ink_of_faint_strokes(page.clean[box.top : box.bottom, box.left : box.right])
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high = [number for number in range(1, len(boxes)) if boxes[number][3] > _HIGH * box.height]
    if len(high) != 1 or boxes[high[0]][3] < _FEWEST_ROWS:
        return None
    rows, columns = np.nonzero(labels == high[0])
    return -float(np.polyfit(rows, columns, 1)[0])


def cut_out(page: ReadPage, box: Box, cell: Box) -> bytes:
    """A number and what stands around it in its cell, as a small PNG file of a few shades."""
    around = round(_AROUND * page.text_height)
    top, bottom = max(0, cell.top, box.top - around), min(cell.bottom, box.bottom + around)
    left, right = max(0, cell.left, box.left - around), min(cell.right, box.right + around)
    part = page.upright[top:bottom, left:right]
    if not part.size:
        return b""
    factor = min(1.0, _CUT_OUT_SIDE / max(part.shape))
    if factor < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    few = (part // 16 * 17).astype(np.uint8)
    done, png = cv2.imencode(".png", few, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return bytes(png.tobytes()) if done else b""
