"""The overview as people use it, in chromium, from the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.runner.overview_pages import write_overview
from tests.runner.site.browser import WHY_NOT, opened
from tests.runner.site.overview.test_overview_model import (
    CHANGED,
    CITY,
    FAILING,
    FINANCE,
    HOSTILE,
    KEY,
    RECORDS,
    REVIEW,
    record,
)

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]
MANY = 400
AGENCIES_SHOWN = len({one.agency for one in RECORDS if one.agency}) + 1  # and one that owes its only report


@pytest.fixture(scope="module", params=LANGUAGES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    write_overview(folder, RECORDS, REVIEW, FAILING, CHANGED, request.param)
    return folder


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write_overview(folder, [record(f"第{number:03}局", 2023, (number % 3, 0, 0)) for number in range(MANY)])
    return folder


def names(page: Any) -> list[str]:
    found: list[str] = page.locator("#agencies tbody th .name").all_inner_texts()
    return found


def test_a_search_finds_and_is_kept_when_people_come_back(site: Path) -> None:
    (site / "2023").mkdir(exist_ok=True)
    (site / "2023" / f"{FINANCE}.html").write_text("<!doctype html><meta charset=utf-8><p>page", encoding="utf-8")
    with opened(site / "index.html") as page:
        page.fill("[name=q]", "czj")
        assert names(page) == [FINANCE]
        page.click(f"text={FINANCE} >> xpath=ancestor::tr >> css=td:nth-of-type(2) a")
        page.wait_for_selector("text=page")
        page.go_back()
        page.wait_for_selector("#agencies.live")
        assert (page.input_value("[name=q]"), names(page)) == ("czj", [FINANCE])


def test_back_takes_a_filter_back(site: Path) -> None:
    with opened(site / "index.html") as page:
        page.select_option("[name=state]", "missing")
        assert set(names(page)) == {KEY, "平川市数据局"}
        page.go_back()
        # the pages forbid the evaluation of texts, which waiting for a function is
        page.wait_for_selector("[name=state] option[value='']:checked", state="attached")
        assert len(names(page)) == AGENCIES_SHOWN


def test_the_address_opens_what_it_says(site: Path) -> None:
    with opened(site / "index.html", "state=error&year=2023") as page:
        assert set(names(page)) == {CITY, FINANCE}
        assert page.locator("#agencies thead th:visible").count() == 2
        assert page.locator("[data-total=reports] .count").inner_text() == "2"


def test_a_link_of_another_page_to_a_year_shows_the_year(site: Path) -> None:
    with opened(site / "index.html", "year-2022") as page:
        assert page.input_value("[name=year]") == "2022"


def test_clear_shows_everything_again(site: Path) -> None:
    with opened(site / "index.html", "state=error&q=nobody") as page:
        assert names(page) == []
        page.wait_for_selector("#nothing-shown")
        page.click("button[type=reset]")
        page.wait_for_url(lambda url: not url.partition("#")[2])
        assert len(names(page)) == AGENCIES_SHOWN


def test_what_a_report_says_never_becomes_markup(site: Path) -> None:
    with opened(site / "index.html") as page:
        assert page.locator("img").count() == 0
        assert HOSTILE.replace("\u2028", "\n").split("\n")[0] in page.locator("#agencies").inner_text()


def test_only_the_rows_in_view_stand_in_the_page_and_each_can_be_reached(many: Path) -> None:
    with opened(many / "index.html") as page:
        seen = set(names(page))
        assert 10 <= len(seen) < 60
        assert page.get_attribute("#agencies", "aria-rowcount") == str(MANY + 2)
        for place in range(0, MANY + 20, 10):
            page.evaluate("(top) => { document.getElementById('rows').scrollTop = top; }", place * 52)
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            seen |= set(names(page))
        assert len(seen) == MANY


def test_the_head_and_the_names_stay_in_view(many: Path) -> None:
    with opened(many / "index.html", width=390, height=800) as page:
        before = page.locator("#agencies thead th").first.bounding_box()
        page.evaluate("() => { document.getElementById('rows').scrollTop = 5000; }")
        assert page.locator("#agencies thead th").first.bounding_box() == before


@pytest.mark.parametrize("width", [320, 390, 1440, 3840])
def test_the_page_is_never_wider_than_the_window(site: Path, width: int) -> None:
    with opened(site / "index.html", width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_first_agencies_stand_there_with_the_way_to_all(many: Path) -> None:
    with opened(many / "index.html", java_script_enabled=False) as page:
        assert page.locator("#agencies tbody tr").count() == 50
        page.click("p.more a")
        assert page.locator("ul.agencies li").count() == MANY
        links = page.locator("ul.agencies li").first.locator("a")
        assert [link.get_attribute("href") for link in links.all()] == [
            "../agencies/第000局.html",
            "../2023/第000局.html",
        ]


def test_all_rows_are_printed(many: Path) -> None:
    with opened(many / "index.html") as page:
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        assert len(names(page)) == MANY
        page.evaluate("() => dispatchEvent(new Event('afterprint'))")
        assert len(names(page)) < 60


def test_names_lie_over_the_years_that_are_scrolled_beneath_them(site: Path) -> None:
    with opened(site / "index.html", width=320, height=800) as page:
        page.locator("#rows").scroll_into_view_if_needed()
        page.evaluate("() => { document.getElementById('rows').scrollLeft = 60; }")
        uncovered = page.evaluate(
            """() => Array.from(document.querySelectorAll("#agencies tbody th")).slice(0, 4).every((head) => {
              const { left, top, width, height } = head.getBoundingClientRect();
              return [0.2, 0.5, 0.9].every((part) => head.contains(document.elementFromPoint(left + part * width, top + height / 2)));
            })"""
        )
        assert page.evaluate("document.getElementById('rows').scrollLeft") == 60
        assert uncovered


def test_a_word_of_a_search_outlives_a_reload(site: Path) -> None:
    with opened(site / "index.html") as page:
        page.fill("[name=q]", "财政 平川")
        page.reload()
        assert (page.input_value("[name=q]"), names(page)) == ("财政 平川", [FINANCE])


def test_the_policy_lets_no_other_script_run(site: Path) -> None:
    with opened(site / "index.html") as page:
        policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_people_come_back_to_the_place_in_the_list_that_they_left(many: Path) -> None:
    with opened(many / "index.html") as page:
        page.evaluate("() => { document.getElementById('rows').scrollTop = 5000; }")
        page.goto((many / "agencies" / "index.html").as_uri())
        page.go_back()
        page.wait_for_selector("#agencies.live")
        assert page.evaluate("document.getElementById('rows').scrollTop") == 5000
        assert "第100局" in names(page)


def test_the_links_of_rows_are_reached_with_the_keyboard(many: Path) -> None:
    with opened(many / "index.html") as page:
        page.focus("#rows")
        for _ in range(40):
            page.keyboard.press("Tab")
        # each row has its agency and its report
        assert page.evaluate("document.activeElement.closest('tr').getAttribute('aria-rowindex')") == "21"


@pytest.mark.parametrize("language", LANGUAGES)
def test_seven_years_stand_beside_each_other_on_an_ordinary_screen(tmp_path: Path, language: str) -> None:
    counts = [(0, 0, 0), (12, 3, 10), (0, 1, 0)]
    years = range(2019, 2026)
    write_overview(tmp_path, [record(CITY, year, counts[year % 3]) for year in years], language=language)
    with opened(tmp_path / "index.html", width=1440) as page:
        assert page.evaluate("rows.scrollWidth <= rows.clientWidth")
