"""What is told of a number that was seen, by where it stands on the page."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2")

from disclosure_checks.grammar.readers.picture.geometry.crops import ReadPage
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box
from disclosure_checks.grammar.readers.picture.page_reading import _number

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
