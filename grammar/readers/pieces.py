"""Text put together from runs, some of which stand above or below the line, as marks of notes do."""

from __future__ import annotations

from disclosure_checks.grammar.words.folding import raised


class Pieces:
    """The runs of one line or cell. Text that is set apart as a whole is no mark of anything: it is printed as it is."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, text: str, *, is_raised: bool = False) -> None:
        """Adds a run; ``is_raised``: it stands above or below the line."""
        self._pieces.append((text, is_raised))

    def text(self) -> str:
        """All runs, the digits of those set apart as raised ones."""
        pieces = self._pieces
        if any(is_raised for _, is_raised in pieces) and any(
            not is_raised and text.strip() for text, is_raised in pieces
        ):
            return "".join(raised(text) if is_raised else text for text, is_raised in pieces)
        return "".join(text for text, _ in pieces)
