"""A report with a wrong number, as people work with its page."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.runner.site.browser import WHY_NOT, Tab

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]
MOST_TAB_STOPS = 40  # with which people may have given up


@pytest.fixture
def failing(invented: Path) -> Path:
    """The page of the report with the most errors."""
    with (invented / "data" / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        reports = [row for row in csv.DictReader(file) if row["errors"]]
    return invented / max(reports, key=lambda row: int(row["errors"]))["page"]


def in_view(page: Any, selector: str) -> bool:
    """Whether somebody sees the element: all of it lies in the window, and nothing lies over it."""
    seen: bool = page.locator(selector).first.evaluate(
        """(element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && element.contains(over);
        }"""
    )
    return seen


def test_a_cell_leads_to_its_finding_and_the_finding_back_to_the_cell(failing: Path, tab: Tab) -> None:
    page = tab.go(failing)
    cell = page.locator("td.suspect").first
    identity = cell.get_attribute("id")
    cell.locator("a").click()
    assert in_view(page, ":target")
    page.locator(f":target a[href='#{identity}']").first.click()
    assert page.evaluate("document.querySelector(':target').id") == identity
    page.go_back()
    page.go_back()
    assert unquote(page.url) == unquote(failing.absolute().as_uri())


def test_on_a_phone_the_suspect_is_seen_beside_the_name_of_its_row(failing: Path, tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 800})
    page = tab.go(failing)
    identity = page.locator("td.suspect").first.get_attribute("id")
    page = tab.go(failing, identity)
    page.wait_for_selector(f"td.suspect[id='{identity}']:target")
    assert in_view(page, f"td[id='{identity}']")
    heading = page.locator(f"tr:has(td[id='{identity}']) th[scope=row]").first.bounding_box()
    assert (
        0
        <= heading["x"]
        < heading["x"] + heading["width"]
        <= page.locator(f"td[id='{identity}']").bounding_box()["x"] + 1
    )


def test_on_a_phone_a_table_begins_where_its_suspect_is_seen(failing: Path, tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 250, "height": 800})
    page = tab.go(failing)
    suspect = page.locator("td.suspect").first
    box = page.locator(".scroll:has(td.suspect)").first.bounding_box()
    assert box["x"] <= suspect.bounding_box()["x"]
    assert suspect.bounding_box()["x"] + suspect.bounding_box()["width"] <= box["x"] + box["width"]


def test_the_findings_are_reached_with_few_tab_stops(failing: Path, tab: Tab) -> None:
    page = tab.go(failing)
    stops = 0
    while stops < MOST_TAB_STOPS and not page.evaluate("Boolean(document.activeElement.closest('.finding'))"):
        page.keyboard.press("Tab")
        stops += 1
        if page.evaluate("document.activeElement.hash") == "#findings":
            page.keyboard.press("Enter")
    assert stops <= 10
    assert page.locator(":focus").is_visible()
