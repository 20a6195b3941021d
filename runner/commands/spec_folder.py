"""Which specs a run uses: the one file that is named, or those of a folder.

A folder gives one spec a format. A file that builds on another of the same folder and keeps its format, such as the
rules of a province, is used only where it is named itself; a province that wants its rules for every format keeps its
files in a folder of their own.
"""

from __future__ import annotations

from pathlib import Path

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.source.problems import SpecificationError
from disclosure_checks.rules.spec.source.yaml_source import ScalarNode, compose, read_source
from disclosure_checks.rules.texts.file_names import AGENCIES_FILE, DECISIONS_FILE
from disclosure_checks.runner.reading.input_errors import InputError

SPEC_SUFFIXES = (".yaml", ".yml")
_NO_SPECS = (AGENCIES_FILE, DECISIONS_FILE)


def spec_files(path: Path) -> list[Path]:
    """The files of specs at ``path``: the file itself, or in a folder those that no other of it stands for."""
    if not path.is_dir():
        return [path]
    files = [file for file in sorted(path.iterdir()) if file.suffix in SPEC_SUFFIXES and file.name not in _NO_SPECS]
    own = {file.resolve() for file in files}
    return [file for file in files if extended_in_its_format(file) not in own]


def load_specifications(path: Path) -> list[CompiledSpecification]:
    """The compiled specs at ``path``.

    Raises SpecificationError for what is wrong with one, InputError for an empty folder and for two specs of one format.
    """
    files = spec_files(path)
    if not files:
        raise InputError("no_spec", str(path))
    compiled = [load_specification(file) for file in files]
    owner: dict[str, Path] = {}
    for file, one in zip(files, compiled, strict=True):
        first = owner.setdefault(one.specification.format, file)
        if first is not file:
            raise InputError("same_format", f"{first}, {file} ({one.specification.format})")
    return compiled


def extended_in_its_format(file: Path) -> Path | None:
    """The file that a spec extends without being a format of its own; what cannot be read is told by loading it."""
    try:
        root, _ = compose(read_source(file))
    except SpecificationError:
        return None
    extends = root.values.get("extends")
    if "format" in root.values or not isinstance(extends, ScalarNode):
        return None
    return (file.parent / extends.text).resolve()
