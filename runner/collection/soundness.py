"""Whether a collection is damaged: everything that stands in it is looked at.

That takes too long for every run. It is asked where a run has failed that used a collection: then a damaged one is to
blame, and not our code.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Mapping

from disclosure_checks.grammar.model.details import opened_detail
from disclosure_checks.runner.collection.schema import TABLES

_TYPES = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
_JSON = (("notes", "value"), ("vocabularies", "names"), ("readings", "relied_on"), ("publications", "record"))
_COMPRESSED = [("publications", name) for name in ("findings", "cells_csv", "findings_csv", "findings_json", "junit")]
_CONTENT: Mapping[tuple[str, str], Callable[[bytes], object]] = {
    **dict.fromkeys(_JSON, json.loads),
    **dict.fromkeys(_COMPRESSED, zlib.decompress),
    ("details", "body"): opened_detail,
}
# names that lead nowhere, arrays that are shorter or longer than their names
_CONTRADICTIONS = (
    "SELECT count(*) FROM reports WHERE reading NOT IN (SELECT id FROM readings)",
    "SELECT count(*) FROM readings WHERE problem = '' AND id NOT IN (SELECT reading FROM details)",
    "SELECT count(*) FROM readings WHERE cells NOT IN (SELECT id FROM vocabularies)"
    " OR facts NOT IN (SELECT id FROM vocabularies)",
    "SELECT count(*) FROM readings WHERE length(cell_values) <> 8 * length(cell_statuses)"
    " OR 4 * length(fact_places) <> length(fact_values) OR length(clauses) % 8 <> 0",
    "SELECT count(*) FROM earlier WHERE names NOT IN (SELECT id FROM vocabularies) OR length(clauses) % 8 <> 0",
)


def is_damaged(connection: sqlite3.Connection) -> bool:
    """Whether the file is broken, or something in it is not what the schema says that it is."""
    try:
        connection.rollback()
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            return True
        if any(connection.execute(query).fetchone() != (0,) for query in _CONTRADICTIONS):
            return True
        return not all(_is_sound(connection, table) for table in TABLES)
    except sqlite3.Error:
        return True


def _is_sound(connection: sqlite3.Connection, table: str) -> bool:
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    kinds = [(_TYPES[kind], bool(needed or key)) for _, _, kind, needed, _, key in columns]
    contents = [(number, _CONTENT[table, one[1]]) for number, one in enumerate(columns) if (table, one[1]) in _CONTENT]
    for row in connection.execute(f"SELECT * FROM {table}"):
        for value, (kind, needed) in zip(row, kinds, strict=True):
            if not isinstance(value, kind) and (needed or value is not None):
                return False
        try:
            for number, opened in contents:
                opened(row[number])
        except (ValueError, LookupError, TypeError, zlib.error, RecursionError):
            return False
    return True
