"""A document whose commands are run and whose outputs are compared: blocks of ``sh``, ``text`` and ``yaml add-to=FILE``."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from disclosure_checks.runner.commands import check_spec, run_checks

OWN: dict[str, Callable[[Sequence[str]], int]] = {"run-checks": run_checks.main, "check-spec": check_spec.main}
_BLOCK = re.compile(r"^```(sh|text|yaml)(?: add-to=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """Commands of a block with what the document says that they print; None where it shows nothing."""

    commands: tuple[str, ...]
    said: str | None
    printed: str


def walk(document: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Step]:
    """Does in ``folder``, which is the current one, what a document says, and tells what came of each step."""
    blocks = [(found[1], found[2], found[3]) for found in _BLOCK.finditer(document)]
    for number, (language, file, content) in enumerate(blocks):
        if file:
            with (folder / file).open("a", encoding="utf-8") as added_to:
                added_to.write(content)
        elif language == "sh":
            commands = tuple(content.splitlines())
            printed = "".join(_run(command, folder, capsys) for command in commands)
            after = blocks[number + 1] if number + 1 < len(blocks) else ("", "", "")
            yield Step(commands, after[2] if after[0] == "text" else None, printed)


def _run(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints: ours run in this process, others in a shell."""
    words = shlex.split(command)
    if words[0] not in OWN:
        done = subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True)
        return done.stdout.decode("utf-8").replace("\r\n", "\n")  # a CSV file ends its lines so
    capsys.readouterr()
    OWN[words[0]](words[1:])
    out, err = capsys.readouterr()
    return out + err
