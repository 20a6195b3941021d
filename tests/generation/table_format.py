"""The statutory tables as the spec declares them: row and column labels in order, so that no label is typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SPECIFICATION = Path(__file__).resolve().parents[2] / "specs" / "2021_format.yaml"


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
    is_amount: bool = False


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
            is_amount = entry.get("type") == "amount"
            yield Item(entry["id"], entry["label"], aliases, groups, own_columns or columns, is_amount)


@cache
def _specification() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    return loaded


@cache
def tables() -> dict[str, TableFormat]:
    """The tables of the format by id, in statutory order."""
    return {
        entry["id"]: TableFormat(
            id=entry["id"],
            section=entry["section"],
            caption=next(iter(entry.get("captions", ())), ""),
            header_word=next(iter(entry.get("header_words", ())), ""),
            rows=tuple(_items(entry["rows"], "rows")),
            columns=tuple(_items(entry["columns"], "columns")),
        )
        for entry in _specification()["tables"]
    }


@cache
def sections() -> tuple[SectionFormat, ...]:
    """The sections of the format in statutory order."""
    entries = _specification()["sections"]
    return tuple(SectionFormat(entry["id"], entry["number"], entry["heading"]) for entry in entries)


@cache
def amount_cells() -> frozenset[str]:
    """The cells that hold a decimal amount; all others are counts."""
    return frozenset(
        f"{table.id}.{row.id}.{column.id}"
        for table in tables().values()
        for row in table.rows
        for column in table.columns_of(row)
        if column.is_amount
    )


@cache
def cell_ids() -> tuple[str, ...]:
    """All 200 cell ids, in the order in which the statute prints them."""
    return tuple(identifier for table in tables().values() for identifier in table.cell_ids())


def _all_entries(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry
        yield from _all_entries(entry.get("rows", []))
        yield from _all_entries(entry.get("columns", []) if "group" in entry and "rows" not in entry else [])


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """The accepted aliases of every label that has any."""
    printed = [table[key] for table in _specification()["tables"] for key in ("rows", "columns")]
    entries = [entry for part in printed for entry in _all_entries(part)]
    return {entry["label"]: tuple(entry["aliases"]) for entry in entries if entry.get("aliases")}


@cache
def placeholders() -> tuple[str, ...]:
    """What is printed instead of a number where there is nothing."""
    return tuple(_specification()["values"]["placeholders"])
