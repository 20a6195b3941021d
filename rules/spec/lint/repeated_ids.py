"""Ids that are given twice: told where the second stands, with where the first does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Union

from disclosure_checks.rules.formula.errors import FormulaError

Path = tuple[Union[str, int], ...]


def repeated_ids(ids: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, FormulaError]]:
    """Every id that one before it has already. ``ids``: with the path of each, in the order of the file."""
    seen: dict[str, Path] = {}
    for path, name in ids:
        if name in seen:
            yield path, FormulaError("duplicate_id", 0, elsewhere=seen[name], found=name)
        seen.setdefault(name, path)
