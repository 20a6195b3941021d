"""A page whose tables are image files beside it, run after run: what is read, remembered, read again and told."""

from __future__ import annotations

import os
import re
import sqlite3
from base64 import b64decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import disclosure_checks
from disclosure_checks.runner.collection.readings import Readings
from disclosure_checks.runner.collection.recognition import now, recognised
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.collection.store import collection_path, opened_collection
from disclosure_checks.runner.pipeline.given_files import GivenFiles
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.inputs import InputFile, find_inputs
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from tests.checking import SPECIFICATION, specification
from tests.generation.documents.archive import archive
from tests.generation.pictures.samples import FOLDER, WEB_PAGE, truths
from tests.grammar.readers.html.test_shown_files import LOGO, png
from tests.runner.pipeline.collected_runs import check, put, reports_on

FORMATS = [format_lexicon(specification())]
LONG_AGO = 1_700_000_000  # seconds; no file of a test is as old of itself
_DATA = re.compile(r'src="data:image/(\w+);base64,([^"]*)"')


def saved_page(name: str = "report", folder: str = "report_files") -> dict[str, bytes]:
    """The sample whose tables are images as a browser saves it: the page, the images in a folder, and what else is there."""
    page = (FOLDER / WEB_PAGE).read_text(encoding="utf-8")
    files: dict[str, bytes] = {f"{folder}/site.css": b"p {}", f"{folder}/site.js": b"1", f"{folder}/logo.png": LOGO}

    def put_beside(found: re.Match[str]) -> str:
        path = f"{folder}/{len(files)}.{found.group(1)}"
        files[path] = b64decode(found.group(2))
        return f'src="./{path}"'

    page = _DATA.sub(put_beside, page)
    return {f"{name}.html": page.replace("<body>", f'<body><img src="{folder}/logo.png">').encode(), **files}


def grown_old(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.fixture(name="folder")
def folder_with_a_page(tmp_path: Path) -> Path:
    return put(tmp_path / "in", {"a.html": b'<p><img src="a_files/1.png">', "a_files/1.png": png(more=b"1")})


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with opened_collection(collection_path(tmp_path / "out")) as (opened, _):
        yield opened


def page_in(folder: Path) -> InputFile:
    return next(file for file in find_inputs([folder]) if file.source == "a.html")


def other_bytes(image: Path) -> None:
    image.write_bytes(png(more=b"2"))


def older_bytes(image: Path) -> None:
    other_bytes(image)
    os.utime(image, (LONG_AGO - 1000, LONG_AGO - 1000))


CHANGES = [
    pytest.param(other_bytes, id="is another one"),
    pytest.param(older_bytes, id="is an older one"),
    pytest.param(Path.unlink, id="is gone"),
    pytest.param(lambda image: image.write_bytes(LOGO), id="is a logo now"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_is_another_one_where_its_image(change: Callable[[Path], object], folder: Path):
    before = recognised(page_in(folder), None, now())
    grown_old(folder)
    change(folder / "a_files" / "1.png")
    after = recognised(page_in(folder), before, now())
    assert before is not None
    assert after is not None
    assert after.content != before.content


def test_a_page_and_images_that_stay_as_they_are_are_not_opened_to_be_recognised(folder: Path, monkeypatch):
    grown_old(folder)
    file = page_in(folder)
    known = recognised(file, None, now())
    from disclosure_checks.runner.collection import recognition

    monkeypatch.setattr(recognition, "content_with_shown", lambda *_: pytest.fail("it was opened"))
    assert recognised(file, known, now()) == known


def read(folder: Path, connection: sqlite3.Connection) -> tuple[int, list[bytes]]:
    """How many files a run has to read, and the content of each report."""
    prepare, given = reading_preparation(FORMATS)
    prepare(*given)
    with ThreadPoolExecutor(1) as workers:
        files = GivenFiles(find_inputs([folder]), FORMATS, connection, workers, b"reader", b"limits")
        numbers = [number for one in files.results() for number in one.readings]
    Register(connection).keep_files(files.files)
    assert files.changed() == []
    return files.unknown, [one.own_content for one in Readings(connection).load(numbers).values()]


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_is_read_again_where_its_image(change, folder: Path, connection: sqlite3.Connection):
    unknown, first = read(folder, connection)
    assert (unknown, read(folder, connection)) == (1, (0, first))
    grown_old(folder)
    assert read(folder, connection) == (0, first)
    change(folder / "a_files" / "1.png")
    unknown, second = read(folder, connection)
    assert unknown == 1
    assert second != first


def test_an_image_that_comes_later_is_read_with_its_page(folder: Path, connection: sqlite3.Connection):
    image = folder / "a_files" / "1.png"
    content = image.read_bytes()
    image.unlink()
    _, without = read(folder, connection)
    image.write_bytes(content)
    unknown, with_image = read(folder, connection)
    assert unknown == 1
    assert with_image != without


def test_an_image_that_changes_while_its_page_is_read_is_told(folder: Path, connection: sqlite3.Connection):
    prepare, given = reading_preparation(FORMATS)
    prepare(*given)
    with ThreadPoolExecutor(1) as workers:
        files = GivenFiles(find_inputs([folder]), FORMATS, connection, workers, b"reader", b"limits")
        list(files.results())
    (folder / "a_files" / "1.png").unlink()
    assert [file.source for file in files.changed()] == ["a.html"]


# ---- runs


@pytest.mark.long
def test_nothing_is_said_of_what_was_saved_with_a_page_once_the_page_is_there(tmp_path: Path):
    saved, out = saved_page(), tmp_path / "out"
    folder = put(tmp_path / "in", {name: content for name, content in saved.items() if name != "report.html"})
    check(out, folder, "--pictures", "never")
    assert len(reports_on(out)) == len(saved) - 1
    put(folder, saved)
    check(out, folder, "--pictures", "never")
    assert list(reports_on(out)) == ["report.html"]


@pytest.mark.long
@pytest.mark.parametrize("packed", [False, True], ids=["in a folder", "in a zip archive"])
def test_every_number_in_images_beside_a_page_is_read(packed: bool, tmp_path: Path):
    pytest.importorskip("rapidocr", reason="the extra pictures is not installed")
    saved = saved_page()
    files = {"in.zip": archive(*saved.items())} if packed else saved
    result = disclosure_checks.check(put(tmp_path / "in", files), SPECIFICATION)
    [report] = result.reports["report"]
    assert report == ("in.zip/report.html" if packed else "report.html")
    printed = truths()[WEB_PAGE]["cells"]
    read = dict(zip(result.cells["cell"], result.cells["value"], strict=True))
    assert read == printed


@pytest.mark.parametrize("pictures", ["never", "auto"])
def test_what_to_do_is_said_of_a_page_whose_images_were_not_read(pictures: str, tmp_path: Path, monkeypatch):
    from disclosure_checks.runner.reading.pictures import modes

    monkeypatch.setattr(modes, "is_installed", lambda: False)
    result = disclosure_checks.check(
        put(tmp_path / "in", saved_page()), SPECIFICATION, language="en", pictures=pictures
    )
    [reason] = result.reports["reason"]
    assert ("--pictures never" if pictures == "never" else "disclosure-checks[pictures]") in reason
