"""Tasks for worker processes that behave and misbehave."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Client
from typing import Any

_prepared: list[str] = []
_kept: list[bytes] = []


def prepare(*words: str) -> None:
    _prepared.extend(words)


def fail_to_prepare() -> None:
    raise ValueError("no lexicon")


def die_while_preparing() -> None:
    os._exit(1)


def prepared_with(word: str) -> str:
    return "".join([*_prepared, word])


def twice(number: int) -> int:
    return number * 2


def process(_: object = None) -> int:
    return os.getpid()


def beside_own_process(given: object) -> tuple[int, object]:
    return os.getpid(), given


def hang(_: object = None) -> None:
    time.sleep(3600)


def tell_and_hang(address: str) -> None:
    Client(address)
    hang()


def hang_in_c(_: object = None) -> None:
    """Holds the interpreter for ever, as C code may."""
    ctypes.PyDLL(None).pause()


def swell(_: object = None) -> int:
    return len(bytearray(4_000_000_000))


def swell_slowly(_: object = None) -> int:
    kept = []
    while True:
        kept.append(b"\x01" * 10_000_000)


def abort_when_full(_: object = None) -> None:
    """What C code does that gets no memory."""
    kept = []
    try:
        while True:
            kept.append(bytearray(b"\x01") * 10_000_000)
    except MemoryError:
        os.abort()


def exit_process(code: int = 3) -> None:
    os._exit(code)


def exit_politely(_: object = None) -> None:
    sys.exit(4)


def kill_itself(number: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), number)


def kill_starter_of_nursery() -> None:
    """Kill the process for which the nursery of this one was started."""
    with open(f"/proc/{os.getppid()}/status", encoding="ascii") as status:
        starter = next(int(line.split()[1]) for line in status if line.startswith("PPid:"))
    os.kill(starter, signal.SIGKILL)
    hang()


def segfault(_: object = None) -> None:
    ctypes.string_at(8)


def fail(message: str) -> None:
    raise ValueError(message)


def fail_with_a_file(path: str) -> None:
    open(path, "rb").close()


def recurse(number: int = 0) -> int:
    return recurse(number + 1) + 1


def large(size: int) -> bytes:
    return bytes(size)


def size_of(content: bytes) -> int:
    return len(content)


def not_picklable(_: object = None) -> Any:
    return lambda: None


def talk(_: object = None) -> str:
    print("talk in Python", flush=True)
    print("talk of problems", file=sys.stderr, flush=True)
    os.write(1, b"talk in C\n")
    return "said"


def swell_and_stay(size: int) -> None:
    kept = b"\x01" * size
    hang(kept)


def prepare_for(seconds: float) -> None:
    time.sleep(seconds)


def keep(size: int) -> int:
    _kept.append(bytes(size))
    return os.getpid()


def parent_process(_: object = None) -> int:
    return os.getppid()


def leave_a_file(path: str) -> None:
    open(path, "wb").close()


def hold(fifo: str) -> int:
    """Keep a pipe open until the process ends, and say so in it."""
    descriptor = os.open(fifo, os.O_WRONLY)
    os.write(descriptor, b".")
    return descriptor


def hold_and_hang(fifo: str) -> None:
    hold(fifo)
    hang()


def hold_and_hang_in_c(fifo: str) -> None:
    hold(fifo)
    hang_in_c()


def hold_and_start_child(fifo: str) -> None:
    """As LibreOffice is started: a child in a session of its own, with a child that outlives it."""
    descriptor = hold(fifo)
    pausing = _pausing_code(descriptor)
    grandchild = f"subprocess.Popen([sys.executable, '-c', {pausing!r}], close_fds=False)"
    code = f"import subprocess, sys; {grandchild}; {pausing}"
    subprocess.run([sys.executable, "-c", code], pass_fds=[descriptor], start_new_session=True, check=False)


def start_child_and_die(fifo: str) -> None:
    descriptor = hold(fifo)
    own_fifo, end = os.pipe()
    subprocess.Popen(
        [sys.executable, "-c", f"{_pausing_code(descriptor, end)}"], pass_fds=[descriptor, end], start_new_session=True
    )
    os.read(own_fifo, 1)
    kill_itself()


def _pausing_code(*descriptors: int) -> str:
    """A program that says that it is there and never ends."""
    said = "; ".join(f"os.write({descriptor}, b'.')" for descriptor in descriptors)
    return f"import os, signal; {said}; signal.pause()"


def imported_of(names: tuple[str, ...]) -> list[str]:
    """Which of the libraries this process has imported."""
    return [name for name in names if name in sys.modules]
