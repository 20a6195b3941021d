"""The statutory tables as the specs declare them: row and column labels in order, so that no label is typed twice.

Every function takes the id of a format; without one it is the format of 2021.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from disclosure_checks.rules.spec.source.yaml_source import compose, plain_data, read_source

SPECIFICATIONS = Path(__file__).resolve().parents[2] / "specs"
FORMAT_2021, FORMAT_2019 = "2021_format", "2019_format"
LAST_YEAR_OF_2019_FORMAT = 2020


def format_of_year(year: int) -> str:
    """The format that reports for a year follow."""
    return FORMAT_2019 if year <= LAST_YEAR_OF_2019_FORMAT else FORMAT_2021


def format_of_cells(cells: Container[str]) -> str:
    """The format whose cells these are."""
    return FORMAT_2019 if "proactive.procurement.items" in cells else FORMAT_2021


@dataclass(frozen=True)
class Group:
    """A printed heading over rows or columns that has no numbers of its own."""

    id: str
    label: str


@dataclass(frozen=True)
class Item:
    """A row or a column: its id, printed label, accepted aliases, the groups around it (outermost first)."""

    id: str
    label: str
    aliases: tuple[str, ...]
    groups: tuple[Group, ...]
    columns: tuple[str, ...] = ()
    kind: str = "count"  # or amount, or change


@dataclass(frozen=True)
class TableFormat:
    """One statutory table."""

    id: str
    section: str
    caption: str
    header_word: str
    rows: tuple[Item, ...]
    columns: tuple[Item, ...]

    def column(self, identifier: str) -> Item:
        return next(column for column in self.columns if column.id == identifier)

    def columns_of(self, row: Item) -> tuple[Item, ...]:
        return tuple(column for column in self.columns if not row.columns or column.id in row.columns)

    def cell_ids(self) -> tuple[str, ...]:
        return tuple(f"{self.id}.{row.id}.{column.id}" for row in self.rows for column in self.columns_of(row))


@dataclass(frozen=True)
class SectionFormat:
    """One statutory section."""

    id: str
    number: str
    heading: str


def _items(
    entries: list[dict[str, Any]], child_key: str, groups: tuple[Group, ...] = (), columns: tuple[str, ...] = ()
) -> Iterator[Item]:
    for entry in entries:
        own_columns = tuple(entry.get("columns", ())) if child_key == "rows" else ()
        if "group" in entry:
            group = Group(entry["group"], entry["label"])
            yield from _items(entry[child_key], child_key, (*groups, group), own_columns or columns)
        else:
            aliases = tuple(entry.get("aliases", ()))
            kind = entry.get("type", "count")
            yield Item(entry["id"], entry["label"], aliases, groups, own_columns or columns, kind)


@cache
def _specification(name: str) -> dict[str, Any]:
    """The YAML of a spec; what it extends is put together with it, as far as tables and labels go."""
    root, problems = compose(read_source(SPECIFICATIONS / f"{name}.yaml"))
    assert not problems, problems
    loaded: Any = plain_data(root)
    if "extends" not in loaded:
        return loaded
    base = _specification(loaded["extends"].removesuffix(".yaml"))
    own = {table["id"]: table for table in loaded["tables"]}
    merged = [_merged_table(table, own.get(table["id"], table)) for table in base["tables"]]
    return {**base, **loaded, "tables": merged}


def _merged_table(table: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The table of the base with the rows that the extending spec states in their places."""
    if not own.get("override"):
        return own
    replaced = {row["id"]: row for row in own["rows"]}

    def rows(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            replaced.get(entry.get("group", entry.get("id")))
            or ({**entry, "rows": rows(entry["rows"])} if "rows" in entry else entry)
            for entry in entries
        ]

    return {**table, "rows": rows(table["rows"])}


@cache
def tables(name: str = FORMAT_2021) -> dict[str, TableFormat]:
    """The tables of a format by id, in statutory order."""
    return {
        entry["id"]: TableFormat(
            id=entry["id"],
            section=entry["section"],
            caption=next(iter(entry.get("captions", ())), ""),
            header_word=next(iter(entry.get("header_words", ())), ""),
            rows=tuple(_items(entry["rows"], "rows")),
            columns=tuple(_items(entry["columns"], "columns")),
        )
        for entry in _specification(name)["tables"]
    }


@cache
def sections(name: str = FORMAT_2021) -> tuple[SectionFormat, ...]:
    """The sections of a format in statutory order."""
    entries = _specification(name)["sections"]
    return tuple(SectionFormat(entry["id"], entry["number"], entry["heading"]) for entry in entries)


def _cells_of_kind(name: str, kind: str) -> frozenset[str]:
    return frozenset(
        f"{table.id}.{row.id}.{column.id}"
        for table in tables(name).values()
        for row in table.rows
        for column in table.columns_of(row)
        if column.kind == kind
    )


@cache
def amount_cells(name: str = FORMAT_2021) -> frozenset[str]:
    """The cells that hold a decimal amount; all others are counts or changes."""
    return _cells_of_kind(name, "amount")


@cache
def change_cells(name: str = FORMAT_2021) -> frozenset[str]:
    """The cells that hold a signed change."""
    return _cells_of_kind(name, "change")


@cache
def cell_ids(name: str = FORMAT_2021) -> tuple[str, ...]:
    """All cell ids (200 in the format of 2021, 199 in that of 2019), in the order in which the statute prints them."""
    return tuple(identifier for table in tables(name).values() for identifier in table.cell_ids())


def _all_entries(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry
        yield from _all_entries(entry.get("rows", []))
        yield from _all_entries(entry.get("columns", []) if "group" in entry and "rows" not in entry else [])


@cache
def aliases(name: str = FORMAT_2021) -> dict[str, tuple[str, ...]]:
    """The accepted aliases of every label that has any."""
    printed = [table[key] for table in _specification(name)["tables"] for key in ("rows", "columns")]
    entries = [entry for part in printed for entry in _all_entries(part)]
    return {entry["label"]: tuple(entry["aliases"]) for entry in entries if entry.get("aliases")}


@cache
def placeholders() -> tuple[str, ...]:
    """What is printed instead of a number where there is nothing."""
    return tuple(_specification(FORMAT_2021)["values"]["placeholders"])
