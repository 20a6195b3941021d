"""The statutory equations, written out by hand: what makes a generated table consistent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.generation.sheets import Value
from tests.generation.table_format import FORMAT_2019, FORMAT_2021, format_of_cells, tables

BALANCE = ("new_received", "carried_in", "results_total", "carried_out")


def result_rows(name: str = FORMAT_2021) -> tuple[str, ...]:
    """The rows whose numbers the row of totals adds up."""
    return tuple(row.id for row in tables(name)["requests"].rows if row.id not in BALANCE)


def applicant_columns() -> tuple[str, ...]:
    return tuple(column.id for column in tables()["requests"].columns if column.id != "total")


def outcome_columns() -> tuple[str, ...]:
    return tuple(column.id for column in tables()["review"].columns if column.id != "total")


Sides = tuple[str, Sequence[str], Sequence[str]]


def equations(name: str = FORMAT_2021) -> Iterator[Sides]:
    """Every equation of severity *error* as (name, cells summed on the left, cells summed on the right).

    There are 42 in the format of 2021 and 40 in that of 2019.
    """
    for column in (*applicant_columns(), "total"):
        new, carried_in, total, carried_out = (f"requests.{row}.{column}" for row in BALANCE)
        yield f"balance of {column}", (new, carried_in), (total, carried_out)
        yield f"results of {column}", (total,), [f"requests.{row}.{column}" for row in result_rows(name)]
    for row in tables(name)["requests"].rows:
        parts = [f"requests.{row.id}.{column}" for column in applicant_columns()]
        yield f"total of {row.id}", (f"requests.{row.id}.total",), parts
    for row in tables()["review"].rows:
        parts = [f"review.{row.id}.{column}" for column in outcome_columns()]
        yield f"total of {row.id}", (f"review.{row.id}.total",), parts


ALL_EQUATIONS = tuple(equations())
_EQUATIONS = {FORMAT_2021: ALL_EQUATIONS, FORMAT_2019: tuple(equations(FORMAT_2019))}


def violated_equations(cells: Mapping[str, Value]) -> tuple[str, ...]:
    """The names of the equations that do not hold; an equation with a blank cell is left out."""
    violated = []
    for name, left, right in _EQUATIONS[format_of_cells(cells)]:
        left_values, right_values = [cells[cell] for cell in left], [cells[cell] for cell in right]
        if None in left_values or None in right_values:
            continue
        if sum(v for v in left_values if v is not None) != sum(v for v in right_values if v is not None):
            violated.append(name)
    return tuple(violated)
