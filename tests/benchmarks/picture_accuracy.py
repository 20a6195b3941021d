"""How many cells of pictures are read right, wrong, left open or lost, by kind; planted errors found; clean reports accused.

python -m tests.generation.pictures --count 60 --seed 1 --out DIR
python -m tests.benchmarks.picture_accuracy DIR [--only PART] [--from N] [--count N] [--cut-outs FOLDER]

Each case is read and checked alone by ``run-checks --pictures always``.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from disclosure_checks.runner.commands.run_checks import main as run_checks
from tests.checking import SPECIFICATION

OUTCOMES = ("right", "wrong", "ambiguous", "unreadable", "absent")
GRAVE = ("error", "likely")
Truth = Mapping[str, Any]
Row = Mapping[str, str]
Value = float | None


@dataclass
class Tally:
    """What became of the cells of one kind of cases."""

    cells: Counter[str] = field(default_factory=Counter)
    cases: int = 0
    pictures: int = 0
    seconds: float = 0.0
    planted: int = 0
    found: int = 0
    found_likely: int = 0
    accused: int = 0
    unread: int = 0

    def line(self, kind: str) -> str:
        total = max(sum(self.cells.values()), 1)
        shares = " ".join(f"{100 * self.cells[name] / total:7.3f}" for name in OUTCOMES)
        each = self.seconds / max(self.pictures, 1)
        found = f"{self.found}+{self.found_likely}/{self.planted}"
        return (
            f"{kind:34} {self.cases:4} {total:6} {shares} | {self.cells['wrong']:4} wrong | found {found:8} | "
            f"accused {self.accused} | unread {self.unread} | {each:.1f} s a picture"
        )


def outcome(status: str, value: float, printed: Value) -> str:
    """One of ``OUTCOMES``; a cell that is blank or not shown is right where no number is read."""
    if status in ("ambiguous", "unreadable"):
        return status
    if status in ("blank", "absent"):
        return "right" if printed is None else "absent"
    return "right" if printed is not None and math.isclose(value, printed, abs_tol=1e-9) else "wrong"


class Exports(NamedTuple):
    """Rows of what a run over one file exports."""

    cells: Sequence[Row]
    findings: Sequence[Row]


def checked(path: Path, pictures: str) -> Exports:
    """One file, read and checked against both formats by a run of its own."""
    with tempfile.TemporaryDirectory() as folder:
        asked = [str(SPECIFICATION.parent), str(path), "--out", f"{folder}/out", "--jobs", "1", "--quiet"]
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
            code = run_checks([*asked, "--pictures", pictures, "--fail-on", "never"])
        data = Path(folder) / "out" / "data"
        if not data.is_dir():
            raise RuntimeError(f"run-checks ended with {code}: {said.getvalue()}")
        return Exports(*(_rows(data / name) for name in ("cells.csv", "findings.csv")))


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_cells(exports: Exports) -> dict[str, tuple[str, float, str]]:
    """Status, value and text of every cell that was read."""
    return {row["cell"]: (row["status"], float(row["value"] or math.nan), row["text"]) for row in exports.cells}


def failures(exports: Exports, severities: Sequence[str] = GRAVE) -> dict[str, set[str]]:
    """The cells of every rule that fails, by rule."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in exports.findings:
        if row["status"] == "fail" and row["severity"] in severities:
            found[row["rule"]] |= set(row["cells"].split(";"))
    return found


