"""Files of older and other word processors (.doc, .wps, .rtf, .odt): LibreOffice makes Word documents of them.

It runs without a window in a profile of its own, so that several can run at once and none asks or remembers anything,
in a folder that is removed afterwards. Macros do not run, and what a document links to is not loaded.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.source_file import COMPOUND_FILE, ZIP
from disclosure_checks.grammar.readers.word.reader import read_docx
from disclosure_checks.grammar.words import layout_names

LARGEST_FILE = 50_000_000  # bytes
LONGEST_CONVERSION = 60.0  # seconds
_PROGRAMS = ("soffice", "libreoffice")
_RTF = b"{\\rtf"
_FLAT = "fodt"  # an OpenDocument that is one file of XML
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "LD_LIBRARY_PATH")
_NOBODY = "http://127.0.0.1:9"  # a proxy that nobody answers as: nothing that a document links to is fetched
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_OTHER_STREAMS = tuple(name.encode("utf-16-le") for name in ("MatOST", "CONTENTS", "SPELLING"))  # of MS Works
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HEADER = 512  # bytes of a compound file before its streams; the text of a Word document is the first one
_WORD_MAGIC = b"\xec\xa5"

# no macros, nothing loaded from elsewhere, no updates of links, a proxy that nobody answers as
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def looks_like_ole(content: bytes) -> bool:
    """Whether a file is a compound file, as old office programs write them."""
    return content.startswith(COMPOUND_FILE)


def read_office(content: bytes) -> SourceDocument:
    """The document in ``content``, its layout named by the kind of the file (``doc``, ``rtf`` or ``odt``).

    Raises ReaderError ``libreoffice_missing``, ``conversion_failed``, ``conversion_broken_off`` (it took too long or
    could not be started, which another try may do better; with "(60 s)" or the system's word),
    ``damaged_document``, ``encrypted``, ``too_large``, and what the Word reader raises.
    """
    if len(content) > LARGEST_FILE:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_FILE / 1e6:.0f} MB")
    _check_kind(content)
    program = _program()
    if not program:
        raise ReaderError("libreoffice_missing")
    extension = _extension(content)
    document = read_docx(_converted(program, content, extension))
    return replace(document, layout=layout_names.ODT if extension == _FLAT else extension)


def _check_kind(content: bytes) -> None:
    """Refuses compound files that are encrypted or no document: LibreOffice would take their bytes for text."""
    if not looks_like_ole(content):
        return
    flags = content[_HEADER + 10 : _HEADER + 12]
    is_encrypted = content[_HEADER : _HEADER + 2] == _WORD_MAGIC and int.from_bytes(flags, "little") & 0x0100
    if is_encrypted or _ENCRYPTED_STREAM in content:
        raise ReaderError("encrypted")
    if not any(stream in content for stream in (_WORD_STREAM, *_OTHER_STREAMS)):
        raise ReaderError("damaged_document")


def _program() -> str:
    """LibreOffice, if it is installed."""
    return next((found for found in map(shutil.which, _PROGRAMS) if found), "")


def _extension(content: bytes) -> str:
    if content.startswith(_RTF):
        return layout_names.RTF
    if content.startswith(ZIP):
        return layout_names.ODT
    return layout_names.DOC if looks_like_ole(content) else _FLAT


def _converted(program: str, content: bytes, extension: str) -> bytes:
    """The document as a Word document."""
    with tempfile.TemporaryDirectory(prefix="disclosure-checks-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"report.{extension}"
        source.write_bytes(content)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_settings(), encoding="utf-8")
        word = ["--infilter=MS Word 97"] if _WORD_STREAM in content else []
        _run([*_command(program, folder), *word, str(source)], folder)
        try:
            return (folder / "out" / "report.docx").read_bytes()
        except OSError:
            raise ReaderError("conversion_failed") from None


def _command(program: str, folder: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
    ]


def _settings() -> str:
    """The settings of the profile as LibreOffice stores them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    root = '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}{items}</oor:items>\n'


def _run(command: list[str], folder: Path) -> None:
    """Runs LibreOffice and waits for it; whatever it started ends with it."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ReaderError("conversion_broken_off", f"({error.strerror})") from None
    try:
        process.wait(LONGEST_CONVERSION)
    except subprocess.TimeoutExpired:
        raise ReaderError("conversion_broken_off", f"({LONGEST_CONVERSION:.0f} s)") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its children, which are one group."""
    with contextlib.suppress(OSError):  # there is nothing left to end
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """What LibreOffice is told: nothing of the user's, and no way to the network."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOBODY)
    return {**kept, **proxies, "HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
