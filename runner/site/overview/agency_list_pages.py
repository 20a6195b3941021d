"""The plain list of agencies, for who has no scripts: names and years, in parts that stay light."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.runner.site.labels import AGENCY_LIST, href, year_text
from disclosure_checks.runner.site.overview.agency_rows import AgencyRow
from disclosure_checks.runner.site.page_models import AgencyLine, AgencyListPage, IndexPage, Link, PageFrame
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../"
MOST_A_PAGE = 1000


def agency_list_pages(rows: Sequence[AgencyRow], overview: IndexPage, texts: Texts) -> Iterator[AgencyListPage]:
    """The parts of the list; none where the overview itself holds all agencies."""
    if overview.more is None:
        return
    starts = range(0, len(rows), MOST_A_PAGE)
    paths = [_path(number) for number in range(len(starts))]
    for number, start in enumerate(starts):
        pages = [Link(str(other + 1), "" if other == number else href(ROOT, path)) for other, path in enumerate(paths)]
        yield AgencyListPage(
            frame=PageFrame(
                title=texts["agencies_list"],
                root=ROOT,
                breadcrumbs=(Link(texts["overview"], href(ROOT, "index.html")), Link(texts["agencies_list"])),
                specifications=overview.frame.specifications,
                product=overview.frame.product,
                notice=overview.frame.notice,
            ),
            path=paths[number],
            agencies=tuple(_line(row, texts) for row in rows[start : start + MOST_A_PAGE]),
            pages=tuple(pages) if len(pages) > 1 else (),
        )


def _path(number: int) -> str:
    return AGENCY_LIST if number == 0 else AGENCY_LIST.replace("index", f"index-{number + 1}")


def _line(row: AgencyRow, texts: Texts) -> AgencyLine:
    return AgencyLine(
        Link(row.name, href(ROOT, row.page) if row.page else ""),
        tuple(
            Link(year_text(year, texts), href(ROOT, record.page))
            for year in sorted(row.reports, key=lambda year: (year is None, year or 0))
            for record in row.reports[year]
        ),
    )
