"""The facts of one table (``fact_names.PRINTED_TABLE_FACTS``): counts with the evidence for each occurrence."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.model.fact_names import PRINTED_TABLE_FACTS
from disclosure_checks.grammar.model.lexicon import LexiconRow
from disclosure_checks.grammar.model.report import UNKNOWN, CellStatus, Evidence, Fact
from disclosure_checks.grammar.rows.row_tokens import LabelLine, ValueLine
from disclosure_checks.grammar.rows.spelling import spell
from disclosure_checks.grammar.words.folding import label_key
from disclosure_checks.grammar.words.layout_names import GLUED, PAGE_TEXT, PROSE, SPACED_ROWS

_NONE = Fact(0.0)
# what may be told of a table that was seen in a picture: where its rows and columns stand is the recogniser's word
_OF_CELLS = frozenset({"count", "rows_found", *(name for name in PRINTED_TABLE_FACTS if name.startswith("cells_"))}) - {
    "cells_absent"
}
_WITHOUT_COLUMNS = frozenset({SPACED_ROWS, PAGE_TEXT, GLUED, PROSE})
_FEWEST_SIBLINGS = 3  # rows that must agree before another row can be called shifted


def table_facts(reading: TableReading) -> dict[str, Fact]:
    """Every printed fact by its short name."""
    printed = bool(reading.found)
    facts = dict.fromkeys(PRINTED_TABLE_FACTS, _NONE)
    for name, evidence in reading.irregular.items():
        facts[name] = _count(evidence)
    facts["count"] = Fact(float(printed) + float("rows_repeated" in reading.irregular))
    facts["rows_found"] = Fact(float(len(reading.found)))
    facts["rows_missing"] = _count(_missing_rows(reading)) if printed else Fact(math.nan)
    unknown = [Evidence(line.label_atom.place, line.label_text) for line in reading.unknown]
    facts["rows_unknown" if facts["rows_missing"].value else "rows_extra"] = _count(unknown)
    facts["rows_out_of_order"] = _count(_out_of_order(reading))
    facts["header_labels_missing"] = _header_missing(reading)
    facts["header_labels_unknown"] = _count(
        Evidence(line.atom.place, line.atom.printed) for line in reading.headers if line.label is None
    )
    facts["header_reordered"] = _once(reading.irregular.get("header_reordered", ()))
    if _rectangular(reading):
        facts["rows_shifted"] = _count(_shifted_rows(reading))
        facts["header_shifted"] = _once(_shifted_header(reading))
    open_cells = [cell for cell in reading.cells.values() if cell.status is CellStatus.AMBIGUOUS]
    ambiguous = [cell for cell in open_cells if cell.id not in reading.seen]
    facts["cells_ambiguous"] = Fact(float(len(ambiguous)), facts["cells_ambiguous"].evidence)
    if reading.in_picture:
        facts |= {name: UNKNOWN for name in facts.keys() - _OF_CELLS if facts[name].value}
        facts |= _facts_of_pictures(reading)
    if not printed:
        facts["cells_absent"] = Fact(math.nan)
    return facts


def _facts_of_pictures(reading: TableReading) -> dict[str, Fact]:
    """What was seen of the table in a picture: the cells that count, and those that a person has to look at."""
    seen = [cell for cell in reading.cells.values() if cell.id in reading.seen]
    sure = tuple(cell.id for cell in seen if not math.isnan(cell.value))
    evidence = (Evidence(reading.place, "", sure),) if sure else ()
    open_cells = (cell for cell in seen if math.isnan(cell.value) and cell.status is not CellStatus.BLANK)
    doubtful = [Evidence(cell.place, cell.text, (cell.id,)) for cell in open_cells]
    for row in _due_rows(reading):
        lost = tuple(cell for cell in reading.row_cells(row) if cell not in reading.cells)
        if lost:
            doubtful.append(Evidence(reading.place, "", lost))
    return {"cells_recognised": Fact(float(len(sure)), evidence), "cells_doubtful": _count(doubtful)}


def _count(evidence: Iterator[Evidence] | tuple[Evidence, ...] | list[Evidence]) -> Fact:
    found = tuple(evidence)
    return Fact(float(len(found)), found) if found else _NONE


def _once(evidence: Iterator[Evidence] | tuple[Evidence, ...] | list[Evidence]) -> Fact:
    found = tuple(evidence)
    return Fact(float(bool(found)), found[:1])


def _due_rows(reading: TableReading) -> Iterator[LexiconRow]:
    """The rows that the table should print: not those of a group that it prints as one row."""
    merged = {row.id for row in reading.table.rows if row.one_row_group and row.id in reading.found}
    for row in reading.table.rows:
        if not row.one_row_group and not merged & set(row.groups):
            yield row


def _missing_rows(reading: TableReading) -> Iterator[Evidence]:
    for row in _due_rows(reading):
        if row.id not in reading.found:
            yield Evidence(reading.place, "", reading.row_cells(row), reading.table.row_wordings[row.id])


def _out_of_order(reading: TableReading) -> Iterator[Evidence]:
    positions = reading.table.row_positions
    furthest = -1
    for row_id in reading.order:
        if positions[row_id] < furthest:
            line = reading.found[row_id]
            yield Evidence(line.label_atom.place, line.label_text)
        else:
            furthest = positions[row_id]


def _header_missing(reading: TableReading) -> Fact:
    """Columns (and, where they stand in the header, rows) whose label the header does not print."""
    if not any(line.label for line in reading.headers):
        return Fact(math.nan)
    printed = {line.label.id for line in reading.headers if line.label is not None}
    below_foreign = {cell for one in reading.irregular.get("header_foreign", ()) for cell in one.cells}
    printed |= {cell.rpartition(".")[2] for cell in below_foreign}  # the header of another format is told by itself
    missing = [column for column in reading.table.columns if column not in printed]
    if not missing:
        return _NONE
    pieces = [label_key(word) for atom in reading.strays for word in atom.folded.split()]
    wordings = reading.table.column_wordings
    return _count(
        Evidence(reading.headers[0].atom.place, "", (), wordings[column])
        for column in missing
        if not spell(label_key(wordings[column]), pieces)
    )


def _rectangular(reading: TableReading) -> bool:
    """Whether every row was printed with the same number of cells, empty ones included: columns can be compared."""
    if reading.table.one_line or len(reading.found) < _FEWEST_SIBLINGS:
        return False
    lengths = {reading.row_lengths[line.label_atom.row] for line in reading.found.values()}
    if len(lengths) != 1 or lengths.pop() <= len(reading.table.columns):
        return False
    in_columns = any(line.label_atom.column for line in reading.found.values())
    return in_columns or any(not entry.folded for line in reading.found.values() for entry in line.entries)


def _shifted_rows(reading: TableReading) -> Iterator[Evidence]:
    """Rows whose label stands in another column than those of most rows of the same depth."""
    rows = {row.id: row for row in reading.table.rows}
    by_depth: dict[int, list[tuple[LexiconRow, ValueLine]]] = defaultdict(list)
    for row_id, line in reading.found.items():
        by_depth[rows[row_id].depth].append((rows[row_id], line))
    for siblings in by_depth.values():
        usual, agreeing = Counter(line.label_atom.column for _, line in siblings).most_common(1)[0]
        if len(siblings) < _FEWEST_SIBLINGS or agreeing * 2 <= len(siblings):
            continue
        for row, line in siblings:
            if line.label_atom.column != usual:
                yield Evidence(line.label_atom.place, line.label_text, reading.row_cells(row))


def _shifted_header(reading: TableReading) -> Iterator[Evidence]:
    """The header's column labels, where they stand in other columns than the values of most rows."""
    columns = reading.table.columns
    length = reading.row_lengths[next(iter(reading.found.values())).label_atom.row]
    printed = [[entry.column for entry in line.entries if entry.folded] for line in reading.found.values()]
    full = Counter(tuple(row) for row in printed if len(row) == len(columns))
    if not full or reading.irregular.get("header_reordered"):
        return
    usual = dict(zip(columns, full.most_common(1)[0][0], strict=True))
    rows = {entry.row for line in reading.found.values() for entry in line.entries}
    for line in _column_headers(reading):
        atom = line.atom
        if atom.layout in _WITHOUT_COLUMNS or atom.row in rows:
            continue  # nothing stands above anything
        if reading.row_lengths[atom.row] == length and line.label and atom.column != usual[line.label.id]:
            yield Evidence(atom.place, atom.printed)


def _column_headers(reading: TableReading) -> list[LabelLine]:
    return [line for line in reading.headers if line.names_column]
