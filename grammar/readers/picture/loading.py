"""Image files as the pixels of pages: bounded before anything is decoded, upright, on white paper."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

if TYPE_CHECKING:
    from PIL import Image

LARGEST_FILE = 60 * 1024 * 1024  # bytes
MOST_PIXELS = 60_000_000  # of a page; A4 at 600 dots per inch has 35 million
LONGEST_SIDE = 16_000  # pixels
MOST_FRAMES = 60  # pages of a file
KEPT_SIDE = 3600  # pixels: A4 at 300 dots per inch; larger ones are made smaller
_DRAFTS = ("JPEG", "MPO")  # can be made smaller while they are decoded
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")


def frames(content: bytes, first: int = 1) -> Iterator[Pixels]:
    """The pages of an image file from the ``first`` one on; of one that moves the first.

    Raises ReaderError ``too_large`` and ``damaged_picture``.
    """
    from PIL import Image, UnidentifiedImageError

    if len(content) > LARGEST_FILE:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_FILE / 1e6:.0f} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
                if count > MOST_FRAMES:
                    raise ReaderError("too_large", f"{count} pages > {MOST_FRAMES}")
                for number in range(first - 1, count):
                    if number:
                        image.seek(number)
                    yield _page(image)
    except ReaderError:
        raise
    except Image.DecompressionBombError as error:
        raise ReaderError("too_large", str(error)) from error
    except MemoryError as error:
        raise ReaderError("too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as error:
        raise ReaderError("damaged_picture", type(error).__name__) from error
    except (ArithmeticError, AttributeError, IndexError, RuntimeError, NotImplementedError) as error:
        # what decoders raise on files made to break them
        raise ReaderError("damaged_picture", type(error).__name__) from error


def dots_per_inch(content: bytes) -> float | None:
    """What an image file says of its resolution, if that can be true of a page."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                said = float(image.info.get("dpi", (0.0, 0.0))[0])
    except Exception:  # decoders raise anything on files made to break them, and the size of a page is a hint only
        return None
    return said if 72 < said <= 1200 else None


def _page(image: Image.Image) -> Pixels:
    """One frame, decoded."""
    from PIL import Image, ImageOps

    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        if image.format in _DRAFTS:
            image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        width, height = image.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise ReaderError("too_large", f"{width} x {height} pixels")
    decoded = image.copy() if image.format == "TIFF" else image
    decoded.load()
    shown = _on_white(ImageOps.exif_transpose(decoded) or decoded)
    if max(shown.size) > KEPT_SIDE:
        shown.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.asarray(shown, dtype=np.uint8)


def _on_white(image: Image.Image) -> Image.Image:
    """The image in eight bits a colour, what is clear in it white."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return image.convert("L") if "transparency" not in image.info else _flat(image)
    if image.mode.startswith(("I", "F")):
        shades = np.asarray(image, dtype=np.float64)
        scale = 255.0 / 65535.0 if shades.size and shades.max() > 255 else 1.0
        return Image.fromarray(np.clip(shades * scale, 0, 255).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _flat(image)
    return image.convert("RGB")


def _flat(image: Image.Image) -> Image.Image:
    from PIL import Image

    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, clear).convert("RGB")
