"""Hostile files among good reports: every good one is published, and each of the others is told with its reason."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import ROOT, SPECIFICATION
from tests.generation.documents.archive import archive
from tests.generation.panel.panel import random_panel
from tests.runner.pipeline.collected_runs import check, put, reports_on, table, texts

SAMPLES = ROOT / "tests" / "fixtures" / "hostile"
GOOD = [run[0] for run in random_panel(6, seed=9, years=(2024,)).runs]


def sample(name: str) -> Callable[[Path], None]:
    return lambda path: path.write_bytes((SAMPLES / name).read_bytes())


def content(of: bytes | str) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(of.encode() if isinstance(of, str) else of)


def docx_of(document: bytes) -> bytes:
    kinds = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return archive(("[Content_Types].xml", kinds), ("word/document.xml", document))


def with_changed_bytes(of: bytes, seed: int) -> bytes:
    random, changed = Random(seed), bytearray(of)
    for _ in range(len(changed) // 20):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def a_large_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)  # nothing of it is on the disk


def a_link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


DEEP = b"<w:p>" * 100_000
ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'

# files that come to nothing; by the name they have
UNREADABLE: dict[str, Callable[[Path], object]] = {
    "empty.txt": content(b""),
    "blank.txt": content(" \n\t\n" * 1000),
    "zeros.txt": content(b"\0" * 10_000),
    "random.txt": content(Random(1).randbytes(50_000)),
    "random.pdf": content(b"%PDF-1.7\n" + Random(2).randbytes(50_000)),
    "random.docx": content(b"PK\x03\x04" + Random(3).randbytes(50_000)),
    "random.xls": content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + Random(4).randbytes(50_000)),
    "other.txt": content("请假条\n" * 2000),
    "one_line.txt": content("1" * 3_000_000),
    "digits.txt": sample("long_digits_overflow.txt"),
    "deep.html": content("<div>" * 200_000),
    "deep_tables.html": content("<table><tr><td>" * 20_000),
    "deep.docx": content(docx_of(b"<w:document>" + DEEP)),
    "entities.docx": content(docx_of(ENTITIES)),
    "bomb.docx": content(docx_of(b" " * 300_000_000)),
    "bomb.zip": content(archive(("a.txt", b"1" * 100_000_000))),
    "nested.zip": content(archive(("inner.zip", archive(("inner.zip", archive(("a.txt", b"x"))))))),
    "many.zip": content(archive(*((f"{number}.txt", b"") for number in range(3_000)))),
    "nothing.zip": content(archive()),
    "lzma.zip": sample("zip_lzma_corrupt.zip"),
    "seek.zip": sample("zip_negative_seek.zip"),
    "flag.zip": sample("zip_local_utf8_flag.zip"),
    "version.zip": sample("zip_version_needed.zip"),
    "nameless.zip": sample("zip_empty_member_name.zip"),
    "too_large.txt": a_large_file,
    "loop.txt": a_link_to("loop.txt"),
    "nowhere.txt": a_link_to("nothing/here.txt"),
    "device.txt": a_link_to("/dev/zero"),
    "pipe.txt": os.mkfifo if hasattr(os, "mkfifo") else content(b""),
}
# files that hold a report, or several, in an odd way
READABLE: dict[str, Callable[[Path], object]] = {
    "numerals.txt": sample("hanyi_8000.txt"),
    "surrogate_agency.xlsx": sample("xlsx_surrogate_agency.xlsx"),
    "surrogate_cell.xlsx": sample("xlsx_surrogate_cell.xlsx"),
    "twice.zip": sample("zip_duplicate_members.zip"),
}
# an archive of which some members are broken
PARTLY = {"partly.zip": sample("zip_negative_seek_fuzz.zip")}
SWELLING = {"bomb.pdf": sample("pdf_bomb_2KB_2.1GB.pdf"), "forms.pdf": sample("pdf_nested_forms_hang.pdf")}

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="links, pipes and devices as Linux has them")


def written(folder: Path, files: dict[str, Callable[[Path], object]]) -> Path:
    put(folder, texts(GOOD))
    for name, write in files.items():
        write(folder / name)
    return folder


def files_of(out: Path, folder: Path) -> dict[str, list[str]]:
    """The statuses of what became of each file of a folder; an archive may have several."""
    names, found = set(os.listdir(folder)), dict[str, list[str]]()
    for report, status in reports_on(out).items():
        name = next(part for part in report.split("/") if part in names)
        found.setdefault(name, []).append(status)
    return found


class Mixed:
    """A run over good and hostile files: what it published and ended with."""

    def __init__(self, folder: Path) -> None:
        self.folder = written(folder / "in", UNREADABLE | READABLE | PARTLY)
        self.out = folder / "out"
        self.code = check(self.out, self.folder, "--file-timeout", 20)
        self.found = files_of(self.out, self.folder)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    return Mixed(tmp_path_factory.mktemp("mixed"))


@ON_LINUX
def test_all_good_reports_are_published_and_the_exit_code_tells_of_the_others(mixed):
    assert mixed.code == ExitCode.UNREADABLE_INPUT
    assert {report.name: mixed.found[report.name] for report in GOOD if "unreadable" in mixed.found[report.name]} == {}
    assert (
        len({row["page"] for row in table(mixed.out, "reports.csv") if row["report"] in {one.name for one in GOOD}})
        == 6
    )


@ON_LINUX
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_comes_to_nothing_is_told_once(mixed, name):
    statuses = mixed.found[name]
    assert set(statuses) == {"unreadable"}
    assert len(statuses) == 1


@ON_LINUX
@pytest.mark.parametrize("name", READABLE)
def test_an_odd_report_is_read(mixed, name):
    assert "unreadable" not in mixed.found[name]


@ON_LINUX
def test_the_members_of_a_broken_archive_that_can_be_read_are(mixed):
    assert mixed.found["partly.zip"].count("unreadable") >= 1


@ON_LINUX
def test_no_reason_is_a_fault_of_ours(mixed, capsys):
    words = [str(SPECIFICATION), str(mixed.folder), "--out", str(mixed.out), "--jobs", "1", "--file-timeout", "20"]
    assert main([*words, "--lang", "zh"]) == ExitCode.UNREADABLE_INPUT
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("无法读取")]
    assert len(lines) >= len(UNREADABLE)
    assert [line for line in lines if "程序读取此文件时出错" in line or "进程意外结束" in line] == []
    assert [line for line in lines if not line.rpartition(": ")[2]] == []


@ON_LINUX
@pytest.mark.long
def test_files_that_swell_or_hang_cost_themselves_alone(tmp_path):
    folder = written(tmp_path / "in", SWELLING)
    assert check(tmp_path / "out", folder, "--file-timeout", 5) == ExitCode.UNREADABLE_INPUT
    found = files_of(tmp_path / "out", folder)
    assert {name for name, statuses in found.items() if "unreadable" in statuses} == set(SWELLING)
    assert len(found) == len(GOOD) + len(SWELLING)


@ON_LINUX
@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_changed_bytes_end_no_run(tmp_path, seed):
    samples = sorted(path for path in (ROOT / "tests" / "fixtures").rglob("*") if path.is_file())
    random = Random(seed)
    folder = put(tmp_path / "in", texts(GOOD))
    for number, path in enumerate(random.choices(samples, k=60)):
        (folder / f"{number}{path.suffix}").write_bytes(with_changed_bytes(path.read_bytes(), seed * 100 + number))
    assert check(tmp_path / "out", folder, "--file-timeout", 20) in (ExitCode.UNREADABLE_INPUT, ExitCode.FINDINGS)
    found = files_of(tmp_path / "out", folder)
    assert set(found) == set(os.listdir(folder))
    assert [report.name for report in GOOD if "unreadable" in found[report.name]] == []
