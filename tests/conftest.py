"""Shared by all tests: how Hypothesis draws its examples, and what a run over the sample reports publishes."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import SPECIFICATION
from tests.generation.samples import FOLDER

# No deadline: how long an example takes depends on the machine and on what else it does, not on the code.
# The same examples each time: a test that turns red does so because of the change at hand, here as anywhere else.
settings.register_profile("disclosure_checks", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("disclosure_checks")


class SampleRun(NamedTuple):
    """A run over the five sample reports: the folder it published, for reading only, and what it said."""

    out: Path
    said: str


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """The README's first command."""
    out = tmp_path_factory.mktemp("samples") / "reports_out"
    with redirect_stdout(StringIO()) as said:
        assert main([str(SPECIFICATION), str(FOLDER), "--out", str(out), "--jobs", "1"]) == ExitCode.CLEAN
    return SampleRun(out, said.getvalue())
