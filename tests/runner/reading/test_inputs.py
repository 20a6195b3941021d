"""What is read of the paths given, what is left out, and what is told of what cannot be read."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.publishing.atomic_publication import MANIFEST, publication
from disclosure_checks.runner.reading.file_content import Refusal, UnreadableInput, content_of
from disclosure_checks.runner.reading.input_errors import InputError
from disclosure_checks.runner.reading.inputs import PUBLISHED_LIST, InputFile, find_agencies, find_inputs
from disclosure_checks.runner.reading.parallel_reading import ReadFile, ReadReport
from disclosure_checks.runner.texts.command_texts import COMMAND_TEXTS

MOST = 1000  # bytes
NEEDS_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


def written(path: Path, text: str = "report") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(*paths: Path) -> dict[str, str]:
    """The code of its refusal by the source of every input; "" for what can be read."""
    return {file.source: file.refusal.code if file.refusal else "" for file in find_inputs(paths)}


def refusal_of_reading(path: Path) -> Refusal:
    with pytest.raises(UnreadableInput) as problem:
        content_of(path, MOST)
    return problem.value.refusal


def test_files_are_found_in_folders_by_their_paths_there(tmp_path):
    written(tmp_path / "b.txt")
    written(tmp_path / "a" / "c.txt")
    written(tmp_path / ".hidden" / "d.txt")
    written(tmp_path / "~$b.docx")
    assert found(tmp_path) == {"a/c.txt": "", "b.txt": ""}


def test_links_to_files_are_read_and_links_to_folders_are_left_out(tmp_path):
    target = written(tmp_path / "elsewhere" / "a.txt")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "link.txt").symlink_to(target)
    (folder / "all").symlink_to(target.parent)
    (folder / "above").symlink_to("..")
    assert found(folder) == {"link.txt": ""}


@NEEDS_PIPES
def test_pipes_sockets_devices_and_links_to_them_are_told_and_never_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to("pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        assert found(tmp_path) == dict.fromkeys(["device.txt", "link.txt", "pipe.txt", "socket.txt"], "not_a_file")
    assert found(tmp_path / "pipe.txt") == {"pipe.txt": "not_a_file"}


def test_links_that_lead_in_a_circle_are_told_each(tmp_path):
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert found(tmp_path) == {"a.txt": "link_loop", "b.txt": "link_loop"}
    assert found(tmp_path / "a.txt") == {"a.txt": "link_loop"}


def test_a_link_to_nothing_is_told(tmp_path):
    (tmp_path / "a.txt").symlink_to("gone.txt")
    (file,) = find_inputs([tmp_path])
    assert file.refusal == Refusal("system", "No such file or directory")


@pytest.mark.skipif(os.name != "posix", reason="paths are longer elsewhere")
def test_a_folder_whose_path_is_too_long_is_told(tmp_path, monkeypatch):
    written(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    for _ in range(30):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    inputs = find_inputs([tmp_path])
    assert [file.refusal for file in inputs] == [None, Refusal("path_too_long")]
    assert inputs[1].source.startswith("d" * 200 + "/")


@pytest.mark.skipif(os.name != "posix", reason="paths are longer elsewhere")
def test_a_path_given_that_is_too_long_is_told():
    assert list(found(Path("/x" * 3000)).values()) == ["path_too_long"]
    assert refusal_of_reading(Path("/x" * 3000)) == Refusal("path_too_long")
    assert find_agencies(Path("spec.yaml"), [Path("/x" * 3000)]) is None


def test_a_folder_that_cannot_be_opened_is_told_and_the_others_are_read(tmp_path, monkeypatch):
    written(tmp_path / "open" / "a.txt")
    written(tmp_path / "shut" / "b.txt")
    scandir = os.scandir

    def guarded(path: Any) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [(file.source, file.refusal) for file in find_inputs([tmp_path])] == [
        ("open/a.txt", None),
        ("shut", Refusal("folder_unreadable", "Permission denied")),
    ]
    assert found(tmp_path / "shut") == {"shut": "folder_unreadable"}


def test_a_folder_that_we_publish_into_is_never_read(tmp_path):
    written(tmp_path / "a.txt")
    with publication(tmp_path / "reports_out") as site:
        written(site.folder / "index.html")
        written(site.folder / "2023" / "agency.html")
    assert found(tmp_path) == {"a.txt": ""}
    assert PUBLISHED_LIST == MANIFEST


def test_of_a_folder_that_holds_reports_and_our_pages_only_the_reports_are_read(tmp_path):
    written(tmp_path / "2023" / "report.txt")
    with publication(tmp_path) as site:
        written(site.folder / "index.html")
        written(site.folder / "2023" / "agency.html")
    assert found(tmp_path) == {"2023/report.txt": ""}


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"files": [3]}', "[" * 100_000])
def test_a_list_of_published_files_that_is_none_of_ours_is_ignored(tmp_path, text):
    written(tmp_path / PUBLISHED_LIST, text)
    written(tmp_path / "a.txt")
    assert found(tmp_path) == {"a.txt": ""}


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode elsewhere")
def test_a_name_that_is_no_utf8_is_shown_with_replacement_characters(tmp_path):
    for name in (b"\xb1\xa8.txt", b"\xb8\xe6.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"report")
    inputs = find_inputs([tmp_path])
    shown = f"{tmp_path.name}/\ufffd\ufffd.txt"
    assert [file.source for file in inputs] == sorted([shown, f"2/{shown}"])
    for file in inputs:
        assert content_of(file.path, MOST) == b"report"


def test_a_path_that_does_not_exist_and_a_folder_without_files_are_errors(tmp_path):
    with pytest.raises(InputError) as problem:
        find_inputs([tmp_path / "gone\udcb1"])
    assert (problem.value.code, problem.value.path) == ("no_such_path", str(tmp_path / "gone\ufffd"))
    with pytest.raises(InputError) as problem:
        find_inputs([tmp_path])
    assert problem.value.code == "nothing_to_check"


def test_the_list_of_agencies_is_no_report(tmp_path):
    listed = written(tmp_path / "list.yaml")
    written(tmp_path / "a.txt")
    assert [file.source for file in find_inputs([tmp_path], listed)] == ["a.txt"]


def test_the_content_of_a_file_is_bounded(tmp_path):
    assert content_of(written(tmp_path / "a.txt", "9" * MOST), MOST) == b"9" * MOST
    assert refusal_of_reading(written(tmp_path / "b.txt", "9" * (MOST + 1))).code == "too_large"


@NEEDS_PIPES
def test_what_took_the_place_of_a_file_after_it_was_found_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert refusal_of_reading(tmp_path / "a.txt") == Refusal("not_a_file")
    assert refusal_of_reading(tmp_path) == Refusal("not_a_file")
    assert refusal_of_reading(tmp_path / "gone.txt") == Refusal("system", "No such file or directory")


@pytest.mark.parametrize("code", ["not_a_file", "link_loop", "path_too_long", "folder_unreadable", "system"])
def test_every_refusal_has_a_sentence(code):
    assert code in COMMAND_TEXTS.names("unreadable")


@pytest.mark.parametrize(
    "code", ["timeout", "memory", "process_died", "internal", "conversion_failed", "conversion_broken_off"]
)
def test_every_loss_of_a_reading_has_a_sentence(code):
    assert code in COMMAND_TEXTS.names("unreadable")


@pytest.mark.parametrize(
    ("code", "tried_again"),
    [
        pytest.param("process_died", True, id="a worker that was ended"),
        pytest.param("conversion_broken_off", True, id="a conversion that was broken off"),
        pytest.param("conversion_failed", False, id="a file that cannot be converted"),
        pytest.param("encrypted", False, id="a file that is encrypted"),
    ],
)
def test_what_lies_in_the_machine_is_tried_again_by_the_next_run(code, tried_again, tmp_path):
    file = InputFile(tmp_path / "a.doc", "a.doc")
    unreadable = ReadReport(b"", "2021", UnreadableReport("a.doc", code))
    assert ReadFile(file, (unreadable,)).is_chance is tried_again
