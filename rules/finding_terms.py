"""What a formula read in one report: terms with their values, the cells that were used, the inputs that are missing.

A group that may be printed as one row is read from that row where it is known, else from its rows; here the choice is
made for one report, so that a finding names the cells the number really came from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping

from grammar.document import Cell, CellStatus
from rules.expression import Expression, FirstKnown, Input, Multiplication, Numeric, Quotient, Sum, parts
from rules.expression import linear_terms as written_out_terms
from rules.findings import Term

ValueOf = Callable[[str], float]


def terms_of(node: Numeric, value_of: ValueOf) -> tuple[Term, ...]:
    """The terms of one side of a linear comparison, constants left out."""
    return tuple(Term(name, sign, value_of(name)) for name, sign in _scaled(node, 1.0, value_of))


def _scaled(node: Numeric, scale: float, value_of: ValueOf) -> Iterator[tuple[str, float]]:
    if isinstance(node, FirstKnown):
        yield from _scaled(_chosen(node, value_of), scale, value_of)
    elif isinstance(node, Sum):
        for coefficient, term in node.terms:
            yield from _scaled(term, scale * coefficient, value_of)
    elif isinstance(node, (Input, Multiplication, Quotient)):
        yield from ((name, scale * own) for name, own in written_out_terms(node) or ())


def used_inputs(node: Expression, value_of: ValueOf) -> tuple[str, ...]:
    """The columns a formula read in this report, in its order, without repeats."""
    return tuple(dict.fromkeys(_used(node, value_of)))


def _used(node: Expression, value_of: ValueOf) -> Iterator[str]:
    if isinstance(node, Input):
        yield node.column
    elif isinstance(node, FirstKnown):
        yield from _used(_chosen(node, value_of), value_of)
    else:
        for part in parts(node):
            yield from _used(part, value_of)


def _chosen(node: FirstKnown, value_of: ValueOf) -> Numeric:
    return node.written_out if math.isnan(value_of(node.one_row.column)) else node.one_row


def missing_inputs(
    node: Expression, value_of: ValueOf, cells: Mapping[str, Cell], one_row_of: Mapping[str, str], rows_of: Rows
) -> tuple[str, ...]:
    """The inputs whose absence keeps the formula from being judged, in its order.

    A row that is not printed because its group is printed as one row does not count, nor does the one row where the
    rows are printed: such an instance has nothing to judge. ``one_row_of``: cell -> cell of its group's one row;
    ``rows_of``: the reverse.
    """
    missing: list[str] = []
    for name in dict.fromkeys(_missing(node, value_of, cells)):
        if name in rows_of and _absent(cells, name):
            continue
        if name in one_row_of and _absent(cells, name) and not _absent(cells, one_row_of[name]):
            continue
        missing.append(name)
    return tuple(missing)


def _missing(node: Expression, value_of: ValueOf, cells: Mapping[str, Cell]) -> Iterator[str]:
    if isinstance(node, Input):
        if math.isnan(value_of(node.column)):
            yield node.column
    elif isinstance(node, FirstKnown):
        if math.isnan(value_of(node.one_row.column)):
            printed_so = not _absent(cells, node.one_row.column)
            yield from _missing(node.one_row if printed_so else node.written_out, value_of, cells)
    else:
        for part in parts(node):
            yield from _missing(part, value_of, cells)


def _absent(cells: Mapping[str, Cell], name: str) -> bool:
    cell = cells.get(name)
    return cell is None or cell.status is CellStatus.ABSENT


Rows = Collection[str]
