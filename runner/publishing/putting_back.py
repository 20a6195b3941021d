"""What is not ours and was left in a folder that is no longer the site goes back into the site.

A switch carries other people's files over. What they add or replace in the instant between that and the switch is in
the old folder alone.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from disclosure_checks.runner.publishing.folder_contents import entries_below, top_of
from disclosure_checks.runner.publishing.folder_lock import LOCK_FILE
from disclosure_checks.runner.publishing.manifest import MANIFEST, read_manifest


def put_back(displaced: Path, out: Path, private: Collection[str]) -> None:
    """Move files that are not ours from ``displaced``, a former site, to ``out`` where it lacks them or has older ones.

    A private folder goes back as a whole or not at all: a single file of it, say the journal of a database, may be
    missing because it has served.
    """
    if not out.is_dir():
        return
    ours = read_manifest(displaced) | read_manifest(out)
    for name in private:
        if os.path.lexists(displaced / name) and not os.path.lexists(out / name):
            os.rename(displaced / name, out / name)
    theirs = [
        (path, entry)
        for path, entry in entries_below(displaced)
        if path not in ours and path not in (MANIFEST, LOCK_FILE) and top_of(path) not in private
    ]
    for path, entry in theirs:
        _put_back_file(entry, out / path)


def put_back_entries(aside: Path, out: Path) -> None:
    """Move back what an entry-by-entry switch had moved away when it was killed, and has put nothing in the place of."""
    published = {top_of(path) for path in read_manifest(out)}
    for entry in sorted(aside.iterdir()):
        if entry.name in published and not os.path.lexists(out / entry.name):
            os.rename(entry, out / entry.name)


def _put_back_file(entry: os.DirEntry[str], target: Path) -> None:
    try:
        standing = os.lstat(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(entry.path, target)
        return
    found = entry.stat(follow_symlinks=False)
    if not os.path.samestat(found, standing) and found.st_mtime_ns > standing.st_mtime_ns:
        os.replace(entry.path, target)
