"""How corrections of numbers that do not add up are ranked: a weight for each kind of evidence."""

from __future__ import annotations

from pydantic import Field

from disclosure_checks.rules.spec.model.parts import Part


class EvidenceWeights(Part):
    """What speaks for a correction counts so much; what speaks against it (the last two) is subtracted."""

    sentence: float = Field(
        default=4.0, description="A sentence says the number (each one; against it where it said it before)"
    )
    year_before: float = Field(default=4.0, description="The number agrees with the report of the year before")
    neighbours_swapped: float = Field(
        default=4.0, description="Two cells beside each other hold each other's number, 10 or more"
    )
    small_neighbours_swapped: float = Field(default=1.5, description="As `neighbours_swapped`, with a number below 10")
    booked_beside: float = Field(default=1.0, description="What a cell has too much, its neighbour lacks")
    digits_swapped: float = Field(default=1.0, description="Two digits beside each other are swapped")
    digit_missing: float = Field(default=0.8, description="A digit is missing")
    digit_doubled: float = Field(default=0.8, description="A digit was typed twice")
    digit_added: float = Field(default=0.6, description="There is a digit too many")
    next_key: float = Field(default=0.5, description="One digit is that of the key beside it")
    sign: float = Field(default=1.0, description="Only the sign is wrong")
    other_rule: float = Field(default=0.3, description="Another rule that failed holds (against it where it held)")
    filled_zero: float = Field(default=0.4, description="A printed 0 would become a number (against it)")


class CorrectionRanking(Part):
    """How the smallest corrections are ranked, and when one of several is named as the suspect."""

    lead: float = Field(
        default=3.0,
        gt=0,
        description="By how much more must speak for a correction than for any other, to name it as the suspect",
    )
    weights: EvidenceWeights = EvidenceWeights()
