"""One error between two years of a body: every table stays consistent in itself, and the words agree with the tables.

plant_year(run, kind, random) -> PlantedYear, or None where the run gives no occasion for it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.generation.equations import applicant_columns
from tests.generation.panel.panel import PanelReport, rewritten
from tests.generation.planting.text import ERROR, LIKELY
from tests.generation.sheets import Value

Cells = dict[str, Value]
Run = tuple[PanelReport, ...]
FEWEST_FILLED = 3  # tables with fewer cells that are not 0 are not said to be copied
STOCK_ROWS = ("proactive.normative_documents", "proactive.regulations")
ITEM_ROWS = ("licences", "other_services", "penalties", "coercive_measures", "fees")


@dataclass(frozen=True)
class PlantedYear:
    """What was planted in a run: the report ``name`` deserves a finding on one of ``cells`` with one of ``severities``.

    ``beside``: cells of the run's reports of which other findings may rightly speak. A finding on the whole of the
    tables names no cell; then ``cells`` is empty.
    """

    kind: str
    run: Run
    name: str
    cells: tuple[str, ...]
    severities: tuple[str, ...]
    detail: str
    beside: tuple[str, ...] = ()


def _number(cells: Mapping[str, Value], cell: str) -> int:
    return int(cells.get(cell) or 0)


def _add(cells: Cells, row: str, column: str, count: int) -> None:
    """Adds to a column of the table of requests and to its total."""
    for one in (column, "total"):
        cell = f"requests.{row}.{one}"
        cells[cell] = _number(cells, cell) + count


def _changed_run(run: Run, changed: Mapping[int, Cells]) -> Run:
    """The run with the tables of some years changed and with words that agree with all of them."""
    cells = [changed.get(index, report.report.cells) for index, report in enumerate(run)]
    reports = []
    for index, report in enumerate(run):
        before = cells[index - 1] if index else {}
        affected = index in changed or index - 1 in changed
        reports.append(rewritten(report, cells[index], before) if affected else report)
    return tuple(reports)


def _take_over(cells: Cells, column: str, count: int) -> None:
    """``count`` more (or fewer) are carried in, and the column still balances."""
    _add(cells, "carried_in", column, count)
    if _number(cells, f"requests.new_received.{column}") >= count:
        _add(cells, "new_received", column, -count)
    else:
        _add(cells, "granted", column, count)
        _add(cells, "results_total", column, count)


def _with_asking_year(run: Run, random: Random, row: str = "results_total") -> int | None:
    """A year, not the first, in which there are requests."""
    years = [i for i in range(1, len(run)) if _number(run[i].report.cells, f"requests.{row}.natural_person")]
    return random.choice(years) if years else None


def carried_in_total(run: Run, random: Random) -> PlantedYear | None:
    """More is carried in than the year before carried out."""
    year = _with_asking_year(run, random)
    if year is None:
        return None
    cells, count = dict(run[year].report.cells), random.randint(1, 9)
    _take_over(cells, "natural_person", count)
    return PlantedYear(
        "carried_in_total",
        _changed_run(run, {year: cells}),
        run[year].name,
        ("requests.carried_in.total",),
        (ERROR,),
        f"+{count}",
        ("requests.carried_in.natural_person",),
    )


def carried_in_total_fewer(run: Run, random: Random) -> PlantedYear | None:
    """Less is carried in than the year before carried out."""
    columns = applicant_columns()
    places = [
        (year, column)
        for year in range(1, len(run))
        for column in columns
        if _number(run[year].report.cells, f"requests.carried_in.{column}")
    ]
    if not places:
        return None
    year, column = random.choice(places)
    cells = dict(run[year].report.cells)
    count = random.randint(1, _number(cells, f"requests.carried_in.{column}"))
    _take_over(cells, column, -count)
    return PlantedYear(
        "carried_in_total_fewer",
        _changed_run(run, {year: cells}),
        run[year].name,
        ("requests.carried_in.total",),
        (ERROR,),
        f"{column} -{count}",
        (f"requests.carried_in.{column}",),
    )


def carried_in_column(run: Run, random: Random) -> PlantedYear | None:
    """What was carried in is booked on another kind of applicant; the total is right."""
    columns = applicant_columns()
    places = [
        (year, source, target)
        for year in range(1, len(run))
        for source in columns
        for target in columns
        if source != target and _number(run[year].report.cells, f"requests.carried_in.{source}")
    ]
    if not places:
        return None
    year, source, target = random.choice(places)
    cells = dict(run[year].report.cells)
    count = random.randint(1, _number(cells, f"requests.carried_in.{source}"))
    _take_over(cells, source, -count)
    _take_over(cells, target, count)
    named = (f"requests.carried_in.{source}", f"requests.carried_in.{target}")
    detail = f"{count} from {source} to {target}"
    return PlantedYear("carried_in_column", _changed_run(run, {year: cells}), run[year].name, named, (LIKELY,), detail)


def _stock_places(run: Run) -> list[tuple[int, str]]:
    """The years and rows in which the stock of this year and of last year's is known and not 0."""
    return [
        (year, row)
        for year in range(1, len(run))
        for row in STOCK_ROWS
        if all(_number(run[one].report.cells, f"{row}.in_force") for one in (year - 1, year))
    ]


