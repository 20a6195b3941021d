"""Where things stand on drawn pages: light, lean, ruled lines, lines of text, cut-outs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

cv2 = pytest.importorskip("cv2", reason="pictures are read with the extra 'pictures'")

from disclosure_checks.grammar.readers.picture.geometry.crops import ReadPage, cut_out  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.ruled_lines import (  # noqa: E402
    ruled_lines,
    rules_of,
    without_lines,
)
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box, lines_of_cell  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.uprightness import (  # noqa: E402
    evenly_lit,
    flattened,
    frame_of,
    lean,
    shades,
    turned,
)
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels  # noqa: E402

TEXT_HEIGHT = 24.0


def paper(height: int = 600, width: int = 800, shade: int = 255) -> Pixels:
    return np.full((height, width), shade, dtype=np.uint8)


def ruled_page(shade: int = 0, thick: int = 2) -> Pixels:
    """A table of three rows and three columns."""
    page = paper()
    for place in range(4):
        cv2.line(page, (100, 100 + 100 * place), (700, 100 + 100 * place), shade, thick)
        cv2.line(page, (100 + 200 * place, 100), (100 + 200 * place, 400), shade, thick)
    return page


def test_a_red_stamp_becomes_paper_and_black_text_under_it_stays() -> None:
    page = np.full((600, 600, 3), 255, dtype=np.uint8)
    cv2.circle(page, (300, 300), 120, (220, 30, 30), 8)
    page[295:305, 100:500] = 0
    found = shades(page)
    assert int(found[182, 300]) > 200
    assert int(found[300, 300]) < 20


def test_red_text_is_kept() -> None:
    page = np.full((600, 600, 3), 255, dtype=np.uint8)
    cv2.putText(page, "123", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (220, 30, 30), 2)
    assert int(shades(page).min()) < 130


def test_light_text_on_dark_ground_becomes_dark_text_on_light_ground() -> None:
    page = paper(shade=40)
    cv2.putText(page, "123", (300, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 255, 3)
    lit = evenly_lit(page)
    assert float(np.median(lit)) > 240
    assert int(lit.min()) < 60


def test_a_shadow_over_paper_becomes_white() -> None:
    shadow = np.tile(np.linspace(255, 150, 800), (600, 1)).astype(np.uint8)
    assert int(evenly_lit(shadow).min()) > 235


@pytest.mark.parametrize("angle", [-4.0, -0.5, 0.0, 1.3, 5.0])
def test_a_page_that_leans_is_turned_back(angle: float) -> None:
    page = paper()
    for row in range(100, 520, 40):
        page[row : row + 8, 80:720] = 0
    assert lean(turned(page, angle)) == pytest.approx(-angle, abs=0.15)


@pytest.mark.parametrize("shade", [pytest.param(0, id="black"), pytest.param(225, id="light")])
def test_the_lines_of_a_table_are_rules_at_their_places(shade: int) -> None:
    rules = rules_of(ruled_lines(ruled_page(shade), TEXT_HEIGHT), 1.0)
    across = sorted(round(rule.position / 10) * 10 for rule in rules if rule.horizontal)
    down = sorted(round(rule.position / 10) * 10 for rule in rules if not rule.horizontal)
    assert across == [100, 200, 300, 400]
    assert down == [100, 300, 500, 700]


def test_a_double_rule_is_one() -> None:
    page = paper()
    page[200:202, 100:700] = page[207:209, 100:700] = 0
    assert len(rules_of(ruled_lines(page, TEXT_HEIGHT), 1.0)) == 1


def test_letters_are_no_rules() -> None:
    page = paper()
    for row in range(80, 560, 60):
        cv2.putText(page, "1H7L 4 10 EFT 117", (80, row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    assert rules_of(ruled_lines(page, TEXT_HEIGHT), 1.0) == []


def test_a_page_without_its_lines_is_paper() -> None:
    page = ruled_page()
    assert int(without_lines(page, ruled_lines(page, TEXT_HEIGHT)).min()) > 200


def test_the_lines_of_a_cell_are_as_narrow_as_their_ink() -> None:
    ink = paper(120, 200, 0)
    ink[20:44, 30:90] = ink[70:94, 10:150] = 255
    assert lines_of_cell(ink, TEXT_HEIGHT) == [Box(30, 20, 90, 44), Box(10, 70, 150, 94)]


def test_the_strokes_of_one_character_are_one_line() -> None:
    ink = paper(60, 60, 0)
    ink[20:23, 12:36] = ink[38:41, 10:38] = 255
    assert lines_of_cell(ink, TEXT_HEIGHT) == [Box(10, 20, 38, 41)]


@given(st.integers(1, 80), st.integers(1, 80), st.integers(0, 2**32 - 1))
def test_lines_of_any_ink_lie_in_the_cell_one_below_the_other(height: int, width: int, seed: int) -> None:
    noise = np.random.default_rng(seed).random((height, width)) < 0.1
    found = lines_of_cell(noise.astype(np.uint8) * np.uint8(255), 12.0)
    assert all(0 <= one.left < one.right <= width and 0 <= one.top < one.bottom <= height for one in found)
    assert all(above.bottom <= below.top for above, below in pairwise(found))


EVERYWHERE = Box(-100, -100, 1000, 1000)


@pytest.mark.parametrize(
    ("box", "cell", "largest"),
    [
        pytest.param(Box(300, 300, 340, 324), EVERYWHERE, (200, 200), id="a number and what stands around it"),
        pytest.param(Box(0, 0, 800, 400), Box(0, 0, 800, 400), (100, 200), id="a large one, made smaller"),
        pytest.param(Box(10, 10, 60, 30), Box(10, 10, 60, 30), (20, 50), id="no more than its cell"),
        pytest.param(Box(-50, -50, 50, 50), Box(-50, -50, 50, 50), (50, 50), id="no more than the page"),
    ],
)
def test_a_cut_out_is_a_small_png_file(box: Box, cell: Box, largest: tuple[int, int]) -> None:
    png = cut_out(ReadPage(paper(), paper(), TEXT_HEIGHT, 1.0), box, cell)
    height, width = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE).shape
    assert 0 < height <= largest[0]
    assert 0 < width <= largest[1]


def test_a_cut_out_of_nothing_is_empty() -> None:
    aside = Box(900, 10, 950, 50)
    assert cut_out(ReadPage(paper(), paper(), TEXT_HEIGHT, 1.0), aside, aside) == b""


def test_the_frame_of_a_table_seen_from_aside_says_how_to_flatten_the_page() -> None:
    corners = np.array([[100, 100], [700, 100], [700, 400], [100, 400]], dtype=np.float32)
    seen = np.array([[130, 120], [690, 90], [710, 410], [90, 390]], dtype=np.float32)
    aside = cv2.warpPerspective(ruled_page(), cv2.getPerspectiveTransform(corners, seen), (800, 600), borderValue=255)
    frame = frame_of(np.where(aside < 128, np.uint8(255), np.uint8(0)))
    assert np.abs(np.array(frame) - seen).max() < 6
    straight = frame_of(np.where(flattened(aside, frame) < 128, np.uint8(255), np.uint8(0)))
    assert straight is not None
    assert abs(straight[0][1] - straight[1][1]) < 4
    assert abs(straight[0][0] - straight[3][0]) < 4


def test_a_page_without_a_table_has_no_frame_and_stays_as_it_is() -> None:
    page = paper()
    assert frame_of(255 - page) is None
    assert flattened(page, None) is page
