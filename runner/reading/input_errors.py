"""What can be wrong with the paths of a command line."""

from __future__ import annotations

from disclosure_checks.runner.texts.command_texts import command_text


class InputError(Exception):
    """A path that names nothing to check. ``code`` names the message, ``path`` the culprit."""

    def __init__(self, code: str, path: str) -> None:
        super().__init__(code, path)
        self.code = code
        self.path = path

    def render(self, language: str = "zh") -> str:
        """What to tell a person."""
        return command_text("problems", self.code, language, path=self.path)

    def __str__(self) -> str:
        return self.render()
