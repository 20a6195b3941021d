"""Files of pictures that are broken, enormous, odd or no report at all; none may stop a run."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOUR = 0, 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def white_png(width: int, height: int, depth: int = 1, colour: int = _GREY, rows: int | None = None) -> bytes:
    """A white PNG, packed row by row; ``rows``: how many it really holds."""
    samples = 3 if colour == _COLOUR else 1
    row = b"\x00" + b"\xff" * ((width * depth * samples + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _scribble(
    mode: str = "RGB", size: tuple[int, int] = (600, 800), shade: tuple[int, int, int] = (20, 20, 20)
) -> Image.Image:
    """A page with strokes that are neither letters nor a table."""
    image = Image.new("RGB", size, (255, 255, 255))
    draw = ImageDraw.Draw(image)
    for step in range(40):
        draw.arc((step * 9, step * 13, step * 9 + 180, step * 13 + 90), step * 20, step * 20 + 200, fill=shade, width=2)
    return image.convert(mode)


def photo(seed: int, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """Something like a landscape: sky, hills, grain."""
    random = np.random.default_rng(seed)
    width, height = size
    across = np.linspace(0, 12, width)
    hills = 0.55 + 0.1 * np.sin(across + random.uniform(0, 6)) + 0.04 * np.sin(across * 4.3)
    down = np.linspace(0, 1, height)[:, None]
    ground = (down > hills[None, :])[:, :, None]
    sky, earth = np.array([120, 160, 220.0]), np.array([70, 95, 50.0])
    colours = np.where(ground, earth * (1.3 - down[:, :, None] / 2), sky + 90 * down[:, :, None])
    grained = colours + random.normal(0, 12, (height, width, 1))
    return Image.fromarray(np.clip(grained, 0, 255).astype(np.uint8))


def _animation(kind: str) -> bytes:
    frames = [_scribble(size=(300, 200 + number)).resize((300, 200)) for number in range(40)]
    return _saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=40, loop=0)


def _pdf_of_images(contents: list[bytes], points: tuple[float, float]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=points, invariant=True)
    for content in contents:
        canvas.drawImage(ImageReader(io.BytesIO(content)), 0, 0, *points)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _nothing_but_pictures(kind: str, content: bytes) -> bytes:
    return (
        b'<!DOCTYPE html><html><body><p><img src="data:'
        + kind.encode()
        + b";base64,"
        + content
        + b'"></p></body></html>'
    )


def _enormous() -> Iterator[tuple[str, bytes]]:
    yield "white_20000.png", white_png(20_000, 20_000)
    yield "white_20000_colour.png", white_png(20_000, 20_000, 8, _COLOUR)
    yield "bomb_60000.png", white_png(60_000, 60_000)
    yield "bomb_announced.png", white_png(2_000_000_000, 2_000_000_000, 1, _GREY, 0)
    yield "thread_1x65000.png", white_png(1, 65_000, 8)
    yield "thread_65000x3.png", white_png(65_000, 3, 8)
    white = Image.new("1", (1700, 2200), 1)
    yield "pages_400.tif", _saved(white, "TIFF", save_all=True, append_images=[white] * 399, compression="group4")
    yield "pages_300.pdf", _pdf_of_images([_saved(_scribble("L"), "JPEG", quality=20)] * 300, (595, 842))
    yield "image_in_page_12000.pdf", _pdf_of_images([_saved(Image.new("L", (12_000, 12_000), 255), "JPEG")], (595, 842))
    yield "page_200_inches.pdf", _pdf_of_images([_saved(_scribble("L"), "JPEG")], (14_400, 14_400))


def _broken() -> Iterator[tuple[str, bytes]]:
    whole_png, whole_jpeg = _saved(_scribble(), "PNG"), _saved(_scribble(), "JPEG")
    yield "cut.png", whole_png[: len(whole_png) // 2]
    yield "cut.jpg", whole_jpeg[: len(whole_jpeg) // 2]
    yield "head_only.jpg", whole_jpeg[:20]
    yield "empty.png", b""
    yield "wrong_sum.png", whole_png.replace(b"IDAT", b"IDAT\x00", 1)
    yield "text.png", "这不是图片".encode()
    yield "jpeg_named.png", whole_jpeg
    webp = _saved(_scribble(), "WEBP")
    yield "cut.webp", webp[: len(webp) // 2]
    tiff = _saved(_scribble(), "TIFF")
    yield "loop.tif", tiff[:4] + struct.pack("<I", 8) + b"\x00\x00" + struct.pack("<I", 8) + tiff[14:]
    yield "broken_data.html", _nothing_but_pictures("image/png", b"iVBORw0KGgo!!!!====")


def _odd() -> Iterator[tuple[str, bytes]]:
    yield "moving.gif", _animation("GIF")
    yield "moving.webp", _animation("WEBP")
    yield "photo.jpg", _saved(photo(1), "JPEG", quality=80)
    yield "white_page.png", _saved(Image.new("RGB", (1240, 1754), (255, 255, 255)), "PNG")
    yield "black_page.jpg", _saved(Image.new("L", (1240, 1754), 0), "JPEG")
    yield "one_pixel.png", _saved(Image.new("1", (1, 1)), "PNG")
    yield "four_inks.jpg", _saved(_scribble("CMYK"), "JPEG")
    deep = np.full((900, 700), 65_535, dtype=np.uint16)
    deep[100:800:40] = 200
    yield "sixteen_bits.png", _saved(Image.fromarray(deep), "PNG")
    yield "palette_clear.png", _saved(_scribble("P"), "PNG", transparency=0)
    yield "grey_clear.png", _saved(Image.new("LA", (700, 900), (0, 0)), "PNG")
    yield "floats.tif", _saved(Image.fromarray(np.linspace(-5, 9, 250_000, dtype=np.float32).reshape(500, 500)), "TIFF")
    noise = np.random.default_rng(5).integers(0, 256, (1754, 1240, 3), dtype=np.uint8)
    yield "noise.png", _saved(Image.fromarray(noise), "PNG")
    grid = Image.new("L", (2000, 2000), 255)
    draw = ImageDraw.Draw(grid)
    for step in range(0, 2000, 8):
        draw.line((step, 0, step, 2000), fill=0)
        draw.line((0, step, 2000, step), fill=0)
    yield "sixty_thousand_cells.png", _saved(grid, "PNG")


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Each file with its name."""
    yield from _enormous()
    yield from _broken()
    yield from _odd()
