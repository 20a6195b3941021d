"""Facts a report has only beside others: what else there is of its agency and year, and whose text is like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from disclosure_checks.grammar.model.overlaid_facts import OverlaidFacts
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.earlier_years import EarlierText
from disclosure_checks.rules.collection.likeness.text_similarity import similarity_facts
from disclosure_checks.rules.collection.same_year import same_year_facts


def with_collection_facts(reports: Sequence[Report], earlier: Iterable[EarlierText] = ()) -> list[Report]:
    """The reports with the facts of ``rules.collection.same_year`` and ``rules.collection.likeness.text_similarity``.

    ``earlier``: the texts known from earlier runs.
    """
    beside = zip(reports, same_year_facts(reports), similarity_facts(reports, earlier), strict=True)
    return [
        replace(report, facts=OverlaidFacts(report.facts, {**repeated, **similar}))
        for report, repeated, similar in beside
    ]
