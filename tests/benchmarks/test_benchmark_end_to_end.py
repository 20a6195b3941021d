from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.bench_end_to_end import comparison, ratio_lines, step_measurements, whole_measurement
from tests.benchmarks.measurements import table_lines
from tests.benchmarks.report_folders import write_reports

pytestmark = pytest.mark.benchmark
REPORTS = 58  # every layout twice


def test_every_step_of_a_run_is_measured_beside_gx_as_documented(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "reports"
    write_reports(folder, REPORTS)
    whole = whole_measurement(folder, tmp_path / "whole", REPORTS, jobs=2)
    steps = step_measurements(folder, tmp_path / "steps")
    compared = comparison(folder, tmp_path / "compared", sample=2)
    with capsys.disabled():
        print("\n".join(["", *table_lines("Steps", [*steps, whole, *compared]), *ratio_lines(steps, compared)]))

    rows = (tmp_path / "whole" / "data" / "reports.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + REPORTS
    assert len(list((tmp_path / "steps" / "site").glob("20*/*.html"))) == REPORTS
    # GX as documented stores a result a report: had its checkpoint failed there would be none
    assert len(list((tmp_path / "compared" / "stock").rglob("validations/equations/**/*.json"))) == 2
