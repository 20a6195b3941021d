"""Runs into one folder, time after time, as the tests of the collection make and look at them."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from disclosure_checks.runner.collection.store import collection_path
from disclosure_checks.runner.commands.run_checks import main
from tests.checking import SPECIFICATION
from tests.generation.panel.panel import PanelReport

PRIVATE = frozenset({".gx", ".collection"})


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with these files and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def texts(reports: Sequence[PanelReport]) -> dict[str, str]:
    """Reports as files, by name."""
    return {report.name: report.text for report in reports}


def check(out: Path, *words: object, spec: Path = SPECIFICATION) -> int:
    """Run the command over ``words``, quietly and in one worker; its exit code."""
    return main([str(spec), *map(str, words), "--out", str(out), "--jobs", "1", "--quiet"])


def table(out: Path, name: str) -> list[dict[str, str]]:
    """An export."""
    with (out / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reports_on(out: Path) -> dict[str, str]:
    """What is on the site: status by report."""
    return {row["report"]: row["status"] for row in table(out, "reports.csv")}


def pages(out: Path) -> dict[str, str]:
    """The pages of reports, by what these are known by."""
    return {row["report"]: row["page"] for row in table(out, "reports.csv") if row["page"]}


def published(out: Path) -> dict[str, bytes]:
    """Every published file by its path."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not PRIVATE & set(path.relative_to(out).parts)
    }


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Inode, time and size of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): (status.st_ino, status.st_mtime_ns, status.st_size)
        for path in sorted(folder.rglob("*"))
        for status in [path.lstat()]
    }


def broken_links(out: Path) -> list[str]:
    """Links of pages that lead to no file."""
    links = [
        (page, link)
        for page in out.rglob("*.html")
        if not PRIVATE & set(page.relative_to(out).parts)
        for link in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text(encoding="utf-8"))
    ]
    return [
        f"{page.relative_to(out)} -> {link}"
        for page, link in links
        if "://" not in link and not (page.parent / link).exists()
    ]


def asked(out: Path, query: str) -> list[tuple[object, ...]]:
    """What the collection of an output folder answers."""
    with closing(sqlite3.connect(collection_path(out))) as connection:
        return connection.execute(query).fetchall()


def revisions(out: Path) -> list[tuple[object, ...]]:
    """The reports that gave way: what they were known by, and what took their place."""
    return asked(
        out,
        "SELECT old.source, new.source FROM reports old JOIN reports new ON new.id = old.successor ORDER BY old.id",
    )
