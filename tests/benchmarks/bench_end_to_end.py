"""Measures a run from the first import to the published site, step by step, and GX used as documented beside it.

python -m tests.benchmarks.bench_end_to_end [--reports 1000] [--large 10000] [--sample 10] [--jobs 2]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measurements import Duration, Measurement, table_lines
from tests.benchmarks.own_steps import OwnSteps
from tests.benchmarks.report_folders import write_reports
from tests.benchmarks.stock_checks import stock_measurements
from tests.benchmarks.whole_run import ROOT, import_times, run_whole

SPECIFICATION = ROOT / "specs" / "2021_format.yaml"


def step_measurements(folder: Path, out: Path) -> list[Measurement]:
    """Every step over the reports in ``folder``, in this process."""
    steps = OwnSteps(SPECIFICATION, folder, out)
    return [*steps.reading(), *steps.checking_and_publishing()]


def whole_measurement(folder: Path, out: Path, count: int, jobs: int) -> Measurement:
    """The command over the reports in ``folder``, as its users start it. Raises RuntimeError where it fails."""
    whole = run_whole(SPECIFICATION, folder, out, jobs)
    if whole.exit_code != 0 or not (out / "index.html").exists():
        raise RuntimeError(f"run-checks over {count} reports came back with {whole.exit_code}")
    remark = f"{count / whole.duration.wall:.0f} reports/s, largest process {whole.peak_megabytes:.0f} MB"
    return Measurement(f"run-checks, {count} reports, --jobs {jobs}", whole.duration, count, "report", remark)


def comparison(folder: Path, out: Path, sample: int) -> list[Measurement]:
    """The same few reports through our steps after reading, and through GX as documented."""
    small = out / "sample"
    small.mkdir(parents=True)
    for path in sorted(folder.iterdir())[:sample]:
        (small / path.name).write_bytes(path.read_bytes())
    steps = OwnSteps(SPECIFICATION, small, out / "ours")
    for _ in steps.reading():
        pass  # only what comes after reading is compared
    duration = sum((one.duration for one in steps.checking_and_publishing()), Duration(0.0, 0.0))
    remark = f"all {len(steps.compiled.rules)} rules, pages and exports"
    ours = Measurement(f"ours: check and publish {sample}", duration, sample, "report", remark)
    return [ours, *stock_measurements(steps.reports, out / "stock")]


def ratio_lines(steps: Sequence[Measurement], compared: Sequence[Measurement]) -> list[str]:
    """Milliseconds a report after reading, ours by theirs: over the sample and over the whole collection."""
    ours, *stock = compared
    theirs = sum(one.milliseconds_each for one in stock)
    many = [one for one in steps if one.step.startswith(("check", "publish"))]
    each = 1000 * sum(one.duration.wall for one in many) / many[0].count
    return [
        f"ours / GX as documented, a report, {ours.count} reports: "
        f"{ours.milliseconds_each:.1f} ms / {theirs:.1f} ms = {ours.milliseconds_each / theirs:.4f}",
        f"ours / GX as documented, a report, {many[0].count} reports against {ours.count}: "
        f"{each:.2f} ms / {theirs:.1f} ms = {each / theirs:.4f}",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m tests.benchmarks.bench_end_to_end", description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="how many reports (default: %(default)s)")
    parser.add_argument("--large", type=int, default=0, help="a second, larger run of the command (default: none)")
    parser.add_argument("--sample", type=int, default=10, help="reports for GX as documented (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes of the whole run (default: %(default)s)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        for line in _measure(Path(scratch), options):
            print(line, flush=True)
    return 0


def _measure(scratch: Path, options: argparse.Namespace) -> list[str]:
    folder = scratch / "reports"
    write_reports(folder, options.reports)
    lines = table_lines("Starting", import_times())
    whole = [whole_measurement(folder, scratch / "whole", options.reports, options.jobs)]
    if options.large:
        write_reports(scratch / "large", options.large, seed=1)
        whole.append(whole_measurement(scratch / "large", scratch / "whole_large", options.large, options.jobs))
    steps = step_measurements(folder, scratch / "steps")
    compared = comparison(folder, scratch / "compared", min(options.sample, options.reports))
    lines += table_lines(f"Steps, {options.reports} reports, one process after another", steps)
    lines += table_lines("From the command line to the published site", whole)
    lines += table_lines("Against GX as documented, after reading", compared)
    return [*lines, *ratio_lines(steps, compared)]


if __name__ == "__main__":
    raise SystemExit(main())
