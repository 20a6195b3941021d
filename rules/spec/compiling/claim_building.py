"""From the claims of a spec to the language the grammar is handed: choices written out, patterns read."""

from __future__ import annotations

from disclosure_checks.grammar.claims.patterns import parse_pattern
from disclosure_checks.grammar.model.claim_language import ClaimLanguage, ClaimPart, ClaimUnit, LexiconClaim, SumWords
from disclosure_checks.rules.spec.model.claims import Claim, ClaimLanguageParts
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.model.wordings import expand_wording

COUNTS = "counts"  # the family of units of things that are counted
PERCENT = "%"


def build_claim_language(specification: Specification) -> ClaimLanguage:
    """The claims of a checked spec. Raises ValueError where a pattern or a word cannot be read."""
    language = specification.claim_language
    if language is None:
        return ClaimLanguage()
    return ClaimLanguage(
        parts=tuple(ClaimPart(name, part.role, expanded(part.words)) for name, part in language.parts.items()),
        units={unit: ClaimUnit(family_of(unit, language), factor) for unit, factor in _units(language).items()},
        claims=tuple(_claim(claim, language) for claim in specification.claims),
        within=tuple(part if part == "front_matter" else f"section.{part}" for part in language.within),
        section_subjects={f"section.{name}": frozenset({part}) for name, part in language.section_subjects.items()},
        said_only_of=_subjects_of_verbs(language),
        goes_on_for={verb: frozenset(subjects) for verb, subjects in language.goes_on_for.items()},
        government=language.government,
        shortened=language.shortened,
        named_body=language.named_body,
        sums=SumWords(
            language.sums.total or "",
            language.sums.share or "",
            language.sums.complete or "",
            frozenset(language.sums.rest),
            language.sums.increase or "",
            language.sums.decrease or "",
        ),
        ignored=language.ignored,
    )


def family_of(unit: str, language: ClaimLanguageParts) -> str:
    """The family of a unit: "" for what is counted, "%" for percentages."""
    if unit == PERCENT:
        return PERCENT
    family = next((name for name, units in language.units.items() if unit in units), COUNTS)
    return "" if family == COUNTS else family


def expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Every wording of some words with choices."""
    return tuple(dict.fromkeys(wording for word in words for wording in expand_wording(word)))


def _subjects_of_verbs(language: ClaimLanguageParts) -> dict[str, frozenset[str]]:
    said = [(verb, subject) for subject, verbs in language.said_only_of.items() for verb in verbs]
    return {verb: frozenset(subject for other, subject in said if other == verb) for verb, _ in said}


def _units(language: ClaimLanguageParts) -> dict[str, float]:
    return {unit: factor for units in language.units.values() for unit, factor in units.items()}


def _claim(claim: Claim, language: ClaimLanguageParts) -> LexiconClaim:
    return LexiconClaim(
        id=claim.id,
        patterns=tuple(parse_pattern(pattern) for pattern in claim.patterns),
        implied=claim.implies,
        unit=claim.unit,
        family=family_of(claim.unit, language),
        numbers=claim.numbers,
        within=frozenset(part if part == "front_matter" else f"section.{part}" for part in claim.within),
        whole=claim.whole,
        first=claim.first,
        after=frozenset(claim.after),
        beside=frozenset(claim.beside),
        not_beside=frozenset(claim.not_beside),
    )
