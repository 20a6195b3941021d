"""The cells of one body year after year: each year consistent in itself and with the year before."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.generation.equations import applicant_columns, outcome_columns, result_rows
from tests.generation.panel.bodies import PanelBody, Size
from tests.generation.sheets import Value
from tests.generation.table_format import FORMAT_2019, cell_ids, format_of_year, tables
from tests.generation.truth_2019 import OTHER, proactive_cells_2019

Cells = dict[str, Value]
Earlier = Mapping[str, Value]

FEE_UNPAID, OTHER_OTHER = "other_fee_unpaid", "other_other"
APPLICANT_CHANCE = {"natural_person": 1.0, "business": 0.45}
RARE_APPLICANT = 0.08
MOST_IDENTICAL = 3  # so many non-zero cells may not all stay the same
STOCKS = ("regulations", "normative_documents")
DECISIONS = ("licences", "penalties", "coercive_measures")


def _count(random: Random, most: int) -> int:
    return 1 + int((most - 1) * random.random() ** 4)


def _column(random: Random, size: Size, name: str, asks: bool, carried_in: int, fee_unpaid: bool) -> dict[str, int]:
    """One column of the table of requests, which takes over what the year before carried out."""
    rows = result_rows(name)
    results = {row: _count(random, size.most) if asks and random.random() < size.chance else 0 for row in rows}
    if not fee_unpaid and FEE_UNPAID in results:
        results[FEE_UNPAID] = 0
    last = OTHER_OTHER if OTHER_OTHER in results else OTHER
    booked = sum(count for row, count in results.items() if row != last)
    results[last] = min(results[last], booked // 4)
    total = sum(results.values())
    carried_out = random.randint(0, total // 5) if random.random() < 0.4 else 0
    if total + carried_out < carried_in:  # what was carried in must have been handled
        results["granted"] += carried_in - total - carried_out
        total = sum(results.values())
    new = total + carried_out - carried_in
    return {
        "new_received": new,
        "carried_in": carried_in,
        **results,
        "results_total": total,
        "carried_out": carried_out,
    }


def _requests(random: Random, size: Size, name: str, earlier: Earlier, fee_unpaid: bool) -> Cells:
    cells: dict[str, int] = {}
    totals = {row.id: 0 for row in tables(name)["requests"].rows}
    for column in applicant_columns():
        asks = size.most > 0 and random.random() < APPLICANT_CHANCE.get(column, RARE_APPLICANT)
        carried_in = int(earlier.get(f"requests.carried_out.{column}") or 0)
        if not earlier and asks and random.random() < 0.4:
            carried_in = _count(random, max(2, size.most // 8))
        for row, count in _column(random, size, name, asks, carried_in, fee_unpaid).items():
            cells[f"requests.{row}.{column}"] = count
            totals[row] += count
    return {**cells, **{f"requests.{row}.total": count for row, count in totals.items()}}


def _review(random: Random, size: Size, earlier: Earlier, asked: int) -> Cells:
    """Cases are rare; those pending last year are decided or still pending this year."""
    cells: Cells = {}
    most = min(asked, max(1, size.most // 10))
    for row in tables()["review"].rows:
        drawn = {c: _count(random, most) if asked and random.random() < size.cases else 0 for c in outcome_columns()}
        missing = int(earlier.get(f"review.{row.id}.pending") or 0) - sum(drawn.values())
        drawn["upheld"] += max(missing, 0)
        cells.update({f"review.{row.id}.{column}": count for column, count in drawn.items()})
        cells[f"review.{row.id}.total"] = sum(drawn.values())
    return cells


def _proactive(random: Random, body: PanelBody, name: str, earlier: Earlier) -> Cells:
    if name == FORMAT_2019:
        return proactive_cells_2019(random, body.size.most, body.agency.makes_rules, earlier)
    cells: Cells = {}
    for row in STOCKS:
        most = body.documents if row == "normative_documents" else 4 * body.agency.makes_rules
        before = earlier.get(f"proactive.{row}.in_force")
        stock = int(before if before is not None else (_count(random, most * 20) if most else 0))
        issued = _count(random, most) if most and random.random() < 0.6 else 0
        repealed = min(_count(random, most), stock) if most and random.random() < 0.35 else 0
        in_force = stock + issued - repealed
        for column, count in (("issued", issued), ("repealed", repealed), ("in_force", in_force)):
            cells[f"proactive.{row}.{column}"] = count
    for row in DECISIONS:
        usual = body.decisions.get(row, 0)
        cells[f"proactive.{row}.decisions"] = random.randint(usual * 2 // 3, usual * 4 // 3) if usual else 0
    fee = round(body.fees * random.uniform(0.7, 1.3), random.choice((0, 1, 2, 2, 4))) if body.fees else 0
    cells["proactive.fees.amount"] = int(fee) if float(fee).is_integer() else fee
    return cells


def _unchanged(cells: Earlier, earlier: Earlier) -> bool:
    """Whether the cells that both years print, whichever their format, are all the same."""
    filled = [cell for cell, value in cells.items() if cell in earlier and (value or earlier[cell])]
    return len(filled) >= MOST_IDENTICAL and all(cells[cell] == earlier[cell] for cell in filled)


def cells_of_year(random: Random, body: PanelBody, year: int, earlier: Earlier, fee_unpaid: bool) -> Cells:
    """All cells of a year in its format; ``earlier`` are those of the year before, empty in the first."""
    name = format_of_year(year)
    while True:
        requests = _requests(random, body.size, name, earlier, fee_unpaid)
        values = {
            **_proactive(random, body, name, earlier),
            **requests,
            **_review(random, body.size, earlier, int(requests["requests.new_received.total"] or 0)),
        }
        cells = {cell: values[cell] for cell in cell_ids(name)}
        if not _unchanged(cells, earlier):
            return cells
