"""A page in the chromium of this machine, for tests marked ``browser`` and for measuring."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WHY_NOT = (
    "no chromium is installed"
    if CHROMIUM is None
    else "Playwright is not installed: pip install -e '.[browser]'"
    if find_spec("playwright") is None
    else ""
)


@contextmanager
def opened(file: Path, fragment: str = "", width: int = 1440, height: int = 900, **context: Any) -> Iterator[Any]:
    """The page of a file, opened as a double click opens it. Fails where the console tells an error."""
    from playwright.sync_api import sync_playwright  # absent where the tests are skipped

    errors: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_context(viewport={"width": width, "height": height}, **context).new_page()
            page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("request", lambda request: asked.append(request.url))
            page.goto(file.absolute().as_uri() + (f"#{fragment}" if fragment else ""))
            yield page
        finally:
            browser.close()
    assert errors == []
    assert [one for one in asked if not one.startswith("file:")] == []
