"""The program as it is installed: its own files and the libraries that what is read or found may depend on.

Light: a run that finds nothing changed loads this, and so does a worker on another machine.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("great_expectations", "lark", "numpy", "pandas", "pypdfium2", "pyyaml", "rapidfuzz", "xlrd")
_ROOMS = ("grammar", "rules", "runner")
_RUNNER = Path(__file__).resolve().parents[1]
# libraries that the processes of a run use: they read files and write pages, and never check
_LIBRARIES_OF_WORKERS = ("lark", "numpy", "pypdfium2", "rapidfuzz", "xlrd")
_NO_PROGRAM = ("__pycache__",)
_FOR_NOTEBOOKS = "runner/notebook/"  # the name of the installation: a wheel has it at another place
_DIGITS = 12
_ABSENT = "-"


def version_of(library: str) -> str:
    """The version of a library; empty where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def libreoffice() -> str:
    """The program that converts files for us; empty where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def program_files() -> Iterator[Path]:
    """Our own files, in an order that does not depend on the system."""
    for room in _ROOMS:
        yield from sorted(_files(_RUNNER.parent / room))


@cache  # a process that runs on after its files were replaced is what it was when it was first asked
def program_parts() -> Mapping[str, str]:
    """What two machines must have alike to read and write the same: names for people, and versions."""
    digest = blake2b(digest_size=_DIGITS // 2)
    for file in program_files():
        name = file.relative_to(_RUNNER.parent).as_posix()
        if not name.startswith(_FOR_NOTEBOOKS):
            content = file.read_bytes()
            digest.update(f"{name}\n{len(content)}\n".encode("utf-8", "surrogateescape"))
            digest.update(content)
    return {
        "disclosure-checks": digest.hexdigest(),
        "Python": "{}.{}".format(*sys.version_info),
        "LibreOffice": "+" if libreoffice() else _ABSENT,
        **{library: version_of(library) or _ABSENT for library in _LIBRARIES_OF_WORKERS},
    }


def differing_parts(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What is not alike, as ``lark 1.2.2 ≠ 1.3.1`` with theirs first; empty where all is."""
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    return ", ".join(f"{name} {theirs.get(name, _ABSENT)} ≠ {ours.get(name, _ABSENT)}" for name in names)


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NO_PROGRAM]
        yield from (Path(where, name) for name in names if not name.endswith((".pyc", ".pyo")))
