"""The rows of the overview, and the plain list of agencies for who has no scripts."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.site.index_pages import FIRST_ROWS
from disclosure_checks.runner.site.overview.agency_list_pages import MOST_A_PAGE
from disclosure_checks.runner.site.overview.agency_rows import agency_rows, years_of
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.overview_pages import write_overview


def record(agency: str, year: int | None = 2023, source: str = "", status: str = "pass") -> ReportRecord:
    return ReportRecord(
        source or f"{agency}.txt", agency, year, "2021", "word_text", status, (0,) * 4, 0, f"{year}/{agency}.html"
    )


def written(folder: Path, count: int) -> list[str]:
    """The plain lists of a site with so many agencies, in the order of their names."""
    write_overview(folder, [record(f"第{number:04}局") for number in range(count)])
    return sorted(path.name for path in folder.glob("agencies/*"))


@pytest.mark.parametrize(
    ("count", "pages"),
    [
        pytest.param(0, [], id="no agency"),
        pytest.param(FIRST_ROWS, [], id="all stand in the overview"),
        pytest.param(FIRST_ROWS + 1, ["index.html"], id="one does not"),
        pytest.param(MOST_A_PAGE, ["index.html"], id="as many as a page holds"),
        pytest.param(MOST_A_PAGE + 1, ["index-2.html", "index.html"], id="one more"),
    ],
)
def test_the_plain_list_is_written_where_the_overview_does_not_hold_all(
    tmp_path: Path, count: int, pages: list[str]
) -> None:
    assert written(tmp_path, count) == pages
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert ("agencies/index.html" in index) == bool(pages)
    assert index.count('<th scope="row"><a href="agencies/第') == min(count, FIRST_ROWS)


def test_the_parts_of_the_list_hold_every_agency_once_and_lead_to_each_other(tmp_path: Path) -> None:
    names = written(tmp_path, 2 * MOST_A_PAGE + 5)
    texts = {name: (tmp_path / "agencies" / name).read_text(encoding="utf-8") for name in names}
    linked = [unquote(one) for text in texts.values() for one in re.findall(r'href="\.\./(2023/[^"]+)"', text)]
    assert sorted(linked) == [f"2023/第{number:04}局.html" for number in range(2 * MOST_A_PAGE + 5)]
    for name, text in texts.items():
        assert {f"../agencies/{other}" for other in names if other != name} <= set(re.findall(r'href="([^"]+)"', text))


def test_reports_without_an_agency_have_a_row_each_with_the_file() -> None:
    records = [record("", source="a.pdf"), record("", None, source="b/c.pdf"), record("甲局")]
    rows = agency_rows(records, NOTHING_REVIEWED, load_texts("zh"))
    assert {row.name for row in rows} == {"机关不明（a.pdf）", "机关不明（b/c.pdf）", "甲局"}


def test_what_could_not_be_read_is_no_row_and_no_year() -> None:
    unreadable = ReportRecord("scan.pdf", "", None, "", "", "unreadable", (), 0, "", "图片")
    records = [record("甲局", 2024), record("甲局", 2022), record("乙局", None), unreadable]
    assert years_of(records) == [2022, 2024, None]
    assert [row.name for row in agency_rows(records, NOTHING_REVIEWED, load_texts("zh"))] == ["甲局", "乙局"]
