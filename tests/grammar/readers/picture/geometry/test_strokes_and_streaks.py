"""What is told of single strokes and lines: a slash from a 1, a pale rule beside text, a streak from a rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2", reason="pictures are read with the extra 'pictures'")

from disclosure_checks.grammar.readers.picture.geometry.crops import ReadPage, slope_of_stroke  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.ruled_lines import ruled_lines  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.uprightness import lean, turned  # noqa: E402
from disclosure_checks.grammar.readers.picture.line_reading import NumberAlphabet  # noqa: E402
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels  # noqa: E402
from disclosure_checks.grammar.readers.picture.recogniser import _is_quarter_turned  # noqa: E402

TEXT_HEIGHT = 24.0
ALPHABET = NumberAlphabet(("", *"0123456789-/\\", " "))
CELL = Box(0, 0, 60, 40)


def stroke(first: tuple[int, int], last: tuple[int, int], *more: tuple[tuple[int, int], tuple[int, int]]) -> ReadPage:
    page = np.full((40, 60), 255, dtype=np.uint8)
    for start, end in ((first, last), *more):
        cv2.line(page, start, end, 0, 2)
    return ReadPage(page, page, TEXT_HEIGHT, 0.36)


@pytest.mark.parametrize(
    ("page", "letter"),
    [
        pytest.param(stroke((30, 6), (30, 34)), "1", id="an upright stroke is a 1"),
        pytest.param(
            stroke((30, 6), (30, 34), ((30, 6), (25, 11)), ((25, 34), (35, 34))), "1", id="so is one with a foot"
        ),
        pytest.param(stroke((36, 6), (25, 34)), "/", id="one that leans to the right is a slash"),
        pytest.param(stroke((24, 6), (35, 34)), "\\", id="one that leans to the left is one backwards"),
        pytest.param(stroke((32, 6), (27, 34)), None, id="what leans a little may be either"),
    ],
)
def test_one_stroke_is_told_by_its_lean(page: ReadPage, letter: str | None) -> None:
    slope = slope_of_stroke(page, CELL)
    assert slope is not None
    assert ALPHABET.stroke(slope) == letter


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(stroke((20, 6), (20, 34), ((40, 6), (40, 34))), id="of two strokes"),
        pytest.param(stroke((20, 20), (40, 20)), id="of a dash"),
    ],
)
def test_the_slope_of_one_stroke_alone_is_told(page: ReadPage) -> None:
    assert slope_of_stroke(page, CELL) is None


@pytest.mark.parametrize(
    ("readings", "told", "expected"),
    [
        pytest.param([("1", 0.6), ("/", 0.3), ("7", 0.1)], "/", [("/", 0.9), ("7", 0.1)], id="a slash taken for a 1"),
        pytest.param([("7", 0.9), ("1", 0.1)], "/", [("7", 0.9), ("1", 0.1)], id="what is no stroke stays"),
        pytest.param([("1", 0.9)], None, [("1", 0.9)], id="a stroke that may be either stays"),
        pytest.param([], "1", [], id="nothing stays nothing"),
    ],
)
def test_readings_of_strokes_are_those_of_the_one_that_was_told(
    readings: Sequence[tuple[str, float]], told: str | None, expected: Sequence[tuple[str, float]]
) -> None:
    assert [(text, pytest.approx(share)) for text, share in expected] == list(ALPHABET.as_stroke(readings, told))


def table(shade: int, left: int = 100, top: int = 100, side: int = 100) -> Pixels:
    page = np.full((900, 700), 255, dtype=np.uint8)
    for place in range(5):
        cv2.line(page, (left, top + side * place), (left + 4 * side, top + side * place), shade, 2)
        cv2.line(page, (left + side * place, top), (left + side * place, top + 4 * side), shade, 2)
    return page


@pytest.mark.parametrize("shade", [0, 150], ids=["black rules", "grey rules"])
def test_a_straight_page_is_not_turned(shade: int) -> None:
    page = table(shade)
    assert turned(page, lean(page)) is page


def test_a_pale_rule_is_one_where_dense_text_stands_above_it() -> None:
    page = table(225)
    for top in (165, 265, 365):
        page[top : top + 30, 110:490:3] = 0  # hardly any paper is left between the strokes
        page[top : top + 30, 111:490:3] = 40
    across = ruled_lines(page, TEXT_HEIGHT).across
    assert all((across[y - 3 : y + 4, 110:490] > 0).any(axis=0).all() for y in (200, 300, 400))


@pytest.mark.parametrize("place", [330, 560], ids=["through a table", "beside a table"])
def test_a_streak_that_runs_off_the_page_is_no_rule(place: int) -> None:
    page = table(0)
    page[:, place : place + 2] = 120
    down = ruled_lines(page, TEXT_HEIGHT).down
    assert not down[600:, place - 3 : place + 5].any()
    assert down[150, 98:104].any()


def test_the_rules_at_the_edges_of_the_picture_of_a_table_are_rules() -> None:
    page = table(0, 0, 0)[:401, :401]
    down = ruled_lines(page, TEXT_HEIGHT).down
    assert all(down[50:350, max(0, x - 3) : x + 4].any() for x in (0, 100, 200, 300, 399))


@pytest.mark.parametrize(
    ("boxes", "is_turned"),
    [
        pytest.param(
            [Box(0, 0, 20, 300), Box(30, 0, 50, 280), Box(60, 0, 90, 20)], True, id="lines that run up the page"
        ),
        pytest.param(
            [*(Box(30 * place, 0, 30 * place + 20, 60) for place in range(10)), Box(0, 100, 700, 120)],
            False,
            id="labels that run down beside a sentence",
        ),
        pytest.param([], False, id="nothing"),
    ],
)
def test_a_page_lies_on_its_side_where_most_of_its_text_does(boxes: Sequence[Box], is_turned: bool) -> None:
    assert _is_quarter_turned(boxes) is is_turned
