"""The rules of the house: small modules and folders, floors that hold, a complete wheel, Great Expectations at its place."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.checking import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOMS = ("grammar", "rules", "runner")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
LONGEST_MODULE = 300
MOST_MODULES = 12

# what may know how Great Expectations works inside: its classes are extended there
EXTENDING_GX = ("runner/gx", "rules/expectations")
# the modules whose classes carry Great Expectations' mark of its public interface, and those that hand them on
PUBLIC_GX = {
    "great_expectations",
    "great_expectations.checkpoint",
    "great_expectations.core",
    "great_expectations.core.run_identifier",
    "great_expectations.data_context",
    "great_expectations.data_context.types.resource_identifiers",
    "great_expectations.execution_engine",
    "great_expectations.expectations",
    "great_expectations.expectations.expectation",
}


def place(path: Path) -> str:
    """A path as people write it: below the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages() -> dict[str, Path]:
    """The name that each folder of code has to be installed under."""
    names = {ROOT / folder: package for package, folder in project()["tool"]["setuptools"]["package-dir"].items()}
    found = {}
    for folder in FOLDERS:
        above = next(path for path in (folder, *folder.parents) if path in names)
        found[".".join([names[above], *folder.relative_to(above).parts])] = folder
    return found


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_no_module_is_longer_than_a_reader_can_follow() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_folder_holds_more_modules_than_can_be_taken_in() -> None:
    counts = {place(folder): len(set(folder.glob("*.py")) - {folder / "__init__.py"}) for folder in FOLDERS}
    assert {name: count for name, count in counts.items() if count > MOST_MODULES} == {}


def test_every_folder_of_code_is_a_package_that_says_what_it_is_for() -> None:
    silent = [
        place(folder)
        for folder in FOLDERS
        if not (file := folder / "__init__.py").exists() or not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]
    assert silent == []


def test_the_wheel_holds_every_folder_of_code_and_no_other() -> None:
    assert sorted(project()["tool"]["setuptools"]["packages"]) == sorted(packages())


def test_imports_go_down_the_floors(tmp_path: Path) -> None:
    # the linter looks for the folder of a package below that of its parent, where only an installation has it
    for package, folder in packages().items():
        installed = tmp_path.joinpath(*package.split("."))
        installed.mkdir(parents=True, exist_ok=True)
        for module in folder.glob("*.py"):
            shutil.copy(module, installed)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    called = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    done = subprocess.run([*called, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_inside_of_great_expectations_is_known_only_where_it_is_extended() -> None:
    inner = {
        (place(path), module)
        for path in MODULES
        if not place(path).startswith(EXTENDING_GX)
        for module in imported_modules(path)
        if module.partition(".")[0] == "great_expectations" and module not in PUBLIC_GX
    }
    assert inner == set()
