"""The self-check page as people use it, in chromium."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from tests.checking import ROOT
from tests.generation.documents.docx import plain_document
from tests.generation.planting.values import one_more
from tests.generation.truth import random_report
from tests.runner.server.served import server
from tests.runner.site.browser import CHROMIUM, WHY_NOT

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]

WRONG = one_more(random_report(3, year=2024), Random(1))  # one cell is one too large
[WRONG_CELL] = WRONG.cells
DOCX = {"年报.docx": plain_document(WRONG.report.sheet, Random(1))}
HOSTILE = {"bomb.pdf": (ROOT / "tests" / "fixtures" / "hostile" / "pdf_bomb_2KB_2.1GB.pdf").read_bytes()}
SAMPLES = {f"report_00{number}.txt": (ROOT / "reports" / f"report_00{number}.txt").read_bytes() for number in range(2)}
DROP = """(files) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(files)) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    const event = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
    document.getElementById("check").dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with server() as port:
        yield port


@contextmanager
def opened(port: int, locale: str = "zh-CN") -> Iterator[Any]:
    """The self-check page. Fails where the console tells an error, or anything is asked of another machine."""
    from playwright.sync_api import sync_playwright  # absent where the tests are skipped

    errors: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            context = browser.new_context(locale=locale)
            context.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
            context.on("weberror", lambda error: errors.append(str(error.error)))
            context.on("request", lambda request: asked.append(request.url))
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            yield page
            assert context.cookies() == []
        finally:
            browser.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(f"http://127.0.0.1:{port}/")] == []


def drop(page: Any, files: Mapping[str, bytes]) -> None:
    """Let files fall on the page."""
    page.evaluate(DROP, {name: base64.b64encode(content).decode() for name, content in files.items()})


def test_a_report_with_one_wrong_cell_is_dropped_and_its_page_names_the_cell(port: int) -> None:
    with opened(port) as page:
        drop(page, DOCX)
        page.wait_for_selector("h1:has-text('" + WRONG.report.agency + "')")
        assert page.locator(f"[id='{WRONG_CELL}'] ins").count() == 1
        assert page.locator(".finding.error").count() >= 1
        assert page.locator(f".finding a[href='#{WRONG_CELL}']").count() >= 1
        page.locator(".served-note .return-note").wait_for()
        with page.expect_download() as note:
            page.click("a[download]")
        assert note.value.suggested_filename.endswith(".docx")
        page.locator(f"a[href='#{WRONG_CELL}']").first.click()
        assert page.url.endswith(f"#{WRONG_CELL}")
        page.locator(".trail a[href*='rules/']").first.click()
        page.wait_for_selector("pre.formula")


def test_several_files_are_told_together_and_each_opens_its_page(port: int) -> None:
    with opened(port, "en-GB") as page:
        drop(page, SAMPLES | HOSTILE)
        page.wait_for_selector("#reports > li >> nth=2")
        assert "memory" in page.locator("#reports > li", has_text="bomb.pdf").inner_text()
        line = page.locator("#reports > li", has_text="report_001.txt")
        with page.context.expect_page() as opening:
            line.locator("button").click()
        shown = opening.value
        shown.wait_for_selector("section.statutory")
        assert "report_001.txt" in shown.locator(".facts").first.inner_text()
        assert page.locator("#reports > li").count() == 3


def test_without_scripts_the_form_does_the_same(port: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_context(java_script_enabled=False).new_page()
            page.goto(f"http://127.0.0.1:{port}/reports/")
            [(name, content)] = DOCX.items()
            page.set_input_files("#files", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
            page.click("button[type=submit]")
            page.wait_for_selector("section.statutory")
            assert page.locator(f"[id='{WRONG_CELL}'] ins").count() == 1
        finally:
            browser.close()
