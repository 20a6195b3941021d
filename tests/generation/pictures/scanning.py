"""What a scanner and a copier do to a page: skew, blur, compression, two tones, light, noise, the back side."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from tests.generation.pictures.pages import WHITE, Box, Colour, Homography, Page, Shades


def _noise(page: Page, seed: int, cell: int) -> Shades:
    """Smooth noise from 0 to 1 over the page, a new value every ``cell`` pixels."""
    width, height = page.size
    coarse = np.random.default_rng(seed).random((height // cell + 2, width // cell + 2), dtype=np.float32)
    image = Image.fromarray((coarse * 255).astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(image, dtype=np.float32) / 255


def rotation(page: Page, degrees: float) -> Homography:
    """About the middle of the page, clockwise."""
    width, height = page.size
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = width / 2, height / 2
    return np.array([[cosine, -sine, x - cosine * x + sine * y], [sine, cosine, y - sine * x - cosine * y], [0, 0, 1]])


def skewed(page: Page, degrees: float, fill: Colour = WHITE) -> Page:
    """The page as it lay on the glass."""
    return page.warped(rotation(page, degrees), page.size, fill)


def turned(page: Page, quarters: int) -> Page:
    """The page turned clockwise by a quarter, upside down, or by three quarters."""
    width, height = page.size
    for _ in range(quarters % 4):
        page = page.warped(np.array([[0, -1, height], [1, 0, 0], [0, 0, 1.0]]), (height, width))
        width, height = height, width
    return page


def blurred(page: Page, radius: float) -> Page:
    """Out of focus, by a share of a hundredth of an inch."""
    return page.with_image(page.image.filter(ImageFilter.GaussianBlur(radius * page.dots_per_inch / 100)))


def compressed(page: Page, quality: int) -> Page:
    """What a JPEG of this quality keeps."""
    buffer = io.BytesIO()
    page.image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return page.with_image(Image.open(buffer).convert("RGB"))


def grey(page: Page) -> Page:
    return page.with_image(page.image.convert("L").convert("RGB"))


def two_tones(page: Page, threshold: int, dithered: bool = False) -> Page:
    """Black and white only, as a fax or a copier in text mode has it."""
    image = page.image.convert("L")
    tones = image.convert("1") if dithered else image.point([0 if shade < threshold else 255 for shade in range(256)])
    return page.with_image(tones.convert("RGB"))


def faded(page: Page, ink: int) -> Page:
    """Printed with little toner: black is a grey of this shade."""
    return page.with_pixels(lambda pixels: ink + pixels * (255 - ink) / 255)


def unevenly_lit(page: Page, seed: int, strength: float) -> Page:
    """Darker towards one side and in the fold of a book."""
    random = np.random.default_rng(seed)
    width, height = page.size
    across, down = np.meshgrid(
        np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)
    )
    direction = random.uniform(0, 2 * math.pi)
    slope = (across * math.cos(direction) + down * math.sin(direction)) / 2 + 0.5
    light = 1 - strength * slope**2 - 0.1 * strength * _noise(page, seed, max(width // 6, 2))
    return page.with_pixels(lambda pixels: pixels * light[:, :, None].astype(np.float32))


def noisy(page: Page, seed: int, grain: float, specks: int) -> Page:
    """Grain of paper and sensor, and specks of dust."""
    random = np.random.default_rng(seed)
    width, height = page.size

    def change(pixels: Shades) -> Shades:
        pixels = pixels - 12 * _noise(page, seed, 3)[:, :, None]
        pixels = pixels + random.normal(0, grain, (height, width, 1)).astype(np.float32)
        dust = max(1, round(page.dots_per_inch / 150))
        for x, y in zip(random.integers(0, width, specks), random.integers(0, height, specks), strict=True):
            pixels[y : y + dust, x : x + dust] = random.integers(0, 120)
        return pixels

    return page.with_pixels(change)


def streaked(page: Page, seed: int, count: int) -> Page:
    """Fine lines down the page, from dirt on the glass of a feeder, and a dark edge."""
    random = np.random.default_rng(seed)
    width, _ = page.size

    def change(pixels: Shades) -> Shades:
        for x in random.integers(0, width, count):
            pixels[:, x : x + 1] = pixels[:, x : x + 1] * 0.75
        edge = round(width * 0.012)
        pixels[:, :edge] = pixels[:, :edge] * np.linspace(0.2, 1, edge, dtype=np.float32)[None, :, None]
        return pixels

    return page.with_pixels(change)


def shining_through(page: Page, back: Page, strength: float) -> Page:
    """The print of the back side shows, mirrored and soft."""
    mirrored = ImageOps.mirror(back.image.convert("L")).resize(page.size).filter(ImageFilter.GaussianBlur(1.6))
    veil = 255 - strength * (255 - np.asarray(mirrored, dtype=np.float32))
    return page.with_pixels(lambda pixels: pixels * veil[:, :, None] / 255)


def side_by_side(left: Page, right: Page) -> Page:
    """Two pages in one picture."""
    width, height = left.size[0] + right.size[0], max(left.size[1], right.size[1])
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(left.image, (0, 0))
    image.paste(right.image, (left.size[0], 0))
    moved = {cell: box.moved(left.size[0], 0) for cell, box in right.boxes.items()}
    return Page(image, left.dots_per_inch, {**left.boxes, **moved})


def cut_at_the_right(page: Page, share: float) -> Page:
    """The last column of the cells of the page did not fit on the glass; ``share`` of its width did."""
    if not page.boxes:
        return page
    last = max(page.boxes.values(), key=lambda box: (box.right, box.left))
    return page.cropped(Box(0, 0, last.left + share * (last.right - last.left), page.size[1]))
