"""The script that finds, filters, sorts and counts, run by node on data that the program wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from disclosure_checks.rules.collection.agencies.review import AgencyReview, MissingReport
from disclosure_checks.rules.spec.model.agency_list import Agency, FormerName
from disclosure_checks.runner.exports.records import ReportRecord
from tests.runner.overview_pages import write_overview

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")

CITY, FINANCE, INDUSTRY, OLD_INDUSTRY = "平川市人民政府", "平川市财政局", "平川市工业和信息化局", "平川市经济委员会"
CHONGQING, KEY, UNLISTED = "重庆市长寿区教育局", "重点工程管理局", "绿园区信访局"
HOSTILE = '</script><img src=x onerror=alert(1)>\u2028"\\ 局'
RARE = "𠀀县水利局"


def record(
    agency: str, year: int | None, counts: Sequence[int] = (0, 0, 0), status: str = "", page: str = ""
) -> ReportRecord:
    status = status or ("findings" if any(counts) else "pass")
    page = page or f"{year}/{agency}.html"
    return ReportRecord(f"{year}/{agency}.txt", agency, year, "2021", "word_text", status, (*counts, 0), 0, page)


RECORDS = [
    record(CITY, 2022),
    record(CITY, 2023, (1, 0, 2)),
    record(FINANCE, 2022, (5, 0, 0)),
    record(FINANCE, 2023, (2, 1, 0)),
    record(INDUSTRY, 2022, (0, 1, 0)),
    record(INDUSTRY, 2023, status="not_assessable"),
    record(CHONGQING, 2023, (0, 0, 3)),
    record(KEY, 2023),
    record(UNLISTED, None, (4, 0, 0), page="unknown-year/绿园区信访局.html"),
    record(HOSTILE, 2023, page="2023/_script_img 局.html"),
    record(RARE, 2023),
    ReportRecord("scan.pdf", "", None, "", "", "unreadable", (), 0, "", "图片"),
]
AGENCIES = (
    Agency(name=CITY, kind="government"),
    Agency(name=FINANCE, kind="department", parent=CITY, aliases=("平川财政",)),
    Agency(
        name=INDUSTRY, kind="department", parent=CITY,
        former_names=(FormerName.model_validate({"name": OLD_INDUSTRY, "until": 2020}),),
    ),
    Agency(name=CHONGQING, kind="department", reports_from=2023),
    Agency(name=KEY, kind="department"),
    Agency(name="平川市数据局", kind="zone", parent=CITY, reports_from=2023),
)  # fmt: skip
REVIEW = AgencyReview(
    "agencies.yaml",
    len(AGENCIES),
    (MissingReport(KEY, 2022, None), MissingReport("平川市数据局", 2023, None)),
    (),
    AGENCIES,
)
FAILING = {
    f"2023/{CITY}.txt": ("requests.balance",),
    f"2022/{FINANCE}.txt": ("requests.balance", "text.granted"),
    f"2023/{FINANCE}.txt": ("text.granted",),
}
CHANGED = frozenset({f"2023/{FINANCE}.txt"})

ASK = """
const fs = require("fs");
const [folder, asked] = [process.argv[1], JSON.parse(process.argv[2])];
global.window = {};
eval(fs.readFileSync(folder + "/assets/overview_data.js", "utf8"));
const model = require(folder + "/assets/overview_model.js");
const read = model.read(window.overviewData);
const found = model.select(read, { ...model.NOTHING, ...asked });
console.log(JSON.stringify({
  names: found.map((one) => one.agency.name),
  counted: model.count(read, found),
  pages: Object.fromEntries(read.agencies.flatMap((agency) => agency.cells.flatMap((cell, column) => (
    cell.reports.map((_, place) => [model.pageOf(read, agency, column, place), agency.name]))))),
  absent: Object.fromEntries(read.agencies.map((agency) => [agency.name, agency.cells.map((cell) => cell.absent)])),
}));
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overview")
    write_overview(folder, RECORDS, REVIEW, FAILING, CHANGED)
    return folder


def asked(site: Path, **wanted: str) -> Any:
    return ran(ASK, str(site), json.dumps(wanted))


def ran(script: str, *words: str) -> Any:
    assert NODE is not None
    done = subprocess.run([NODE, "-e", script, *words], capture_output=True, check=True, encoding="utf-8")
    return json.loads(done.stdout)


def test_every_name_comes_back_whatever_it_holds(site: Path) -> None:
    named = {one.agency for one in RECORDS if one.agency} | {"平川市数据局"}
    assert set(asked(site)["names"]) == named


