"""How heavy and how quick the overview of many agencies is: writes it for invented ones and opens it in chromium.

    python -m tests.benchmarks.overview_in_browser --agencies 10000 --years 7 --out FOLDER

Only the overview, its data and the plain list are written; the pages of reports are not.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from disclosure_checks.rules.collection.agencies.review import AgencyReview, MissingReport
from disclosure_checks.rules.spec.model.agency_list import Agency
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from tests.runner.overview_pages import write_overview
from tests.runner.site.browser import opened

_REGIONS = (
    "平川", "清河", "重庆", "南湖", "长宁", "湛江", "乐山", "安阳", "大理", "银川",
    "朝阳", "六安", "厦门", "蚌埠", "亳州", "衢州", "临汾", "泸州", "绿园", "济源",
)  # fmt: skip
_BODIES = (
    "财政局", "教育局", "民政局", "司法局", "水利局", "审计局", "统计局", "林业局", "卫生健康委员会", "住房和城乡建设局",
    "市场监督管理局", "应急管理局", "农业农村局", "交通运输局", "行政审批服务局", "医疗保障局", "退役军人事务局",
    "文化和旅游局", "自然资源局", "信访局",
)  # fmt: skip
_DIGITS = "一二三四五六七八九十"


def agencies(count: int) -> list[Agency]:
    """Invented agencies of 200 districts, each below the government of its district."""
    found: list[Agency] = []
    place = 0
    while len(found) < count:
        region = f"{_REGIONS[place % 20]}市第{_DIGITS[place // 20 % 10]}{_DIGITS[place // 200 % 10]}区"
        government = f"{region}人民政府"
        found.append(Agency(name=government, kind="government"))
        found += [Agency(name=f"{region}{body}", kind="department", parent=government) for body in _BODIES]
        place += 1
    return found[:count]


def records(listed: list[Agency], years: range, chance: random.Random) -> Iterator[ReportRecord]:
    """A report of nearly every agency and year; a third have findings."""
    present = [(one.name, year) for one in listed for year in years if chance.random() < 0.97]
    paths = page_paths(PageKey(f"{year}/{name}", name, year) for name, year in present)
    for name, year in present:
        counts = (
            (chance.choice((0, 1, 1, 2, 3, 7)), chance.choice((0, 0, 1, 2)), chance.choice((0, 0, 1, 4)), 0)
            if chance.random() < 0.35
            else (0, 0, 0, 0)
        )
        source = f"{year}/{name}"
        status = "findings" if any(counts) else chance.choice(("pass",) * 30 + ("not_assessable",))
        yield ReportRecord(source, name, year, "2021", "word_text", status, counts, 0, paths[source])


def main() -> None:
    """Write, open, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=7)
    parser.add_argument("--out", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.out or Path(scratch)
        chance = random.Random(7)
        listed = agencies(given.agencies)
        made = list(records(listed, range(2025 - given.years, 2025), chance))
        have = {(one.agency, one.year) for one in made}
        years = range(2025 - given.years, 2025)
        missing = tuple(
            MissingReport(one.name, year, None) for year in years for one in listed if (one.name, year) not in have
        )
        review = AgencyReview("agencies.yaml", len(listed), missing, (), tuple(listed))
        failing = {
            one.report: tuple(f"rule.{chance.randrange(60)}" for _ in range(sum(one.failures)))[:5] for one in made
        }
        started = time.perf_counter()
        write_overview(folder, made, review, failing)
        print(f"written in {time.perf_counter() - started:.2f} s")
        for name in ("index.html", "assets/overview_data.js", "assets/overview_model.js", "assets/index.js"):
            print(f"{name}: {(folder / name).stat().st_size / 1000:.0f} KB")
        _measure(folder)


def _measure(folder: Path) -> None:
    with opened(folder / "index.html") as page:
        first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        print(f"first paint {first:.0f} ms, ready {loaded:.0f} ms, {page.locator('tr').count()} rows in the page")
        for what, field, value in (
            ("search 财政局", "q", "财政局"),
            ("search again 教育 平川", "q", "教育 平川"),
            ("clear", "q", ""),
            ("search czj", "q", "czj"),
            ("clear", "q", ""),
            ("state error", "state", "error"),
            ("clear", "state", ""),
            ("sort by errors", "sort", "errors"),
            ("sort by state", "sort", "state"),
            ("sort by change", "sort", "change"),
            ("year", "year", "2023"),
        ):
            took = page.evaluate(_TIMED, [field, value])
            print(f"{what}: {took:.0f} ms, {page.locator('#shown').inner_text()}")


# until the browser has laid the page out
_TIMED = """([name, value]) => {
  const field = document.getElementById("filter").elements[name];
  const started = performance.now();
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("rows").getBoundingClientRect();
  return performance.now() - started;
}"""

if __name__ == "__main__":
    main()
