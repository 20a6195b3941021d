from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.site.agency_year_pages import AgencyYearPages, neighbours
from disclosure_checks.runner.site.index_pages import index_page
from disclosure_checks.runner.site.labels import href, rule_paths
from disclosure_checks.runner.site.overview.agency_rows import agency_rows
from disclosure_checks.runner.site.page_models import IndexPage
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.site.rule_pages import rule_list_page, rule_pages
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import (
    HOSTILE,
    Run,
    balance_failure,
    compiled,
    finding,
    report,
    run,
    sample_run,
    write_sample_site,
)

ASSETS = ("style.css", "index.js", "overview_model.js", "findings.js")


HAS_FINDINGS = re.compile(r"(return_notes/)?(\d{4}|unknown-year)/")  # pages that bring a script of ours
FAILED = ("requests.balance", "requests.share_carried_out", "structure.heading_variant", "text.granted")


class Page(HTMLParser):
    """What the tests ask of a page: its links, ids, text, and the attributes that may not be there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.tags: list[str] = []
        self.language = self.title = self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("src", "href") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)
            if tag == "html" and name == "lang":
                self.language = value or ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tags and self.tags[-1] == "title" and not self.title:
            self.title = data


@pytest.fixture(scope="module", params=LANGUAGES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    write_sample_site(folder, sample_run(request.param), request.param)
    return folder


def pages(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def test_every_page_names_its_language_and_has_a_title(site: Path) -> None:
    assert {path for path, page in pages(site).items() if not page.language or not page.title} == set()


def test_every_link_is_relative_and_leads_to_a_file_and_an_id_that_exist(site: Path) -> None:
    ids = {path: set(page.ids) for path, page in pages(site).items()}
    broken = []
    for path, page in pages(site).items():
        for link in page.links:
            parts = urlsplit(link)
            target = (site / path).parent / unquote(parts.path) if parts.path else site / path
            known = ids.get(target.resolve().relative_to(site.resolve()).as_posix(), set())
            is_filter = "=" in parts.fragment and parts.path.endswith("index.html")  # the state of the overview
            is_known = not parts.fragment or is_filter or parts.fragment in known
            if parts.scheme or parts.netloc or not target.is_file() or not is_known:
                broken.append((path, link))
    assert broken == []


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    assert {path for path, page in pages(site).items() if len(page.ids) != len(set(page.ids))} == set()


def test_no_page_has_an_inline_event_handler_or_style(site: Path) -> None:
    attributes = {name for page in pages(site).values() for name in page.attributes}
    assert [name for name in attributes if name.startswith("on") or name == "style"] == []


def test_nothing_of_the_site_asks_the_network(site: Path) -> None:
    text = "".join((site / "assets" / name).read_text(encoding="utf-8") for name in ASSETS)
    assert re.findall(r"https?://|@import|url\(|fetch\(|XMLHttpRequest", text) == []


def test_text_from_a_report_never_becomes_markup(site: Path) -> None:
    hostile = next(page for path, page in pages(site).items() if path.startswith("2023/") and "script_alert" in path)
    own = {"index.html": 3, "region.html": 1, "rules/index.html": 1} | {f"rules/{rule}.html": 1 for rule in FAILED}
    own |= dict.fromkeys((path for path in pages(site) if HAS_FINDINGS.match(path)), 1)
    assert {path: page.tags.count("script") for path, page in pages(site).items() if "script" in page.tags} == own
    visible = HOSTILE.replace("\x00", "").replace("\x1b", "")
    assert visible in hostile.text
    assert hostile.text.count(visible) >= 4  # breadcrumb, heading, message, cell


def test_no_page_holds_a_control_character(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert re.search("[\x00-\x08\x0b-\x1f]", path.read_text(encoding="utf-8")) is None, path


def test_the_same_inputs_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    language = "zh" if pages(site)["index.html"].language.startswith("zh") else "en"
    write_sample_site(tmp_path, sample_run(language), language)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site, tmp_path)
    )
    assert first == second


# --- the page of an agency and year


def agency_page(of: Run, language: str = "zh") -> Page:
    spec = compiled()
    builder = AgencyYearPages(spec, rule_paths([spec]), load_texts(language), site_views(language).grid)
    return Page(site_views(language).agency_year(builder.build(of.checked[0])))


def test_a_finding_links_to_its_cells_its_suspect_and_its_rule() -> None:
    page = agency_page(run([(report(), [balance_failure()])]))
    assert {"#requests.new_received.total", "#requests.carried_out.total", "../rules/requests.balance.html"} <= set(
        page.links
    )


def test_a_failing_cell_links_to_its_gravest_finding() -> None:
    cell = "requests.carried_out.total"
    findings = [finding("requests.share_carried_out", cells=(cell,)), balance_failure()]
    html = site_views("zh").agency_year(built(run([(report(), findings)])))
    assert re.search(rf'id="{re.escape(cell)}" class="zero marked error suspect"[^>]*><a href="#finding-1">', html)
    assert "应为 2？" in html


def built(of: Run, language: str = "zh"):  # type: ignore[no-untyped-def]
    spec = compiled()
    return AgencyYearPages(spec, rule_paths([spec]), load_texts(language), site_views(language).grid).build(
        of.checked[0]
    )


def test_what_could_not_be_judged_and_what_is_waived_stand_apart() -> None:
    page = built(
        run(
            [
                (
                    report(),
                    [
                        finding("structure.heading_variant"),
                        finding("years.carried", status=ResultStatus.NOT_ASSESSABLE, item="a"),
                        finding("years.carried", status=ResultStatus.NOT_ASSESSABLE, item="b"),
                        finding("text.granted"),
                        finding("requests.balance", status=ResultStatus.WAIVED),
                        balance_failure(),
                    ],
                )
            ]
        )
    )
    # what stands nowhere comes first, and there the graver before the lighter
    assert [group.severity.kind for group in page.groups] == ["likely", "info", "error"]
    assert [(one.rule.text, one.times) for one in page.skipped] == [("上年结转与上一年结转下年度一致", "2 处")]
    assert [one.rule.href for one in page.waived] == ["../rules/requests.balance.html"]
    assert page.gravest == "error"
    assert [(tally.kind, tally.number) for tally in page.tallies] == [
        ("error", 1),
        ("likely", 1),
        ("advisory", 0),
        ("info", 1),
    ]


def test_severity_is_never_told_by_colour_alone() -> None:
    html = site_views("zh").agency_year(built(run([(report(), [balance_failure()])])))
    assert '<b aria-hidden="true">错</b>错误' in html
    assert "<sup>错</sup>" in html


def test_a_report_of_images_is_not_called_clean() -> None:
    sample = sample_run()
    images = next(one for one in sample.checked if one.record.agency == "图片局")
    assert images.record.status == "not_assessable"


def test_neighbouring_years_of_the_same_agency_are_linked() -> None:
    sample = sample_run()
    beside = neighbours(sample.records)["2023/南湖区.txt"]
    assert (beside.previous.year if beside.previous else None, beside.next) == (2022, None)


# --- the overview and the rules


def overview_of(of: Run) -> IndexPage:
    texts = load_texts("zh")
    return index_page([compiled()], of.records, agency_rows(of.records, NOTHING_REVIEWED, texts), [], texts)


def test_the_overview_counts_every_report_once() -> None:
    sample = sample_run()
    page = overview_of(sample)
    assert {total.kind: total.number for total in page.totals} == {
        "reports": 5, "agencies": 4, "error": 1, "likely": 1, "advisory": 1, "pass": 1, "not_assessable": 1,
        "unreadable": 1,
    }  # fmt: skip
    assert [year.anchor for year in page.years] == ["year-2022", "year-2023", "year-unknown"]
    assert [one.text for one in page.unreadable] == ["这是扫描图片，没有文字。"]


def test_two_reports_of_one_agency_and_year_both_stand_in_the_matrix() -> None:
    twice = run([(report("a.txt"), []), (report("b.txt"), [balance_failure(report("b.txt"))])])
    (row,) = overview_of(twice).rows
    assert [entry.href for entry in row.cells[0].entries] == [
        "2023/南湖区人民政府办公室.html",
        "2023/南湖区人民政府办公室-2.html",
    ]
    assert [[tally.kind for tally in entry.tallies] for entry in row.cells[0].entries] == [["pass"], ["error"]]


def test_a_rule_page_says_who_fails_it() -> None:
    results = RuleResults()
    for one in sample_run().checked:
        results.add(one.record, one.findings)
    page = next(page for page in rule_pages([compiled()], results, load_texts("zh")) if page.id == "requests.balance")
    assert [one.agency.href for one in page.failing.lines] == ["../2023/南湖区人民政府办公室.html#finding-1"]
    assert [(one.name, one.number) for one in page.by_year] == [("2023年度", 1)]
    assert page.counts == "1 份报告不符合，共 1 处；另有 1 处无法判断。"
    assert {fact.label: fact.text for fact in page.editions[0].facts}["曾用编号"] == "requests.sum"
    assert [(one.kind, one.result) for one in page.editions[0].examples] == [
        ("pass", "符合"),
        ("fail", "不符合、差 1"),
        ("not_assessable", "无法判断"),
    ]


def test_a_rule_that_two_formats_share_has_one_page_with_both_editions() -> None:
    (first, *_) = rule_pages([compiled(), compiled("another")], RuleResults(), load_texts("zh"))
    assert (len(first.editions), len(first.frame.specifications)) == (2, 2)


def test_the_list_of_rules_holds_every_rule_once() -> None:
    page = rule_list_page([compiled(), compiled("another")], RuleResults(), load_texts("zh"))
    ids = [line.id for category in page.categories for line in category.rules]
    assert sorted(ids) == sorted(rule.rule.id for rule in compiled().rules)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        pytest.param("2023/某局.html", "../2023/某局.html", id="Chinese stays readable"),
        pytest.param("2023/a b.html", "../2023/a%20b.html", id="a space is encoded"),
        pytest.param("2023/50%.html", "../2023/50%25.html", id="a percent sign is encoded"),
    ],
)
def test_addresses_survive_a_browser(path: str, address: str) -> None:
    assert href("../", path) == address
    assert unquote(href("../", path)) == f"../{path}"
