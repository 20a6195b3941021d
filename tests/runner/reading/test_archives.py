"""Reports inside .zip archives."""

from __future__ import annotations

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.grammar.readers.archive.members import LARGEST_MEMBER, MOST_MEMBERS, Member, members
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.file_reader import FileReader
from disclosure_checks.runner.reading.inputs import InputFile
from tests.checking import specification
from tests.generation.documents.archive import archive
from tests.generation.samples import sample_text


def only(content: bytes) -> UnreadableReport:
    (found,) = members(content, "a.zip")
    assert isinstance(found, UnreadableReport)
    return found


def test_the_files_of_an_archive_come_out_in_order_under_its_name():
    found = list(members(archive(("b.txt", b"2"), ("sub/a.txt", b"1"), ("__MACOSX/x", b"")), "in/a.zip"))
    assert found == [Member("in/a.zip/b.txt", b"2"), Member("in/a.zip/sub/a.txt", b"1")]


def test_names_that_lead_out_of_the_archive_are_made_harmless():
    (found,) = members(archive(("../../etc/passwd.txt", b"1")), "a.zip")
    assert found == Member("a.zip/etc/passwd.txt", b"1")


def test_a_name_of_three_hundred_characters_is_cut():
    (found,) = members(archive(("年" * 300 + ".txt", b"1")), "a.zip")
    assert isinstance(found, Member)
    assert len(found.source) <= 210
    assert found.source.endswith(".txt")


def test_names_in_gbk_are_read():
    name = "年报.txt".encode("gb18030")
    stand_in = b"x" * len(name)  # ASCII, so that the flag for UTF-8 is not set
    content = archive((stand_in.decode(), b"1")).replace(stand_in, name)
    assert list(members(content, "a.zip")) == [Member("a.zip/年报.txt", b"1")]


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert only(archive(("big.txt", b"0" * (LARGEST_MEMBER + 1)))).code == "too_large"


def test_too_many_members_are_refused():
    assert only(archive(*((f"{n}.txt", b"") for n in range(MOST_MEMBERS + 1)))).code == "archive_too_large"


def test_a_truncated_archive_is_told():
    assert only(archive(("a.txt", b"1"))[:40]).code == "damaged_archive"


def test_an_empty_archive_is_told():
    assert only(archive()).code == "empty"


def test_a_damaged_member_does_not_lose_the_others():
    content = bytearray(archive(("a.txt", b"abc" * 100), ("b.txt", b"def" * 100)))
    content[40] ^= 0xFF
    first, second = members(bytes(content), "a.zip")
    assert isinstance(first, UnreadableReport)
    assert second == Member("a.zip/b.txt", b"def" * 100)


def test_every_report_of_an_archive_is_read(tmp_path):
    inner = archive(("x.txt", b"1"))
    path = tmp_path / "reports.zip"
    path.write_bytes(
        archive(("good.txt", sample_text("report_002.txt").encode()), ("empty.txt", b""), ("in.zip", inner))
    )
    readings = FileReader([format_lexicon(specification())]).read(InputFile(path, "reports.zip"))
    found = {report.source: report if isinstance(report, Report) else report.code for _, report in readings}
    assert isinstance(found["reports.zip/good.txt"], Report)
    assert {name: code for name, code in found.items() if isinstance(code, str)} == {
        "reports.zip/empty.txt": "empty",
        "reports.zip/in.zip": "nested_archive",
    }
