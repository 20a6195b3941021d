"""The command that serves: what is wrong with its call is told before anything is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.runner.commands import serve_checks
from disclosure_checks.runner.commands.serve_checks import main, parser
from tests.checking import SPECIFICATION


def test_only_this_machine_can_open_it_unless_told_otherwise() -> None:
    options = parser("zh").parse_args([str(SPECIFICATION)])
    assert (options.host, options.port, options.collection, options.prefix) == ("127.0.0.1", 8000, None, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--port", "70000"], "70000"),
        (["--port", "x"], "x"),
        (["--prefix", "checks"], "checks"),
        (["--prefix", "/a//b"], "/a//b"),
        (["--prefix", '/"><script>'], "script"),
        (["--jobs", "0"], "0"),
        (["--largest-upload", "-1"], "-1"),
        (["--file-timeout", "nan"], "nan"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(SPECIFICATION), *words])
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("prefix", ["/checks", "/checks/", "/tools/self-check_1.0"])
def test_a_prefix_is_a_plain_path(prefix: str) -> None:
    assert parser("zh").parse_args([str(SPECIFICATION), "--prefix", prefix]).prefix == prefix.rstrip("/")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_folder_without_a_collection_is_told(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(SPECIFICATION), "--collection", str(tmp_path), "--lang", language]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_a_spec_that_is_broken_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text("format: [", encoding="utf-8")
    assert main([str(spec)]) == 2
    assert "spec.yaml:" in capsys.readouterr().err


def test_what_has_to_be_installed_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(serve_checks, "find_spec", lambda _: None)
    assert main([str(SPECIFICATION)]) == 2
    assert "disclosure-checks[server]" in capsys.readouterr().err
