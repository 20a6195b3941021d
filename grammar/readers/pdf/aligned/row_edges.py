"""Where one row of an aligned table ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from disclosure_checks.grammar.readers.pdf.aligned.number_columns import NumberColumns
from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word, phrases
from disclosure_checks.grammar.readers.pdf.page import Rule

_CLEARLY_WIDER = 1.08  # than any other gap: the one between the labels of two rows
_SAME_PLACE = 0.6  # of the size of characters: labels begin there
_FEWEST_LABELS = 3
_CENTRED = 0.4  # of the size of characters: numbers are no further from the middle of their label


def row_edges(lines: Sequence[Line], columns: NumberColumns, rules: Sequence[Rule]) -> list[float] | None:
    """The edges between the rows of a table, one fewer than it has rows; None where they cannot be told."""
    inner = _inner(lines, columns)
    found: list[float] = []
    top = lines[columns.rows[0]][0].middle  # of the label of the row above
    for first, second in pairwise(columns.rows):
        above, below = lines[first][0], lines[second][0]
        own = [word for line in lines[first + 1 : second] for word in _of_inner_labels(line, columns, inner)]
        ordered = sorted([above, *own, below], key=lambda word: word.middle)
        edge = _ruled(above.middle, below.middle, columns, rules)
        if edge is None:
            edge = _widest_gap(ordered)
        if edge is None and lines[first][-1].left >= columns.left:
            edge = _as_far_below(above, top, ordered)
        if edge is None:
            return None
        found.append(edge)
        top = min(word.middle for word in ordered if word.middle > edge)
    return found


def _inner(lines: Sequence[Line], columns: NumberColumns) -> float:
    """Where the labels next to numbers begin most often."""
    labels = [
        label[-1] for row in columns.rows if (label := phrases([w for w in lines[row] if columns.stands_left(w)]))
    ]
    near = {
        word.left: sum(abs(word.left - other.left) < _SAME_PLACE * word.size for other in labels) for word in labels
    }
    most = max(near.values(), default=0)
    return max(left for left, count in near.items() if count == most) if most >= _FEWEST_LABELS else float("-inf")


def _of_inner_labels(line: Line, columns: NumberColumns, inner: float) -> list[Word]:
    return [word for word in phrases([w for w in line if columns.stands_left(w)]) if word.right > inner][-1:]


def _ruled(above: float, below: float, columns: NumberColumns, rules: Sequence[Rule]) -> float | None:
    """Where a rule runs through all columns between two heights."""
    left, right = (columns.edges[0] + columns.edges[1]) / 2, (columns.edges[-2] + columns.edges[-1]) / 2
    across = [rule for rule in rules if rule.horizontal and above < rule.position < below]
    return next((rule.position for rule in across if rule.start <= left and rule.end >= right), None)


def _widest_gap(ordered: Sequence[Word]) -> float | None:
    """The middle of the widest gap between the lines of labels of two rows; None where none is clearly wider."""
    gaps = sorted(((after.middle - before.middle, before, after) for before, after in pairwise(ordered)), reverse=True)
    if len(gaps) > 1 and gaps[0][0] < _CLEARLY_WIDER * gaps[1][0]:
        return None
    _, before, after = gaps[0]
    return (before.middle + after.middle) / 2


def _as_far_below(numbers: Word, top: float, ordered: Sequence[Word]) -> float | None:
    """The edge below a label that reaches as far below its numbers as above them; None where no line ends there."""
    wanted = 2 * numbers.middle - top
    before, after = min(pairwise(ordered), key=lambda pair: abs(pair[0].middle - wanted))
    return (before.middle + after.middle) / 2 if abs(before.middle - wanted) < _CENTRED * numbers.size else None
