"""How far reading has come, on a terminal: files behind a bar, and beside it the pictures that are looked at."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from disclosure_checks.runner.texts.command_texts import command_text

if TYPE_CHECKING:
    from disclosure_checks.runner.pipeline.given_files import GivenFile


class ReadingProgress:
    """Watches one run. Pictures are told of by other threads."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._language = options.lang
        self._hidden = options.quiet or not sys.stderr.isatty()
        self._bar: Any = None
        self._waited_for = self._looked_at = 0

    def files(self, given: Iterable[GivenFile], total: int) -> Iterable[GivenFile]:
        """The files behind a progress bar: on a terminal only."""
        from tqdm import tqdm  # its import looks up its own version in the installed packages; GX has loaded it by now

        label = command_text("summary", "reading", self._language)
        self._bar = tqdm(given, desc=label, total=total, disable=self._hidden, file=sys.stderr, leave=False)
        return self._bar  # type: ignore[no-any-return]

    def on_picture(self, waited_for: int, looked_at: int) -> None:
        """So many pictures more are waited for, so many more were looked at."""
        self._waited_for += waited_for
        self._looked_at += looked_at
        if self._bar is not None:
            self._bar.set_postfix_str(self.pictures)

    @property
    def pictures(self) -> str:
        """How far looking at pictures has come, in words."""
        return command_text(
            "pictures", "progress", self._language, done=str(self._looked_at), total=str(self._waited_for)
        )
