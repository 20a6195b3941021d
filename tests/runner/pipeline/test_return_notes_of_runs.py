"""Return notes over several runs: written with the report they tell of, kept while it stays, dropped when it is clean."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.grammar.readers.decoding import decode
from tests.generation.agencies import Agency
from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report
from tests.runner.pipeline.collected_runs import broken_links, check, published, put, stamps

pytestmark = pytest.mark.long

CITY, FINANCE, DATA = "平川市人民政府", "平川市财政局", "平川市数据局"
AGENCIES = f"""\
agencies:
  - {{name: {CITY}, kind: government}}
  - {{name: {FINANCE}, kind: department, parent: {CITY}}}
  - {{name: {DATA}, kind: department, parent: {CITY}}}
"""
CELL = "requests.carried_out.total"
OVERVIEW = {"index.html", "run.html", "assets/overview_data.js"}  # they say what a run did
NOTE, NOTE_OF_DATA, OF_ALL = (
    f"return_notes/{path}" for path in (f"2024/{FINANCE}", f"2024/{DATA}", f"parents/2024/{CITY}")
)


def made(agency: str) -> GeneratedReport:
    return random_report(agency, agency=Agency(agency, "我局", False), year=2024, profile="quiet")


def text(report: GeneratedReport, more: int = 0) -> str:
    """The report, with so much more in one total than adds up."""
    wrong = str(int(report.cells[CELL] or 0) + more)
    sheet = report.sheet.with_texts(lambda cell, printed: wrong if cell == CELL else printed)
    changed = GeneratedReport(report.agency, report.year, report.cells, sheet)
    return print_layout(changed, Random(1), "word_text")


def files(finance: int, data: int, agencies: str = AGENCIES) -> dict[str, str]:
    return {
        "agencies.yaml": agencies,
        "finance.txt": text(made(FINANCE), finance),
        "data.txt": text(made(DATA), data),
    }


def notes(out: Path) -> set[str]:
    return {path.removesuffix(".docx") for path in published(out) if path.endswith(".docx")}


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with an error in each of two reports."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740787200")  # 2025-03-01
    check(tmp_path / "out", put(tmp_path / "reports", files(3, 5)))
    return tmp_path / "out"


def test_each_report_with_findings_has_a_note_and_so_has_what_stands_above_them(out: Path) -> None:
    assert notes(out) == {NOTE, NOTE_OF_DATA, OF_ALL}
    assert broken_links(out) == []
    site = published(out)
    assert "2025年3月1日" in site[f"{NOTE}.html"].decode()
    of_all = site[f"{OF_ALL}.html"].decode()
    assert FINANCE in of_all
    assert DATA in of_all
    assert f'<a href="{OF_ALL}.html">2024</a>' in site["region.html"].decode()
    assert 'href="../../../region.html#by-parent"' in of_all


def test_the_word_document_says_what_the_page_says(out: Path) -> None:
    content = published(out)[f"{NOTE}.docx"]
    document = decode(content, "note.docx")
    told = "".join(str(block) for block in document.blocks)
    assert FINANCE in told
    assert "应当改正" in told
    moments = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()}
    assert moments == {(1980, 1, 1, 0, 0, 0)}


def test_an_english_note_has_no_chinese_brackets_around_places_and_files(out: Path, tmp_path: Path) -> None:
    check(out, put(tmp_path / "reports", files(3, 5)), "--lang", "en")
    site = published(out)
    document = "".join(str(block) for block in decode(site[f"{NOTE}.docx"], "note.docx").blocks)
    assert re.search(r" \(line \d+\)", document)
    assert f"{FINANCE} (finance.txt)" in site[f"{OF_ALL}.html"].decode()
    assert "（finance" not in site[f"{OF_ALL}.html"].decode()
    assert "（line" not in document


def test_only_the_notes_of_what_changed_are_written_again(out: Path, tmp_path: Path) -> None:
    before = stamps(out)
    check(out, put(tmp_path / "reports", files(4, 5)))
    after = stamps(out)
    same = {path for path in before if before[path] == after.get(path) and path.startswith("return_notes/2024/")}
    assert same == {f"{NOTE_OF_DATA}.html", f"{NOTE_OF_DATA}.docx"}
    assert before[f"{OF_ALL}.html"] != after[f"{OF_ALL}.html"]


def test_the_note_of_all_stays_while_all_it_tells_of_does(out: Path, tmp_path: Path) -> None:
    before = stamps(out)
    other = text(made("平川市教育局"), 2)
    check(out, put(tmp_path / "reports", {**files(3, 5), "education.txt": other}))
    assert stamps(out)[f"{OF_ALL}.html"] == before[f"{OF_ALL}.html"]
    assert len(notes(out)) == 4


def test_a_note_goes_with_its_findings_and_with_its_report(out: Path, tmp_path: Path) -> None:
    check(out, put(tmp_path / "reports", files(0, 5)))
    assert notes(out) == {NOTE_OF_DATA, OF_ALL}
    assert FINANCE not in published(out)[f"{OF_ALL}.html"].decode()
    put(tmp_path / "reports", {name: text for name, text in files(0, 5).items() if name != "data.txt"})
    check(out, "--prune", tmp_path / "reports")
    assert notes(out) == set()
    assert broken_links(out) == []


def test_a_note_that_somebody_removed_is_written_again(out: Path, tmp_path: Path) -> None:
    before = published(out)
    (out / f"{NOTE}.docx").unlink()
    check(out, tmp_path / "reports")
    after = published(out)
    assert {path for path in before if before[path] != after.get(path)} <= OVERVIEW


def test_the_words_of_an_office_stand_on_every_note(out: Path, tmp_path: Path) -> None:
    words = "title: 年报<b>退回</b>通知\nseverities: [error]\n"
    check(out, put(tmp_path / "reports", {**files(3, 5), "return_note.yaml": words}))
    site = published(out)
    assert all("年报&lt;b&gt;退回&lt;/b&gt;通知" in site[f"{path}.html"].decode() for path in notes(out))
    assert notes(out) == {NOTE, NOTE_OF_DATA, OF_ALL}
