"""Whether pictures can be read here, and by which recogniser, without importing anything of it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

_MODULES = ("rapidocr", "onnxruntime", "cv2", "PIL")
_RECOGNISER = "rapidocr"


def is_installed() -> bool:
    """Whether all that the recogniser needs is there."""
    return all(find_spec(name) is not None for name in _MODULES)


def recogniser_version() -> str:
    """The version of the recogniser; "" where none is installed."""
    try:
        return version(_RECOGNISER) if is_installed() else ""
    except PackageNotFoundError:
        return ""
