"""What can be wrong with a cluster."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from disclosure_checks.runner.texts.command_texts import command_text

_NOTHING: Mapping[str, str] = MappingProxyType({})


class ClusterProblem(Exception):
    """A cluster that cannot be used, or no longer. ``code`` names the message, ``values`` fill it in."""

    def __init__(self, code: str, values: Mapping[str, str] = _NOTHING) -> None:
        super().__init__(code, dict(values))  # what it is pickled by on its way from a worker
        self.code = code
        self.values = values

    def render(self, language: str = "zh") -> str:
        """What to tell a person."""
        return command_text("cluster", self.code, language, **self.values)

    def __str__(self) -> str:
        return self.render()
