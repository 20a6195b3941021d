"""A named pipe that everyone concerned holds open tells who is alive: its end comes when the last of them has ended."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alive_pipe(folder: Path) -> Iterator[tuple[str, int]]:
    """The pipe's path, for those who hold it, and a descriptor to read from."""
    path = str(folder / "alive")
    os.mkfifo(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield path, descriptor
    os.close(descriptor)


def read_pipe(descriptor: int, patience: float, most: int = 100) -> bytes:
    """What is in the pipe, or b"" where everyone who held it has ended."""
    ready, _, _ = select.select([descriptor], [], [], patience)
    assert ready, "somebody is still alive"
    return os.read(descriptor, most)
