"""Rows whose own labels are not printed, or not known: told by counting between the labels that are, or not at all.

（四）无法提供      three rows of the format, three printed: in order
（五）不予处理      five rows of the format, four printed: which one is gone cannot be told
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.path_search.shapes import Shape, ShapeRow
from disclosure_checks.grammar.alignment.path_search.value_runs import looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream


class _Gap(NamedTuple):
    """The rows of the format between two rows whose labels are printed, and the part of the stream between these."""

    rows: tuple[ShapeRow, ...]
    start: int
    end: int
    is_bounded: bool  # by the label of a row on one side at least


class _Part(NamedTuple):
    """The rows of a gap below one printed label of a group, and the places of their values."""

    rows: tuple[ShapeRow, ...]
    values: tuple[int, ...]


def count_unlabelled_rows(found: TableAlignment, stream: TokenStream) -> None:
    """Gives rows without labels the values below their group's label, if these are as many; else leaves them open."""
    if found.shape.name != "rows":
        return
    for gap in list(_gaps(found)):
        parts = _parts(found.shape, gap, stream)
        for part in parts:
            values = _values_of_rows(found, part, stream)
            if gap.is_bounded and values:
                _take_in_order(found, part, values, stream)
            elif not _is_one_row(found, part):
                _leave_open(found, part)
    numbers = {row.id: number for number, row in enumerate(found.shape.rows)}
    found.rows.sort(key=lambda one: (one.start, numbers[one.row.id]))


def _gaps(found: TableAlignment) -> Iterator[_Gap]:
    numbers = {row.id: number for number, row in enumerate(found.shape.rows)}
    before, start, between = -1, found.start, False
    rows = found.shape.rows
    for one in [*found.rows, None]:
        if one is not None and one.row.stands_for:
            continue
        if one is not None and not one.label:
            between = True
            continue
        after = len(rows) if one is None else numbers[one.row.id]
        if between and after > before:
            end = found.end if one is None else min(one.label[0], one.start)
            missing = tuple([row for row in rows[before + 1 : after] if not row.stands_for])
            yield _Gap(missing, start, end, before >= 0 or one is not None)
        if one is not None:
            before, start, between = after, max(one.end, one.label[-1] + 1), False


def _parts(shape: Shape, gap: _Gap, stream: TokenStream) -> list[_Part]:
    """A gap as the labels of groups inside it divide it; undivided where they leave rows or values without a group."""
    deepest = {row.groups[-1] for row in gap.rows if row.groups}
    labels = [
        (place, group)
        for place in range(gap.start, gap.end)
        if stream.tokens[place].kind == Kind.LABEL
        and (group := shape.group_keys.get(stream.tokens[place].key, "")) in deepest
    ]
    values = [place for place in range(gap.start, gap.end) if stream.tokens[place].kind == Kind.VALUE]
    groups = [group for _, group in labels]
    outside = tuple([row for row in gap.rows if not row.groups or row.groups[-1] not in groups])
    first = labels[0][0] if labels else gap.end
    is_in_order = groups == sorted(set(groups), key=groups.index) and outside == gap.rows[: len(outside)]
    if not labels or not is_in_order:
        return [_Part(gap.rows, tuple(values))]
    ends = [*(place for place, _ in labels[1:]), gap.end]
    parts = [_Part(outside, tuple([place for place in values if place < first]))]
    for (place, group), end in zip(labels, ends, strict=True):
        members = tuple([row for row in gap.rows if row.groups and row.groups[-1] == group])
        parts.append(_Part(members, tuple([one for one in values if place < one < end])))
    return parts


def _values_of_rows(found: TableAlignment, part: _Part, stream: TokenStream) -> tuple[int, ...]:
    """The values of a part, if they are those of exactly its rows: all that are printed, or all that belong to rows."""
    if looks_glued([stream.tokens[place] for place in part.values]):
        return part.values if len({stream.rows[place] for place in part.values}) == len(part.rows) else ()
    width = sum(row.width for row in part.rows)
    of_rows = tuple([place for place in part.values if place not in found.strays])
    return next((values for values in (part.values, of_rows) if len(values) == width), ())


