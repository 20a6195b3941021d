"""The invented site that the tests of this folder look at, published once a language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.runner.site.browser import Tab, launched, new_tab
from tests.runner.site.in_browser.invented_site import write_invented_site


@pytest.fixture(scope="session", params=LANGUAGES)
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return write_invented_site(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def _browser() -> Iterator[Any]:
    with launched() as browser:
        yield browser


@pytest.fixture
def tab(_browser: Any) -> Iterator[Tab]:
    """A tab; the test fails where a page complains or asks for something beyond the disk."""
    with new_tab(_browser) as one:
        yield one
