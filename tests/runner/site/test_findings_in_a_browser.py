"""The page of a report and its return note as people use them, in chromium, from the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from disclosure_checks.rules.corrections.ranking import CellChange, Correction
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.runner.published_samples import balance_failure, finding, report, run, write_sample_site
from tests.runner.site.browser import WHY_NOT, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]

AGENCY = "南湖区人民政府办公室"
SUSPECT, OPERAND, CHOICE = "requests.carried_out.total", "requests.new_received.total", "requests.granted.business"


@pytest.fixture(scope="module", params=LANGUAGES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    of = report(values={OPERAND: 18, "requests.results_total.total": 16, SUSPECT: 1})
    mended = finding("requests.share_carried_out", of, correction=balance_failure(of).correction, cells=(SUSPECT,))
    corrections = tuple(Correction((CellChange(cell, 0, 3),)) for cell in (CHOICE, "requests.granted.research"))
    open_choice = finding("years.carried", of, cells=(CHOICE,), candidates=corrections)
    found = [balance_failure(of), mended, open_choice]
    write_sample_site(folder, run([(of, found)], request.param), request.param)
    return folder


@pytest.fixture
def page(site: Path) -> Any:
    with opened(site / "2023" / f"{AGENCY}.html") as shown:
        yield shown


def cell(page: Any, name: str) -> Any:
    return page.locator(f"td[id='{name}']")


def test_a_cell_leads_to_its_group_and_the_group_to_the_cell_that_is_suspected(page: Any) -> None:
    cell(page, OPERAND).locator("a").click()
    group = page.locator(":target")
    assert group.locator(".inner-findings li").count() == 2
    group.locator(".cause a").first.click()
    assert page.locator(":target").get_attribute("id") == SUSPECT


def test_the_suspect_alone_is_painted(page: Any) -> None:
    paint = "(cell) => getComputedStyle(cell).backgroundColor"
    plain = cell(page, "requests.granted.total").evaluate(paint)
    painted = {name: cell(page, name).evaluate(paint) != plain for name in (SUSPECT, OPERAND)}
    assert painted == {SUSPECT: True, OPERAND: False}
    assert "suspect" in cell(page, SUSPECT).get_attribute("class").split()


def test_of_several_corrections_none_is_painted_and_all_are_listed(page: Any) -> None:
    assert page.locator("ul.choice li").count() == 2
    assert "suspect" not in cell(page, CHOICE).get_attribute("class").split()


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_cell_says_which_rule_it_fails_with_its_numbers(page: Any, way: str) -> None:
    said, link = page.locator("#said-of-cell"), cell(page, OPERAND).locator("a")
    assert said.is_hidden()
    getattr(link, way)()
    assert "18.0 / 17.0" in said.inner_text()
    assert link.get_attribute("aria-describedby") == "said-of-cell"
    page.keyboard.press("Escape")
    assert said.is_hidden()


def test_the_findings_are_copied_as_text(site: Path) -> None:
    with opened(site / "2023" / f"{AGENCY}.html", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.click("#copy-findings")
        page.wait_for_selector(".tools [role=status]:not(:empty)")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(AGENCY)
        assert "18.0 / 17.0" in copied


def test_where_nothing_may_be_copied_the_text_is_selected(page: Any) -> None:
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); document.execCommand = () => false; }"
    )
    page.click("#copy-findings")
    page.wait_for_selector(".tools + textarea")
    assert "18.0 / 17.0" in page.evaluate("document.activeElement.value")
    chosen = "(area) => area.selectionEnd - area.selectionStart"
    assert page.locator(".tools + textarea").evaluate(chosen) > len(AGENCY)


def test_a_page_leads_to_its_return_note(page: Any) -> None:
    page.click(".tools a:not([href$='.docx'])")
    assert page.locator(".return-note .points tbody tr").count() == 2
    assert page.locator(".return-note .signatures li").count() == 4


@pytest.mark.parametrize("path", ["2023", "return_notes/2023"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_page_is_wider_than_the_window(site: Path, path: str, width: int) -> None:
    with opened(site / path / f"{AGENCY}.html", width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_return_note_is_printed_without_what_is_around_it(site: Path) -> None:
    with opened(site / "return_notes" / "2023" / f"{AGENCY}.html") as page:
        page.emulate_media(media="print")
        seen = {name: page.locator(name).is_visible() for name in (".masthead", ".tools", ".colophon", ".return-note")}
        assert seen == {".masthead": False, ".tools": False, ".colophon": False, ".return-note": True}
