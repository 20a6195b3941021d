"""What killed runs leave: cleared by the next run, and what others would miss goes back first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from disclosure_checks.runner.publishing import at_once, staging
from disclosure_checks.runner.publishing.atomic_publication import publication
from disclosure_checks.runner.publishing.exchange import exchange
from disclosure_checks.runner.publishing.staging import MARKER
from tests.runner.publishing.versions import (
    NOT_OURS,
    PRIVATE,
    contents,
    files_of,
    publish_version,
    put_what_is_not_ours,
    whole_version,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged on Linux alone")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "parent" / "out"
    put_what_is_not_ours(folder)
    publish_version(folder, 1)
    return folder


def next_run(out: Path) -> None:
    with publication(out, PRIVATE) as site:
        site.withdraw()


def killed_after_the_exchange(out: Path, monkeypatch: pytest.MonkeyPatch, version: int = 2) -> Path:
    """Publish a version in a run that is killed before it clears anything; gives the folder of before."""
    with monkeypatch.context() as patch:
        patch.setattr(staging, "_clear", lambda *_: None)
        publish_version(out, version)
    (left,) = out.parent.glob(".out.staging-*")
    return left / "new"


def test_the_folder_of_before_is_cleared(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_after_the_exchange(out, monkeypatch)
    next_run(out)
    assert whole_version(out) == 2
    assert os.listdir(out.parent) == ["out"]


def test_what_others_added_or_replaced_in_the_instant_of_the_switch_is_not_lost(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_the_last_moment(one: Path, other: Path) -> None:
        (out / "late" / "a").mkdir(parents=True)
        (out / "late" / "a" / "new.txt").write_text("added", encoding="utf-8")
        (out / "2023" / "new.txt").write_text("added", encoding="utf-8")
        saved = out / "2023" / "saved"
        saved.write_text("saved", encoding="utf-8")
        os.utime(saved, ns=(2 * 10**18, 2 * 10**18))
        saved.replace(out / "2023" / "notes.txt")
        exchange(one, other)

    monkeypatch.setattr(at_once, "exchange", at_the_last_moment)
    publish_version(out, 2)
    assert contents(out) == {
        **files_of(2),
        **NOT_OURS,
        "late/a/new.txt": "added",
        "2023/new.txt": "added",
        "2023/notes.txt": "saved",
    }


def test_what_was_changed_since_a_kill_is_not_undone(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = killed_after_the_exchange(out, monkeypatch)
    os.utime(before / "2023" / "notes.txt", ns=(10**18, 10**18))
    (out / "2023" / "notes.txt").unlink()
    (out / "2023" / "notes.txt").write_text("written since", encoding="utf-8")
    next_run(out)
    assert (out / "2023" / "notes.txt").read_text(encoding="utf-8") == "written since"


def test_a_private_folder_goes_back_as_a_whole(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = killed_after_the_exchange(out, monkeypatch)
    for path in (out / ".collection").iterdir():
        path.unlink()
    (out / ".collection").rmdir()
    next_run(out)
    assert whole_version(out) == 2
    assert not before.exists()


def test_the_journal_of_a_database_that_has_served_does_not_come_back(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = out / ".collection" / "readings.sqlite-journal"
    journal.write_text("", encoding="utf-8")
    killed_after_the_exchange(out, monkeypatch)
    journal.unlink()
    next_run(out)
    assert whole_version(out) == 2


def test_pages_of_before_do_not_come_back_from_a_folder_that_is_half_removed(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = killed_after_the_exchange(out, monkeypatch).parent

    def killed_while_removing(folder: Path) -> None:
        (folder / ".published.json").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(staging, "remove_folder", killed_while_removing)
        with pytest.raises(KeyboardInterrupt):
            next_run(out)
    assert (left / "new" / "2024").is_dir()
    next_run(out)
    assert whole_version(out) == 2
    assert os.listdir(out.parent) == ["out"]


def test_a_folder_that_cannot_be_written_is_cleared_all_the_same(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chmod(out / "mine" / "a", 0o555)
    killed_after_the_exchange(out, monkeypatch)
    next_run(out)
    assert os.listdir(out.parent) == ["out"]
    assert os.stat(out / "mine" / "a").st_mode & 0o777 == 0o555


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".out.staging-abcdefgh", id="without our marker"),
        pytest.param(".out.staging-other", id="with a name that is not ours"),
        pytest.param(".out.staging-x.staging-abcdefgh", id="of another output folder"),
    ],
)
def test_folders_that_only_look_like_ours_are_left_alone(out: Path, name: str) -> None:
    for parent in (out.parent, out):
        (parent / name / "new").mkdir(parents=True)
        if name != ".out.staging-abcdefgh":
            (parent / name / MARKER).write_text("1", encoding="ascii")
    next_run(out)
    assert (out.parent / name / "new").is_dir()
    assert (out / name / "new").is_dir()


def test_a_folder_that_was_not_marked_yet_is_cleared(out: Path) -> None:
    (out.parent / ".out.staging-abcdefgh").mkdir()
    next_run(out)
    assert os.listdir(out.parent) == ["out"]
