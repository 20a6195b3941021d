"""The kinds of pages that a site has, found among its files: a kind that is new is looked at without being named here."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

_YEAR = re.compile(r"\d{4}|unknown-year")
_MARK = re.compile(r"\.([a-z][a-z-]*)$")  # what tells several pages about one report apart


def kinds_of_pages(site: Path) -> dict[str, tuple[Path, ...]]:
    """The pages to look at, by kind: of each the heaviest and the lightest."""
    found: dict[str, list[Path]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        parts = page.relative_to(site).parts
        if not any(part.startswith(".") for part in parts):
            found[_kind(parts)].append(page)
    return {kind: _extremes(pages) for kind, pages in sorted(found.items())}


def _kind(parts: tuple[str, ...]) -> str:
    folders = ["year" if _YEAR.fullmatch(part) else part for part in parts[:-1]]
    stem = parts[-1].removesuffix(".html")
    if stem.startswith("index") or not folders:
        return "/".join([*folders, stem])
    mark = _MARK.search(stem) if folders[0] != "rules" else None  # the ids of rules have dots of their own
    return "/".join([*folders, f"page.{mark[1]}" if mark else "page"])


def _extremes(pages: list[Path]) -> tuple[Path, ...]:
    by_weight = sorted(pages, key=lambda page: (page.stat().st_size, page))
    return tuple(dict.fromkeys((by_weight[-1], by_weight[0])))
