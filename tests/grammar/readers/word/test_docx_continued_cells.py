"""Cells of Word tables that continue the cell above them: only one of the same width at the same place does."""

from __future__ import annotations

import pytest

from tests.grammar.readers.word.test_docx_reader import cell, row, spans, table

BEGINS, CONTINUES = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            table(
                row(cell("甲", wide(2) + BEGINS), cell("1")),
                row(cell("隐", wide(2) + CONTINUES), cell("2")),
                row(cell("3"), cell("4"), cell("5")),
            ),
            [
                ("甲", 0, 0, 2, 2),
                ("1", 0, 2, 1, 1),
                ("2", 1, 2, 1, 1),
                ("3", 2, 0, 1, 1),
                ("4", 2, 1, 1, 1),
                ("5", 2, 2, 1, 1),
            ],
            id="one of the same width does",
        ),
        pytest.param(
            table(
                row(cell("甲", wide(2) + BEGINS), cell("1")),
                row(cell("乙", CONTINUES), cell("2"), cell("3")),
            ),
            [("甲", 0, 0, 1, 2), ("1", 0, 2, 1, 1), ("乙", 1, 0, 1, 1), ("2", 1, 1, 1, 1), ("3", 1, 2, 1, 1)],
            id="a narrower one is a cell of its own",
        ),
        pytest.param(
            table(
                row(cell("甲", BEGINS), cell("1"), cell("2")),
                row(cell("乙", wide(2) + CONTINUES), cell("3")),
            ),
            [("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("2", 0, 2, 1, 1), ("乙", 1, 0, 1, 2), ("3", 1, 2, 1, 1)],
            id="a wider one is a cell of its own",
        ),
        pytest.param(
            table(
                row(cell("甲", BEGINS), cell("1"), cell("2")),
                row(cell("乙", wide(2) + CONTINUES), cell("3")),
                row(cell("丙", CONTINUES), cell("4"), cell("5")),
            ),
            [
                ("甲", 0, 0, 1, 1),
                ("1", 0, 1, 1, 1),
                ("2", 0, 2, 1, 1),
                ("乙", 1, 0, 1, 2),
                ("3", 1, 2, 1, 1),
                ("丙", 2, 0, 1, 1),
                ("4", 2, 1, 1, 1),
                ("5", 2, 2, 1, 1),
            ],
            id="what it does not continue ends there",
        ),
        pytest.param(
            table(
                row(cell("甲", BEGINS), cell("1"), cell("2")),
                row(cell("3"), cell("乙", CONTINUES), cell("4")),
            ),
            [("甲", 0, 0, 1, 1), ("1", 0, 1, 2, 1), ("2", 0, 2, 1, 1), ("3", 1, 0, 1, 1), ("4", 1, 2, 1, 1)],
            id="it continues a cell that does not say so",
        ),
        pytest.param(
            table(
                row(cell("甲", BEGINS), cell("1"), cell("2")),
                row(cell("隐", CONTINUES), cell("3"), cell("4")),
                row(cell("隐", CONTINUES), cell("5"), cell("6")),
            ),
            [
                ("甲", 0, 0, 3, 1),
                ("1", 0, 1, 1, 1),
                ("2", 0, 2, 1, 1),
                ("3", 1, 1, 1, 1),
                ("4", 1, 2, 1, 1),
                ("5", 2, 1, 1, 1),
                ("6", 2, 2, 1, 1),
            ],
            id="two in a row do",
        ),
    ],
)
def test_a_cell_that_continues_the_one_above(body: str, expected: list[tuple[str, int, int, int, int]]) -> None:
    assert spans(body) == expected
