"""A whole site as the command publishes it, of invented agencies: every kind of page that a run makes.

    python -m tests.runner.site.in_browser.invented_site FOLDER [--language en]

Some years of a few bodies, with a list of them; a wrong number, a report that was corrected, bodies that report nothing,
files that nobody can read, reports that name no agency, and one whose every word means something to a browser.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from random import Random

import yaml

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main as run_checks
from tests.checking import ROOT
from tests.generation.layouts.printing import LAYOUTS
from tests.generation.panel.panel import YEARS, Panel, PanelReport, random_panel
from tests.generation.planting.values import digits_swapped, text_instead_of_number
from tests.generation.sheets import GeneratedReport

FEW_YEARS = (2020, 2021, 2022)  # of both formats
FAILING, CORRECTED, TYPED = 0, 1, 2  # bodies of the panel, by what is planted in their last report
HOSTILE_WORDS = "<img src=x onerror=alert(1)>"
HOSTILE = f"{HOSTILE_WORDS}\"'&<script>alert(2)</script>"
HOSTILE_FILE = f"{HOSTILE_WORDS}'&#%.txt"
PARENT = "平川市人民政府"
SILENT = "平川市第{number}局"  # is due every year and reports nothing


def write_invented_site(
    folder: Path, language: str = "zh", years: tuple[int, ...] = FEW_YEARS, silent: int = 50, odd_files: bool = True
) -> Path:
    """Publish the site in a folder of ``folder``; its path.

    ``silent``: how many listed bodies report nothing; ``odd_files``: whether there are reports that name no agency, or
    mean something to a browser.
    """
    panel = random_panel(agencies=5, seed=11, years=years)
    reports, out = folder / "reports", folder / "site"
    _write_reports(reports, panel)
    if odd_files:
        _write_odd_files(reports, panel)
    words = [str(ROOT / "specs"), str(reports), "--out", str(out), "--jobs", "1", "--quiet", "--lang", language]
    first = run_checks([*words, "--agencies", str(_write_agencies(folder, panel, silent))])
    corrected = _last(panel, CORRECTED)
    _write(reports, corrected, corrected.report)
    second = run_checks([*words, "--agencies", str(folder / "agencies.yaml")])
    if (first, second) != (ExitCode.UNREADABLE_INPUT, ExitCode.UNREADABLE_INPUT):
        raise AssertionError(f"a run that could not read two files ended with {first}, then {second}")
    return out


def _last(panel: Panel, body: int) -> PanelReport:
    return panel.runs[body][-1]


def _write_reports(folder: Path, panel: Panel) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for report in panel.reports:
        _write(folder, report, report.report)
    random = Random(5)
    for body, plant in ((FAILING, digits_swapped), (CORRECTED, digits_swapped), (TYPED, text_instead_of_number)):
        report = _last(panel, body)
        _write(folder, report, plant(report.report, random).report)
    (folder / "扫描件.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "空文件.txt").write_bytes(b"")


def _write_odd_files(folder: Path, panel: Panel) -> None:
    unnamed = _last(panel, FAILING).text.replace(_last(panel, FAILING).body.agency.name, "")
    for name in ("甲.txt", "乙.txt"):
        (folder / name).write_text(_without_names(unnamed), encoding="utf-8")
    hostile = _last(panel, TYPED)
    text = hostile.text.replace(hostile.body.agency.name, f"{hostile.body.agency.name}{HOSTILE}")
    (folder / HOSTILE_FILE).write_text(f"{HOSTILE}\n{text}\n{HOSTILE}\n", encoding="utf-8")


def _without_names(text: str) -> str:
    """A report that says nowhere whose it is."""
    return "\n".join(line for line in text.splitlines() if "政府信息公开工作年度报告" not in line)


def _write(folder: Path, report: PanelReport, printed: GeneratedReport) -> None:
    path = folder / str(report.year) / f"{report.body.agency.name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LAYOUTS[report.layout](printed.sheet, Random(report.name)), encoding="utf-8")


def _write_agencies(folder: Path, panel: Panel, silent: int) -> Path:
    """The list of the bodies, all under one government, and of those that owe every report."""
    names = [run[0].body.agency.name for run in panel.runs]
    names += [SILENT.format(number=number) for number in range(1, silent + 1)]
    bodies = [{"name": name, "kind": "department", "parent": PARENT} for name in names]
    listed = [{"name": PARENT, "kind": "government"}, *bodies]
    path = folder / "agencies.yaml"
    path.write_text(yaml.safe_dump({"agencies": listed}, allow_unicode=True), encoding="utf-8")
    return path


def main() -> None:
    """Write the site for a person to look at."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    options = parser.parse_args()
    print(write_invented_site(options.folder, options.language, YEARS, silent=1) / "index.html")


if __name__ == "__main__":
    main()
