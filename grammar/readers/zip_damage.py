"""What Python's zipfile raises where an archive is not what it says it is: more than its own BadZipFile."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

# ValueError holds seeks to negative places and names that are no text; NotImplementedError compressions it lacks
ZIP_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, ValueError, IndexError,
    OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
