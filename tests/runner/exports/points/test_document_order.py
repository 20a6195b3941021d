"""Findings stand in the order of their document, whatever it says of places."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.model.report import Place, Report, Section
from disclosure_checks.runner.exports.points.document_order import DocumentOrder

CELLS = ("requests.new_received.total", "review.reconsideration.total")
SECTIONS = (
    Section("requests", "", Place(line=10)),
    Section("review", "", Place(line=40)),
    Section("problems", "", Place(line=60)),
)


@pytest.fixture(scope="module")
def order() -> DocumentOrder:
    report = Report("a.docx", "甲局", 2023, "docx", {}, {}, sections=SECTIONS)
    tables = {"requests": "requests", "review": "review", "proactive": "proactive"}
    return DocumentOrder(report, tables, {cell: number for number, cell in enumerate(CELLS, start=1)})


@pytest.mark.parametrize(
    "places",
    [
        pytest.param([("", ()), ("line 1", ()), ("line 12", ())], id="lines, behind what stands nowhere"),
        pytest.param([("page 1 line 30", ()), ("page 2 line 3", ())], id="pages before lines"),
        pytest.param(
            [("line 10", ()), ("table 2 row 3 column 4", CELLS[:1]), ("table 2 row 4 column 1", CELLS[:1]),
             ("line 39", ()), ("table 3 row 2 column 2", CELLS[1:]), ("line 61", ())],
            id="tables where their section begins",
        ),
        pytest.param([("line 1", CELLS[:1]), ("line 1", CELLS[1:]), ("line 2", ())], id="the format on one line"),
        pytest.param([("page 1 line 9", ()), ("table 2 row 1 column 1 page 2", ())], id="a table of a page"),
    ],
)  # fmt: skip
def test_places_grow_with_the_document(order: DocumentOrder, places: list[tuple[str, tuple[str, ...]]]) -> None:
    found = [order.of(where, cells) for where, cells in places]
    assert found == sorted(set(found))


@pytest.mark.parametrize("where", ["line 99999999", "table 3 row 99999 column 99999", "nonsense"])
def test_no_place_is_too_far(order: DocumentOrder, where: str) -> None:
    assert order.of(where) >= 0
