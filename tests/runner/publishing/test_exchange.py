"""The switch by one exchange of two folders: what is carried, kept and refused, and what leads to the other way."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_checks.runner.publishing import at_once, carrying
from disclosure_checks.runner.publishing.atomic_publication import PublishError, Site, publication
from disclosure_checks.runner.publishing.exchange import exchange
from tests.runner.publishing.versions import (
    NOT_OURS,
    PRIVATE,
    STYLE,
    contents,
    files_of,
    publish_version,
    put_what_is_not_ours,
    whole_version,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged on Linux alone")

Building = Callable[[Site], object]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a site of version 1 and things that are not ours, alone in its parent."""
    folder = tmp_path / "parent" / "out"
    put_what_is_not_ours(folder)
    publish_version(folder, 1)
    return folder


def inode(path: Path) -> int:
    return os.lstat(path).st_ino


def publish(out: Path, build: Building) -> None:
    with publication(out, PRIVATE) as site:
        build(site)


def was_exchanged(out: Path, publish: Callable[[], object]) -> bool:
    before = inode(out)
    publish()
    return inode(out) != before


def test_the_folder_itself_is_exchanged_and_nothing_is_left_beside_it(out: Path) -> None:
    assert was_exchanged(out, lambda: publish_version(out, 2))
    assert whole_version(out) == 2
    assert os.listdir(out.parent) == ["out"]


def test_files_of_others_are_the_same_files_as_before(out: Path) -> None:
    (out / "2023" / "link").symlink_to("机关1.html")
    (out / "dangling").symlink_to("/nowhere/at/all")
    os.mkfifo(out / "mine" / "pipe")
    theirs = [*NOT_OURS, "2023/link", "dangling", "mine/pipe"]
    before = {path: inode(out / path) for path in theirs}
    publish_version(out, 2)
    assert {path: inode(out / path) for path in theirs} == before
    assert os.readlink(out / "dangling") == "/nowhere/at/all"


def test_folders_of_others_keep_their_mode_and_times(out: Path) -> None:
    (out / "mine" / "empty").mkdir()
    for path, mode in (("mine/empty", 0o2711), ("mine/a", 0o555), ("mine", 0o700)):
        os.chmod(out / path, mode)
        os.utime(out / path, ns=(10**18, 10**18))
    publish_version(out, 2)
    publish_version(out, 3)
    for path, mode in (("mine/empty", 0o2711), ("mine/a", 0o555), ("mine", 0o700)):
        found = os.stat(out / path)
        assert (found.st_mode & 0o7777, found.st_mtime_ns) == (mode, 10**18)
    assert os.listdir(out.parent) == ["out"]


def test_the_output_folder_keeps_its_mode_and_new_pages_see_it_while_they_are_written(out: Path) -> None:
    os.chmod(out, 0o2750)
    with publication(out) as site:
        assert os.stat(site.folder).st_mode & 0o7777 == 0o2750
        (site.folder / "index.html").write_text("2", encoding="utf-8")
    assert os.stat(out).st_mode & 0o7777 == 0o2750


