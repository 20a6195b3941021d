"""Reports inside .zip archives: their members one by one, bounded in number, size and compression.

A page and the images that it shows are one member: the page with them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.grammar.readers.html.packed_pages import packed_page
from disclosure_checks.grammar.readers.html.saved_pages import SavedPages, is_image_name, path_beside
from disclosure_checks.grammar.readers.html.shown_files import shown_files
from disclosure_checks.grammar.readers.zip_damage import ZIP_DAMAGE

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 64 * 1024 * 1024  # bytes, unpacked
LARGEST_ARCHIVE = 512 * 1024 * 1024  # bytes, all members unpacked
_UTF8_FLAG = 0x800
_LONGEST_NAME = 200  # characters of a member's name that are kept


class Member(NamedTuple):
    """A file inside an archive. ``source`` is the archive's source, a ``/`` and the member's path made harmless."""

    source: str
    content: bytes


def members(content: bytes, source: str) -> Iterator[Member | UnreadableReport]:
    """The files of an archive, in the order of their names; what cannot be unpacked comes back as unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except ZIP_DAMAGE:
        yield UnreadableReport(source, "damaged_archive")
        return
    with archive:
        entries = sorted((entry for entry in archive.infolist() if not entry.filename.endswith("/")), key=_name)
        entries = [entry for entry in entries if not _is_hidden(_safe(_name(entry)))]
        if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > LARGEST_ARCHIVE:
            yield UnreadableReport(
                source, "archive_too_large", f"{MOST_MEMBERS} / {LARGEST_ARCHIVE // 1024 // 1024} MB"
            )
            return
        if not entries:
            yield UnreadableReport(source, "empty")
        named = {_safe(_name(entry)): entry for entry in entries}
        saved = SavedPages(named)
        shown = {page: _files_shown(archive, named, page) for page in sorted(saved.pages)}
        images = {path_beside(page, path) for page, paths in shown.items() for path in paths if is_image_name(path)}
        for entry in entries:
            path = _safe(_name(entry))
            if path not in saved.parts and path not in images:
                read = _member(archive, entry, f"{source}/{path}")
                yield _with_files(archive, named, path, read, shown[path]) if shown.get(path) else read


def _files_shown(archive: zipfile.ZipFile, named: Mapping[str, zipfile.ZipInfo], page: str) -> Sequence[str]:
    """The files that a page shows, by their paths below its folder."""

    def load(path: str) -> bytes:
        entry = named.get(path)
        read = None if entry is None else _member(archive, entry, "")
        return read.content if isinstance(read, Member) else b""

    return shown_files(load(page), lambda path: load(path_beside(page, path)))


def _with_files(
    archive: zipfile.ZipFile,
    named: Mapping[str, zipfile.ZipInfo],
    page: str,
    read: Member | UnreadableReport,
    shown: Sequence[str],
) -> Member | UnreadableReport:
    """A page with those of the files it shows that lie in the archive."""

    def load(path: str, most: int) -> bytes:
        entry = named.get(path_beside(page, path))
        try:
            return b"" if entry is None else _beginning(archive, entry, most)
        except ZIP_DAMAGE:
            return b""

    return read if isinstance(read, UnreadableReport) else read._replace(content=packed_page(read.content, shown, load))


def _beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as file:
        return file.read(most)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: str) -> Member | UnreadableReport:
    if entry.flag_bits & 0x1:
        return UnreadableReport(source, "encrypted")
    if entry.file_size > LARGEST_MEMBER:
        return UnreadableReport(source, "too_large", f"{entry.file_size / 1e6:.0f} MB")
    try:
        content = _beginning(archive, entry, LARGEST_MEMBER + 1)
    except ZIP_DAMAGE as problem:
        return UnreadableReport(source, "damaged_archive", str(problem))
    if len(content) > LARGEST_MEMBER:  # the directory of the archive lied
        return UnreadableReport(source, "too_large", f"> {LARGEST_MEMBER / 1e6:.0f} MB")
    return Member(source, content)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a member. Chinese archivers write GBK without saying so; zipfile reads that as code page 437."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _is_hidden(path: str) -> bool:
    """Whether a file was put there by a system rather than a person."""
    return path.startswith("__MACOSX/") or path.rpartition("/")[2].startswith(".")


def _safe(name: str) -> str:
    """A member's path without steps out of the archive."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[-_LONGEST_NAME:].lstrip("/") or "unnamed"
