"""What is told of a number that was seen, by where it stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

pytest.importorskip("cv2")

from disclosure_checks.grammar.readers.pdf.page import Character
from disclosure_checks.grammar.readers.picture.geometry.crops import LineOfPage, ReadPage
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box
from disclosure_checks.grammar.readers.picture.models import Models, SeenLine
from disclosure_checks.grammar.readers.picture.page_reading import PageReader, _number
from disclosure_checks.grammar.readers.picture.recognised_page import UNREADABLE

_PAPER = np.full((200, 400), 255, dtype=np.uint8)
_PAGE = ReadPage(_PAPER, _PAPER, 20.0, 0.36)


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        pytest.param(100, 140, "17", id="a number inside the page is told"),
        pytest.param(360, 395, "", id="one at the right edge may go on beyond it"),
        pytest.param(4, 40, "", id="one at the left edge may begin before it"),
    ],
)
def test_a_number_that_the_edge_of_the_page_may_cut_off_is_not_read(left: int, right: int, text: str) -> None:
    seen = _number(_PAGE, [("17", 0.99), ("1", 0.01)], Box(left, 50, right, 70), Box(0, 40, 400, 80))
    assert seen.text == text
    assert bool(seen.others) == bool(text)


class _SeenSurely:
    """Models that see given texts, each character without a doubt."""

    characters = ("", *"0123456789-/一二、规章^）", " ")

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def lines(self, crops: Sequence[object]) -> list[SeenLine]:
        return [SeenLine(self._shares(text), 10.0) for text, _ in zip(self._texts, crops, strict=True)]

    def _shares(self, text: str) -> np.ndarray:
        shares = np.zeros((2 * len(text) + 1, len(self.characters)), dtype=np.float32)
        shares[0::2, 0] = 1.0
        for place, character in enumerate(text):
            shares[2 * place + 1, self.characters.index(character)] = 1.0
        return shares


def _read(*lines: tuple[str, Box]) -> str:
    reader = PageReader(cast(Models, _SeenSurely([text for text, _ in lines])))
    characters, _ = reader.read(_PAGE, [LineOfPage(box, None) for _, box in lines])
    return " ".join("".join(one.text for one in characters if _is_in(one, box)) for _, box in lines)


def _is_in(character: Character, box: Box) -> bool:
    x, y = (character.left + character.right) / 2 / _PAGE.scale, character.middle / _PAGE.scale
    return box.left <= x < box.right and box.top <= y < box.bottom


@pytest.mark.parametrize(
    ("others", "seen"),
    [
        pytest.param(("17", "3"), "-", id="a stroke beside numbers that were found apart is a dash"),
        pytest.param(("规章", "3"), "一", id="a stroke beside one number alone is a word"),
    ],
)
def test_a_stroke_in_a_row_of_numbers_without_cells_is_a_dash(others: tuple[str, str], seen: str) -> None:
    first, second = others
    told = _read((first, Box(20, 50, 70, 70)), ("一", Box(120, 51, 150, 71)), (second, Box(220, 50, 250, 70)))
    assert told.split() == [first, seen, second]


def test_a_stroke_below_a_row_of_numbers_is_a_word() -> None:
    row = [(text, Box(left, 50, left + 30, 70)) for text, left in (("1", 20), ("2", 120), ("3", 220))]
    assert _read(*row, ("一", Box(120, 90, 150, 110))).split() == ["1", "2", "3", "一"]


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        pytest.param(("^",), UNREADABLE, id="alone in a cell they are a number that was not made out"),
        pytest.param(("规章", "）"), "规章）", id="behind words they belong to these"),
    ],
)
def test_marks_in_a_cell(lines: Sequence[str], seen: str) -> None:
    cell = Box(10, 40, 90, 140)
    own = [LineOfPage(Box(20, 50 + 30 * place, 60, 70 + 30 * place), cell) for place in range(len(lines))]
    reader = PageReader(cast(Models, _SeenSurely(lines)))
    characters, _ = reader.read(_PAGE, own)
    assert "".join(one.text for one in characters) == seen
