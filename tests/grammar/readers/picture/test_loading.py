"""Image files to the pixels of pages: bounded, upright, on white paper."""

from __future__ import annotations

import io

import numpy as np
import pytest

from disclosure_checks.grammar.model.source_document import ReaderError

Image = pytest.importorskip("PIL.Image", reason="pictures are read with the extra 'pictures'")

from disclosure_checks.grammar.readers.picture.loading import (  # noqa: E402
    KEPT_SIDE,
    MOST_FRAMES,
    dots_per_inch,
    frames,
)
from tests.generation.pictures.hostile import white_png  # noqa: E402


def saved(image: object, kind: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)  # type: ignore[attr-defined]
    return content.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(ReaderError) as refused:
        list(frames(content))
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(white_png(20_000, 20_000, rows=0), id="twenty thousand pixels either way, by its header"),
        pytest.param(white_png(2_000_000_000, 2_000_000_000, rows=0), id="more pixels than any machine holds"),
        pytest.param(white_png(1, 65_000, rows=0), id="a thread"),
        pytest.param(
            saved(
                Image.new("1", (40, 40)), "TIFF", save_all=True, append_images=[Image.new("1", (40, 40))] * MOST_FRAMES
            ),
            id="one page too many",
        ),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_decoded(content: bytes) -> None:
    assert code_of(content) == "too_large"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param("不是图片".encode(), id="text"),
        pytest.param(saved(Image.effect_noise((90, 90), 80))[:2000], id="cut off"),
        pytest.param(saved(Image.new("RGB", (90, 90)), "JPEG")[:30], id="no more than the head"),
    ],
)
def test_what_is_broken_is_told_as_damaged(content: bytes) -> None:
    assert code_of(content) == "damaged_picture"


@pytest.mark.parametrize(
    ("content", "shade"),
    [
        pytest.param(saved(Image.new("CMYK", (40, 50), (0, 0, 0, 0)), "JPEG"), 255, id="four inks, none printed"),
        pytest.param(saved(Image.fromarray(np.full((50, 40), 65_535, np.uint16))), 255, id="sixteen bits, white"),
        pytest.param(saved(Image.new("P", (40, 50), 0), transparency=0), 255, id="palette, clear"),
        pytest.param(saved(Image.new("LA", (40, 50), (0, 0))), 255, id="grey, clear"),
        pytest.param(saved(Image.new("RGBA", (40, 50), (0, 0, 0, 255))), 0, id="black, not clear"),
        pytest.param(saved(Image.new("1", (40, 50), 1)), 255, id="one bit"),
        pytest.param(saved(Image.new("F", (40, 50), 9.0), "TIFF"), 9, id="numbers with points"),
    ],
)
def test_any_kind_of_image_is_one_page_of_eight_bits(content: bytes, shade: int) -> None:
    (page,) = frames(content)
    assert page.dtype == np.uint8
    assert page.shape[:2] == (50, 40)
    assert np.abs(page.astype(int) - shade).max() <= 3


def test_a_photo_that_says_how_it_was_held_is_turned_upright() -> None:
    said = Image.Exif()
    said[0x0112] = 6
    (page,) = frames(saved(Image.new("RGB", (40, 50)), "JPEG", exif=said))
    assert page.shape[:2] == (40, 50)


def test_an_image_that_moves_is_its_first_picture() -> None:
    pictures = [Image.new("L", (40, 50), shade) for shade in (255, 0, 128)]
    (page,) = frames(saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:]))
    assert int(page.min()) == 255


def test_each_page_of_a_tiff_is_a_page() -> None:
    pictures = [Image.new("L", (40, 50), shade) for shade in (255, 0, 128)]
    found = frames(saved(pictures[0], "TIFF", save_all=True, append_images=pictures[1:]))
    assert [int(page[0, 0]) for page in found] == [255, 0, 128]


def test_the_pages_of_a_file_are_given_from_the_one_that_is_asked_for() -> None:
    pictures = [Image.new("L", (40 + number, 50)) for number in range(3)]
    content = saved(pictures[0], "TIFF", save_all=True, append_images=pictures[1:])
    assert [page.shape for page in frames(content, 2)] == [(50, 41), (50, 42)]
    assert list(frames(content, 4)) == []


def test_a_large_page_is_made_smaller() -> None:
    (page,) = frames(saved(Image.new("1", (2 * KEPT_SIDE, KEPT_SIDE), 1)))
    assert page.shape == (KEPT_SIDE // 2, KEPT_SIDE)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        pytest.param(300, 300.0, id="of a scanner"),
        pytest.param(1, None, id="of no page"),
        pytest.param(72, None, id="of a screen"),
    ],
)
def test_only_a_resolution_that_can_be_true_of_a_page_is_believed(said: int, known: float | None) -> None:
    found = dots_per_inch(saved(Image.new("L", (40, 50)), "TIFF", dpi=(said, said)))
    assert found == (known if known is None else pytest.approx(known, abs=0.1))
