"""A scanned PDF and a page whose tables are images, from the files to the published site."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("rapidocr", reason="the extra pictures is not installed")
pytest.importorskip("PIL", reason="the extra pictures is not installed")

import disclosure_checks
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import SPECIFICATION
from tests.generation.pictures.samples import FOLDER, SCANNED, WEB_PAGE, truths

pytestmark = pytest.mark.long
SAMPLES = (SCANNED, WEB_PAGE)
Row = Mapping[str, str]


class PictureRun(NamedTuple):
    """The site that a run over the samples published, and how it ended."""

    out: Path
    code: ExitCode

    def rows(self, name: str, report: str) -> list[Row]:
        """The rows of an export that are about a report."""
        with (self.out / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.DictReader(file) if row["report"] == report]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> PictureRun:
    """Both samples; whether to look at pictures is left to the run."""
    folder = tmp_path_factory.mktemp("pictures")
    for name in SAMPLES:
        shutil.copy(FOLDER / name, folder)
    out = folder / "reports_out"
    with redirect_stdout(StringIO()):
        code = main([str(SPECIFICATION), *(str(folder / name) for name in SAMPLES), "--out", str(out), "--jobs", "1"])
    return PictureRun(out, ExitCode(code))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_number_is_read_as_it_is_printed(run: PictureRun, name: str) -> None:
    read = {row["cell"]: (row["status"], row["value"]) for row in run.rows("cells", name)}
    printed = truths()[name]["cells"]
    assert {cell: value for cell, (_, value) in read.items() if value and float(value) != printed[cell]} == {}
    assert [cell for cell, (_, value) in read.items() if not value] == []
    assert {status for status, _ in read.values()} <= {"recognised", "inferred"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_has_its_page(run: PictureRun, name: str) -> None:
    [report] = run.rows("reports", name)
    assert (report["agency"], int(report["year"])) == (truths()[name]["agency"], truths()[name]["year"])
    assert report["agency"] in (run.out / report["page"]).read_text(encoding="utf-8")


def test_a_clean_scan_is_not_accused(run: PictureRun) -> None:
    assert [row for row in run.rows("findings", SCANNED) if row["status"] == "fail"] == []


def test_a_wrong_number_in_an_image_is_an_error(run: PictureRun) -> None:
    planted = set(truths()[WEB_PAGE]["planted"])
    failed = [row for row in run.rows("findings", WEB_PAGE) if row["status"] == "fail" and row["severity"] == "error"]
    assert any(planted & set(row["cells"].split(";")) for row in failed)
    assert run.code == ExitCode.FINDINGS


def test_a_notebook_reads_what_a_run_reads(run: PictureRun) -> None:
    cells = disclosure_checks.read(FOLDER / SCANNED, SPECIFICATION).cells
    exported = [(row["cell"], row["status"]) for row in run.rows("cells", SCANNED)]
    assert list(zip(cells["cell"], cells["status"], strict=True)) == exported
    assert not cells["value"].isna().any()


def test_a_notebook_leaves_pictures_out_where_it_is_told_to() -> None:
    left_out = disclosure_checks.read(FOLDER / SCANNED, SPECIFICATION, language="en", pictures="never")
    assert left_out.cells.empty
    assert "--pictures never" in left_out.reason
