"""Light print on dark grounds becomes dark print on paper, and rules are found however they are drawn."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra pictures is not installed")
import numpy as np  # noqa: E402

from disclosure_checks.grammar.readers.pdf.lattices.ruling import lattices  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.dark_grounds import with_light_grounds  # noqa: E402
from disclosure_checks.grammar.readers.picture.geometry.ruled_lines import ruled_lines, rules_of  # noqa: E402
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels  # noqa: E402

TEXT_HEIGHT = 30.0


def paper() -> Pixels:
    return np.full((1200, 900), 255, dtype=np.uint8)


def written(page: Pixels, text: str, place: tuple[int, int], shade: int, thickness: int = 2) -> None:
    cv2.putText(page, text, place, cv2.FONT_HERSHEY_SIMPLEX, 1.2, shade, thickness, cv2.LINE_AA)


def drawn_table(page: Pixels, dash: int, gap: int, rows: int = 4) -> None:
    """A table of three columns whose lines are dashes of so many pixels with such gaps; no gap: solid."""
    xs, ys = [100, 300, 500, 700], [200 + 60 * row for row in range(rows + 1)]
    step = dash + gap
    for y in ys:
        for x in range(xs[0], xs[-1] + 3, step):
            page[y : y + 3, x : min(x + dash, xs[-1] + 3)] = 60
    for x in xs:
        for y in range(ys[0], ys[-1] + 3, step):
            page[y : min(y + dash, ys[-1] + 3), x : x + 3] = 60


@pytest.mark.parametrize(
    ("dash", "gap"), [(3, 0), (3, 3), (9, 6)], ids=["solid lines", "lines of dots", "lines of dashes"]
)
def test_a_table_is_found_whatever_its_lines_are_made_of(dash: int, gap: int) -> None:
    page = paper()
    drawn_table(page, dash, gap)
    [table] = lattices(rules_of(ruled_lines(page, TEXT_HEIGHT), 0.66))
    assert (len(table.xs), len(table.ys), len(table.spans)) == (4, 5, 12)


def test_a_table_of_one_row_as_low_as_its_text_is_found() -> None:
    page = paper()
    for y in (200, 245):
        page[y : y + 3, 100:703] = 0
    for x in (100, 300, 500, 700):
        page[200:248, x : x + 3] = 0
    [table] = lattices(rules_of(ruled_lines(page, TEXT_HEIGHT), 0.66))
    assert len(table.spans) == 3


def test_the_strokes_of_large_print_are_no_rules() -> None:
    page = paper()
    for left in range(100, 700, 110):  # like 工 in bold print of twice the size
        page[100:108, left : left + 60] = 0
        page[152:160, left : left + 60] = 0
        page[100:160, left + 26 : left + 34] = 0
    assert not ruled_lines(page, TEXT_HEIGHT).mask.any()


def test_light_print_on_a_dark_ground_is_dark_print_on_paper_and_what_is_around_stays() -> None:
    page = paper()
    written(page, "123", (120, 160), 0)
    page[220:280, 100:800] = 85
    written(page, "456", (420, 262), 255)
    light = with_light_grounds(page)
    assert (light[:215] == page[:215]).all()
    assert (light[285:] == page[285:]).all()
    assert light[222:278, 102:400].min() > 240
    assert light[225:275, 420:500].min() < 30


def test_bold_print_is_no_dark_ground() -> None:
    page = paper()
    written(page, "88888888", (100, 300), 0, thickness=9)
    assert (with_light_grounds(page) == page).all()
