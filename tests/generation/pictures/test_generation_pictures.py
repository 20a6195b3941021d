"""The pictures show what their truth says: places of cells follow every change, files open, samples are as told."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("PIL", reason="the extra pictures is not installed")

import numpy as np
from PIL import Image, ImageDraw, ImageSequence

from tests.generation.equations import violated_equations
from tests.generation.pictures import containers, photographing, scanning
from tests.generation.pictures.__main__ import write_cases
from tests.generation.pictures.browser_pages import PageBrowser
from tests.generation.pictures.cases import picture_cases, with_short_prose
from tests.generation.pictures.hostile import photo, white_png
from tests.generation.pictures.pages import Box, Page, pages_of_pdf
from tests.generation.pictures.samples import FOLDER, SCANNED, WEB_PAGE, truths
from tests.generation.pictures.styles import SCREEN_STYLES, STYLES
from tests.generation.pictures.takings import TAKINGS, Hand, taken
from tests.generation.table_format import cell_ids
from tests.generation.truth import random_report
from tests.runner.site.browser import WHY_NOT

BLOTS = {"one": Box(60, 80, 90, 110), "two": Box(300, 400, 340, 430)}


def blotted_page() -> Page:
    """White, with a black rectangle in each of two cells."""
    image = Image.new("RGB", (420, 600), (255, 255, 255))
    for box in BLOTS.values():
        ImageDraw.Draw(image).rectangle(tuple(box), fill=(0, 0, 0))
    return Page(image, 100, BLOTS)


def middles_are_black(page: Page) -> bool:
    shades = page.image.convert("L")
    return all(np.asarray(shades)[round(y), round(x)] < 90 for x, y in (box.middle for box in page.boxes.values()))


@pytest.mark.parametrize("degrees", [-3.0, 0.5, 3.0])
def test_boxes_follow_a_skew(degrees: float) -> None:
    page = scanning.skewed(blotted_page(), degrees)
    assert page.size == (420, 600)
    assert page.boxes != BLOTS
    assert middles_are_black(page)


@pytest.mark.parametrize(("quarters", "size"), [(1, (600, 420)), (2, (420, 600)), (3, (600, 420))])
def test_boxes_follow_a_turn(quarters: int, size: tuple[int, int]) -> None:
    page = scanning.turned(blotted_page(), quarters)
    assert page.size == size
    assert middles_are_black(page)


def test_four_quarters_give_the_page_back() -> None:
    page = scanning.turned(blotted_page(), 4)
    assert page.image.tobytes() == blotted_page().image.tobytes()


def test_boxes_follow_a_photograph_and_its_resolution_is_unknown() -> None:
    page = photographing.photographed(blotted_page(), Random(2), 0.05)
    assert page.dots_per_inch == 0
    assert middles_are_black(page)


def test_boxes_of_the_right_page_move_beside_the_left_one() -> None:
    right = Page(blotted_page().image, 100, {"three": BLOTS["one"]})
    page = scanning.side_by_side(blotted_page(), right)
    assert set(page.boxes) == {"one", "two", "three"}
    assert middles_are_black(page)


def test_a_cell_that_is_cut_off_has_no_box() -> None:
    page = scanning.cut_at_the_right(blotted_page(), 0.5)
    assert set(page.boxes) == {"one"}
    assert page.size == (320, 600)


def test_two_tones_are_two() -> None:
    page = scanning.two_tones(scanning.noisy(blotted_page(), 3, 8, 20), 140)
    assert set(np.unique(np.asarray(page.image))) == {0, 255}


def test_every_change_of_a_seed_is_the_same_each_time() -> None:
    def changed() -> bytes:
        page = scanning.unevenly_lit(scanning.noisy(blotted_page(), 3, 8, 20), 4, 0.3)
        return photographing.photographed(page, Random(9), 0.03).image.tobytes()

    assert changed() == changed()


@pytest.mark.parametrize("name", containers.ODD_PIXELS)
def test_pictures_that_are_stored_oddly_open(name: str) -> None:
    [(_, content)] = containers.oddly_stored(blotted_page(), name).items()
    image = Image.open(io.BytesIO(content))
    image.load()
    assert image.size == ((600, 420) if name == "exif_turned" else (420, 600))


@pytest.mark.parametrize("two_tones", [False, True], ids=["in colour", "in two tones"])
def test_a_scan_is_a_picture_a_page(two_tones: bool) -> None:
    pages = [blotted_page(), blotted_page()]
    [content] = containers.scanned_pdf(pages, Random(1), two_tones).values()
    [stack] = containers.tiff(pages, Random(1), two_tones).values()
    shown = pages_of_pdf(content, 100)
    assert [page.size for page in shown] == [(420, 600)] * 2
    assert middles_are_black(Page(shown[1].image, 100, BLOTS))
    assert len(list(ImageSequence.Iterator(Image.open(io.BytesIO(stack))))) == 2


def test_a_white_png_is_as_large_as_it_says() -> None:
    image = Image.open(io.BytesIO(white_png(70, 30)))
    assert image.size == (70, 30)
    assert image.convert("L").getextrema() == (255, 255)


def test_a_photo_of_something_else_has_many_shades() -> None:
    assert len(np.unique(np.asarray(photo(1, (200, 100))))) > 100


@pytest.mark.parametrize("name", [SCANNED, WEB_PAGE])
def test_the_truth_of_a_sample_has_every_cell_and_the_planted_error_alone(name: str) -> None:
    truth = truths()[name]
    assert tuple(truth["cells"]) == cell_ids()
    assert bool(violated_equations(truth["cells"])) == bool(truth["planted"])
    assert (FOLDER / name).stat().st_size < 400_000


@pytest.fixture(scope="module")
def browser() -> Iterator[PageBrowser]:
    with PageBrowser() as opened:
        yield opened


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.skipif(WHY_NOT != "", reason=WHY_NOT)
class TestDrawnPages:
    @pytest.mark.parametrize("style", STYLES)
    def test_a_printed_report_tells_where_every_cell_is(self, browser: PageBrowser, style: str) -> None:
        sheet = with_short_prose(random_report(4, year=2023).sheet)
        pages = pages_of_pdf(browser.printed(sheet, STYLES[style]), 50)
        assert set().union(*(page.boxes for page in pages)) == set(cell_ids())

    @pytest.mark.parametrize("style", SCREEN_STYLES)
    def test_a_screen_tells_where_every_cell_is(self, browser: PageBrowser, style: str) -> None:
        screen = browser.shown(random_report(4, year=2023).sheet, SCREEN_STYLES[style])
        tables = [screen.table(name) for name in screen.tables]
        assert {cell for table in tables for cell in table.boxes} == set(cell_ids())

    @pytest.mark.parametrize("taking", TAKINGS)
    def test_no_taking_but_a_cut_loses_a_cell(self, browser: PageBrowser, taking: str) -> None:
        report = random_report(4, year=2023)
        pages = pages_of_pdf(browser.printed(report.sheet, STYLES["word"]), 60)
        pictures = taken(taking, pages, Hand(browser, report.agency, Random(3)))
        shown = set().union(*(page.boxes for page in pictures))
        assert (shown == set(cell_ids())) == (taking != "cut")

    def test_cases_are_written_with_their_truth(self, browser: PageBrowser, tmp_path: Path) -> None:
        assert write_cases(tmp_path, picture_cases(6, "test", browser)) == 6
        for truth in json.loads((tmp_path / "truth.json").read_text(encoding="utf-8")):
            folder = tmp_path / "cases" / truth["name"]
            assert all((folder / name).stat().st_size for name in truth["files"])
            assert (tmp_path / "plain" / truth["name"] / "report.html").exists()
            assert tuple(truth["cells"]) == cell_ids(truth["format"])
