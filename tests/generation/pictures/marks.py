"""What stands on a page beside its print: a seal, a signature, a watermark, ticks by hand."""

from __future__ import annotations

import math
from random import Random
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from tests.generation.pictures.browser_pages import PageBrowser
from tests.generation.pictures.pages import Page

SEAL_INCHES = 42 / 25.4
_RED, _BLUE, _BLACK = "#d2141e", "#1d2f9c", "#151515"
_FONT = "Noto Serif CJK SC"


def _figure(width: float, height: float) -> ElementTree.Element:
    return ElementTree.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "width": str(round(width)), "height": str(round(height))}
    )


def _path(figure: ElementTree.Element, points: str, colour: str, width: float, **more: str) -> None:
    attributes = {"d": points, "fill": "none", "stroke": colour, "stroke-width": f"{width:.1f}", **more}
    ElementTree.SubElement(figure, "path", {**attributes, "stroke-linecap": "round", "stroke-linejoin": "round"})


def _drawn(browser: PageBrowser, figure: ElementTree.Element) -> Image.Image:
    text = ElementTree.tostring(figure, encoding="unicode")
    return browser.drawn(text, int(figure.attrib["width"]), int(figure.attrib["height"]))


def seal_image(browser: PageBrowser, name: str, size: int) -> Image.Image:
    """A round seal: a ring, a star, the name of the agency round the rim."""
    figure, middle = _figure(size, size), size / 2
    ring = {"cx": str(middle), "cy": str(middle), "r": str(size * 0.47), "fill": "none"}
    ElementTree.SubElement(figure, "circle", {**ring, "stroke": _RED, "stroke-width": str(size * 0.028)})
    corners = []
    for corner in range(10):
        angle, radius = math.pi * corner / 5, size * (0.15 if corner % 2 == 0 else 0.058)
        corners.append(f"{middle + radius * math.sin(angle):.1f},{middle - radius * math.cos(angle):.1f}")
    ElementTree.SubElement(figure, "polygon", {"points": " ".join(corners), "fill": _RED})
    letter = min(size * 0.13, size * 2.0 / max(len(name), 1))
    for place, character in enumerate(name):
        degrees = (place - (len(name) - 1) / 2) * min(22.0, 270 / len(name))
        turn = f"rotate({degrees:.1f} {middle} {middle})"
        attributes = {"x": str(middle), "y": str(size * 0.06 + letter), "transform": turn, "fill": _RED}
        font = {"font-size": f"{letter:.1f}", "font-family": _FONT, "font-weight": "bold", "text-anchor": "middle"}
        ElementTree.SubElement(figure, "text", {**attributes, **font}).text = character
    return _drawn(browser, figure)


def stamped(page: Page, mark: Image.Image, left: float, top: float, strength: float) -> Page:
    """The page with a mark of ink on it, through which the print shows."""
    layer = Image.new("RGBA", page.size, (255, 255, 255, 0))
    layer.paste(mark, (round(left), round(top)))
    colours = np.asarray(layer, dtype=np.float32)
    cover = strength * colours[:, :, 3:] / 255
    return page.with_pixels(lambda pixels: pixels * (1 - cover * (1 - colours[:, :, :3] / 255)))


def sealed(page: Page, browser: PageBrowser, name: str, random: Random) -> Page:
    """A red seal over some cells of the page, anywhere on it where no cells are known."""
    size = round(SEAL_INCHES * page.dots_per_inch)
    mark = seal_image(browser, name, size).rotate(random.uniform(-12, 12), Image.Resampling.BICUBIC)
    spots = [box.middle for box in page.boxes.values()] or [
        (page.size[0] * 0.7, page.size[1] * random.uniform(0.2, 0.8))
    ]
    x, y = random.choice(spots)
    return stamped(page, mark, x - size / 2, y - size / 2, random.uniform(0.55, 0.9))


def signed(page: Page, browser: PageBrowser, random: Random) -> Page:
    """Handwriting across the lower part of the page."""
    width, height = 2.4 * page.dots_per_inch, 0.8 * page.dots_per_inch
    figure = _figure(width, height)
    for _ in range(random.randint(5, 8)):
        x, y = random.uniform(0.05, 0.8) * width, random.uniform(0.2, 0.8) * height
        curve = " ".join(
            f"q {random.uniform(-0.1, 0.2) * width:.0f} {random.uniform(-0.4, 0.4) * height:.0f} "
            f"{random.uniform(0, 0.12) * width:.0f} {random.uniform(-0.3, 0.3) * height:.0f}"
            for _ in range(3)
        )
        _path(figure, f"M {x:.0f} {y:.0f} {curve}", random.choice((_BLUE, _BLACK)), page.dots_per_inch / 55)
    left = random.uniform(0.45, 0.65) * page.size[0]
    return stamped(page, _drawn(browser, figure), left, random.uniform(0.8, 0.9) * page.size[1], 0.95)


def watermarked(page: Page, browser: PageBrowser, text: str, random: Random) -> Page:
    """Pale words slanting over the whole page."""
    width, height = page.size
    figure = _figure(width, height)
    size = 0.42 * page.dots_per_inch
    font = {"font-size": f"{size:.0f}", "font-family": _FONT, "fill": "#808080", "text-anchor": "middle"}
    for row in range(4):
        for column in range(2):
            x, y = (0.27 + 0.5 * column) * width, (0.14 + 0.25 * row) * height
            place = {"x": f"{x:.0f}", "y": f"{y:.0f}", "transform": f"rotate(-30 {x:.0f} {y:.0f})"}
            ElementTree.SubElement(figure, "text", {**place, **font}).text = text
    return stamped(page, _drawn(browser, figure), 0, 0, random.uniform(0.2, 0.45))


def ticked(page: Page, browser: PageBrowser, random: Random) -> Page:
    """Ticks by pen at the right edge of some cells, where somebody checked the numbers."""
    width, height = page.size
    figure = _figure(width, height)
    size = 0.11 * page.dots_per_inch
    boxes = list(page.boxes.values())
    for box in random.sample(boxes, min(len(boxes), random.randint(4, 14))):
        x, y = box.right - size * random.uniform(0.6, 1.0), box.middle[1] + random.uniform(-0.2, 0.2) * size
        _path(
            figure,
            f"M {x:.0f} {y:.0f} l {size * 0.35:.0f} {size * 0.5:.0f} l {size * 0.8:.0f} {-size * 1.3:.0f}",
            random.choice((_RED, _BLUE)),
            page.dots_per_inch / 70,
        )
    return stamped(page, _drawn(browser, figure), 0, 0, 0.9)
