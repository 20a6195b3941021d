"""Pages that are made from several reports: each stays as long as it would be made from the same again."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_checks.runner.collection.register import DERIVED_PAGES, Register
from disclosure_checks.runner.publishing.atomic_publication import Site


class DerivedPages:
    """Which pages that are made from several reports can stay: those made from what they were made from before."""

    def __init__(self, register: Register, site: Site) -> None:
        self._register = register
        self._site = site
        before = register.note(DERIVED_PAGES)
        self._before: Mapping[str, object] = before if isinstance(before, dict) else {}
        self._now: dict[str, str] = {}

    def stays(self, path: str, made_from: bytes) -> bool:
        """Let a page stay if it can; tell whether it does. ``made_from``: a digest."""
        self._now[path] = made_from.hex()
        if self._before.get(path) != self._now[path] or path not in self._site.published:
            return False
        self._site.keep([path])
        return True

    def write_down(self) -> None:
        """Remember for the next run what the pages were made from."""
        self._register.keep_note(DERIVED_PAGES, self._now)
