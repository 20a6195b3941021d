"""``bundle-checks DIR``: a folder from which the program installs and starts where there is no network.

It holds wheels of the program and of all that it needs, for the Python and the system that it is built with; the specs;
and a starter.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from disclosure_checks.runner.commands.console import accept_any_encoding, tell
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_options import LANGUAGES, language_of
from disclosure_checks.runner.texts.command_texts import command_text

EXTRAS, PICTURES = ("server", "watch"), "pictures"
WHEELS, SPECS, CONSTRAINTS, PROJECT = "wheels", "specs", "constraints.txt", "pyproject.toml"
_ROOMS = ("grammar", "rules", "runner")
_SOURCES = (PROJECT, "README.md", "LICENSE")
_PROGRAM = 0o755
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", "build", "*.egg-info")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    accept_any_encoding()
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(language_of(words)).parse_args(words)

    def text(name: str, **values: str) -> str:
        return command_text("bundle", name, options.lang, **values)

    if not all((options.source / name).exists() for name in (PROJECT, CONSTRAINTS, SPECS, *_ROOMS)):
        return _stop(text("no_source", path=str(options.source)))
    if options.out.exists() and any(options.out.iterdir()):
        return _stop(text("not_empty", path=str(options.out)))
    if find_spec("pip") is None:
        return _stop(text("no_pip"))
    try:
        problem = build(options.source, options.out, extras(options.pictures))
    except OSError as error:
        return _stop(text("cannot_write", path=str(error.filename or options.out), reason=error.strerror or str(error)))
    if problem:
        return _stop(text("pip_failed", detail=problem))
    wheels = len(list((options.out / WHEELS).iterdir()))
    tell(text("built", path=str(options.out), count=str(wheels), version=python_version()))
    return ExitCode.CLEAN


def extras(pictures: bool) -> str:
    """The extras that are in the bundle, as pip names them."""
    return ",".join((*EXTRAS, PICTURES) if pictures else EXTRAS)


def build(source: Path, out: Path, extras: str) -> str:
    """Build the bundle; what pip has to say where it fails. Raises OSError where the folder cannot be written."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source / SPECS, out / SPECS, ignore=_NOT_COPIED)
    shutil.copy(source / CONSTRAINTS, out)
    for name, content in starters(extras).items():
        (out / name).write_bytes(content)
        (out / name).chmod(_PROGRAM if name.endswith(".sh") else 0o644)
    with tempfile.TemporaryDirectory() as folder:
        # pip builds where the sources lie and leaves its work behind
        sources = Path(folder) / "sources"
        sources.mkdir()
        for name in _SOURCES:
            if (source / name).exists():
                shutil.copy(source / name, sources)
        for room in _ROOMS:
            shutil.copytree(source / room, sources / room, ignore=_NOT_COPIED)
        done = subprocess.run(
            pip_command(sources, source / CONSTRAINTS, out / WHEELS, extras),
            capture_output=True,
            text=True,
            check=False,
        )
    return "" if done.returncode == 0 else (done.stderr.strip() or done.stdout.strip())[-2000:]


def pip_command(sources: Path, constraints: Path, wheels: Path, extras: str) -> list[str]:
    """What makes the wheels of the program and of all that it needs."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    return [*command, "--constraint", str(constraints), "--wheel-dir", str(wheels), f"{sources}[{extras}]"]


def starters(extras: str) -> dict[str, bytes]:
    """The files by which people start the program, and what they should know."""
    values = {"version": python_version(), "platform": sysconfig.get_platform(), "extras": extras}
    found: dict[str, bytes] = {}
    for file in resources.files(__package__).joinpath("bundle").iterdir():
        text = file.read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        # the command prompt takes a file apart at CR LF, and Notepad shows one as lines
        found[file.name] = text.replace("\n", "\r\n").encode() if not file.name.endswith(".sh") else text.encode()
    return found


def python_version() -> str:
    """The version of Python that the bundle is for."""
    return "{}.{}".format(*sys.version_info)


def parser(language: str) -> argparse.ArgumentParser:
    """What the command understands, explained in a language."""

    def text(name: str) -> str:
        return command_text("bundle", name, language)

    words = argparse.ArgumentParser("bundle-checks", description=text("description"))
    words.add_argument("out", type=Path, metavar="DIR", help=text("out_help"))
    words.add_argument("--source", type=Path, default=Path(), metavar="DIR", help=text("source_help"))
    words.add_argument("--pictures", action="store_true", help=text("pictures_help"))
    words.add_argument("--lang", choices=LANGUAGES, default="zh", help=command_text("run", "lang_help", language))
    return words


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return ExitCode.WRONG_CALL


if __name__ == "__main__":
    sys.exit(main())
