from __future__ import annotations

import json

import pytest

from disclosure_checks.grammar.model.kept_text import (
    MOST_CHARACTERS,
    MOST_PIECES,
    KeptText,
    kept_text,
    opened_text,
    packed_text,
)
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, GridCell, TextLine

CELL = GridCell("18\n件", Place(0, 1, 2, 3, 4), 1, 2, 3, 1)


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((), id="nothing"),
        pytest.param((TextLine("甲", Place(1)), TextLine("", Place(2)), TextLine("乙", Place(3))), id="lines"),
        pytest.param((TextLine("甲", Place(1)), TextLine("乙", Place(1)), TextLine("丙", Place(7))), id="lines apart"),
        pytest.param((TextLine("甲", Place(1, page=1)), TextLine("乙", Place(2, page=2))), id="lines of two pages"),
        pytest.param((TextLine("甲", Place(0, 1, 2, 3)), TextLine("乙", Place(0, 1, 2, 4))), id="lines of a sheet"),
        pytest.param((TextLine("", Place(1)), Grid((CELL,), Place(0, 1)), TextLine("乙", Place(2))), id="a table"),
        pytest.param((Grid((), Place(0, 1)),), id="an empty table"),
    ],
)
def test_a_text_is_opened_as_it_was_packed(blocks: tuple[Block, ...]) -> None:
    assert opened_text(json.loads(json.dumps(packed_text(KeptText(blocks, is_cut=True))))) == KeptText(blocks, True)


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        pytest.param([TextLine("字" * MOST_CHARACTERS, Place(1)), TextLine("", Place(2))], 2, id="just enough"),
        pytest.param([TextLine("字" * MOST_CHARACTERS, Place(1)), TextLine("字", Place(2))], 1, id="characters"),
        pytest.param([TextLine("", Place(n)) for n in range(MOST_PIECES + 5)], MOST_PIECES, id="lines"),
    ],
)
def test_what_is_kept_has_an_end(blocks: list[Block], kept: int) -> None:
    text = kept_text(blocks)
    assert (text.blocks, text.is_cut) == (tuple(blocks[:kept]), kept < len(blocks))


@pytest.mark.parametrize(
    ("text", "cells", "kept"),
    [("", MOST_PIECES + 1, MOST_PIECES), ("字" * (MOST_CHARACTERS // 2), 3, 2), ("字" * (MOST_CHARACTERS + 1), 1, 0)],
    ids=["cells", "characters", "one cell"],
)
def test_a_table_is_cut_where_a_cell_ends(text: str, cells: int, kept: int) -> None:
    whole = Grid(tuple(CELL._replace(text=text) for _ in range(cells)), Place(0, 1))
    after = TextLine("", Place(1))
    assert kept_text([whole, after]) == KeptText((Grid(whole.cells[:kept], whole.place),), is_cut=True)
