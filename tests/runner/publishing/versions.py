"""A site of which every file names its version, so that a mixture of two is seen; and processes that publish it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from disclosure_checks.runner.publishing import exchange, folder_lock
from disclosure_checks.runner.publishing.atomic_publication import publication
from disclosure_checks.runner.publishing.folder_lock import LOCK_FILE
from disclosure_checks.runner.publishing.manifest import MANIFEST, read_manifest
from disclosure_checks.runner.publishing.staging import STAGING_PREFIX

PRIVATE = (".gx", ".collection")
STYLE = "assets/style.css"
NOT_OURS = {
    ".gitkeep": "",
    "2023/notes.txt": "theirs",
    "mine/a/b.html": "theirs",
    ".gx/great_expectations.yml": "private",
    ".collection/readings.sqlite": "private",
}
_CODE = os.path.dirname(exchange.__file__)


def files_of(version: int) -> dict[str, str]:
    """The files of a version; those with odd numbers have a year more. One file is the same in all, and is kept."""
    content = f"version {version}\n"
    names = ["index.html", "data/cells.csv", *(f"2023/机关{number}.html" for number in range(4))]
    if version % 2:
        names.append("2024/某局.html")
    return {**dict.fromkeys(names, content), STYLE: "always the same"}


def publish_version(out: Path, version: int) -> None:
    with publication(out, PRIVATE) as site:
        files = files_of(version)
        if STYLE in site.published:
            site.keep([STYLE])
            del files[STYLE]
        for path, content in files.items():
            (site.folder / path).parent.mkdir(exist_ok=True)
            (site.folder / path).write_text(content, encoding="utf-8")


def put_what_is_not_ours(out: Path) -> None:
    for path, content in NOT_OURS.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(content, encoding="utf-8")


def contents(out: Path) -> dict[str, str]:
    """Every file below ``out`` with its content; not the lock, not the manifest, nothing that is being built."""
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and path.name not in (LOCK_FILE, MANIFEST)
        and not path.relative_to(out).parts[0].startswith(STAGING_PREFIX)
    }


def whole_version(out: Path) -> int:
    """Which version stands in ``out``. Fails where it is not one version alone, whole, with all that is not ours."""
    version = int((out / "index.html").read_text(encoding="utf-8").split()[1])
    assert contents(out) == {**files_of(version), **NOT_OURS}
    assert read_manifest(out) == files_of(version).keys()
    return version


def without_exchange() -> None:
    """Make this process one of a system that cannot exchange two folders."""
    exchange._renameat2 = lambda: None  # type: ignore[assignment]


def publish_on_and_on(out: Path, first: int, at_once: bool, lines: int) -> None:
    """Publish version after version, and write a byte to ``lines`` for every line of the publishing code."""
    if not at_once:
        without_exchange()
    watch_lines(lambda: os.write(lines, b"."))
    version = first
    try:
        while True:
            publish_version(out, version)
            version += 1
    except KeyboardInterrupt:
        sys.settrace(None)


def publish_and_die(out: Path, version: int, at_once: bool, line: int) -> None:
    """Publish a version, but be killed before the ``line``-th line of the publishing code."""
    if not at_once:
        without_exchange()
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1
        if counted == line:
            os.kill(os.getpid(), signal.SIGKILL)

    watch_lines(count)
    publish_version(out, version)
    sys.settrace(None)


def publish_and_be_interrupted(out: Path, version: int, line: int) -> bool:
    """Publish a version with an interrupt of the keyboard before a line of the publishing code; whether it came."""
    left = line

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt

    before = sys.gettrace()
    watch_lines(count)
    try:
        publish_version(out, version)
    except KeyboardInterrupt:
        folder_lock._let_go()  # as at the end of a process
        return True
    finally:
        sys.settrace(before)
    return False


def lines_of_a_publication(out: Path, version: int) -> int:
    """How many lines of the publishing code it takes to publish a version."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    before = sys.gettrace()
    watch_lines(count)
    try:
        publish_version(out, version)
    finally:
        sys.settrace(before)
    return counted


def watch_lines(at_each: Callable[[], object]) -> None:
    """Call ``at_each`` before every line of the publishing code that this thread runs."""

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., object] | None:
        if not frame.f_code.co_filename.startswith(_CODE):
            return None
        if event == "line":
            at_each()
        return trace

    sys.settrace(trace)
