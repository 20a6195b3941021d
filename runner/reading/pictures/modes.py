"""Whether pictures are read: what a person asks for, and what that comes to on this machine. Nothing heavy is imported."""

from __future__ import annotations

from disclosure_checks.grammar.readers.picture.installed import is_installed
from disclosure_checks.runner.reading.program import version_of

AUTO, NEVER, ALWAYS = "auto", "never", "always"
PICTURES = (AUTO, NEVER, ALWAYS)
RECOGNISER_FAILED = "recogniser_failed"  # the code of what is said where it cannot be loaded
_DECIDING = ("rapidocr", "onnxruntime")  # what is seen hangs on their versions
NOT_INSTALLED = "not_installed"  # what ``auto`` and ``always`` come to where there is no recogniser


def effective_mode(asked: str) -> str:
    """What comes of what was asked for."""
    return NOT_INSTALLED if asked != NEVER and not is_installed() else asked


def is_read(mode: str) -> bool:
    """Whether pictures are read at all in a mode."""
    return mode in (AUTO, ALWAYS)


def mode_digest(mode: str) -> bytes:
    """What decides what is read of a file that shows pictures."""
    return f"{mode} {_versions() if is_read(mode) else ''}".encode()


def _versions() -> str:
    return " ".join(f"{library} {version_of(library)}" for library in _DECIDING)
