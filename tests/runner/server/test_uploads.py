"""Files in, answers out: the findings of a run, the page of the site, and a clear word for everything else."""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from starlette.types import ASGIApp

from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.server.checks.worker_tasks import check
from disclosure_checks.runner.server.limits import Limits
from tests.checking import ROOT
from tests.generation.documents.archive import archive
from tests.generation.layouts.printing import print_layout
from tests.runner.collection.test_last_year import BEFORE, NOW, collection
from tests.runner.pipeline.collected_runs import check as run
from tests.runner.server.asgi import BOUNDARY, Here, ask, form, served, upload

REPORTS = ROOT / "reports"
SAMPLES = sorted(REPORTS.glob("*.txt"))
TEXT = (REPORTS / "report_002.txt").read_bytes()
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}
HOSTILE_NAME = '<img src=x onerror="alert(1)">.txt'


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return served()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published")
    run(out, REPORTS)
    return out


@pytest.mark.long
def test_the_findings_are_those_of_a_run(app: ASGIApp, published: Path) -> None:
    exported = json.loads((published / "data" / "findings.json").read_text(encoding="utf-8"))
    answers = [upload(app, "/check", (sample.name, sample.read_bytes())).json for sample in SAMPLES]
    assert [finding for answer in answers for finding in answer["findings"]] == exported["findings"]
    assert all(answer["specifications"] == exported["specifications"] for answer in answers)


def test_the_cells_are_those_of_the_report(app: ASGIApp) -> None:
    answer = upload(app, "/check", ("report.txt", TEXT)).json
    assert len(answer["cells"]) == 200
    [cell] = [one for one in answer["cells"] if one["cell"] == "requests.new_received.total"]
    assert (cell["value"], cell["status"], cell["report"]) == (18, "read", "report.txt")
    [report] = answer["reports"]
    assert (report["status"], report["likely"], report["year"]) == ("findings", 2, 2023)


@pytest.mark.long
def test_the_page_is_that_of_the_site(app: ASGIApp, published: Path) -> None:
    page = (published / "2023" / "南湖区人民政府办公室.html").read_text(encoding="utf-8")
    shown = upload(app, "/reports/", ("report_002.txt", TEXT)).text
    assert content_of(shown) == content_of(page)


def content_of(page: str) -> list[str]:
    """What a page says of its report, line by line, but for its ways to other pages, which a server has not."""
    content = page[page.index('<header class="heading">') : page.index("</main>")].partition('<section class="served')[
        0
    ]
    ways = r'<ul class="years">.*?</ul>|<p class="source-link">.*?</p>|<a href="(?:#note|\.\./return_notes/[^"]*)">[^<]*</a>'
    linked = re.sub(r"</?a\b[^>]*>", "", re.sub(ways, "", content, flags=re.DOTALL))  # places lead nowhere on a server
    words = re.sub(r"<[^>]+>", " ", linked)
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]


def test_the_return_note_stands_below_and_is_a_word_document_too(app: ASGIApp) -> None:
    shown = upload(app, "/reports/", ("report_002.txt", TEXT)).text
    assert '<article class="return-note">' in shown
    [document] = re.findall(r'href="data:[^"]*;base64,([^"]*)" download="[^"]*\.docx"', shown)
    assert zipfile.is_zipfile(io.BytesIO(base64.b64decode(document)))


def test_a_page_is_in_the_language_of_the_browser(app: ASGIApp) -> None:
    assert '<html lang="en">' in upload(app, "/reports/", ("a.txt", TEXT), headers=ENGLISH).text
    assert '<html lang="zh-CN">' in upload(app, "/reports/", ("a.txt", TEXT)).text
    assert "Drop files here" in ask(app, "/reports/", headers=ENGLISH).text
    assert "把文件拖到这里" in ask(app, "/reports/", headers=ENGLISH, query="lang=zh").text


def test_several_files_are_put_beside_each_other_and_each_has_its_page(app: ASGIApp) -> None:
    files = [(sample.name, sample.read_bytes()) for sample in SAMPLES[:2]]
    together = upload(app, "/reports/", *files).text
    assert together.count('<section class="report">') == 2
    chosen = upload(app, "/reports/", *files, fields={"report": SAMPLES[1].name}).text
    assert '<header class="heading">' in chosen


def test_a_report_of_the_year_before_in_the_same_upload_is_compared_with(app: ASGIApp) -> None:
    before = TEXT.decode().replace("2023", "2022").encode()
    answer = upload(app, "/check", ("2022.txt", before), ("2023.txt", TEXT)).json
    rules = {one["rule"] for one in answer["findings"] if one["report"] == "2023.txt" and one["status"] == "fail"}
    alone = upload(app, "/check", ("2023.txt", TEXT)).json
    assert rules > {one["rule"] for one in alone["findings"] if one["status"] == "fail"}


