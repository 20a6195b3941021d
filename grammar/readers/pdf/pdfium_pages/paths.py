"""The rules that a path of a page draws: straight lines, the edges of stroked shapes, thin filled ones."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from disclosure_checks.grammar.readers.pdf.page import Rule

MOST_SEGMENTS = 5_000  # of a path; a table drawn as one path has some 500
_STRAIGHT = 1.0  # points that a rule may lean
_THIN = 3.0  # points; a filled shape no thicker is a rule

Point = tuple[float, float]


class Matrix(NamedTuple):
    """An affine transformation, as PDF writes it: x' = ax + cy + e, y' = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, drawn: Any) -> Matrix:
        """The transformation of an object of a page."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
            return cls(1, 0, 0, 1, 0, 0)
        return cls(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def apply(self, x: float, y: float) -> Point:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: Matrix) -> Matrix:
        """This transformation followed by another."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )


def path_rules(drawn: Any, to_page: Matrix) -> Iterator[Rule]:
    """The horizontal and vertical rules of a path object."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return
    for points in _outlines(drawn, Matrix.of(drawn).then(to_page)):
        thin = _thin_shape(points) if fill.value else None
        if thin:
            yield thin
        elif stroke.value:
            for start, end in pairwise(points):
                rule = _straight(start, end)
                if rule:
                    yield rule


def _outlines(drawn: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """The corners of each part of a path, the first one again at the end where the part is closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    x_to, y_to = ctypes.byref(x), ctypes.byref(y)
    points: list[Point] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn), MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x_to, y_to)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(matrix.apply(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _thin_shape(points: list[Point]) -> Rule | None:
    """A filled shape that looks like a rule, as the rule it looks like."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width, height = right - left, bottom - top
    if height <= _THIN and width > height:
        return Rule(True, (top + bottom) / 2, left, right)
    if width <= _THIN and height > width:
        return Rule(False, (left + right) / 2, top, bottom)
    return None


def _straight(start: Point, end: Point) -> Rule | None:
    (x1, y1), (x2, y2) = start, end
    if abs(y1 - y2) <= _STRAIGHT < abs(x1 - x2):
        return Rule(True, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
    if abs(x1 - x2) <= _STRAIGHT < abs(y1 - y2):
        return Rule(False, (x1 + x2) / 2, min(y1, y2), max(y1, y2))
    return None
