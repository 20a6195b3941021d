"""How much of a report's text stands in last year's report of its agency, and in a report of another agency.

    fingerprints -> pairs worth comparing (``near_duplicates``) -> similarity -> facts with the clauses shared

Similarity of two texts: the characters of the clauses they share, divided by those of all clauses of both.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

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


class _Alike(NamedTuple):
    """Identical texts of one year: the first of them, and the first of another agency than that one."""

    first: tuple[int, _Text]
    of_another: tuple[int, _Text] | None = None

    def joined_by(self, position: int, text: _Text) -> _Alike:
        """With one more text, behind all others."""
        if self.of_another is None and text.agency != self.first[1].agency:
            return self._replace(of_another=(position, text))
        return self

    def of_another_than(self, agency: str) -> tuple[int, _Text] | None:
        """The first that is not this agency's, with its position."""
        return self.of_another if self.first[1].agency == agency else self.first


def _most_similar_of_others(texts: Sequence[_Text]) -> Mapping[int, _Text]:
    """The most similar text of another agency, of the same year or the year before, by row; of equals the first.

    Identical texts are taken together: thousands of copies are compared with others once, and not with each other.
    """
    groups: dict[frozenset[int], dict[int, _Alike]] = {}
    for position, text in enumerate(texts):
        years = groups.setdefault(text.entries, {})
        alike = years.get(text.year)
        years[text.year] = alike.joined_by(position, text) if alike else _Alike((position, text))
    likeness = _likeness([next(iter(years.values())).first[1] for years in groups.values()])
    nearest: dict[int, _Text] = {}
    for text in texts:
        if text.row == _EARLIER_RUN:
            continue
        found = [
            (-similarity, *other)
            for similarity, entries in likeness[text.entries]
            for year in (text.year, text.year - 1)
            if (alike := groups[entries].get(year)) and (other := alike.of_another_than(text.agency))
        ]
        if found:
            nearest[text.row] = min(found, key=lambda one: one[:2])[2]
    return nearest


def _likeness(distinct: Sequence[_Text]) -> Mapping[frozenset[int], Sequence[tuple[float, frozenset[int]]]]:
    """For each of some texts, of which no two are identical, those it is much like, itself among them."""
    likeness: dict[frozenset[int], list[tuple[float, frozenset[int]]]] = {
        text.entries: [(1.0, text.entries)] for text in distinct
    }
    for first, second in candidate_pairs([tuple(text.entries) for text in distinct]).tolist():
        one, another = distinct[first], distinct[second]
        found = _similarity(one, another)
        if found >= LEAST_SIMILARITY:
            likeness[one.entries].append((found, another.entries))
            likeness[another.entries].append((found, one.entries))
    return likeness


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
            for sentence, entries in _sentences(line.text):
                if shared.issuperset(entries):
                    found.setdefault(sentence, line.place)
    return next(iter(found.values()), None), "\n".join(found)


@lru_cache(maxsize=4096)
def _sentences(line: str) -> Sequence[tuple[str, frozenset[int]]]:
    """The sentences of a line that hold no number, with the entries of their clauses; lines are copied, too."""
    found = []
    for sentence in _SENTENCE.findall(" ".join(line.split())):
        clauses = _plain.clauses([compact(fold(sentence))], "")
        if clauses and not any("0" in clause for clause in clauses):
            found.append((sentence.strip(), frozenset(map(clause_entry, clauses))))
    return found


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
