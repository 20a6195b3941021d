"""The site GX's SiteBuilder makes from our classes: fixed paths, our assets, nothing remote, errors that surface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from great_expectations.data_context import FileDataContext

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.runner.exports.records import Records
from disclosure_checks.runner.gx.context import SITE_NAME, open_context
from disclosure_checks.runner.gx.data_docs import PublicationContentMissingError, publish_data_docs, write_page
from disclosure_checks.runner.gx.publication_content import PublicationContent
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from tests.gx_samples import ALL_RULES, finding, small_report, small_specification

COMPILED = small_specification()
FIRST = small_report(COMPILED, source="甲/2024.txt", agency="甲市教育局")
SECOND = small_report(COMPILED, source="乙/2023.txt", agency="乙市<script>alert(1)</script>", year=2023)
FINDINGS = (finding(FIRST, item="requests.total", observed=3.0, expected=2.0, difference=1.0, where="line 60"),)


@pytest.fixture
def context(tmp_path: Path) -> FileDataContext:
    return open_context(tmp_path / "out" / ".gx")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "stage $x" / "new"


def content(
    reports: tuple[Report, ...] = (FIRST, SECOND), findings: tuple[Finding, ...] = FINDINGS, language: str = "zh"
) -> PublicationContent:
    records = Records(COMPILED, lambda found, compiled, language: f"<b>{found.observed}</b>", language)
    paths = page_paths(PageKey(report.source, report.agency, report.year) for report in reports)
    checked = [
        records.checked_report(report, [one for one in findings if one.source == report.source], paths[report.source])
        for report in reports
    ]
    return PublicationContent([COMPILED], checked, [one.record for one in checked], language)


def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_every_page_stands_where_the_contract_says(context, site):
    index = publish_data_docs(context, content(), site)

    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert index == site / "index.html"
    assert {"index.html", "2024/甲市教育局.html"} <= written
    assert {f"rules/{rule['id']}.html" for rule in ALL_RULES} <= written
    assert {path.split("/")[0] for path in written} == {
        "index.html",
        "region.html",
        "run.html",
        "2023",
        "2024",
        "agencies",
        "rules",
        "assets",
        "return_notes",
    }


def test_no_page_asks_for_anything_remote(context, site):
    publish_data_docs(context, content(), site)

    for path, html in pages(site).items():
        assert not re.search(r"""(src|href)\s*=\s*["']?\s*(https?:)?//""", html), path


def test_gx_static_files_are_not_copied(context, site):
    publish_data_docs(context, content(), site)

    assert not (site / "static").exists()
    assert {path.suffix for path in (site / "assets").iterdir()} <= {".css", ".js", ".svg", ".woff2"}


def test_what_a_report_says_is_escaped(context, site):
    publish_data_docs(context, content(), site)

    html = "".join(pages(site).values())
    assert "<script>alert(1)" not in html
    assert "<b>3.0</b>" not in html
    assert "&lt;b&gt;3.0&lt;/b&gt;" in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_are_in_the_language_of_the_run(context, site, language):
    publish_data_docs(context, content(language=language), site)

    assert all(re.search(rf'<html[^>]* lang="{language}', html) for html in pages(site).values())


def test_the_same_inputs_give_the_same_bytes(context, tmp_path):
    publish_data_docs(context, content(), tmp_path / "one")
    publish_data_docs(context, content(), tmp_path / "two")

    assert pages(tmp_path / "one") == pages(tmp_path / "two")


def test_an_error_while_rendering_a_report_surfaces(context, site, monkeypatch):
    def broken(*_):
        raise LookupError("no such text")

    monkeypatch.setattr("disclosure_checks.runner.site.agency_year_pages.AgencyYearPages.build", broken)
    with pytest.raises(LookupError, match="no such text"):
        publish_data_docs(context, content(), site)


def test_an_error_while_rendering_the_overview_surfaces(context, site, monkeypatch):
    def broken(*_):
        raise LookupError("no such text")

    monkeypatch.setattr("disclosure_checks.runner.gx.data_docs.index_page", broken)
    with pytest.raises(LookupError, match="no such text"):
        publish_data_docs(context, content(), site)


def test_publishing_leaves_the_configuration_on_disk_alone(context, site):
    configuration = Path(context.root_directory, "great_expectations.yml")
    before = configuration.read_bytes()
    publish_data_docs(context, content(), site)

    assert configuration.read_bytes() == before


def test_gx_builds_our_classes_from_the_configuration_and_says_what_they_lack(context):
    with pytest.raises(PublicationContentMissingError, match="run-checks"):
        context.build_data_docs(site_names=[SITE_NAME])


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("../index.html", id="up"),
        pytest.param("2024/../../index.html", id="up from inside"),
        pytest.param("/index.html", id="from the root"),
        pytest.param("2024//index.html", id="an empty folder"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_page_is_written_outside_the_site(path):
    with pytest.raises(ValueError, match="no path below the folder"):
        write_page(None, path, "")


def test_reports_may_come_one_by_one(context, site):
    whole = content()
    generator = PublicationContent(whole.compiled, iter(whole.checked), whole.records)
    publish_data_docs(context, generator, site)

    assert "甲市教育局" in pages(site)["rules/requests.balance.html"]
