"""Random consistent tables: cells for which every equation of their format holds and no rule has a complaint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tests.generation.agencies import Agency, random_agency
from tests.generation.equations import applicant_columns, outcome_columns, result_rows
from tests.generation.prose import write_sheet
from tests.generation.sheets import GeneratedReport, Value
from tests.generation.table_format import FORMAT_2019, cell_ids, format_of_year, tables
from tests.generation.truth_2019 import OTHER, proactive_cells_2019, with_signs_and_units

YEARS = (2021, 2022, 2023, 2024, 2025)
FEE_UNPAID = "other_fee_unpaid"
OTHER_OTHER = "other_other"

# how busy a body is: (weight, most results of one kind, chance that a result row of a column holds anything)
PROFILES: dict[str, tuple[int, int, float]] = {
    "idle": (15, 0, 0.0),
    "quiet": (45, 6, 0.12),
    "ordinary": (25, 60, 0.25),
    "busy": (12, 900, 0.45),
    "enormous": (3, 4_000, 0.6),
}
# a private person asks far more often than the rest
APPLICANT_CHANCE = {"natural_person": 1.0, "business": 0.45}
OTHER_APPLICANT_CHANCE = 0.12


def _count(random: Random, most: int) -> int:
    """A count from 1 to ``most``, small ones far more often than large ones."""
    return 1 + int((most - 1) * random.random() ** 4)


def _column_of_requests(random: Random, most: int, chance: float, names_fee: bool, name: str) -> dict[str, int]:
    """One column of table 3: the results drawn, the rest following from them."""
    results = {row: _count(random, most) if random.random() < chance else 0 for row in result_rows(name)}
    if not names_fee and FEE_UNPAID in results:
        results[FEE_UNPAID] = 0
    last = OTHER_OTHER if OTHER_OTHER in results else OTHER
    others = sum(count for row, count in results.items() if row != last)
    results[last] = min(results[last], others // 4)
    total = sum(results.values())
    carried_out = random.randint(0, total // 5) if random.random() < 0.4 else 0
    carried_in = random.randint(0, (total + carried_out) // 5) if random.random() < 0.4 else 0
    received = total + carried_out - carried_in
    return {
        "new_received": received,
        "carried_in": carried_in,
        **results,
        "results_total": total,
        "carried_out": carried_out,
    }


def _request_cells(random: Random, profile: str, names_fee: bool, name: str) -> dict[str, int]:
    _, most, chance = PROFILES[profile]
    cells: dict[str, int] = {}
    totals = {row.id: 0 for row in tables(name)["requests"].rows}
    for column in applicant_columns():
        asks = most > 0 and random.random() < APPLICANT_CHANCE.get(column, OTHER_APPLICANT_CHANCE)
        drawn = _column_of_requests(random, most, chance if asks else 0.0, names_fee, name)
        for row, count in drawn.items():
            cells[f"requests.{row}.{column}"] = count
            totals[row] += count
    cells.update({f"requests.{row}.total": count for row, count in totals.items()})
    return cells


def _review_cells(random: Random, profile: str, requests: int) -> dict[str, int]:
    """Cases are rare, and there are none where nobody asked."""
    cells = {}
    most = min(requests, max(1, PROFILES[profile][1] // 10))
    for row in tables()["review"].rows:
        drawn = {c: _count(random, most) if requests and random.random() < 0.15 else 0 for c in outcome_columns()}
        cells.update({f"review.{row.id}.{column}": count for column, count in drawn.items()})
        cells[f"review.{row.id}.total"] = sum(drawn.values())
    return cells


def _stock(random: Random, most: int) -> tuple[int, int, int]:
    """Documents issued, repealed and in force: what was issued is either in force or repealed."""
    issued = _count(random, most) if random.random() < 0.5 else 0
    repealed = _count(random, most) if random.random() < 0.3 else 0
    return issued, repealed, issued + (_count(random, most * 10) if random.random() < 0.6 else 0)


def _fee_amount(random: Random) -> Value:
    kind = random.random()
    if kind < 0.6:
        return 0
    if kind < 0.75:
        return random.randint(1, 3000)
    return round(random.uniform(0.1, 5000), random.choice((1, 2, 2, 4)))


def _proactive_cells(random: Random, profile: str, agency: Agency, names_fee: bool) -> dict[str, Value]:
    most = max(PROFILES[profile][1], 1)
    regulations = _stock(random, 5) if agency.makes_rules else (0, 0, 0)
    documents = _stock(random, min(most, 60)) if profile != "idle" else (0, 0, 0)
    cells: dict[str, Value] = {}
    for row, stock in (("regulations", regulations), ("normative_documents", documents)):
        for column, count in zip(("issued", "repealed", "in_force"), stock, strict=True):
            cells[f"proactive.{row}.{column}"] = count
    for row in ("licences", "penalties", "coercive_measures"):
        decided = profile != "idle" and random.random() < 0.35
        cells[f"proactive.{row}.decisions"] = _count(random, most * 5) if decided else 0
    fee = _fee_amount(random) if profile != "idle" else 0
    # the fee of the year cannot be less than the information fee that the text names
    cells["proactive.fees.amount"] = max(fee or 0, 1) if names_fee else fee
    return cells


def random_report(
    seed: int | str, *, agency: Agency | None = None, year: int | None = None, profile: str | None = None
) -> GeneratedReport:
    """One report; the same arguments give the same report. The year decides the format: 2019 and 2020 have their own.

    ``profile`` is a key of ``PROFILES``; "idle" has zeros only.
    """
    random = Random(f"report {seed}")
    drawn_agency, drawn_year = random_agency(random), random.choice(YEARS)
    agency, year = agency or drawn_agency, year or drawn_year
    weights = [weight for weight, _, _ in PROFILES.values()]
    drawn_profile = random.choices(tuple(PROFILES), weights)[0]
    profile = profile or drawn_profile
    names_fee = profile != "idle" and random.random() < 0.1
    name = format_of_year(year)
    requests = _request_cells(random, profile, names_fee, name)
    proactive = (
        proactive_cells_2019(random, PROFILES[profile][1], agency.makes_rules)
        if name == FORMAT_2019
        else _proactive_cells(random, profile, agency, names_fee)
    )
    values: dict[str, Value] = {
        **proactive,
        **requests,
        **_review_cells(random, profile, requests["requests.new_received.total"]),
    }
    cells = {cell: values[cell] for cell in cell_ids(name)}
    sheet = write_sheet(random, agency, year, cells, names_fee)
    if name == FORMAT_2019:
        sheet = with_signs_and_units(sheet, cells, random)
    return GeneratedReport(agency.name, year, cells, sheet)


def random_reports(count: int, seed: int | str = 0, years: Sequence[int | None] = (None,)) -> Iterator[GeneratedReport]:
    """``count`` reports of distinct agencies, in turn of these years (None: any year of the format of 2021)."""
    random = Random(f"agencies {seed}")
    seen: set[str] = set()
    while len(seen) < count:
        agency = random_agency(random)
        if agency.name not in seen:
            seen.add(agency.name)
            yield random_report(f"{seed}/{len(seen)}", agency=agency, year=years[len(seen) % len(years)])
