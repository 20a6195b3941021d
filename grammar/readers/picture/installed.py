"""Whether the extra ``pictures`` is installed, told without importing anything of it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "PIL")


def is_installed() -> bool:
    """Whether pictures can be read."""
    return all(find_spec(name) is not None for name in _NEEDED)


def models_folder() -> Path:
    """Where the wheel of the recogniser keeps its models."""
    found = find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("rapidocr", name="rapidocr")
    return Path(next(iter(found.submodule_search_locations))) / "models"
