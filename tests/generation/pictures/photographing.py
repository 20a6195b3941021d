"""A page photographed by a phone: on a table, in perspective, slightly bent, in the light of the room."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from PIL import Image, ImageFilter

from tests.generation.pictures.pages import Homography, Page, Shades
from tests.generation.pictures.scanning import blurred, noisy, unevenly_lit

_TABLE_TOPS = ((122, 86, 54), (176, 148, 110), (70, 72, 76), (205, 205, 200), (34, 40, 52))
Points = list[tuple[float, float]]


def homography(source: Points, target: Points) -> Homography:
    """The perspective that takes four points to four others."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solved = np.linalg.solve(np.array(rows), np.array([value for point in target for value in point]))
    return np.append(solved, 1.0).reshape(3, 3)


def bent(page: Page, sag: float) -> Page:
    """The paper curves: lines sag in the middle by a share of its height. Boxes stay, as the sag is small."""
    width, height = page.size
    pixels = np.asarray(page.image.convert("RGB"), dtype=np.float32)
    drop = sag * height * np.sin(np.linspace(0, np.pi, width))
    source = np.clip(np.arange(height)[:, None] - drop[None, :], 0, height - 1)
    upper = np.minimum(source.astype(int), height - 2)
    share = (source - upper)[:, :, None].astype(np.float32)
    columns = np.arange(width)[None, :]
    mixed = pixels[upper, columns] * (1 - share) + pixels[upper + 1, columns] * share
    return page.with_image(Image.fromarray(mixed.astype(np.uint8)))


def _table_top(size: tuple[int, int], random: Random) -> Shades:
    """Stripes of wood or plain plastic."""
    width, height = size
    numbers = np.random.default_rng(random.getrandbits(32))
    stripes = numbers.random((height // 24 + 2, width // 300 + 2), dtype=np.float32)
    image = Image.fromarray((stripes * 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    shade = np.asarray(image, dtype=np.float32)[:, :, None] / 255 - 0.5
    return np.array(random.choice(_TABLE_TOPS), dtype=np.float32) * (1 + random.choice((0.1, 0.35)) * shade)


def _shadow(mask: Image.Image, offset: int) -> Shades:
    moved = Image.new("L", mask.size, 0)
    moved.paste(mask, (offset, offset))
    return np.asarray(moved.filter(ImageFilter.GaussianBlur(offset)), dtype=np.float32)[:, :, None] / 255


def photographed(page: Page, random: Random, slant: float) -> Page:
    """``slant``: how far the corners are from those of a rectangle, as a share of the page."""
    page = bent(page, random.uniform(-0.006, 0.006))
    width, height = page.size
    margin = round(0.09 * width)
    size = (width + 2 * margin, height + 2 * margin)
    corners: Points = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [
        (x + margin + random.uniform(-slant, slant) * width, y + margin + random.uniform(-slant, slant) * width)
        for x, y in corners
    ]
    perspective = homography(corners, seen)
    mask = page.with_image(Image.new("RGB", page.size, (255, 255, 255))).warped(perspective, size, (0, 0, 0))
    sheet = page.warped(perspective, size)
    paper = mask.image.convert("L")
    cover = np.asarray(paper, dtype=np.float32)[:, :, None] / 255
    behind = _table_top(size, random) * (1 - 0.5 * _shadow(paper, max(margin // 5, 1)))
    warm = np.array([1.0, random.uniform(0.95, 1.0), random.uniform(0.86, 0.98)], dtype=np.float32)
    taken = sheet.with_pixels(lambda pixels: pixels * warm * cover + behind * (1 - cover))
    taken = unevenly_lit(taken, random.getrandbits(32), random.uniform(0.15, 0.4))
    taken = noisy(blurred(taken, random.uniform(0.3, 0.55)), random.getrandbits(32), random.uniform(2, 5), 0)
    # a camera does not know how far away the paper was
    return replace(taken, dots_per_inch=0.0)
