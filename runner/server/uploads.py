"""The files of a request: read within bounds, held in memory alone, known by harmless names."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass

import anyio
from python_multipart.exceptions import MultipartParseError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from disclosure_checks.grammar.words.clean_text import clean_text
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.server.limits import Limits, RequestProblem

_FORM = "multipart/form-data"
_MOST_FIELDS = 10
_LONGEST_FIELD = 4096  # bytes
_LONGEST_NAME = 120  # characters
_FOLDERS = re.compile(r"[/\\]")
_UNNAMED = "report"


@dataclass(frozen=True)
class Upload:
    """``files``: the bytes of each by the name it is known by; ``fields``: what else the form says."""

    files: Mapping[str, bytes]
    fields: Mapping[str, str]


class _MemoryParser(MultiPartParser):
    """A parser of forms that writes no temporary file: what it may hold is bounded before."""

    spool_max_size = 2**40


async def received_upload(request: Request, limits: Limits) -> Upload:
    """The files of a form. Raises RequestProblem where there are none, too many, or they come too slowly."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise RequestProblem("no_form", 415)
    parser = _MemoryParser(
        request.headers,
        _bounded(request, limits.upload),
        max_files=limits.files,
        max_fields=_MOST_FIELDS,
        max_part_size=_LONGEST_FIELD,
    )
    try:
        with anyio.fail_after(limits.sending):
            form = await parser.parse()
    except TimeoutError:
        raise RequestProblem("too_slow", 408) from None
    except (MultiPartException, MultipartParseError) as problem:
        too_many = "Too many files" in str(getattr(problem, "message", ""))
        raise RequestProblem("too_many_files" if too_many else "bad_form", 413 if too_many else 400) from None
    except (ClientDisconnect, KeyError, ValueError):
        raise RequestProblem("bad_form", 400) from None
    try:
        items = form.multi_items()
        given = [(one.filename or "", await one.read()) for _, one in items if isinstance(one, UploadFile)]
        fields = {name: text for name, text in items if isinstance(text, str)}
    finally:
        await form.close()
    # a browser sends a file without a name and content for a field that was left empty
    files = [(name, content) for name, content in given if name or content]
    if not files:
        raise RequestProblem("no_files", 400)
    names = numbered(plain_name(name) for name, _ in files)
    return Upload(dict(zip(names, (content for _, content in files), strict=True)), fields)


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body of a request, whatever it said of its size."""
    left = most
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            raise RequestProblem("too_large", 413)
        yield chunk


def numbered(names: Iterable[str]) -> list[str]:
    """The names, no two alike: of equal ones, the second and further have a number before them."""
    taken: set[str] = set()
    known: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in taken:
            number += 1
            candidate = f"{number}/{name}"
        taken.add(candidate)
        known.append(candidate)
    return known


def plain_name(name: str) -> str:
    """What an uploaded file is known by: its name without folders and invisible characters.

    Of a long one the end stays, for it tells the type of the file.
    """
    last = _FOLDERS.split(visible_text(clean_text(name)))[-1].strip()
    return last[-_LONGEST_NAME:].strip() or _UNNAMED
