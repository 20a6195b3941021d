"""Last year beside the cells, sorting and searching of tables, an agency's years on a phone: in chromium, from the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.corrections.ranking import CellChange
from disclosure_checks.runner.site.agency_history.neighbours import Neighbours
from disclosure_checks.runner.site.page_writing import PageMaker, write_files
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings
from tests.runner.published_samples import DAY, compiled, finding, report, run, write_sample_site
from tests.runner.site.browser import WHY_NOT, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]

RECEIVED = "requests.new_received.total"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two agencies of two years; the second page of the first knows its year before."""
    folder = tmp_path_factory.mktemp("site")
    reports = [
        report(f"{year}/{name}.txt", name, year, {RECEIVED: year - 2000}) for year in (2022, 2023) for name in "甲乙"
    ]
    found = [
        [finding("text.granted", one), *([finding("years.carried", one)] if one.year == 2022 else [])]
        for one in reports
    ]
    of = run(list(zip(reports, found, strict=True)))
    write_sample_site(folder, of)
    late = next(one for one in of.checked if one.record.page == "2023/甲.html")
    numbers = tuple(float(number) for number in range(len(compiled().cells)))
    maker = PageMaker([compiled()], "zh", NoteSettings.of("zh", DAY))
    write_files(folder, list(maker.files(late, Neighbours(last_year=numbers, agency_page="agencies/甲.html"))))
    return folder


def test_last_years_numbers_stand_beside_the_cells_until_they_are_switched_off(site: Path) -> None:
    with opened(site / "2023" / "甲.html") as page:
        cell = page.locator(f"td[id='{RECEIVED}']")
        assert cell.locator(".before").count() == 0
        page.locator("#last-year input").check()
        assert cell.locator(".before").inner_text() == str(compiled().cells.index(RECEIVED))
        page.reload()
        assert page.locator("#last-year input").is_checked()
        assert page.locator(".grid .before").count() == page.locator(".grid td[id]").count()
        page.locator("#last-year input").uncheck()
        assert page.locator(".grid .before").count() == 0
        page.reload()
        assert not page.locator("#last-year input").is_checked()


def test_a_page_leads_to_all_years_of_its_agency_and_back(site: Path) -> None:
    with opened(site / "2023" / "甲.html") as page:
        page.locator(".years a", has_text="历年对照").click()
        assert page.locator("h1").inner_text() == "甲"
        assert page.locator(".charts svg").count() == 4
        page.locator(".states a", has_text="2022年度").click()
        assert page.url.endswith("/2022/%E7%94%B2.html")


def test_a_table_is_sorted_by_a_click_on_a_head_and_turned_round_by_another(site: Path) -> None:
    with opened(site / "rules" / "text.granted.html") as page:
        years = page.locator("table.sortable tbody td:nth-child(2)")
        assert years.all_inner_texts() == ["2023年度", "2023年度", "2022年度", "2022年度"]
        head = page.locator("table.sortable th", has_text="机关")
        head.locator("button").click()
        first = page.locator("table.sortable tbody th").all_inner_texts()
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        assert page.locator("table.sortable tbody th").all_inner_texts() == first[::-1]
        assert first == ["甲", "甲", "乙", "乙"]  # jia before yi


def test_rules_are_found_by_words_of_title_or_id(site: Path) -> None:
    with opened(site / "rules" / "index.html") as page:
        everything = page.locator("table.rules tbody tr:visible").count()
        page.locator("#search input").fill("结转 上年")
        assert page.locator("table.rules tbody tr:visible").all_inner_texts() != []
        assert page.locator("table.rules tbody tr:visible").count() == 1
        assert page.locator("section.searched:visible").count() == 1
        page.locator("#search input").fill("")
        assert page.locator("table.rules tbody tr:visible").count() == everything


@pytest.mark.parametrize("path", ["agencies/甲.html", "region.html", "run.html", "rules/index.html"])
def test_no_page_is_wider_than_a_phone(site: Path, path: str) -> None:
    with opened(site / path, width=390, color_scheme="dark") as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_mark_leads_to_its_cell_where_a_script_makes_the_links(tmp_path: Path) -> None:
    marked = compiled().cells[:30]
    reports = [report(f"{year}/甲.txt", "甲", year, dict.fromkeys(marked, 5.0)) for year in range(2021, 2025)]
    change = CellChange(marked[0], 5.0, 6.0)  # all others only take part
    of = run([(one, [finding("text.granted", one, cells=marked, correction=(change,))]) for one in reports])
    write_sample_site(tmp_path, of)
    with opened(tmp_path / "agencies" / "甲.html") as page:
        links = page.locator(".history tbody td > a")
        assert links.count() == len(marked) * len(reports)
        links.nth(len(reports) * 12 + 1).click()
        assert page.url.endswith(f"/2022/%E7%94%B2.html#{marked[12]}")
        assert page.locator("td:target").count() == 1
