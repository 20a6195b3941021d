"""Runs that something goes wrong in: what is told, how they end, and that the site is one that was published."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.runner.collection.store import collection_path
from disclosure_checks.runner.commands.exit_codes import ExitCode
from tests.checking import SPECIFICATION
from tests.generation.panel.panel import random_panel
from tests.runner.pipeline.collected_runs import asked, check, published, put, reports_on, stamps, texts

pytestmark = pytest.mark.long  # a run of the command each

REPORTS = [run[0] for run in random_panel(2, seed=7, years=(2024,)).runs]
NEXT = [run[0] for run in random_panel(2, seed=8, years=(2025,)).runs]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two reports, for reading only."""
    folder = tmp_path_factory.mktemp("site")
    check(folder / "out", put(folder / "2024", texts(REPORTS)))
    return folder / "out"


@pytest.fixture
def out(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site, tmp_path / "out"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A folder of reports that are not on the site."""
    return put(tmp_path / "2025", texts(NEXT))


# ---- faults of ours

PLACES = {
    "while inputs are looked for": "disclosure_checks.runner.commands.run_checks.find_inputs",
    "while specs are loaded": "disclosure_checks.runner.commands.spec_folder.load_specification",
    "while files are recognised": "disclosure_checks.runner.pipeline.given_files.recognised",
    "while reports are collected": "disclosure_checks.runner.pipeline.run.collect",
    "while reports are judged": "disclosure_checks.runner.pipeline.check_and_publish.framed",
    "while pages are handed over": "disclosure_checks.runner.site.page_writing.PageWriting.write",
    "while exports are written": "disclosure_checks.runner.pipeline.check_and_publish.write_data_files",
    "while the switch is prepared": "disclosure_checks.runner.publishing.atomic_publication.keep_files",
    "while workers are started": "disclosure_checks.runner.reading.workers.executor.Supervision",
    "while the summary is made": "disclosure_checks.runner.commands.summary.summary_lines",
}


@pytest.mark.parametrize(("language", "word"), [("zh", "程序自身出错"), ("en", "A fault of the program")])
def test_a_fault_is_told_in_the_language_asked_for(out, new, monkeypatch, capsys, language, word):
    monkeypatch.setattr(PLACES["while inputs are looked for"], _fail)
    assert check(out, new, "--lang", language) == ExitCode.FAULT
    told = capsys.readouterr().err
    assert told.startswith(word)
    assert "RuntimeError: 一处错误" in told
    assert "test_troubled_runs.py" not in told or "_fail" in told
    assert "Traceback" not in told


def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("一处错误")


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_fault_of_ours_ends_the_run_with_its_own_code_and_leaves_the_site(out, new, site, monkeypatch, capsys, place):
    monkeypatch.setattr(place, _fail)
    assert check(out, new) == ExitCode.FAULT
    assert "RuntimeError: 一处错误" in capsys.readouterr().err
    if "summary" not in place:  # by then it is published
        assert published(out) == published(site)
        assert sorted(reports_on(out)) == sorted(report.name for report in REPORTS)
    assert [path.name for path in out.parent.iterdir() if "staging" in path.name] == []
    monkeypatch.undo()
    assert check(out, new) == ExitCode.CLEAN
    assert len(reports_on(out)) == 4


def test_a_fault_of_a_reader_costs_the_file_and_nothing_else(out, tmp_path, capsys):
    # a spec whose lexicon cannot be used by the workers is a fault of ours: no file is to blame for that
    code = (
        "import sys\n"
        "from disclosure_checks.runner.pipeline import run\n"
        "run.reading_preparation = lambda *_: (int, ('no lexicon',))\n"
        "from disclosure_checks.runner.commands.run_checks import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    words = [
        str(SPECIFICATION),
        str(put(tmp_path / "2025", texts(NEXT))),
        "--out",
        str(out),
        "--jobs",
        "1",
        "--lang",
        "en",
    ]
    ended = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert ended.returncode == ExitCode.FAULT
    assert "no lexicon" in ended.stderr
    assert len(reports_on(out)) == 2
    assert asked(out, "SELECT count(*) FROM readings WHERE problem <> ''") == [(0,)]


# ---- the collection


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def pages_overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:] = Random(2).randbytes(len(content) - 8192)
    path.write_bytes(content)


def wrong_types(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE readings SET cell_values = 'x', agency = x'ff'")


@pytest.mark.parametrize("damage", [truncated, pages_overwritten, wrong_types], ids=lambda damage: damage.__name__)
def test_a_damaged_collection_is_put_aside_told_of_and_built_anew_from_the_files(out, new, capsys, damage):
    path = collection_path(out)
    damage(path)
    content = path.read_bytes()
    assert check(out, new, "--lang", "en") == ExitCode.CLEAN
    told = capsys.readouterr().err
    [kept] = path.parent.glob("collection-unused-*.sqlite")
    assert kept.read_bytes() == content or damage is wrong_types  # in which new readings were kept until they were used
    assert str(path) in told
    assert str(kept) in told
    assert "damaged" in told
    assert sorted(reports_on(out)) == sorted(report.name for report in NEXT)
    before = stamps(out)
    check(out, new, "--lang", "en")
    assert stamps(out) == before


def test_notes_that_say_something_else_are_no_answer(out, site):
    folder = site.parent / "2024"
    with closing(sqlite3.connect(collection_path(out), isolation_level=None)) as connection:
        connection.execute("UPDATE notes SET value = json_set(value, '$.summary', 7) WHERE name = 'the last run'")
    assert check(out, folder) == ExitCode.CLEAN
    assert len(reports_on(out)) == 2


def test_a_collection_that_another_program_holds_is_a_wrong_call(out, new, site, monkeypatch, capsys):
    monkeypatch.setattr("disclosure_checks.runner.collection.store._WAIT", 0.05)
    with closing(sqlite3.connect(collection_path(out), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert check(out, new, "--lang", "en") == ExitCode.WRONG_CALL
    told = capsys.readouterr().err
    assert str(collection_path(out)) in told
    assert "another program holds" in told
    assert published(out) == published(site)


# ---- consoles


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_any_console_encoding_will_do(site, encoding):
    words = [str(SPECIFICATION), str(site.parent / "2024"), "--out", str(site), "--jobs", "1"]
    for more in ([], ["--help"]):
        ended = subprocess.run(
            [sys.executable, "-m", "disclosure_checks.runner.commands.run_checks", *words, *more],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert ended.returncode == ExitCode.CLEAN, ended.stderr
        assert ended.stdout.decode(encoding)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_nobody_has_to_read_the_summary_to_its_end(site):
    words = [str(SPECIFICATION), str(site.parent / "2024"), "--out", str(site), "--jobs", "1"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            [sys.executable, "-m", "disclosure_checks.runner.commands.run_checks", *words],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (ExitCode.CLEAN, b"")


# ---- names


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_file_names_that_are_no_text_are_published_under_names_that_are(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = [b"\xb1\xa8\xb8\xe6.txt", b"\xb1\xa8\xb8\xe7.txt"]
    for name, report in zip(names, REPORTS, strict=True):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(report.text, encoding="utf-8")
    assert check(tmp_path / "out", folder) == ExitCode.CLEAN
    found = reports_on(tmp_path / "out")
    assert len(found) == 2
    assert all(name.isprintable() for name in found)
    before = stamps(tmp_path / "out")
    assert check(tmp_path / "out", folder) == ExitCode.CLEAN
    assert stamps(tmp_path / "out") == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_and_does_not_keep_runs_from_being_unchanged(tmp_path):
    folder = put(tmp_path / "in", {**texts(REPORTS), "closed.txt": "x"})
    (folder / "closed.txt").chmod(0)
    assert check(tmp_path / "out", folder) == ExitCode.UNREADABLE_INPUT
    before = stamps(tmp_path / "out")
    assert check(tmp_path / "out", folder) == ExitCode.UNREADABLE_INPUT
    assert stamps(tmp_path / "out") == before
