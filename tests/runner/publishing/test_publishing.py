from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from disclosure_checks.runner.publishing import exchange
from disclosure_checks.runner.publishing.atomic_publication import PublishError, publication
from disclosure_checks.runner.publishing.folder_lock import LOCK_FILE
from disclosure_checks.runner.publishing.manifest import MANIFEST
from disclosure_checks.runner.publishing.staging import MARKER, STAGING_PREFIX

OURS = {MANIFEST, LOCK_FILE}


@pytest.fixture(autouse=True, params=["at once", "entry by entry"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to switch; a system that can do the second alone is one without the call that the first needs."""
    if request.param == "entry by entry":
        monkeypatch.setattr(exchange, "_renameat2", lambda: None)


entry_by_entry = pytest.mark.parametrize("way", ["entry by entry"], indirect=True)


def publish(out: Path, files: dict[str, str]) -> None:
    with publication(out) as site:
        for path, content in files.items():
            (site.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (site.folder / path).write_text(content, encoding="utf-8")


def tree(out: Path) -> dict[str, str]:
    """Every file below ``out`` with its content, our two dot files left out."""
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in OURS
    }


SITE = {"index.html": "1", "2023/某局.html": "1", "assets/style.css": "1", "data/cells.csv": "1"}


def test_a_site_is_published_into_a_folder_that_did_not_exist(tmp_path: Path) -> None:
    publish(tmp_path / "a" / "b", SITE)
    assert tree(tmp_path / "a" / "b") == SITE


def test_a_second_publish_replaces_the_first_and_removes_its_stale_pages(tmp_path: Path) -> None:
    publish(tmp_path, {**SITE, "2022/旧.html": "1", "2023/旧.html": "1"})
    second = dict.fromkeys(SITE, "2")
    publish(tmp_path, second)
    assert tree(tmp_path) == second
    assert not (tmp_path / "2022").exists()


def test_nothing_that_is_not_ours_is_touched(tmp_path: Path) -> None:
    theirs = {
        ".gitkeep": "",
        ".gx/great_expectations.yml": "x",
        "notes.txt": "n",
        "2023/notes.txt": "n",
        "mine/a.html": "a",
    }
    for path, content in theirs.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    publish(tmp_path, SITE)
    assert tree(tmp_path) == {**SITE, **theirs}
    publish(tmp_path, {"index.html": "2"})
    assert tree(tmp_path) == {"index.html": "2", **theirs}


def test_a_link_of_a_user_is_carried_over_as_a_link(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "2023" / "link.html").symlink_to("某局.html")
    publish(tmp_path, SITE)
    assert os.readlink(tmp_path / "2023" / "link.html") == "某局.html"


@pytest.mark.parametrize("path", ["index.html", "2023/某局.html"])
def test_a_file_of_a_user_in_the_place_of_a_page_is_not_overwritten(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("theirs", encoding="utf-8")
    with pytest.raises(PublishError, match="was not written by run-checks"):
        publish(tmp_path, SITE)
    assert tree(tmp_path) == {path: "theirs"}


def test_a_file_of_a_user_in_the_place_of_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("theirs", encoding="utf-8")
    with pytest.raises(PublishError, match="data: stands where a page has to go"):
        publish(tmp_path, SITE)
    assert tree(tmp_path) == {"data": "theirs"}


def test_a_folder_that_is_a_link_elsewhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "data").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(PublishError, match="data"):
        publish(out, SITE)
    assert list((tmp_path / "elsewhere").iterdir()) == []


class BuildFailed(Exception):
    pass


def build_half(folder: Path) -> None:
    (folder / "index.html").write_text("2", encoding="utf-8")
    raise BuildFailed


def test_a_failure_while_building_leaves_the_old_site_and_no_staging_folder(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    with pytest.raises(BuildFailed), publication(tmp_path) as site:
        build_half(site.folder)
    assert tree(tmp_path) == SITE
    assert list(tmp_path.glob(f"{STAGING_PREFIX}*")) == []


def failing_rename(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Make the ``call``-th rename of a switch fail, once, as on a folder that another program holds open."""
    calls = 0
    rename = os.rename

    def sometimes(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise PermissionError(13, "held open", str(target))
        rename(source, target)

    monkeypatch.setattr(os, "rename", sometimes)


@entry_by_entry
@pytest.mark.parametrize("call", range(1, 7))
def test_a_rename_that_fails_undoes_the_whole_switch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    publish(tmp_path, SITE)
    failing_rename(monkeypatch, call)
    with pytest.raises(PublishError, match="held open"):
        publish(tmp_path, dict.fromkeys(SITE, "2"))
    assert tree(tmp_path) == SITE
    assert list(tmp_path.glob(f"{STAGING_PREFIX}*")) == []


@entry_by_entry
def test_an_overview_that_cannot_be_replaced_undoes_the_whole_switch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, SITE)
    replace = os.replace

    def never_the_overview(source: Path, target: Path) -> None:
        if Path(target).name == "index.html":
            raise PermissionError(13, "held open", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", never_the_overview)
    with pytest.raises(PublishError, match="held open"):
        publish(tmp_path, dict.fromkeys(SITE, "2"))
    assert tree(tmp_path) == SITE


@entry_by_entry
def test_the_overview_is_switched_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, SITE)
    replaced: list[dict[str, str]] = []
    replace = os.replace

    def watched(source: Path, target: Path) -> None:
        if Path(target).name == "index.html":
            replaced.append({path: (tmp_path / path).read_text(encoding="utf-8") for path in SITE})
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    publish(tmp_path, dict.fromkeys(SITE, "2"))
    assert replaced == [{**dict.fromkeys(SITE, "2"), "index.html": "1"}]


@entry_by_entry
def test_what_a_killed_run_moved_away_is_put_back(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    aside = tmp_path / f"{STAGING_PREFIX}killed_1" / "old"
    aside.mkdir(parents=True)
    (aside.parent / MARKER).write_text("1", encoding="ascii")
    (tmp_path / "2023").rename(aside / "2023")
    with pytest.raises(BuildFailed), publication(tmp_path):
        raise BuildFailed
    assert tree(tmp_path) == SITE
    assert list(tmp_path.glob(f"{STAGING_PREFIX}*")) == []


def test_two_runs_never_publish_at_once(tmp_path: Path) -> None:
    with publication(tmp_path) as site:
        (site.folder / "index.html").write_text("1", encoding="utf-8")
        with pytest.raises(PublishError, match="another run is publishing here"):
            publish(tmp_path, {"index.html": "2"})
    assert tree(tmp_path) == {"index.html": "1"}


def test_a_file_where_the_folder_should_be_is_explained(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(PublishError, match="out: the site cannot be published there"):
        publish(tmp_path / "out", SITE)


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(PublishError, match="Permission denied"):
        publish(tmp_path, SITE)


def test_a_disk_that_is_full_is_explained_and_other_problems_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="No space left"), publication(tmp_path):
        raise OSError(28, "No space left on device")
    with pytest.raises(FileNotFoundError), publication(tmp_path):
        raise FileNotFoundError(2, "No such file", "report.txt")


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param("not json", id="is not JSON"),
        pytest.param("[]", id="is no object"),
        pytest.param('{"files": ["../outside.txt", "/etc/x", "C:/x", "a\\\\b", 7]}', id="leads out of the folder"),
    ],
)
def test_a_manifest_that_is_not_ours_gives_no_right_to_anything(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "outside.txt").write_text("theirs", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / MANIFEST).write_text(manifest, encoding="utf-8")
    publish(out, SITE)
    assert tree(out) == SITE
    assert (tmp_path / "outside.txt").read_text(encoding="utf-8") == "theirs"


def test_the_same_site_leaves_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        publish(tmp_path / name, SITE)
    assert (tmp_path / "a" / MANIFEST).read_bytes() == (tmp_path / "b" / MANIFEST).read_bytes()


def test_a_published_folder_can_be_moved_and_published_again(tmp_path: Path) -> None:
    publish(tmp_path / "a", SITE)
    shutil.move(tmp_path / "a", tmp_path / "b")
    publish(tmp_path / "b", {"index.html": "2"})
    assert tree(tmp_path / "b") == {"index.html": "2"}
