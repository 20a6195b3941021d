"""What holds of every page whatever it shows, in chromium, from the disk. New kinds of pages are found by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner.site.browser import WHY_NOT, Tab
from tests.runner.site.in_browser.accessibility import WHY_NO_AXE, complaints
from tests.runner.site.in_browser.invented_site import HOSTILE_WORDS
from tests.runner.site.in_browser.kinds_of_pages import kinds_of_pages

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]
KINDS = {
    "index",
    "agencies/index",
    "agencies/page",
    "return_notes/year/page",
    "rules/index",
    "rules/page",
    "year/page",
    "year/source/page",
}


def pages(site: Path) -> list[Path]:
    return [page for of_kind in kinds_of_pages(site).values() for page in of_kind]


def test_the_kinds_of_pages_are_found(invented: Path) -> None:
    assert set(kinds_of_pages(invented)) >= KINDS


@pytest.mark.skipif(bool(WHY_NO_AXE), reason=WHY_NO_AXE)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_to_mend(invented: Path, tab: Tab, scheme: str, width: int) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": width, "height": 900})
    found = {(page.relative_to(invented).as_posix()): complaints(tab.go(page)) for page in pages(invented)}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_no_page_is_wider_than_the_window(invented: Path, tab: Tab) -> None:
    wide = []
    for page in pages(invented):
        opened = tab.go(page)
        for width in (320, 390, 1440):
            opened.set_viewport_size({"width": width, "height": 800})
            if opened.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((page.relative_to(invented).as_posix(), width))
    assert wide == []


def test_every_page_has_a_policy_that_lets_nothing_in(invented: Path) -> None:
    policy = "default-src 'none'; style-src 'self'; script-src 'self'"
    without = [page for page in invented.rglob("*.html") if policy not in page.read_text(encoding="utf-8")]
    assert without == []


def test_no_page_runs_or_shows_what_a_report_says(invented: Path, tab: Tab) -> None:
    told = 0
    for page in pages(invented):
        opened = tab.go(page)
        assert opened.locator("img, main script, [onerror]").count() == 0, page
        told += HOSTILE_WORDS in opened.inner_text("main")
    assert told > 0  # it stands there as it was written


def test_printed_pages_keep_to_the_paper_and_leave_the_way_around_out(invented: Path, tab: Tab) -> None:
    tab.page.emulate_media(media="print")
    tab.page.set_viewport_size({"width": 718, "height": 1000})  # A4 less its margins
    for page in pages(invented):
        opened = tab.go(page)
        assert opened.locator(".masthead nav:visible, .breadcrumbs:visible, form:visible").count() == 0, page
        assert opened.evaluate("document.documentElement.scrollWidth") <= 718, page
