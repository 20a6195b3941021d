"""What cells are called where there is room for few names: a row that is there with all of its cells by its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.labels import message_text


class CellNames:
    """Names the cells of one spec in one language."""

    def __init__(self, compiled: CompiledSpecification, language: str) -> None:
        self._labels = compiled.labels
        self._language = language
        self._rows: dict[str, frozenset[str]] = {
            row: frozenset(cells) for row, cells in groupby(sorted(compiled.cells, key=_row_of), key=_row_of)
        }

    def one(self, cell: str) -> str:
        """The name of a single cell."""
        return self._labels.cell(cell, self._language)

    def of(self, cells: Sequence[str]) -> list[str]:
        """The names of cells, in their order: a row that is there with all of its cells has one."""
        return list(self._named(cells))

    def _named(self, cells: Sequence[str]) -> Iterator[str]:
        there = frozenset(cells)
        told: set[str] = set()
        for cell in dict.fromkeys(cells):
            row = _row_of(cell)
            of_row = self._rows.get(row, frozenset())
            if len(of_row) < 2 or not of_row <= there:
                yield self.one(cell)
            elif row not in told:
                told.add(row)
                yield self._row(row)

    def _row(self, row: str) -> str:
        table, name = row.split(".")
        return message_text("labels", "row_item", self._language, label=self._labels.row(table, name, self._language))


def _row_of(cell: str) -> str:
    return cell.rpartition(".")[0]
