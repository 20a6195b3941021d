"""Files damaged at random: bits, bytes and pieces changed, left out, doubled, moved between files of one type."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

# What Python's own module raises over an archive that is damaged before it is mutated.
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    IndexError,
    KeyError,
)
_INTERESTING = (b"\x00", b"\xff", b"\x7f", b"\x80", b"\r", b"<", b"&", b"\xed\xa0\x80", b"9" * 400, b"%", b"(" * 50)


def mutated(content: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """A file with one to eight changes; inside its members where it is a ZIP archive, in every other case."""
    if content.startswith(b"PK\x03\x04") and random.random() < 0.5:
        with suppress(*_NO_ARCHIVE):
            return _with_a_mutated_member(content, others, random)
    damaged = bytearray(content)
    for _ in range(random.randint(1, 8)):
        random.choice(_CHANGES)(damaged, others, random)
    return bytes(damaged)


def _with_a_mutated_member(content: bytes, others: Sequence[bytes], random: Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = random.choice(names)
        for name in names:
            data = source.read(name)
            target.writestr(name, mutated(data, others, random) if name == chosen else data)
    return packed.getvalue()


def _flip(damaged: bytearray, _: Sequence[bytes], random: Random) -> None:
    if damaged:
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)


def _insert(damaged: bytearray, _: Sequence[bytes], random: Random) -> None:
    place = random.randint(0, len(damaged))
    damaged[place:place] = random.choice(_INTERESTING)


def _leave_out(damaged: bytearray, _: Sequence[bytes], random: Random) -> None:
    start = random.randint(0, len(damaged))
    del damaged[start : start + random.choice((1, 2, 16, 256, 4096))]


def _cut(damaged: bytearray, _: Sequence[bytes], random: Random) -> None:
    del damaged[random.randint(0, len(damaged)) :]


def _double(damaged: bytearray, _: Sequence[bytes], random: Random) -> None:
    start = random.randint(0, len(damaged))
    piece = bytes(damaged[start : start + random.choice((4, 64, 1024))])
    damaged[start:start] = piece * random.choice((1, 2, 50))


def _splice(damaged: bytearray, others: Sequence[bytes], random: Random) -> None:
    other = random.choice(others)
    start, length = random.randint(0, len(other)), random.choice((8, 128, 2048))
    place = random.randint(0, len(damaged))
    damaged[place : place + length] = other[start : start + length]


_CHANGES: tuple[Callable[[bytearray, Sequence[bytes], Random], None], ...] = (
    _flip, _flip, _insert, _leave_out, _cut, _double, _splice,
)  # fmt: skip
