"""Modules that Great Expectations imports and a run never uses: loaded when something asks for what is in them.

GX imports every expectation it ships. One of them draws charts and three compare distributions; their libraries
(altair, scipy.stats) would take a third of GX's own import time. One compares with JSON schemas, and GX's own pages
may hold Markdown (jsonschema, mistune). The import system's own ``LazyLoader`` is no help: up to Python 3.13 a plain
``import`` of a module that waits for its first use counts as one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

UNUSED_BY_A_RUN = ("altair", "jsonschema", "mistune", "scipy.stats")


class LateModule(ModuleType):
    """Stands in ``sys.modules`` for a module until one of its names is asked for; then the module takes its place."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__") and name != "__path__":
            raise AttributeError(name)  # what the import system and inspect look at is no use of the module
        # __path__ is asked for where a module inside is imported
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def import_late(names: Iterable[str] = UNUSED_BY_A_RUN) -> None:
    """Have modules loaded when they are used. Leaves alone what is loaded already or is not installed."""
    for name in names:
        if name not in sys.modules and find_spec(name.partition(".")[0]) is not None:
            sys.modules[name] = LateModule(name)