def _is_one_row(found: TableAlignment, part: _Part) -> bool:
    """Whether nothing is printed, or a group stands in one row instead of its rows."""
    groups = {group for row in part.rows for group in row.groups[-1:]}
    merged = [row for row in found.rows if row.row.stands_for in groups and row.row.stands_for]
    of_rows = [place for place in part.values if place not in found.strays]
    return not part.rows or any(
        row.start <= of_rows[0] and of_rows[-1] < row.end and len(of_rows) == row.row.width for row in merged if of_rows
    )


def _leave_open(found: TableAlignment, part: _Part) -> None:
    _drop_merged(found, part)
    printed = {one.row.id for one in found.rows}
    for row in part.rows:
        found.open[row.id] = (None,)
        if row.id not in printed:
            place = part.values[-1] if part.values else found.end
            found.rows.append(AlignedRow(row, (), place, place))


def _drop_merged(found: TableAlignment, part: _Part) -> None:
    groups = {row.groups[-1] for row in part.rows if row.groups}
    found.rows[:] = [row for row in found.rows if not row.row.stands_for or row.row.stands_for not in groups]


def _take_in_order(found: TableAlignment, part: _Part, values: Sequence[int], stream: TokenStream) -> None:
    _drop_merged(found, part)
    if looks_glued([stream.tokens[place] for place in values]):
        return  # as the way through the table took them
    taken = {one.row.id: one for one in found.rows}
    for row, start in _starts(part.rows):
        places = values[start : start + row.width]
        one = taken.get(row.id)
        if one is not None and (one.start, one.end) == (places[0], places[-1] + 1):
            continue
        header = found.rows[0].header if one is None else one.header
        if one is not None:
            found.rows.remove(one)
        found.rows.append(AlignedRow(row, (), places[0], places[-1] + 1, header))
        found.open.pop(row.id, None)
    found.strays[:] = [place for place in found.strays if place not in values]


def _starts(rows: Sequence[ShapeRow]) -> Iterator[tuple[ShapeRow, int]]:
    start = 0
    for row in rows:
        yield row, start
        start += row.width


def doubt_rows_beside_unknown_ones(found: TableAlignment, stream: TokenStream) -> None:
    """Leaves open the rows from an unknown one to the next that is firm, on either side.

    A label broken around the values of its row may not be known as one; its other half then takes those of the next row.
    """
    numbers = {row.id: number for number, row in enumerate(found.shape.rows)}
    taken = [numbers[row.row.id] for row in found.rows]
    if found.shape.name != "rows" or not found.unknown or not _are_missing(found, taken):
        return
    beside = any(_is_beside(row, stream) for row in found.rows)
    in_print = sorted(found.rows, key=lambda row: row.start)
    for unknown in found.unknown:
        before = [row for row in reversed(in_print) if row.start < unknown.start]
        behind = [row for row in in_print if row.start >= unknown.end]
        for neighbours in (before, behind):
            for row in _up_to_firm(neighbours, beside, stream):
                found.open.setdefault(row.row.id, (None,))


def _are_missing(found: TableAlignment, taken: Sequence[int]) -> bool:
    rows = [-1, *sorted(taken), len(found.shape.rows)]
    return any(found.shape.skipped[first + 1][second] for first, second in pairwise(rows))


def _up_to_firm(rows: Sequence[AlignedRow], beside: bool, stream: TokenStream) -> Sequence[AlignedRow]:
    firm = next((number for number, row in enumerate(rows) if _is_firm(row, beside, stream)), len(rows))
    return rows[:firm]


def _is_firm(row: AlignedRow, beside: bool, stream: TokenStream) -> bool:
    """Whether a row's values stand in the line in which its label begins, or all do below whole labels."""
    if not row.label or row.start == row.end:
        return False
    return _is_beside(row, stream) or (not beside and stream.tokens[row.label[0]].kind == Kind.LABEL)


def _is_beside(row: AlignedRow, stream: TokenStream) -> bool:
    return bool(row.label) and row.start < row.end and stream.rows[row.label[0]] == stream.rows[row.start]
