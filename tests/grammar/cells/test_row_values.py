"""Which cells behind a label are the row's values."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.cells.row_values import RowFit, ValueColumns, fit_row
from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.report import Place


def cells(text: str) -> list[Atom]:
    """``1 2 _ 4``: an underscore is an empty cell."""
    words = ["" if word == "_" else word for word in text.split()]
    return [Atom(word, word, word, bool(word), True, "pipes", 0, False, n, 1, Place(1)) for n, word in enumerate(words)]


def fitted(text: str, *siblings: str) -> tuple[RowFit, str]:
    columns = ValueColumns([(0, cells(row), 3) for row in siblings])
    fit = fit_row(cells(text), 3, 0, columns)
    return fit.fit, " ".join(value.folded or "_" for value in fit.values)


@pytest.mark.parametrize(
    ("text", "siblings", "values"),
    [
        pytest.param("1 2 3", [], "1 2 3", id="as many values as columns"),
        pytest.param("_ 1 2 3 _ _", [], "1 2 3", id="empty cells around the values are merged cells"),
        pytest.param("1 _ 3", [], "1 _ 3", id="a blank between values is told by its neighbours"),
        pytest.param("1 2 _", ["7 8 9"], "1 2 _", id="a blank at the end is told by a full row of the same length"),
        pytest.param("_ 2 3", ["7 8 9"], "_ 2 3", id="a blank at the beginning likewise"),
        pytest.param("_ 2 _ _", ["_ 7 8 9"], "2 _ _", id="where full rows begin one cell later, so does this one"),
        pytest.param("_ _ _", [], "_ _ _", id="all blank needs no comparison"),
    ],
)
def test_values_are_found(text, siblings, values):
    assert fitted(text, *siblings) == (RowFit.EXACT, values)


@pytest.mark.parametrize(
    ("text", "siblings", "fit"),
    [
        pytest.param("1 2", [], RowFit.SHORT, id="two values for three columns"),
        pytest.param("1 2 _", ["7 8 9 _", "7 8 9 _ _"], RowFit.SHORT, id="trailing empties that carry no meaning"),
        pytest.param("1 2 _", ["7 8 9 _"], RowFit.SHORT, id="another length than the full rows"),
        pytest.param("1 2 _ _", ["7 8 9 _", "_ 7 8 9"], RowFit.SHORT, id="full rows that begin at different places"),
        pytest.param("1 2 3 4", [], RowFit.LONG, id="four values for three columns"),
        pytest.param("", [], RowFit.NOTHING, id="a label alone"),
    ],
)
def test_nothing_is_guessed(text, siblings, fit):
    assert fitted(text, *siblings) == (fit, "")
