"""Who reads while a site is published."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from tests.runner.publishing.versions import publish_version, watch_lines

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged on Linux alone")

SWITCHES = 200
READ = ("index.html", "2023/机关1.html", "data/cells.csv")


class Reader:
    """Reads on and on: a page by its address, then three from one root folder, as they are at one moment."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.seen: set[str] = set()
        self.problems: list[str] = []
        self.has_read = threading.Event()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        while not self.stopping.is_set() and not self.problems:
            try:
                (self.out / "index.html").read_bytes()
                self.read_from_one_root()
            except OSError as problem:
                self.problems.append(str(problem))
            self.has_read.set()

    def read_from_one_root(self) -> None:
        root = os.open(self.out, os.O_RDONLY | os.O_DIRECTORY)
        try:
            read = {read_file(root, path) for path in READ}
            if len(read) > 1:
                self.problems.append(f"a mixture: {read}")
            self.seen |= read
        except FileNotFoundError:
            # the site of before goes when the new one is in its place; one that is in its place never lacks anything
            if os.path.samestat(os.fstat(root), os.stat(self.out)):
                raise
        finally:
            os.close(root)


def read_file(root: int, path: str) -> str:
    descriptor = os.open(path, os.O_RDONLY, dir_fd=root)
    with os.fdopen(descriptor, encoding="utf-8") as file:
        return file.read()


def test_a_reader_finds_every_page_and_never_a_mixture(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish_version(out, 0)
    reader = Reader(out)
    reader.thread.start()
    for version in range(1, SWITCHES + 1):
        reader.has_read.clear()
        publish_version(out, version)
        assert reader.has_read.wait(timeout=60)
    reader.stopping.set()
    reader.thread.join()
    assert reader.problems == []
    assert len(reader.seen) > 1


def test_between_any_two_lines_of_the_switch_a_reader_finds_one_version(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish_version(out, 1)
    reader = Reader(out)
    before = sys.gettrace()
    watch_lines(reader.read_from_one_root)
    try:
        publish_version(out, 2)
    finally:
        sys.settrace(before)
    assert reader.problems == []
    assert reader.seen == {"version 1\n", "version 2\n"}


def test_whoever_stays_in_the_folder_of_before_never_sees_the_new_site(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish_version(out, 1)
    root = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        publish_version(out, 2)
        assert os.listdir(root) == []
    finally:
        os.close(root)
