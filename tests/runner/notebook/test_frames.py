"""``disclosure_checks.read`` and ``.check``: the exports of a run as pandas frames, nothing written, nothing printed."""

from __future__ import annotations

import csv
import dataclasses
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random

import pandas as pd
import pytest

import disclosure_checks
from disclosure_checks.rules.spec.source.problems import SpecificationError
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.exports.csv_files import CELL_COLUMNS, FINDING_COLUMNS, REPORT_COLUMNS
from disclosure_checks.runner.exports.plain_values import plain_number
from disclosure_checks.runner.reading.input_errors import InputError
from tests.checking import ROOT, SPECIFICATION
from tests.generation.layouts import LAYOUTS, print_layout
from tests.generation.samples import FOLDER
from tests.generation.truth import random_report

SAMPLE = FOLDER / "report_004.txt"
SPECS = SPECIFICATION.parent
AGENCIES = """agencies:
  - {name: 湛河区人民政府, kind: government}
  - {name: 湛河区工信局, kind: department, parent: 湛河区人民政府, aliases: [湛河区工业和信息化局]}
"""


def exported(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_exported(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a frame as a CSV file writes them."""
    return [
        {
            name: "" if pd.isna(value) else value if isinstance(value, str) else plain_number(value)
            for name, value in row
        }
        for row in ([*zip(frame.columns, values, strict=True)] for values in frame.itertuples(index=False, name=None))
    ]


def files_below(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.fixture(scope="module")
def mixed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples, two years of one agency, an archive, a list of agencies and what cannot be read."""
    folder = tmp_path_factory.mktemp("notebook") / "reports"
    shutil.copytree(FOLDER, folder)
    for year in (2022, 2023):
        report = dataclasses.replace(random_report(Random("notebook")), year=year)
        (folder / f"{year}.txt").write_text(print_layout(report, Random(year), next(iter(LAYOUTS))), encoding="utf-8")
    with zipfile.ZipFile(folder / "further.zip", "w") as archive:
        archive.write(SAMPLE, "again.txt")
        archive.writestr("nothing.txt", b"")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "=formula.txt").write_text("不是年报", encoding="utf-8")
    (folder / "agencies.yaml").write_text(AGENCIES, encoding="utf-8")
    return folder


def of_samples(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    return FOLDER, SPECIFICATION


def of_a_mixed_folder(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    return request.getfixturevalue("mixed_folder"), SPECS


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("inputs", [of_samples, of_a_mixed_folder])
def test_the_frames_are_the_exports_of_a_run_cell_by_cell(inputs, language, request, tmp_path):
    reports, spec = inputs(request)
    main([str(spec), str(reports), "--out", str(tmp_path), "--jobs", "1", "--quiet", "--lang", language])
    result = disclosure_checks.check(reports, spec, language=language)

    assert as_exported(result.reports) == exported(tmp_path, "reports.csv")
    assert as_exported(result.cells) == exported(tmp_path, "cells.csv")
    assert as_exported(result.findings) == exported(tmp_path, "findings.csv")


def test_the_frames_have_the_columns_of_the_exports_with_numbers_as_numbers():
    result = disclosure_checks.check([SAMPLE], SPECIFICATION)

    assert tuple(result.reports.columns) == REPORT_COLUMNS
    assert tuple(result.cells.columns) == CELL_COLUMNS
    assert tuple(result.findings.columns) == FINDING_COLUMNS
    for frame in (result.reports, result.cells, result.findings):
        kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
        integers = {"year", "errors", "likely", "advisories", "not_assessable"} & set(kinds)
        numbers = {"value", "expected", "observed", "difference", "suggestion"} & set(kinds)
        assert {kinds[name] for name in integers} == {"Int64"}
        assert {kinds[name] for name in numbers} <= {"float64"}
        texts = frame[[name for name in kinds if name not in integers | numbers]]
        assert not texts.isna().to_numpy().any()


def test_nothing_is_written_and_nothing_is_printed(mixed_folder, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    before = files_below(mixed_folder.parent)
    disclosure_checks.check(mixed_folder, SPECS)
    disclosure_checks.read(SAMPLE, SPECS)

    assert files_below(tmp_path) == []
    assert files_below(mixed_folder.parent) == before
    assert capfd.readouterr() == ("", "")


def test_the_cells_that_are_read_are_those_that_are_checked():
    read = disclosure_checks.read(SAMPLE, SPECIFICATION)
    checked = disclosure_checks.check(SAMPLE, SPECIFICATION)

    pd.testing.assert_frame_equal(read.cells, checked.cells)
    assert read.reason == ""


def test_a_report_that_was_only_read_has_no_status_and_no_counts():
    [row] = as_exported(disclosure_checks.read(SAMPLE, SPECS).report)

    assert (row["agency"], row["year"], row["format"]) == ("湛河区工信局", "2024", "2021_format")
    assert {row[name] for name in ("status", "errors", "likely", "advisories", "not_assessable", "page")} == {""}


@pytest.mark.parametrize(("language", "reason"), [("zh", "文件是空的"), ("en", "the file is empty")])
def test_a_file_that_cannot_be_read_says_why(language, reason, tmp_path):
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    read = disclosure_checks.read(path, SPECIFICATION, language=language)

    assert read.reason == reason
    assert read.report["status"].tolist() == ["unreadable"]
    assert read.cells.empty
    assert tuple(read.cells.columns) == CELL_COLUMNS


def test_an_archive_gives_each_report_in_it_and_says_which_cannot_be_read(mixed_folder):
    read = disclosure_checks.read(mixed_folder / "further.zip", SPECS, language="en")

    assert read.report["report"].tolist() == ["further.zip/again.txt", "further.zip/nothing.txt"]
    assert read.cells["report"].unique().tolist() == ["further.zip/again.txt"]
    assert read.reason == "further.zip/nothing.txt: the file is empty"


def test_paths_may_be_texts_and_several():
    result = disclosure_checks.check([str(SAMPLE), str(FOLDER / "report_000.txt")], str(SPECIFICATION))
    assert result.reports["report"].tolist() == ["report_000.txt", "report_004.txt"]


def test_a_list_of_agencies_may_be_named(tmp_path):
    listed = tmp_path / "list.yaml"
    listed.write_text(
        "agencies:\n  - {name: 湛河区工业局, kind: department, aliases: [湛河区工信局]}\n", encoding="utf-8"
    )
    result = disclosure_checks.check(SAMPLE, SPECIFICATION, agencies=listed)
    assert result.reports["agency"].tolist() == ["湛河区工业局"]


def test_a_folder_is_no_report():
    with pytest.raises(InputError, match=r"disclosure_checks\.check"):
        disclosure_checks.read(FOLDER, SPECIFICATION)


@pytest.mark.parametrize("function", [disclosure_checks.read, disclosure_checks.check])
def test_a_path_that_is_not_there_is_named(function, tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        function(tmp_path / "nowhere.txt", SPECIFICATION)


@pytest.mark.parametrize("function", [disclosure_checks.read, disclosure_checks.check])
def test_a_spec_that_cannot_be_used_says_where(function, tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text("format: [\n", encoding="utf-8")
    with pytest.raises(SpecificationError, match=r"spec\.yaml:\d+:\d+"):
        function(SAMPLE, spec)


def test_results_cannot_be_assigned_to():
    with pytest.raises(dataclasses.FrozenInstanceError):
        disclosure_checks.read(SAMPLE, SPECIFICATION).reason = "other"  # type: ignore[misc]


def test_importing_the_package_loads_nothing_heavy_and_checking_no_great_expectations():
    lines = (
        "import sys, disclosure_checks",
        "print([name for name in ('great_expectations', 'numpy', 'pandas', 'pydantic', 'yaml') if name in sys.modules])",
        "disclosure_checks.check(sys.argv[1], sys.argv[2])",
        "print('great_expectations' in sys.modules)",
    )
    called = [sys.executable, "-c", "\n".join(lines), str(SAMPLE), str(SPECIFICATION)]
    done = subprocess.run(called, capture_output=True, text=True, check=False, cwd=ROOT / "tests")
    assert done.stdout.splitlines() == ["[]", "False"], done.stderr
