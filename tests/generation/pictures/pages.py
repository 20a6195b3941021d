"""A page as pixels, and where on it each cell of the tables is printed; pages of a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image

# value cells are printed as links to this address followed by the cell id, so that a PDF says where they are
CELL_ADDRESS = "https://cell.invalid/"

Shades = NDArray[np.floating[Any]]
Homography = NDArray[np.float64]
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


class Box(NamedTuple):
    """A rectangle in pixels; the origin is the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def is_inside(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def moved(self, right: float, down: float) -> Box:
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)


@dataclass(frozen=True)
class Page:
    """``boxes``: by cell id, as far as the drawing tells; a cell broken over two pages has a box on each of them."""

    image: Image.Image
    dots_per_inch: float
    boxes: Mapping[str, Box] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        return self.image.size

    def with_image(self, image: Image.Image) -> Page:
        """The same page with other pixels in the same places."""
        return replace(self, image=image)

    def with_pixels(self, change: Callable[[Shades], Shades]) -> Page:
        """The page with its pixels (height x width x 3, 0 to 255) changed."""
        changed = change(np.asarray(self.image.convert("RGB"), dtype=np.float32))
        return self.with_image(Image.fromarray(np.clip(changed, 0, 255).astype(np.uint8)))

    def warped(self, homography: Homography, size: tuple[int, int], fill: Colour = WHITE) -> Page:
        """The page with every point moved: (x, y, 1) to ``homography`` @ (x, y, 1)."""
        inverse = np.linalg.inv(homography)
        coefficients = tuple((inverse / inverse[2, 2]).flatten()[:8])
        image = self.image.convert("RGB").transform(
            size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=fill
        )
        return replace(self, image=image, boxes={cell: _moved(box, homography) for cell, box in self.boxes.items()})

    def cropped(self, part: Box) -> Page:
        """A part of the page; cells that do not lie in it whole have no box."""
        left, top, right, bottom = (round(edge) for edge in part)
        boxes = {cell: box.moved(-left, -top) for cell, box in self.boxes.items() if box.is_inside(part)}
        return replace(self, image=self.image.crop((left, top, right, bottom)), boxes=boxes)


def _moved(box: Box, homography: Homography) -> Box:
    corners = np.array([(x, y, 1.0) for x in (box.left, box.right) for y in (box.top, box.bottom)]).T
    moved = homography @ corners
    across, down = moved[0] / moved[2], moved[1] / moved[2]
    return Box(float(across.min()), float(down.min()), float(across.max()), float(down.max()))


def _address(document: pypdfium2.PdfDocument, link: object) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    buffer = ctypes.create_string_buffer(max(length, 1))
    if length:
        pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("ascii", "replace")


def _cell_boxes(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, scale: float) -> Iterator[tuple[str, Box]]:
    place, link, height = ctypes.c_int(0), pdfium.FPDF_LINK(), page.get_height()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        area = pdfium.FS_RECTF()
        address = _address(document, link)
        if address.startswith(CELL_ADDRESS) and pdfium.FPDFLink_GetAnnotRect(link, area):
            edges = (area.left, height - area.top, area.right, height - area.bottom)
            yield address.removeprefix(CELL_ADDRESS), Box(*(edge * scale for edge in edges))


def pages_of_pdf(content: bytes, dots_per_inch: float) -> list[Page]:
    """The pages of a PDF as a printer or a screen shows them."""
    scale = dots_per_inch / 72
    document = pypdfium2.PdfDocument(content)
    try:
        return [
            Page(
                page.render(scale=scale).to_pil().convert("RGB"),
                dots_per_inch,
                dict(_cell_boxes(document, page, scale)),
            )
            for page in document
        ]
    finally:
        document.close()