class Measurement:
    """Reads cases one by one; tallies by kind, lines about everything that is to be explained."""

    def __init__(self, folder: Path, cut_outs: Path | None) -> None:
        self.folder, self.cut_outs = folder, cut_outs
        self.tallies: dict[str, Tally] = defaultdict(Tally)

    def measure(self, truth: Truth) -> Iterator[str]:
        """Lines about the case."""
        name = truth["name"]
        plain = checked(self.folder / "plain" / name / "report.html", "never")
        started = time.perf_counter()
        exports = checked(self.folder / "cases" / name / truth["files"][0], "always")
        seconds = time.perf_counter() - started
        cells = read_cells(exports)
        outcomes = {cell: self._outcome(cells, cell, truth) for cell in truth["cells"]}
        kinds = ("all", *(f"{key} {truth[key]}" for key in ("taking", "drawing", "container", "dots_per_inch")))
        wrong = [cell for cell, became in outcomes.items() if became == "wrong"]
        found = {severity: self._is_found(exports, truth, severity) for severity in GRAVE}
        accusing = [] if truth["hidden"] else sorted(set(failures(exports)) - set(failures(plain)))
        for kind in kinds:
            tally = self.tallies[kind]
            tally.cells.update(outcomes.values())
            tally.cases += 1
            tally.pictures += truth["pictures"]
            tally.seconds += seconds
            tally.planted += bool(truth["planted"])
            tally.found += found["error"]
            tally.found_likely += found["likely"] and not found["error"]
            tally.accused += bool(accusing)
            tally.unread += not cells
        counts = Counter(outcomes.values())
        yield f"{name}: {dict(counts)} {seconds:.1f} s"
        if not cells:
            yield "  NOT READ"
        for cell in wrong:
            status, value, text = cells[cell]
            yield f"  WRONG {cell}: {status} {value:g} ({text!r}), printed {self._printed(cell, truth)}"
            self._cut_out(cell, truth)
        if truth["planted"] and not any(found.values()):
            yield f"  MISSED {truth['planted']} {truth['planted_cells']}"
        for rule in accusing:
            yield f"  ACCUSED of {rule}: {sorted(failures(exports)[rule])[:12]}"

    def lines(self) -> Iterator[str]:
        """The table of all kinds."""
        shares = " ".join(f"{name:>7.7}" for name in OUTCOMES)
        yield f"{'kind':34} {'n':>4} {'cells':>6} {shares}"
        for kind, tally in sorted(self.tallies.items()):
            yield tally.line(kind)

    def _outcome(self, cells: Mapping[str, tuple[str, float, str]], cell: str, truth: Truth) -> str:
        status, value, _ = cells.get(cell, ("absent", math.nan, ""))
        became = outcome(status, value, self._printed(cell, truth))
        # a number at the edge of a picture that is cut off may be whole: then it is read, or left out, and both are right
        return outcome(status, value, truth["cells"][cell]) if became == "wrong" else became

    def _printed(self, cell: str, truth: Truth) -> Value:
        value: Value = None if cell in truth["hidden"] else truth["cells"][cell]
        return value

    def _is_found(self, exports: Exports, truth: Truth, severity: str) -> bool:
        planted = set(truth["planted_cells"])
        return any(cells & planted for cells in failures(exports, (severity,)).values())

    def _cut_out(self, cell: str, truth: Truth) -> None:
        if self.cut_outs is None or cell not in truth["places"]:
            return
        picture, left, top, right, bottom = truth["places"][cell]
        image = Image.open(self.folder / "looks" / truth["name"] / f"{picture}.jpg")
        margin = bottom - top
        part = image.crop((left - 2 * margin, top - margin, right + 2 * margin, bottom + margin))
        self.cut_outs.mkdir(parents=True, exist_ok=True)
        part.save(self.cut_outs / f"{truth['name']}_{cell}.png")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.picture_accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, help="what python -m tests.generation.pictures wrote")
    parser.add_argument("--only", default="", help="cases with this in their names")
    parser.add_argument("--from", type=int, default=0, dest="first", help="leave out the cases before this number")
    parser.add_argument("--count", type=int, default=10_000, help="how many cases at most")
    parser.add_argument("--cut-outs", type=Path, help="where to write pictures of the cells that were read wrong")
    options = parser.parse_args(arguments)
    truths = json.loads((options.folder / "truth.json").read_text(encoding="utf-8"))
    chosen = [truth for truth in truths if options.only in truth["name"]][options.first : options.first + options.count]
    measurement = Measurement(options.folder, options.cut_outs)
    for truth in chosen:
        for line in measurement.measure(truth):
            print(line, flush=True)
    print("\n".join(measurement.lines()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
