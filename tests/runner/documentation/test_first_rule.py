"""The tutorial says what happens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.checking import ROOT
from tests.runner.documentation.walkthrough import walk

EXAMPLE = "specs/examples/proposals"


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.long)])
def test_every_command_of_the_tutorial_says_what_is_printed_below_it(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ignored = shutil.ignore_patterns("*.schema.json")
    shutil.copytree(ROOT / EXAMPLE, tmp_path / EXAMPLE, ignore=ignored)
    monkeypatch.chdir(tmp_path)
    document = (ROOT / "docs" / language / "first_rule.md").read_text(encoding="utf-8")
    steps = list(walk(document, tmp_path, capsys))
    assert len(steps) == 7
    for step in steps:
        assert step.said is None or step.printed.rstrip() == step.said.rstrip(), step.commands


def test_both_tutorials_do_the_same() -> None:
    def blocks(language: str) -> list[str]:
        text = (ROOT / "docs" / language / "first_rule.md").read_text(encoding="utf-8")
        return re.findall(r"^```(?:sh|yaml).*?^```$", text.replace(" --lang en", ""), re.MULTILINE | re.DOTALL)

    assert blocks("zh") == blocks("en")
