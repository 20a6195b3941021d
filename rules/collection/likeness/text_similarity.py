"""How much of a report's text stands in last year's report of its agency, and in a report of another agency.

    fingerprints -> pairs worth comparing (``near_duplicates``) -> similarity -> facts with the clauses shared

Similarity of two texts: the characters of the clauses they share, divided by those of all clauses of both.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from disclosure_checks.grammar.model.report import UNKNOWN, Evidence, Fact, Place, Report
from disclosure_checks.grammar.prose.fingerprints import LENGTH_BITS, FingerprintTaker, clause_entry
from disclosure_checks.grammar.words.folding import compact, fold
from disclosure_checks.rules.collection.earlier_years import AgencyYear, EarlierText, agency_year, contested_years
from disclosure_checks.rules.collection.likeness.near_duplicates import candidate_pairs

TO_LAST_YEAR = "document.similarity_to_last_year"
TO_ANOTHER_AGENCY = "document.similarity_to_another_agency"

LEAST_CHARACTERS = 200  # of a text without boilerplate; shorter ones are alike without having been copied
LEAST_SIMILARITY = 0.7  # to another agency; smaller ones count as 0, for not all of them are found
MUCH_ALIKE = 0.9  # from here on the sentences that are repeated are told
_CLAUSES_SHOWN = 2
_SENTENCE = re.compile(r"[^。!?！？]+[。!?！？]?")
_LENGTH = (1 << LENGTH_BITS) - 1
_EARLIER_RUN = -1

_plain = FingerprintTaker()  # its clauses are printed as they are, but for blanks and numbers


class _Text(NamedTuple):
    """A text to compare. ``row``: that of its report in this run, or ``_EARLIER_RUN``."""

    agency: str
    year: int
    entries: frozenset[int]
    characters: int
    row: int


def similarity_facts(reports: Sequence[Report], earlier: Iterable[EarlierText] = ()) -> list[dict[str, Fact]]:
    """Both facts of each report, by full name. ``earlier``: texts of earlier runs; those of this run come first."""
    own = [text for row, report in enumerate(reports) if (text := _text(agency_year(report), report.fingerprint, row))]
    in_run = {key for report in reports if (key := agency_year(report))}
    known = [
        text
        for one in earlier
        if (key := (one.agency, one.year)) not in in_run and (text := _text(key, one.fingerprint, _EARLIER_RUN))
    ]
    contested = contested_years(reports)
    single = {key: text for text in (*known, *own) if (key := (text.agency, text.year)) not in contested}
    nearest = _most_similar_of_others([*own, *known])
    agencies = _agencies_by_year([*own, *known])
    facts = [{TO_LAST_YEAR: UNKNOWN, TO_ANOTHER_AGENCY: UNKNOWN} for _ in reports]
    for text in own:
        report = reports[text.row]
        last_year = single.get((text.agency, text.year - 1))
        if last_year is not None:
            facts[text.row][TO_LAST_YEAR] = _fact(report, text, last_year)
        if text.row in nearest:
            facts[text.row][TO_ANOTHER_AGENCY] = _fact(report, text, nearest[text.row])
        elif any(agencies[year] - {text.agency} for year in (text.year, text.year - 1)):
            facts[text.row][TO_ANOTHER_AGENCY] = Fact(0.0)
    return facts


def _text(key: AgencyYear | None, fingerprint: Sequence[int], row: int) -> _Text | None:
    """A text, if it can be compared: agency and year are known, and there is enough of it."""
    characters = _characters(fingerprint)
    if key is None or characters < LEAST_CHARACTERS:
        return None
    return _Text(*key, frozenset(fingerprint), characters, row)


def _similarity(one: _Text, another: _Text) -> float:
    shared = _characters(one.entries & another.entries)
    return shared / (one.characters + another.characters - shared)


def _characters(entries: Iterable[int]) -> int:
    return sum([entry & _LENGTH for entry in entries])


def _agencies_by_year(texts: Iterable[_Text]) -> Mapping[int, set[str]]:
    agencies: dict[int, set[str]] = defaultdict(set)
    for text in texts:
        agencies[text.year].add(text.agency)
    return agencies


def _most_similar_of_others(texts: Sequence[_Text]) -> Mapping[int, _Text]:
    """The most similar text of another agency, of the same year or the year before, by row; of equals the first."""
    nearest: dict[int, tuple[float, _Text]] = {}
    for first, second in _pairs_of_agencies(texts):
        one, another = texts[first], texts[second]
        found = _similarity(one, another)
        if found < LEAST_SIMILARITY:
            continue
        for text, other in ((one, another), (another, one)):
            may_be_copied = text.row != _EARLIER_RUN and other.year <= text.year
            if may_be_copied and (text.row not in nearest or found > nearest[text.row][0]):
                nearest[text.row] = found, other
    return {row: text for row, (_, text) in nearest.items()}


def _pairs_of_agencies(texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Candidates of two agencies and of years at most one apart."""
    pairs = candidate_pairs([tuple(text.entries) for text in texts])
    numbers: dict[str, int] = {}
    agencies = np.array([numbers.setdefault(text.agency, len(numbers)) for text in texts], dtype=np.int64)
    years = np.array([text.year for text in texts], dtype=np.int64)
    apart = np.abs(np.diff(years[pairs], axis=1)[:, 0])
    yield from pairs[(np.diff(agencies[pairs], axis=1)[:, 0] != 0) & (apart <= 1)].tolist()


def _fact(report: Report, text: _Text, other: _Text) -> Fact:
    """The similarity in whole hundredths, rounded down, with the longest shared clauses; of much the same, all sentences."""
    value = math.floor(100 * _similarity(text, other) + 1e-9) / 100
    if value < LEAST_SIMILARITY:
        return Fact(value)
    shared = text.entries & other.entries
    place, quoted = _shared_sentences(report, shared) if value >= MUCH_ALIKE else (None, "")
    if not quoted:
        place, quoted = _shared_clauses(report, shared)
    return Fact(value, (Evidence(place, quoted, (), f"{other.agency} {other.year}"),))


def _shared_sentences(report: Report, shared: frozenset[int]) -> tuple[Place | None, str]:
    """The sentences without numbers of which every clause is shared, a line each, and where the first of them stands."""
    found: dict[str, Place] = {}
    for section in report.sections:
        for line in section.prose:
            for sentence in _SENTENCE.findall(" ".join(line.text.split())):
                clauses = _plain.clauses([compact(fold(sentence))], "")
                if clauses and all("0" not in clause and clause_entry(clause) in shared for clause in clauses):
                    found.setdefault(sentence.strip(), line.place)
    return next(iter(found.values()), None), "\n".join(found)


def _shared_clauses(report: Report, shared: frozenset[int]) -> tuple[Place | None, str]:
    """The longest clauses of a report among shared ones, and where the first of them stands."""
    found: dict[str, Place] = {}
    for section in report.sections:
        for line in section.prose:
            for clause in _plain.clauses([compact(fold(line.text))], ""):
                if "0" not in clause and clause_entry(clause) in shared:
                    found.setdefault(clause, line.place)
    longest = sorted(found, key=len, reverse=True)[:_CLAUSES_SHOWN]
    return (found[longest[0]] if longest else None), "…".join(longest)
