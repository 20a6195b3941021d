"""Further reports in the same document, which would be taken for parts of the first one."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.prose.identity import Identity
from disclosure_checks.grammar.prose.titles import TitleWords, titles_among
from disclosure_checks.grammar.rows.row_tokens import ParsedSection

_TITLE_LINES = 12  # before a first section, among which its title is looked for


def other_reports(
    identity: Identity, parsed: Sequence[ParsedSection], title_words: TitleWords
) -> list[tuple[str, int]]:
    """Agency and year of further reports: another title, and another first section below it."""
    first = [number for number, one in enumerate(parsed) if one.heading and one.heading.meaning.section == 0]
    own = (identity.agency, identity.year)
    if not identity.agency:
        return []
    return [
        title
        for number in first[1:]
        for title in titles_among(list(parsed[number - 1].prose())[-_TITLE_LINES:], title_words)
        if title != own
    ]
