"""The data of the overview as a script that sets one global: small enough for ten thousand agencies and seven years.

What came of a report (its state, its findings by severity, the rules it fails, whether this run changed it) is written
once for all reports that it came of, and reports are numbers of it. ``assets/overview_model.js`` reads it back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import quote

from disclosure_checks.rules.spec.model.body_facts import BodyVocabulary, body_vocabulary
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import SEVERITIES_OF_FINDINGS, ReportRecord
from disclosure_checks.runner.publishing.file_names import year_folder
from disclosure_checks.runner.site.agency_history.paths import AGENCY_FOLDER
from disclosure_checks.runner.site.overview.agency_rows import Absence, AgencyRow, Year
from disclosure_checks.runner.site.overview.pinyin import readings_of
from disclosure_checks.runner.site.page_models import RuleLine
from disclosure_checks.runner.texts.site_texts import Texts

INDEX_DATA = "assets/overview_data.js"
_GLOBAL = "window.overviewData"
_ABSENCES = {Absence.MISSING: "!", Absence.NOT_DUE: "~", Absence.UNKNOWN: ""}
_STATES = {"pass": "p", "findings": "f", "not_assessable": "n"}
_TEXTS = (
    "list_separator", "filter_shown", "no_report", "row_total_reports", "totals_count_findings", "filter_all",
    "letter_missing", "state_missing", "state_not_due", "letter_pass", "letter_not_assessable", "status_pass",
    "status_not_assessable", "total_reports", "total_agencies",
    *(f"filter_{one}" for one in ("missing", "not_due", "pass", "not_assessable")),
)  # fmt: skip


@dataclass
class _Outcomes:
    """Numbers what came of reports, in the order in which it first came."""

    rules: Mapping[str, int]
    failing: Mapping[str, Sequence[str]]
    changed: frozenset[str]
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, record: ReportRecord) -> str:
        """The number of what came of a report, in base 36."""
        counts = ",".join(str(record.failing(one) or "") for one in SEVERITIES_OF_FINDINGS)
        rules = sorted(self.rules[one] for one in self.failing.get(record.report, ()) if one in self.rules)
        changed = "+" if record.report in self.changed else ""
        written = f"{_STATES[record.status]}{changed}{counts};{','.join(map(_base36, rules))}"
        return _base36(self.numbers.setdefault(written, len(self.numbers)))


def index_data(
    rows: Sequence[AgencyRow],
    years: Sequence[Year],
    rules: Sequence[RuleLine],
    failing: Mapping[str, Sequence[str]],
    changed: frozenset[str],
    texts: Texts,
    bodies: BodyVocabulary | None = None,
) -> bytes:
    """The script. ``rules``: those to filter by; ``failing``: the rules each report fails, by its source.

    ``bodies``: the kinds of bodies that the specs know.
    """
    outcomes = _Outcomes({line.id: number for number, line in enumerate(rules)}, failing, changed)
    names = [row.name for row in rows]
    other_names = {str(number): list(row.other_names) for number, row in enumerate(rows) if row.other_names}
    readings = readings_of(names)
    former = readings_of([name for found in other_names.values() for name in found])
    data = {
        "texts": {key: texts[key] for key in _TEXTS}
        | {f"letter_{one.value}": texts[f"letter_{one.value}"] for one in SEVERITIES_OF_FINDINGS}
        | {f"severity_{one.value}": texts.severity(one.value) for one in SEVERITIES_OF_FINDINGS},
        "years": [year_folder(year) for year in years],
        "names": list(_shortened(names)),
        "otherNames": other_names,
        "pinyin": {**former.usual, **readings.usual},
        "readings": {str(number): own for number, own in readings.others.items()},
        "cells": ["|".join(_cell(row, year, outcomes) for year in years) for row in rows],
        "pages": _other_pages(rows, years),
        "agencyPages": _other_agency_pages(rows),
        "rules": [[line.id, line.rule.text, line.failing] for line in rules],
        **_above_and_kind(rows, bodies or body_vocabulary(), texts),
    }
    data["outcomes"] = " ".join(outcomes.numbers)
    # JSON is JavaScript but for two line separators
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{_GLOBAL}={written};\n".encode("utf-8", "replace")


def failing_rules_to_filter_by(lines: Sequence[RuleLine]) -> list[RuleLine]:
    """The rules that some report fails, those that most do first; notes are none."""
    kinds = {severity.value for severity in SEVERITIES_OF_FINDINGS}
    found = [line for line in lines if line.failing and line.severity.kind in kinds]
    return sorted(found, key=lambda line: (-line.failing, line.id))


def _shortened(names: Sequence[str]) -> Iterator[str]:
    """Each name without what it begins with as the one before it does: how many characters, in base 36, then the rest."""
    before = ""
    for name in names:
        alike = takewhile(lambda pair: pair[0] == pair[1] <= "\uffff", zip(before, name, strict=False))
        shared = min(sum(1 for _ in alike), 35)  # one digit; and JavaScript counts rare characters twice
        yield _base36(shared) + name[shared:]
        before = name


def _cell(row: AgencyRow, year: Year, outcomes: _Outcomes) -> str:
    reports = row.reports.get(year, ())
    return ".".join(map(outcomes.number, reports)) if reports else _ABSENCES[row.absence(year)]


def _other_pages(rows: Sequence[AgencyRow], years: Sequence[Year]) -> dict[str, dict[str, list[str]]]:
    """The pages that are not called ``<year>/<agency>.html``, by the numbers of row and column."""
    found: dict[str, dict[str, list[str]]] = {}
    for number, row in enumerate(rows):
        for column, year in enumerate(years):
            pages = [record.page for record in row.reports.get(year, ())]
            if pages and pages != [f"{year_folder(year)}/{row.name}.html"]:
                found.setdefault(str(number), {})[str(column)] = [quote(page) for page in pages]
    return found


def _other_agency_pages(rows: Sequence[AgencyRow]) -> dict[str, str]:
    """The pages of agencies that are not called ``agencies/<agency>.html``, "" where there is none."""
    return {
        str(number): quote(row.page)
        for number, row in enumerate(rows)
        if row.page != f"{AGENCY_FOLDER}/{row.name}.html"
    }


def _above_and_kind(rows: Sequence[AgencyRow], bodies: BodyVocabulary, texts: Texts) -> dict[str, object]:
    parents = Counter(row.listed.parent for row in rows if row.listed and row.listed.parent)
    numbers = {name: number for number, name in enumerate(sorted(parents))}
    kinds = list(bodies.kinds)
    return {
        "parents": [visible_text(name) for name in numbers],
        "parentOf": " ".join(
            _base36(numbers[row.listed.parent]) if row.listed and row.listed.parent else "" for row in rows
        ),
        "kinds": [[kind, texts.of(title)] for kind, title in bodies.kinds.items()],
        "kindOf": "".join(_base36(kinds.index(row.listed.kind)) if row.listed else "-" for row in rows),
    }


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