def test_every_report_is_linked_where_its_page_is(site: Path) -> None:
    from urllib.parse import unquote

    found = {unquote(path): name for path, name in asked(site)["pages"].items()}
    assert found == {one.page: one.agency for one in RECORDS if one.page}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("财政", {FINANCE}, id="a part of the name"),
        pytest.param("平川 局 工业", {INDUSTRY}, id="several words in any order"),
        pytest.param("caizheng", {FINANCE}, id="pinyin"),
        pytest.param("pcsczj", {FINANCE}, id="initials"),
        pytest.param("CZJ", {FINANCE}, id="capitals"),
        pytest.param("ｃｚｊ", {FINANCE}, id="full width"),
        pytest.param("chongqing", {CHONGQING}, id="a character by its reading in this name"),
        pytest.param("zhongdian", {KEY}, id="the same character by another reading in another"),
        pytest.param("经济委员会", {INDUSTRY}, id="a former name"),
        pytest.param("jjwyh", {INDUSTRY}, id="the initials of a former name"),
        pytest.param("平川财政", {FINANCE}, id="a short name"),
        pytest.param("lvyuan", {UNLISTED}, id="a vowel that keyboards lack"),
        pytest.param("𠀀", {RARE}, id="a rare character"),
        pytest.param("slj", {RARE}, id="initials behind a rare character"),
        pytest.param("onerror", {HOSTILE}, id="what looks like markup"),
        pytest.param(".*", set(), id="what looks like a pattern"),
        pytest.param("财政 水利", set(), id="words of two agencies"),
    ],
)
def test_an_agency_is_found_by(site: Path, words: str, expected: set[str]) -> None:
    assert set(asked(site, q=words)["names"]) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param({"state": "error"}, {CITY, FINANCE, UNLISTED}, id="errors"),
        pytest.param({"state": "likely"}, {FINANCE, INDUSTRY}, id="likely mistakes, beside errors as well"),
        pytest.param({"state": "advisory"}, {CITY, CHONGQING}, id="advisories"),
        pytest.param({"state": "pass"}, {CITY, KEY, HOSTILE, RARE}, id="nothing found"),
        pytest.param({"state": "not_assessable"}, {INDUSTRY}, id="not assessable"),
        pytest.param({"state": "missing"}, {KEY, "平川市数据局"}, id="missing although due"),
        pytest.param({"state": "not_due"}, {CHONGQING, "平川市数据局"}, id="not due"),
        pytest.param({"state": "error", "year": "2022"}, {FINANCE}, id="a state in a year"),
        pytest.param({"state": "missing", "year": "2022"}, {KEY}, id="missing in a year"),
        pytest.param({"year": "unknown-year"}, {UNLISTED}, id="the unknown year"),
        pytest.param({"rule": "requests.balance"}, {CITY, FINANCE}, id="a rule"),
        pytest.param({"rule": "requests.balance", "year": "2023"}, {CITY}, id="a rule in a year"),
        pytest.param({"rule": "requests.balance", "state": "likely"}, set(), id="a rule and a state of one report"),
        pytest.param({"rule": "no.such"}, set(), id="a rule that nobody fails"),
        pytest.param({"parent": CITY}, {FINANCE, INDUSTRY, "平川市数据局"}, id="a parent"),
        pytest.param({"parent": "某市"}, set(), id="a parent that is none"),
        pytest.param({"kind": "government"}, {CITY}, id="a kind"),
        pytest.param({"changed": "1"}, {FINANCE}, id="what this run changed"),
        pytest.param({"changed": "1", "year": "2022"}, set(), id="what this run changed in a year"),
    ],
)
def test_agencies_are_filtered_by(site: Path, wanted: Mapping[str, str], expected: set[str]) -> None:
    assert set(asked(site, **wanted)["names"]) == expected


def test_a_report_that_is_due_is_missing_and_one_that_is_not_is_not(site: Path) -> None:
    absent = asked(site)["absent"]  # 2022, 2023, unknown
    assert absent[CHONGQING] == ["not_due", "", "none"]
    assert absent[KEY] == ["missing", "", "none"]
    assert absent["平川市数据局"] == ["not_due", "missing", "none"]
    assert absent[RARE] == ["none", "", "none"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        pytest.param("errors", [FINANCE, UNLISTED, CITY], id="by the number of errors"),
        pytest.param("change", [CITY, INDUSTRY, FINANCE], id="by the errors more than the year before"),
        pytest.param("state", [UNLISTED, FINANCE, CITY], id="by the gravest state, then by pinyin"),
    ],
)
def test_agencies_are_sorted(site: Path, sort: str, first: list[str]) -> None:
    assert asked(site, sort=sort)["names"][:3] == first


def test_agencies_stand_in_the_order_of_their_pinyin(site: Path) -> None:
    names = [name for name in asked(site)["names"] if name not in (HOSTILE, RARE)]
    assert names == [CHONGQING, UNLISTED, FINANCE, INDUSTRY, CITY, "平川市数据局", KEY]


def test_totals_count_each_report_once_and_every_finding(site: Path) -> None:
    counted = asked(site)["counted"]
    assert counted["all"] == {
        "reports": 11,
        "missing": 2,
        "kinds": {"error": 4, "likely": 1, "advisory": 1, "pass": 4, "not_assessable": 1},
        "findings": [12, 2, 5],
    }


def test_totals_follow_the_filters(site: Path) -> None:
    counted = asked(site, parent=CITY, year="2023")["counted"]
    assert (counted["agencies"], counted["all"]["reports"], counted["all"]["missing"]) == (3, 2, 1)
    assert counted["all"]["findings"] == [2, 1, 0]
    assert [year["reports"] for year in counted["years"]] == [0, 2, 0]


HASH = """
const model = require(process.argv[1] + "/assets/overview_model.js");
console.log(JSON.stringify(JSON.parse(process.argv[2]).map((hash) => model.toHash(model.fromHash(hash)))));
"""


@pytest.mark.parametrize(
    ("hash_", "kept"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(
            "#q=a%26b%3D%E8%B4%A2&state=error", "q=a%26b%3D%E8%B4%A2&state=error", id="characters with a meaning"
        ),
        pytest.param("#sort=name&year=2023", "year=2023", id="the usual order is not told"),
        pytest.param("#year-2023", "year=2023", id="the link of another page to a year"),
        pytest.param("#year-unknown", "year=unknown-year", id="the link to the unknown year"),
        pytest.param("#data", "", id="a place on the page"),
        pytest.param("#evil=1&__proto__=2&q=x", "q=x", id="what is no filter"),
    ],
)
def test_the_state_in_the_address_survives(site: Path, hash_: str, kept: str) -> None:
    assert ran(HASH, str(site), json.dumps([hash_])) == [kept]


def test_no_report_at_all_is_no_error(tmp_path: Path) -> None:
    write_overview(tmp_path, [])
    assert asked(tmp_path)["names"] == []
