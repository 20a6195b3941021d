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


class Tab:
    """A tab of a browser that remembers what its pages complain of and what they ask for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.errors: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda said: self._note(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self.asked.append(request.url))

    def go(self, file: Path, fragment: str = "") -> Any:
        """Open a file as a double click opens it; the page."""
        self.page.goto(file.absolute().as_uri() + (f"#{fragment}" if fragment else ""))
        return self.page

    def off_the_disk(self) -> list[str]:
        """What was asked of anything but the disk."""
        return [one for one in self.asked if not one.startswith("file:")]

    def _note(self, text: str) -> None:
        self.errors.append(f"{self.page.url}: {text}")

    def _dismiss(self, dialog: Any) -> None:
        self._note(f"a dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def launched() -> Iterator[Any]:
    """A browser without windows."""
    from playwright.sync_api import sync_playwright  # absent where the tests are skipped

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def new_tab(browser: Any, width: int = 1440, height: int = 900, **context: Any) -> Iterator[Tab]:
    """A tab for any number of pages. Fails where the console tells an error or something beyond the disk is asked."""
    # pages scroll at once, so that what is in view is known
    opened = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **context)
    try:
        tab = Tab(opened.new_page())
        yield tab
    finally:
        opened.close()
    assert tab.errors == []
    assert tab.off_the_disk() == []


@contextmanager
def browsing(width: int = 1440, height: int = 900, **context: Any) -> Iterator[Tab]:
    """A tab in a browser of its own."""
    with launched() as browser, new_tab(browser, width, height, **context) as tab:
        yield tab


@contextmanager
def opened(file: Path, fragment: str = "", width: int = 1440, height: int = 900, **context: Any) -> Iterator[Any]:
    """The page of a file, opened as a double click opens it. Fails where the console tells an error."""
    with browsing(width, height, **context) as tab:
        yield tab.go(file, fragment)
