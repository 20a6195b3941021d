"""Facts of a report laid over each other, and the value of one without its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disclosure_checks.grammar.model.packing import PackedFacts
from disclosure_checks.grammar.model.report import Fact


class OverlaidFacts(Mapping[str, Fact]):
    """The facts of a report with some more laid over them; neither is copied, so that reports may share what is laid."""

    __slots__ = ("below", "over")

    def __init__(self, below: Mapping[str, Fact], over: Mapping[str, Fact]) -> None:
        self.below = below
        self.over = over

    def __getitem__(self, name: str) -> Fact:
        known = self.over.get(name)
        return self.below[name] if known is None else known

    def __iter__(self) -> Iterator[str]:
        yield from self.over
        yield from (name for name in self.below if name not in self.over)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


def fact_value(facts: Mapping[str, Fact], name: str) -> float | None:
    """The value of a fact, None where there is none. Of packed facts the evidence stays closed."""
    if isinstance(facts, OverlaidFacts):
        over = facts.over.get(name)
        return fact_value(facts.below, name) if over is None else over.value
    if isinstance(facts, PackedFacts):
        return facts.value(name)
    fact = facts.get(name)
    return None if fact is None else fact.value