def test_the_year_before_is_looked_up_in_a_collection_which_stays_as_it_is(tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.sqlite", BEFORE)
    content = path.read_bytes()
    wrong = NOW.report.with_value("requests.carried_in.total", 77)
    text = print_layout(wrong, Random(1), NOW.layout).encode()
    app = served(collection=path)
    answer = upload(app, "/check", (NOW.name, text)).json
    assert "years.carried_in_total" in {one["rule"] for one in answer["findings"] if one["status"] == "fail"}
    assert answer["notices"] == ["compared"]
    page = upload(app, "/reports/", (NOW.name, text)).text
    assert f"已与 {BEFORE.year} 年度的报告比较" in page
    carried_out = BEFORE.report.cells["requests.carried_out.total"] or 0
    assert f"{BEFORE.year}年度第四项（总计） {carried_out:g}" in page
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (content, [path])


def test_a_collection_that_a_run_holds_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.sqlite", BEFORE)
    with closing(sqlite3.connect(path, isolation_level=None)) as run_at_work:
        run_at_work.execute("BEGIN EXCLUSIVE")
        answer = upload(served(collection=path), "/check", (NOW.name, NOW.text.encode())).json
    assert (answer["notices"], answer["reports"][0]["year"]) == (["collection_held"], NOW.year)


def test_reports_of_one_name_in_an_archive_are_told_apart(app: ASGIApp) -> None:
    other = (REPORTS / "report_000.txt").read_bytes()
    answer = upload(app, "/check", ("two.zip", archive(("a.txt", TEXT), ("a.txt", other)))).json
    assert [one["report"] for one in answer["reports"]] == ["2/two.zip/a.txt", "two.zip/a.txt"]
    assert {one["agency"] for one in answer["cells"] if one["report"] == "two.zip/a.txt"} == {"南湖区人民政府办公室"}


def test_a_name_is_shown_and_never_run(app: ASGIApp) -> None:
    page = upload(app, "/reports/", (HOSTILE_NAME, TEXT)).text
    assert "<img" not in page
    assert "&lt;img src=x onerror=" in page


@pytest.mark.parametrize(
    ("name", "known"),
    [("../../etc/passwd", "passwd"), (r"C:\Users\x\报告.docx", "报告.docx"), ("\x00\x07", "report"), ("", "report")],
)
def test_of_a_name_only_the_last_part_counts(app: ASGIApp, name: str, known: str) -> None:
    [report] = upload(app, "/check", (name, b"nothing")).json["reports"]
    assert report["report"] == known


def test_a_file_that_is_no_report_is_told_with_its_reason(app: ASGIApp) -> None:
    [report] = upload(app, "/check", ("a.txt", b"nothing"), headers=ENGLISH).json["reports"]
    assert (report["status"], bool(report["reason"])) == ("unreadable", True)
    assert report["reason"] in upload(app, "/reports/", ("a.txt", b"nothing"), headers=ENGLISH).text


def test_a_file_that_ends_its_worker_is_unreadable_and_the_one_beside_it_is_not() -> None:
    def lost(function: object, arguments: tuple[object, ...]) -> Exception | None:
        is_read = function is not check and "swells" in repr(arguments)
        return TaskLost("memory", "> 600 MB") if is_read else None

    app = served(workers=Here(lost))
    answer = upload(app, "/check", ("swells.pdf", b"%PDF"), ("good.txt", TEXT)).json
    assert {one["report"]: one["status"] for one in answer["reports"]} == {
        "swells.pdf": "unreadable", "good.txt": "findings",
    }  # fmt: skip


def test_a_report_that_ends_the_worker_which_checks_it_is_told_as_unreadable() -> None:
    attempts: list[object] = []

    def lost(function: object, arguments: tuple[object, ...]) -> Exception | None:
        attempts.append(function)
        return TaskLost("timeout", "> 20 s") if attempts.count(check) == 1 and function is check else None

    [report] = upload(served(workers=Here(lost)), "/check", ("slow.txt", TEXT)).json["reports"]
    assert (report["report"], report["status"]) == ("slow.txt", "unreadable")


def test_without_workers_the_answer_is_to_come_again() -> None:
    answer = upload(served(workers=Here(lambda *_: TaskLost("no_workers", "none"))), "/check", ("a.txt", TEXT))
    assert (answer.status, answer.json["error"]["code"]) == (503, "no_workers")
    assert answer.headers["retry-after"] == "30"


SMALL = Limits(upload=100_000, together=150_000, files=2, reports=3, requests=1)


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ([], 400, "no_files"),
        ([("", b"")], 400, "no_files"),
        ([("a.txt", b"x" * 200_000)], 413, "too_large"),
        ([("a.txt", b"x")] * 3, 413, "too_many_files"),
        ([("a.zip", archive(*((f"{n}.txt", b"x") for n in range(5))))], 413, "too_many_reports"),
    ],
)
def test_what_is_too_much_is_refused_with_a_word(files: list[tuple[str, bytes]], status: int, code: str) -> None:
    answer = upload(served(SMALL), "/check", *files)
    assert (answer.status, answer.json["error"]["code"]) == (status, code)
    page = upload(served(SMALL), "/reports/", *files)
    assert page.status == status
    assert 'role="alert"' in page.text


def test_a_body_is_bounded_whatever_it_says_of_its_size() -> None:
    body = form([("a.txt", b"x" * 200_000)])
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    parts = [body[start : start + 10_000] for start in range(0, len(body), 10_000)]
    for headers in (kind, {**kind, "Content-Length": "10"}):
        assert ask(served(SMALL), "/check", "POST", headers, parts).json["error"]["code"] == "too_large"


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("application/octet-stream", b"x", "no_form"),
        ("multipart/form-data", b"x", "bad_form"),
        (f"multipart/form-data; boundary={BOUNDARY}", b"no part at all", "bad_form"),
        (f"multipart/form-data; boundary={BOUNDARY}", f"--{BOUNDARY}\r\nbroken\x00".encode(), "bad_form"),
        (f"multipart/form-data; boundary={BOUNDARY}", f'--{BOUNDARY}\r\nX: y\r\n\r\nz\r\n--{BOUNDARY}--'.encode(), "bad_form"),
    ],
)  # fmt: skip
def test_what_is_no_upload_is_told_so(app: ASGIApp, kind: str, body: bytes, code: str) -> None:
    answer = ask(app, "/check", "POST", {"Content-Type": kind}, [body])
    assert answer.json["error"]["code"] in (code, "no_files")
    assert 400 <= answer.status < 500
