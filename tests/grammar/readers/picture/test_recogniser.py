"""Pages to characters, rules and numbers, with the models of the recogniser."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2", reason="pictures are read with the extra 'pictures'")
for needed in ("rapidocr", "onnxruntime"):
    pytest.importorskip(needed, reason="pictures are read with the extra 'pictures'")

from disclosure_checks.grammar.model.source_document import ReaderError  # noqa: E402
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels  # noqa: E402
from disclosure_checks.grammar.readers.picture.recogniser import PictureRecogniser  # noqa: E402

NUMBERS = ["120", "125", "130", "157", "162", "167", "194", "199", "204"]


@cache
def recogniser() -> PictureRecogniser:
    return PictureRecogniser()


def drawn_page() -> Pixels:
    """A table of nine numbers between lines of text."""
    page = np.full((900, 1200), 255, dtype=np.uint8)
    for place in range(4):
        cv2.line(page, (150, 200 + place * 90), (1050, 200 + place * 90), 0, 2)
        cv2.line(page, (150 + place * 300, 200), (150 + place * 300, 470), 0, 2)
    for place, number in enumerate(NUMBERS):
        down, across = divmod(place, 3)
        cv2.putText(page, number, (240 + 300 * across, 255 + 90 * down), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    for row in (80, 130, 560, 620):
        cv2.putText(page, "The annual report of the year", (150, row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    return page


@pytest.mark.long
@pytest.mark.parametrize(
    "turns",
    [pytest.param(0, id="upright"), pytest.param(1, id="turned by 90 degrees"), pytest.param(2, id="upside down")],
)
def test_the_numbers_of_a_table_are_read_whichever_way_the_page_lies(turns: int) -> None:
    seen = recogniser().page(np.ascontiguousarray(np.rot90(drawn_page(), turns)), 1)
    assert [number.text for number in seen.numbers if number.text in NUMBERS] == NUMBERS
    assert len(seen.content.rules) == 8


@pytest.mark.long
@pytest.mark.parametrize(
    "pixels",
    [
        pytest.param(np.full((1754, 1240), 255, np.uint8), id="blank"),
        pytest.param(np.zeros((33, 16_000), np.uint8), id="a black thread"),
        pytest.param(np.full((12_000, 9_000), 255, np.uint8), id="blank and enormous"),
        pytest.param(np.random.default_rng(0).integers(0, 256, (900, 700, 3), dtype=np.uint8), id="noise"),
    ],
)
def test_a_page_without_text_shows_nothing(pixels: Pixels) -> None:
    seen = recogniser().page(pixels, 1)
    assert seen.numbers == ()
    assert seen.content.characters == ()


@pytest.mark.parametrize("shape", [(64, 64, 2), (64, 64, 5)])
def test_pixels_that_are_no_page_are_told_as_damaged(shape: tuple[int, ...]) -> None:
    with pytest.raises(ReaderError) as refused:
        recogniser().page(np.zeros(shape, dtype=np.uint8), 1)
    assert refused.value.code == "damaged_picture"
