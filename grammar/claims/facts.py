"""Claims as facts of a report, a slot each, so that formulas can read them.

``claim.<id>.first`` to ``.fourth``: the different numbers a count is given in sure claims. ``claim.<id>.to_one``,
``.to_a_tenth`` ...: the number of a measured claim (an amount, a percentage), by the digits it was given with; a second,
different one is ``.to_one_again`` ...
``claim.<id>.unsure``: the first number said where scope or subject is not certain. Slots that stay empty are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure_checks.grammar.claims.said_claims import PlacedSum, SaidClaim
from disclosure_checks.grammar.claims.sums import SumVerdict
from disclosure_checks.grammar.model.claim_language import LexiconClaim
from disclosure_checks.grammar.model.report import Evidence, Fact

COUNT_SLOTS = ("first", "second", "third", "fourth")
_STEPS = {"to_one": 1.0, "to_a_tenth": 0.1, "to_a_hundredth": 0.01, "to_a_thousandth": 0.001}
MEASURE_SLOTS = {f"{name}{again}": step for name, step in _STEPS.items() for again in ("", "_again")}
_SLOTS_A_STEP = 2
UNSURE_SLOT = "unsure"


SUM_FACTS = {
    SumVerdict.HOLDS: "sums_holding",
    SumVerdict.EXCEEDS: "sums_exceeding",
    SumVerdict.DIFFERS: "sums_differing",
    SumVerdict.SHORT: "sums_short",
    SumVerdict.SHARE_DIFFERS: "shares_differing",
    SumVerdict.GROWTH_DIFFERS: "growth_differing",
}


def sum_facts(sums: Iterable[PlacedSum]) -> dict[str, Fact]:
    """How many sums and shares inside sentences hold or not, by full name."""
    evidence: dict[SumVerdict, list[Evidence]] = {verdict: [] for verdict in SUM_FACTS}
    for one in sums:
        evidence[one.said.verdict].append(one.shown._replace(expected=one.said.terms))
    return {f"document.{name}": Fact(float(len(evidence[v])), tuple(evidence[v])) for v, name in SUM_FACTS.items()}


def claim_facts(claims: Iterable[SaidClaim]) -> dict[str, Fact]:
    """The facts of a report's claims, by full name."""
    facts: dict[str, Fact] = {}
    said: set[tuple[str, float]] = set()
    for one in claims:
        if one.sure and (one.claim.id, one.value) in said:
            continue
        name = next((slot for slot in _slots(one) if f"claim.{one.claim.id}.{slot}" not in facts), None)
        if name is not None:
            facts[f"claim.{one.claim.id}.{name}"] = Fact(one.value, (one.shown,))
            if one.sure:
                said.add((one.claim.id, one.value))
    return facts


def slot_names(is_measure: bool) -> tuple[str, ...]:
    """The slots of the sure claims of a count or of a measured claim."""
    return tuple(MEASURE_SLOTS) if is_measure else COUNT_SLOTS


def all_slots(is_measure: bool) -> tuple[str, ...]:
    """Every slot of a claim."""
    return (*slot_names(is_measure), UNSURE_SLOT)


def is_measure(claim: LexiconClaim) -> bool:
    """Whether the claim gives an amount or a percentage."""
    return bool(claim.unit)


def _slots(one: SaidClaim) -> Iterator[str]:
    if not one.sure:
        yield UNSURE_SLOT
    elif not is_measure(one.claim):
        if one.precision <= 1:
            yield from COUNT_SLOTS
    elif one.precision <= 1:
        fine = [name for name, step in MEASURE_SLOTS.items() if step <= one.precision * 1.000001]
        yield from fine[:_SLOTS_A_STEP] or list(MEASURE_SLOTS)[-_SLOTS_A_STEP:]
