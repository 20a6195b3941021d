"""Tables of a report of which not one number was read, and why: such a report is never clean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import cell_status
from disclosure_checks.grammar.model.report import UNKNOWN, WITH_NUMBER, CellStatus, Report
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Text
from disclosure_checks.rules.spec.model.table_structure import structure_of
from disclosure_checks.runner.texts.command_texts import command_text

_EMPTY, _UNCERTAIN, _NOT_PRINTED = "empty", "uncertain", "not_printed"


class UnreadTable(NamedTuple):
    """A table without a number. ``cause``: a name among the texts ``unread_table``; ``told``: findings tell it.

    That a table is not printed, or printed without a number, is the fault of the report; anything else is not known to be.
    """

    title: Text
    cause: str
    told: bool


class UnreadTables:
    """Finds the unread tables of reports of one spec."""

    def __init__(self, compiled: CompiledSpecification) -> None:
        self._tables = [
            (table.id, table.title, tuple(structure_of(table).cells())) for table in compiled.specification.tables
        ]

    def of(self, report: Report) -> Iterator[UnreadTable]:
        """The unread tables of a report, in the order of the format."""
        for table, title, cells in self._tables:
            if not any(cell_status(report.cells, name) in WITH_NUMBER for name in cells):
                missing = report.facts.get(f"table.{table}.not_printed", UNKNOWN)
                cause = missing.evidence[0].expected if missing.evidence else ""
                state = _NOT_PRINTED if missing.value == 1 else cause or _state_of(report, cells)
                yield UnreadTable(title, state, state in (_NOT_PRINTED, _EMPTY))


def reason(unread: UnreadTable, language: str) -> str:
    """Why a table was not read, in a sentence."""
    title = unread.title.zh if language == "zh" else unread.title.en
    return command_text("unread_table", unread.cause, language, table=title)


def _state_of(report: Report, cells: Iterable[str]) -> str:
    """Why a table that is there holds no number: it prints none, or none that is certain."""
    printed = {cell_status(report.cells, name) for name in cells}
    return _EMPTY if printed <= {None, CellStatus.BLANK, CellStatus.ABSENT} else _UNCERTAIN
