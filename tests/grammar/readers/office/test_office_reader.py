"""Old office documents are read through LibreOffice, which need not be there and cannot do harm."""

from __future__ import annotations

import os
import select
import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.grammar.model.source_document import Grid, ReaderError, TextLine
from disclosure_checks.grammar.readers.office import libreoffice as office
from disclosure_checks.grammar.readers.office.libreoffice import looks_like_ole, read_office
from tests.generation.documents.docx import plain_document
from tests.generation.marked import marked_report, marked_values

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = OLE + bytes(600) + "WordDocument".encode("utf-16-le")
RTF = rb"{\rtf1\ansi\uc1 \u19968?\u12289?\par 2023\par}"


@pytest.fixture
def libreoffice(tmp_path, monkeypatch):
    """Puts a program of that name on the path; it is a shell script, and $OUT is where it has to write."""

    def install(script: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        out = 'while [ "$1" != --outdir ]; do shift; done; OUT=$2; IN=$3; mkdir -p "$OUT"\n'
        program.write_text(f"#!/bin/sh\n{out}{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return install


def code_of(content: bytes) -> tuple[str, str]:
    with pytest.raises(ReaderError) as caught:
        read_office(content)
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize(
    ("content", "layout"),
    [(WORD, "doc"), (RTF, "rtf"), (b"PK\x03\x04mimetype", "odt")],
    ids=["a Word document", "rich text", "an OpenDocument text"],
)
def test_a_converted_document_is_read_as_a_word_document(libreoffice, content, layout):
    report = marked_report(1)
    folder = libreoffice('cp "$(dirname "$0")/../converted.docx" "$OUT/report.docx"')
    (folder / "converted.docx").write_bytes(plain_document(report.sheet, Random(1)))
    document = read_office(content)
    cells = " ".join(cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells)
    assert document.layout == layout
    assert marked_values(cells) == list(report.cells.values())


def test_it_runs_in_a_folder_of_its_own_that_is_removed(libreoffice, monkeypatch):
    script = 'pwd > "$(dirname "$0")/../where"; env > "$(dirname "$0")/../told"; cp "$IN" "$OUT/report.docx"'
    folder = libreoffice(script)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert code_of(RTF)[0] == "not_docx"
    where, told = (folder / "where").read_text().strip(), (folder / "told").read_text().splitlines()
    assert f"HOME={where}" in told
    assert "https_proxy=http://127.0.0.1:9" in told
    assert Path(where).parent == folder
    assert not Path(where).exists()


def test_a_program_that_hangs_is_ended_with_its_children(libreoffice, monkeypatch):
    monkeypatch.setattr(office, "LONGEST_CONVERSION", 0.3)
    folder = libreoffice('exec 3> "$(dirname "$0")/../alive"; sleep 600 & wait')
    os.mkfifo(folder / "alive")
    alive = os.open(folder / "alive", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert code_of(RTF) == ("conversion_broken_off", "(0 s)")
        assert select.select([alive], [], [], 30)[0]
        assert os.read(alive, 1) == b""  # nobody holds the other end any more
    finally:
        os.close(alive)


@pytest.mark.parametrize("script", ["exit 1", "exit 0"], ids=["the program fails", "the program writes nothing"])
def test_a_conversion_that_fails_is_named(libreoffice, script):
    libreoffice(script)
    assert code_of(WORD)[0] == "conversion_failed"


def encrypted() -> bytes:
    header = bytearray(OLE + bytes(1000) + "WordDocument".encode("utf-16-le"))
    header[512:514] = b"\xec\xa5"
    header[523] = 0x01
    return bytes(header)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(encrypted(), "encrypted", id="a Word document with a password"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="a new document with a password"),
        pytest.param(OLE + bytes(2000), "damaged_document", id="a compound file without a document"),
    ],
)
def test_what_cannot_be_converted_is_named_at_once(libreoffice, content, code):
    libreoffice("exit 1")
    assert code_of(content)[0] == code


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(office, "LARGEST_FILE", 10)
    assert code_of(RTF)[0] == "too_large"


def test_without_libreoffice_it_is_asked_for(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert code_of(WORD) == ("libreoffice_missing", "")


def test_rich_text_is_read_where_libreoffice_is_installed_and_refused_elsewhere():
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert [block.text for block in read_office(RTF).blocks if isinstance(block, TextLine)] == ["一、", "2023"]
    else:
        assert code_of(RTF)[0] == "libreoffice_missing"


@pytest.mark.parametrize(("content", "is_ole"), [(WORD, True), (RTF, False), (b"", False)])
def test_compound_files_are_told_by_their_first_bytes(content, is_ole):
    assert looks_like_ole(content) is is_ole
