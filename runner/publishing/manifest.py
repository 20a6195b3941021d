"""``.published.json``: which files of an output folder we published. Only those are ever replaced or removed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

MANIFEST = ".published.json"


def read_manifest(folder: Path) -> frozenset[str]:
    """What was published into ``folder``; nothing where there is no manifest or it is not one of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes().decode("utf-8", "surrogatepass"))
    except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return frozenset()
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, list):
        return frozenset()
    # a path that leads out of the folder is none of ours, whoever wrote it
    return frozenset(path for path in files if isinstance(path, str) and _stays_inside(path))


def write_manifest(file: Path, files: Iterable[str]) -> None:
    """Write a manifest of ``files``, a line a path; the same files give the same bytes."""
    # without an indent, json's C encoder does the work
    text = json.dumps({"files": sorted(files)}, ensure_ascii=False, separators=(",\n", ":"))
    file.write_bytes(f"{text}\n".encode("utf-8", "surrogatepass"))


def _stays_inside(path: str) -> bool:
    if not path or path.startswith("/") or "\\" in path or ":" in path or "\0" in path:
        return False
    return ".." not in path or ".." not in path.split("/")
