"""What the commands say goes to any console: one that lacks characters, one that nobody reads to the end."""

from __future__ import annotations

import io
import os
import sys


def accept_any_encoding() -> None:
    """Let characters that the console does not have be replaced; one of them must not end a run."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def tell(text: str) -> None:
    """Print a text. Whoever reads the output may have gone, as ``head`` does: then it goes nowhere."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # what the interpreter flushes at its end needs a place, too
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
