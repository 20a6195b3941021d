"""Words that programs print in cells that hold nothing are no text of these cells."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.model.source_document import Grid, SourceDocument, TextLine
from disclosure_checks.grammar.readers.decoding import decode


def lines(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextLine) and block.text]


@pytest.mark.parametrize("word", ["nan", "NaN", "None", "null", "<NA>"])
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param("行政许可\t204\t{0}\t{0}", "行政许可\t204\t\t", id="tabs"),
        pytest.param("{0}\t{0}\t2.重复申请\t0", "\t\t2.重复申请\t0", id="in front"),
        pytest.param("| {0} | 2.重复申请 | {0} | 0 |", "||2.重复申请||0|", id="bars"),
        pytest.param("{0} | {0} | 2.重复申请 | 0", "|||2.重复申请|0|", id="bars between cells alone"),
    ],
)
def test_a_cell_with_such_a_word_is_empty(word: str, line: str, shown: str) -> None:
    text = "\n".join([line.format(word)] * 3)
    assert [one.replace(" ", "") for one in lines(decode(text.encode(), "report.txt"))] == [shown] * 3


def test_a_cell_of_a_table_of_a_page_is_empty_too() -> None:
    row = "<tr><td>行政许可</td><td>204</td><td>NaN</td><td>NaN</td></tr>"
    document = decode(f"<html><body><table>{row * 3}</table></body></html>".encode(), "report.html")
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert {cell.text for cell in grid.cells} == {"行政许可", "204", ""}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("行政许可\t204\tNone\tNone", id="hardly any"),
        pytest.param("nan\nNone\nnull\nnan", id="outside of tables"),
        pytest.param("甲\tNano\tNonesuch\tnullius\tnanny", id="longer words"),
        pytest.param("甲\tN/A\tN/A\tN/A\tN/A", id="what people write"),
    ],
)
def test_other_words_stay(text: str) -> None:
    assert "\n".join(lines(decode(text.encode(), "report.txt"))) == text