def stock(run: Run, random: Random) -> PlantedYear | None:
    """More documents are in force from one year on than were issued."""
    places = _stock_places(run)
    if not places:
        return None
    year, row = random.choice(places)
    count, cell = random.randint(1, 20), f"{row}.in_force"
    later = range(year, len(run))
    changed = {one: {**run[one].report.cells, cell: _number(run[one].report.cells, cell) + count} for one in later}
    return PlantedYear("stock", _changed_run(run, changed), run[year].name, (cell,), (LIKELY,), f"{cell} +{count}")


def stock_issued(run: Run, random: Random) -> PlantedYear | None:
    """More was issued than the stock grew by."""
    places = [(y, row) for y, row in _stock_places(run) if _number(run[y].report.cells, f"{row}.in_force") > 1]
    if not places:
        return None
    year, row = random.choice(places)
    cells = dict(run[year].report.cells)
    spare = _number(cells, f"{row}.in_force") + _number(cells, f"{row}.repealed") - _number(cells, f"{row}.issued")
    if spare < 1:
        return None
    count = random.randint(1, min(spare, 9))
    cells[f"{row}.issued"] = _number(cells, f"{row}.issued") + count
    named = (f"{row}.in_force", f"{row}.issued")
    return PlantedYear(
        "stock_issued", _changed_run(run, {year: cells}), run[year].name, named, (LIKELY,), f"{row}.issued +{count}"
    )


def tables_repeated(run: Run, random: Random) -> PlantedYear | None:
    """The last year's tables are those of the year before."""
    last, before = run[-1], run[-2] if len(run) > 1 else None
    if before is None or tuple(last.report.cells) != tuple(before.report.cells):
        return None
    if sum(1 for value in before.report.cells.values() if value) < FEWEST_FILLED:
        return None
    copied = dict(before.report.cells)
    beside = tuple(cell for cell in copied if ".carried_in." in cell or cell.endswith(".in_force"))
    return PlantedYear(
        "tables_repeated", _changed_run(run, {len(run) - 1: copied}), last.name, (), (LIKELY,), "copied", beside
    )


def previous_items(run: Run, random: Random) -> PlantedYear | None:
    """The items of the year before (format of 2019) are not those that last year's report had in the end."""
    places = [
        (year, f"proactive.{row}.previous_items")
        for year in range(1, len(run))
        for row in ITEM_ROWS
        if all(f"proactive.{row}.previous_items" in run[one].report.cells for one in (year - 1, year))
    ]
    if not places:
        return None
    year, cell = random.choice(places)
    cells, count = dict(run[year].report.cells), random.randint(1, 9)
    cells[cell] = _number(cells, cell) + count
    return PlantedYear(
        "previous_items", _changed_run(run, {year: cells}), run[year].name, (cell,), (LIKELY,), f"{cell} +{count}"
    )


YearPlanter = Callable[[Run, Random], PlantedYear | None]
YEAR_PLANTERS: dict[str, YearPlanter] = {
    planter.__name__: planter
    for planter in (
        carried_in_total,
        carried_in_total_fewer,
        carried_in_column,
        stock,
        stock_issued,
        tables_repeated,
        previous_items,
    )
}


def plant_years(runs: Sequence[Run], random: Random) -> list[PlantedYear]:
    """One error in every run that gives occasion for one, kinds as evenly as can be."""
    counts = dict.fromkeys(YEAR_PLANTERS, 0)
    planted = []
    for run in runs:
        for kind in sorted(YEAR_PLANTERS, key=lambda one: (counts[one], random.random())):
            one = YEAR_PLANTERS[kind](run, random)
            if one is not None:
                planted.append(one)
                counts[kind] += 1
                break
    return planted
