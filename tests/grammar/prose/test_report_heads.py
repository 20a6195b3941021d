"""Sixty heads of reports: the agency is found where one is named, never a wrong one, and none where none is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.checking import read
from tests.odd_texts import plain

FILE = Path(__file__).parents[2] / "fixtures" / "report_heads" / "heads.txt"
NONE, BODY = "-", "~"
NAMED_AT_LEAST = 0.95
REPORT = plain().partition("一、总体情况")[2]


class Head(NamedTuple):
    """What stands before and behind a report, the name of its file, and the agency a reader finds."""

    agency: str
    file: str
    before: str
    behind: str


def heads() -> Iterator[Head]:
    for block in FILE.read_text(encoding="utf-8").split("==== ")[1:]:
        told, _, text = block.partition("\n")
        agency, _, file = told.partition("|")
        before, _, behind = text.partition(BODY)
        yield Head("" if agency.strip() == NONE else agency.strip(), file.strip() or "report.txt", before, behind)


@pytest.fixture(scope="module")
def found() -> list[tuple[Head, str]]:
    return [(head, read(f"{head.before}一、总体情况{REPORT}{head.behind}", head.file).agency) for head in heads()]


def test_nearly_all_agencies_are_named(found: list[tuple[Head, str]]) -> None:
    named = [(head, agency) for head, agency in found if head.agency]
    unnamed = [head for head, agency in named if not agency]
    assert len(named) >= 50
    assert len(unnamed) <= (1 - NAMED_AT_LEAST) * len(named), unnamed


def test_no_agency_is_named_wrongly(found: list[tuple[Head, str]]) -> None:
    assert [(head, agency) for head, agency in found if agency and agency != head.agency] == []
