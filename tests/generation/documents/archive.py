"""Files in one .zip archive."""

from __future__ import annotations

import io
import zipfile


def archive(*files: tuple[str, bytes]) -> bytes:
    """A .zip archive of files, each a name and what it holds, in the given order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(name, content)
    return stream.getvalue()