def test_a_link_to_the_output_folder_stays_a_link(out: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere"
    link.symlink_to(out)
    assert was_exchanged(out, lambda: publish_version(link, 2))
    assert link.readlink() == out
    assert whole_version(out) == 2


def test_a_database_in_a_private_folder_stays_open_across_the_switch(out: Path) -> None:
    database = out / ".collection" / "open.sqlite"
    connection = sqlite3.connect(database)
    connection.execute("create table readings (name)")
    connection.commit()
    publish_version(out, 2)
    connection.execute("insert into readings values ('read after the switch')")
    connection.commit()
    connection.close()
    assert sqlite3.connect(database).execute("select name from readings").fetchall() == [("read after the switch",)]


def test_what_is_kept_is_the_same_file(out: Path) -> None:
    before = inode(out / STYLE)
    publish_version(out, 2)
    assert inode(out / STYLE) == before


def test_published_is_what_still_stands(out: Path) -> None:
    (out / "index.html").unlink()
    (out / "data" / "cells.csv").unlink()
    (out / "data" / "cells.csv").symlink_to(out / STYLE)
    with publication(out) as site:
        assert site.published == files_of(1).keys() - {"index.html", "data/cells.csv"}
        site.withdraw()


def test_what_was_not_published_cannot_be_kept(out: Path) -> None:
    with pytest.raises(ValueError, match=r"mine/a/b\.html"), publication(out) as site:
        site.keep(["index.html", "mine/a/b.html"])
    assert whole_version(out) == 1


def test_a_file_that_is_written_comes_before_one_that_is_kept_and_leaves_it_unharmed(out: Path) -> None:
    with open(out / "index.html", encoding="utf-8") as old:
        with publication(out) as site:
            site.keep(site.published)
            (site.folder / "index.html").write_text("written", encoding="utf-8")
        assert old.read() == "version 1\n"
    assert contents(out) == {**files_of(1), **NOT_OURS, "index.html": "written"}


def test_what_is_neither_kept_nor_written_goes(out: Path) -> None:
    with publication(out) as site:
        site.keep(["index.html"])
    assert contents(out) == {"index.html": "version 1\n", **NOT_OURS}


def test_a_kept_page_that_somebody_removes_meanwhile_is_explained(out: Path) -> None:
    def build(site: Site) -> None:
        site.keep(site.published)
        (out / "index.html").unlink()

    with pytest.raises(PublishError, match=r"index\.html"):
        publish(out, build)
    left = {path: content for path, content in files_of(1).items() if path != "index.html"}
    assert contents(out) == {**left, **NOT_OURS}
    assert os.listdir(out.parent) == ["out"]


def test_a_run_that_withdraws_leaves_the_site_as_it_is(out: Path) -> None:
    def withdraw() -> None:
        with publication(out) as site:
            (site.folder / "index.html").write_text("2", encoding="utf-8")
            site.withdraw()

    assert not was_exchanged(out, withdraw)
    assert whole_version(out) == 1
    assert os.listdir(out.parent) == ["out"]


@pytest.mark.parametrize("path", [".collection/x", ".publishing.lock", ".published.json"])
def test_what_is_no_part_of_a_site_is_not_published(out: Path, path: str) -> None:
    def build(site: Site) -> None:
        (site.folder / path).parent.mkdir(exist_ok=True)
        (site.folder / path).write_text("", encoding="utf-8")

    with pytest.raises(ValueError, match="no part of a site"):
        publish(out, build)
    assert whole_version(out) == 1


def test_a_manifest_gives_no_right_to_private_folders(out: Path) -> None:
    (out / ".published.json").write_text('{"files": [".collection/readings.sqlite"]}', encoding="utf-8")
    for path in files_of(1):
        (out / path).unlink()
    publish_version(out, 2)
    assert whole_version(out) == 2


# what leads to the other way


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EBUSY, errno.EPERM, errno.EXDEV])
def test_a_system_that_refuses_the_exchange_gets_entry_after_entry(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(one: Path, other: Path) -> None:
        raise OSError(number, os.strerror(number), str(one))

    monkeypatch.setattr(at_once, "exchange", refused)
    assert not was_exchanged(out, lambda: publish_version(out, 2))
    assert whole_version(out) == 2
    assert os.listdir(out.parent) == ["out"]


def test_a_parent_that_cannot_be_written_leads_to_entry_after_entry(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = tempfile.mkdtemp

    def refused(prefix: str, dir: Path) -> str:
        if dir == out.parent:
            raise PermissionError(errno.EACCES, "Permission denied", str(dir))
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    assert not was_exchanged(out, lambda: publish_version(out, 2))
    assert whole_version(out) == 2


@pytest.mark.parametrize("number", [errno.EPERM, errno.EXDEV])
def test_a_file_of_somebody_that_cannot_be_linked_leads_to_entry_after_entry(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    link = os.link

    def sometimes(source: str, target: str, *, follow_symlinks: bool) -> None:
        if "mine" in source:
            raise OSError(number, os.strerror(number), source, None, target)
        link(source, target, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "link", sometimes)
    monkeypatch.setattr(os, "supports_follow_symlinks", {sometimes})
    before = inode(out / "mine/a/b.html")
    assert not was_exchanged(out, lambda: publish_version(out, 2))
    assert whole_version(out) == 2
    assert inode(out / "mine/a/b.html") == before


def test_where_nothing_can_be_linked_what_is_kept_is_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(source: str, target: str) -> None:
        raise OSError(errno.EPERM, "no links here", source, None, target)

    monkeypatch.setattr(carrying, "_make_link", never)
    before = inode(out / STYLE)
    assert not was_exchanged(out, lambda: publish_version(out, 2))
    assert whole_version(out) == 2
    assert inode(out / STYLE) != before


def test_a_run_from_within_the_folder_does_not_put_its_own_shell_out(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out / "2023")
    assert not was_exchanged(out, lambda: publish_version(Path(".."), 2))
    assert whole_version(out) == 2


# what is wrong, and said


def test_a_disk_that_fills_up_in_the_switch_leaves_the_old_site(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, files: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(at_once, "write_manifest", full)
    with pytest.raises(PublishError, match="No space left"):
        publish_version(out, 2)
    assert whole_version(out) == 1
    assert os.listdir(out.parent) == ["out"]


@pytest.mark.parametrize("put", [pytest.param(False, id="removed"), pytest.param(True, id="replaced")])
def test_a_folder_that_goes_while_a_run_is_at_work_is_explained(out: Path, put: bool) -> None:
    def build(site: Site) -> None:
        (site.folder / "index.html").write_text("2", encoding="utf-8")
        shutil.rmtree(out)
        if put:
            put_what_is_not_ours(out)

    with pytest.raises(PublishError, match="removed or replaced"):
        publish(out, build)
    assert not put or contents(out) == NOT_OURS
    assert os.listdir(out.parent) == (["out"] if put else [])


def test_a_second_run_leaves_alone_what_a_living_one_builds(out: Path) -> None:
    def build(site: Site) -> None:
        (site.folder / "index.html").write_text("2", encoding="utf-8")
        out.rename(out.parent / "moved")
        publish_version(out, 1)
        assert (site.folder / "index.html").read_text(encoding="utf-8") == "2"

    with pytest.raises(PublishError, match="removed or replaced"):
        publish(out, build)
    assert sorted(os.listdir(out.parent)) == ["moved", "out"]


def test_a_second_run_waits_outside_until_the_old_folder_is_cleared(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[str] = []

    def exchange_while_others_try(one: Path, other: Path) -> None:
        for _ in ("before the exchange", "after it"):
            with pytest.raises(PublishError) as problem:
                publish_version(out, 7)
            refused.append(problem.value.code)
            if len(refused) == 1:
                exchange(one, other)

    monkeypatch.setattr(at_once, "exchange", exchange_while_others_try)
    publish_version(out, 2)
    assert refused == ["in_use", "in_use"]
    assert whole_version(out) == 2


WITH_A_WORKER = """
import os, sys
from pathlib import Path
from disclosure_checks.runner.publishing.atomic_publication import publication
with publication(Path(sys.argv[1])):
    if os.fork() == 0:
        os.write(1, b"forked")
        sys.stdin.read()  # outlives its parent
        os._exit(0)
    sys.stdin.close()
    os.waitpid(-1, 0)
"""


def test_a_forked_worker_that_outlives_its_run_does_not_hold_the_lock(out: Path) -> None:
    command = [sys.executable, "-c", WITH_A_WORKER, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.read(6) == b"forked"
        run.kill()
        os.waitid(os.P_PID, run.pid, os.WEXITED | os.WNOWAIT)
        publish_version(out, 2)
    assert whole_version(out) == 2
    assert os.listdir(out.parent) == ["out"]


# names


def test_names_that_are_no_text_are_carried_and_published(tmp_path: Path) -> None:
    out = tmp_path / os.fsdecode(b"out \xff\xfe")
    theirs, ours = os.fsdecode(b"theirs \xff\n.txt"), os.fsdecode(b"ours \xfe.html")
    out.mkdir()
    (out / theirs).write_text("theirs", encoding="utf-8")
    for version in ("1", "2"):
        with publication(out) as site:
            assert site.published == (frozenset() if version == "1" else {ours})
            (site.folder / ours).write_text(version, encoding="utf-8")
    assert contents(out) == {theirs: "theirs", ours: "2"}


def test_a_name_too_long_for_a_staging_folder_beside_it_leads_to_entry_after_entry(tmp_path: Path) -> None:
    out = tmp_path / ("长" * 83)
    publish_version(out, 1)
    assert not was_exchanged(out, lambda: publish_version(out, 3))
    assert contents(out) == files_of(3)
