"""The offline bundle: what is in it, and what is told where it cannot be built. It is installed from by .ci/run."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure_checks.runner.commands import bundle_checks
from disclosure_checks.runner.commands.bundle_checks import build, extras, main, pip_command, python_version, starters
from tests.checking import ROOT

BASE = extras(pictures=False)


def test_starters_name_this_python_and_nothing_is_left_to_fill_in() -> None:
    for name, content in starters(BASE).items():
        text = content.decode()
        assert python_version() in text, name
        assert "{version}" not in text
        assert "{extras}" not in text
        assert ("\r\n" in text) is not name.endswith(".sh")
    assert set(starters(BASE)) == {"start.sh", "start.bat", "README.txt"}
    assert starters(BASE)["start.bat"].isascii()  # whatever the code page of the console


@pytest.mark.skipif(os.name == "nt", reason="a shell of other systems")
def test_the_starter_is_sound_shell(tmp_path: Path) -> None:
    (tmp_path / "start.sh").write_bytes(starters(BASE)["start.sh"])
    assert subprocess.run(["sh", "-n", str(tmp_path / "start.sh")], check=False).returncode == 0


def test_a_bundle_holds_specs_versions_and_starters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def instead_of_pip(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        assert Path(command[-1].partition("[")[0], "runner", "notebook", "__init__.py").is_file()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(bundle_checks.subprocess, "run", instead_of_pip)
    before = {path.name for path in ROOT.iterdir()}
    assert build(ROOT, tmp_path / "bundle", BASE) == ""
    names = {path.name for path in (tmp_path / "bundle").iterdir()}
    assert names >= {"specs", "constraints.txt", "start.sh", "start.bat", "README.txt"}
    assert (tmp_path / "bundle" / "start.sh").stat().st_mode & stat.S_IXUSR
    assert asked[0][:4] == [sys.executable, "-m", "pip", "wheel"]
    assert {path.name for path in ROOT.iterdir()} == before


def test_wheels_are_of_the_versions_that_were_tested() -> None:
    command = pip_command(Path("sources"), Path("constraints.txt"), Path("wheels"), BASE)
    assert command[command.index("--constraint") + 1] == "constraints.txt"
    assert command[-1] == "sources[server,watch]"


def test_what_reads_pictures_is_in_the_bundle_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def instead_of_pip(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command[-1].partition("[")[2])
        (tmp_path / "bundle" / "wheels").mkdir()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(bundle_checks.subprocess, "run", instead_of_pip)
    monkeypatch.setattr(bundle_checks, "find_spec", lambda _: object())
    assert main([str(tmp_path / "bundle"), "--source", str(ROOT), "--pictures"]) == 0
    assert asked == ["server,watch,pictures]"]
    assert "disclosure-checks[server,watch,pictures]" in (tmp_path / "bundle" / "start.sh").read_text(encoding="utf-8")


def test_what_is_in_the_way_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "out"), "--source", str(tmp_path)]) == 2
    assert "pyproject.toml" in capsys.readouterr().err
    (tmp_path / "full").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "full")
    assert main([str(tmp_path / "full"), "--source", str(ROOT)]) == 2
    assert "full" in capsys.readouterr().err
