"""Of a table that may be an image, everything for people says what to do; text reports import nothing of the extra."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zlib
from base64 import b64encode
from pathlib import Path
from struct import pack

import pytest

import disclosure_checks
from disclosure_checks.grammar.model.source_document import IMAGE
from disclosure_checks.rules.texts.catalogue import Catalogue
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures import modes
from disclosure_checks.runner.reading.pictures.second_reading import told_of_pictures
from disclosure_checks.runner.reading.reading_tasks import READING, reading_preparation
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.texts.command_texts import COMMAND_TEXTS
from tests.checking import SPECIFICATION, specification
from tests.checking import read as read_text
from tests.generation.samples import FOLDER
from tests.odd_texts import plain
from tests.runner.reading.worker_tasks import imported_of

HEAVY = ("PIL", "cv2", "onnxruntime", "rapidocr")
INSTALL = 'pip install "disclosure-checks[pictures]"'
LINES = plain().split("\n")


def blank_png(width: int, height: int) -> bytes:
    """A white image, written without a library for images."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def page() -> str:
    """A web page whose last table is an image that is large enough to be one."""
    first = next(place for place, line in enumerate(LINES) if line.startswith("行政复议 |"))
    last = next(place for place, line in enumerate(LINES) if line.startswith("五、存在"))
    image = f'<img src="data:image/png;base64,{b64encode(blank_png(600, 200)).decode()}">'
    shown = [*(f"<p>{line}</p>" for line in LINES[:first]), image, *(f"<p>{line}</p>" for line in LINES[last:])]
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(shown)}</body></html>'


@pytest.fixture(name="report")
def report_with_an_image(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "report.html").write_text(page(), encoding="utf-8")
    return folder / "report.html"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("pictures", "to_do"), [("auto", INSTALL), ("always", INSTALL), ("never", "--pictures never")])
def test_reason_and_finding_say_what_to_do(
    report: Path, pictures: str, to_do: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modes, "is_installed", lambda: False)
    result = disclosure_checks.check(report, SPECIFICATION, language=language, pictures=pictures)
    [row] = result.reports.to_dict("records")
    assert row["status"] == "not_assessable"
    assert to_do in row["reason"]
    assert [message for message in result.findings["message"] if to_do in message]


@pytest.mark.long
def test_the_page_and_the_overview_say_what_to_install(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(modes, "is_installed", lambda: False)
    out = tmp_path / "out"
    code = main([str(SPECIFICATION), str(report), "--out", str(out), "--jobs", "1", "--lang", "en"])
    assert code == 3
    assert INSTALL in capsys.readouterr().out
    (row,) = csv.DictReader(io.StringIO((out / "data" / "reports.csv").read_text(encoding="utf-8-sig")))
    assert INSTALL in row["reason"]
    escaped = "disclosure-checks[pictures]"
    assert escaped in (out / row["page"]).read_text(encoding="utf-8")
    assert escaped in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_picture_in_which_nothing_was_made_out_is_told(report: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra pictures is not installed")
    result = disclosure_checks.check(report, SPECIFICATION, language="en")
    [reason] = result.reports["reason"]
    assert "the picture could not be read" in reason
    assert [message for message in result.findings["message"] if "the picture could not be read" in message]


@pytest.mark.parametrize("mode", [modes.AUTO, modes.NEVER, modes.NOT_INSTALLED])
def test_every_cause_has_its_texts(mode: str) -> None:
    told = told_of_pictures(read_text(page(), "report.html"), mode)
    causes = {
        one.expected for name, fact in told.facts.items() if name.endswith("not_printed") for one in fact.evidence
    }
    assert causes
    assert IMAGE not in causes
    assert causes <= set(COMMAND_TEXTS.names("unread_table"))
    assert causes <= set(Catalogue("rules/texts/messages.yaml").names("unread"))


def test_another_word_for_whether_pictures_are_read_is_refused(report: Path) -> None:
    with pytest.raises(ValueError, match="auto, never, always"):
        disclosure_checks.read(report, SPECIFICATION, pictures="sometimes")


@pytest.mark.long
def test_a_run_over_text_reports_imports_nothing_of_the_extra(tmp_path: Path) -> None:
    program = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from disclosure_checks.runner.commands.run_checks import main\n"
        "import disclosure_checks\n"
        f"spec, reports, out, heavy = {str(SPECIFICATION)!r}, {str(FOLDER)!r}, {str(tmp_path / 'out')!r}, {HEAVY!r}\n"
        "main([spec, reports, '--out', out, '--jobs', '1', '--quiet', '--fail-on', 'never'])\n"
        "disclosure_checks.check(reports, spec)\n"
        "print(json.dumps([name for name in heavy if name in sys.modules]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == []
    assert (tmp_path / "out" / "index.html").is_file()


def test_the_workers_that_read_text_reports_import_nothing_of_the_extra() -> None:
    formats = [format_lexicon(specification())]
    with SupervisedExecutor(1, [reading_preparation(formats, modes.AUTO)]) as workers:
        files = sorted(FOLDER.glob("report_*"))
        for file in files:
            assert workers.submit(READING, InputFile(file, file.name)).result().reports
        assert workers.submit(imported_of, HEAVY).result() == []
