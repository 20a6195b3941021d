"""A watched folder: what is saved is checked, a spec that is edited re-checks, and a mistake in it ends nothing."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer

import pytest

from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.commands.run_options import parser
from disclosure_checks.runner.commands.staying.watching import watched_folders
from tests.checking import ROOT, SPECIFICATION
from tests.runner.pipeline.collected_runs import table

LONGEST = 90  # seconds
NEW_RULE = """
  - id: proactive.no_licences
    title: {zh: 没有许可, en: no licences}
    category: proactive
    check: proactive.licences.decisions >= 999999
    severity: error
    examples: []
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Specs, reports and the folder to publish in, which lies among the reports."""
    specs, reports = tmp_path / "specs", tmp_path / "reports"
    specs.mkdir()
    shutil.copy(SPECIFICATION, specs)
    (reports / "deep" / "er").mkdir(parents=True)
    (reports / ".hidden").mkdir()
    shutil.copy(ROOT / "reports" / "report_002.txt", reports / "deep" / "report.txt")
    return specs, reports, reports / "out"


def options(*words: object) -> Sequence[str]:
    return [*map(str, words), "--watch"]


def test_folders_of_reports_and_specs_are_watched_and_the_published_one_is_not(
    folders: tuple[Path, Path, Path],
) -> None:
    specs, reports, out = folders
    (out / "2023").mkdir(parents=True)
    spec = specs / SPECIFICATION.name
    watched = watched_folders(parser("zh").parse_args(options(spec, reports, "--out", out)))
    assert watched == sorted([specs, reports, reports / "deep", reports / "deep" / "er"])
    alone = watched_folders(parser("zh").parse_args(options(specs, reports / "deep" / "report.txt", "--out", out)))
    assert alone == sorted([specs, reports / "deep"])


def test_the_folders_of_the_images_that_a_page_shows_are_watched(folders: tuple[Path, Path, Path]) -> None:
    specs, reports, out = folders
    page, images = reports / "page.html", reports / "page_files"
    images.mkdir()
    (images / "1.png").write_bytes(b"1")
    page.write_text("<img src=page_files/1.png>", encoding="utf-8")
    alone = watched_folders(parser("zh").parse_args(options(specs, page, "--out", out)))
    assert alone == sorted([specs, reports, images])
    assert images in watched_folders(parser("zh").parse_args(options(specs, reports, "--out", out)))


def test_the_folder_of_a_spec_that_is_extended_is_watched(folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    specs, reports, out = folders
    local = tmp_path / "local" / "own.yaml"
    local.parent.mkdir()
    local.write_text(f"extends: ../specs/{SPECIFICATION.name}\n", encoding="utf-8")
    watched = watched_folders(parser("zh").parse_args(options(local, reports, "--out", out)))
    assert {specs, local.parent} <= set(watched)


def test_what_cannot_go_together_is_told(folders: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    specs, reports, out = folders
    assert main([*options(specs, reports, "--out", out), "--fresh"]) == 2
    assert "--fresh" in capsys.readouterr().err


class Watching:
    """The command at work."""

    def __init__(self, words: Sequence[str]) -> None:
        command = [sys.executable, "-m", "disclosure_checks.runner.commands.run_checks", *words, "--lang", "en"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said: list[str] = []

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Let it check until that is so. It is ended where it never is."""
        assert self._process.stdout is not None
        guard = Timer(LONGEST, self._process.kill)
        guard.start()
        try:
            for line in self._process.stdout:
                self.said.append(line)
                if "waiting" in line and is_so():
                    return
        finally:
            guard.cancel()
        raise AssertionError("".join(self.said))

    def end(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return self._process.wait()


@pytest.fixture
def watching(folders: tuple[Path, Path, Path]) -> Iterator[Watching]:
    specs, reports, out = folders
    found = Watching(options(specs, reports, "--out", out, "--jobs", "1"))
    try:
        found.wait_until(lambda: True)
        yield found
    finally:
        found.end()


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches no single process there")
def test_a_file_that_is_saved_and_a_spec_that_is_edited_are_checked(
    folders: tuple[Path, Path, Path], watching: Watching
) -> None:
    specs, reports, out = folders
    report, spec = reports / "deep" / "report.txt", specs / SPECIFICATION.name
    text = report.read_text(encoding="utf-8")

    report.write_text(text.replace("18", "19"), encoding="utf-8")
    watching.wait_until(lambda: table(out, "reports.csv")[0]["errors"] != "0")
    shutil.copy(ROOT / "reports" / "report_000.txt", reports / "deep" / "er" / "another.txt")
    watching.wait_until(lambda: len(table(out, "reports.csv")) == 2)

    whole = spec.read_text(encoding="utf-8")
    spec.write_text(whole + "\n  - id: [broken", encoding="utf-8")
    watching.wait_until(lambda: any(f"{spec.name}:" in line for line in watching.said))
    spec.write_text(whole + NEW_RULE, encoding="utf-8")
    watching.wait_until(lambda: [one["rule"] for one in table(out, "findings.csv")].count("proactive.no_licences") == 2)
    assert watching.end() == 1
