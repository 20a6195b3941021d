"""Whether the claims of a spec fit together: parts, patterns, units, references to other claims, texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Union

from disclosure_checks.grammar.claims.patterns import PatternError, parse_pattern
from disclosure_checks.grammar.model.claim_language import ClaimPattern, WordRole
from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.spec.compiling.claim_building import PERCENT
from disclosure_checks.rules.spec.lint.repeated_ids import repeated_ids
from disclosure_checks.rules.spec.model.claims import Claim, ClaimLanguageParts
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.model.wordings import expand_wording

Path = tuple[Union[str, int], ...]
Found = Iterator[tuple[Path, FormulaError]]

_FRONT_MATTER = "front_matter"


def claim_inconsistencies(specification: Specification) -> Found:
    """Everything in the claims of a spec that does not fit together."""
    language = specification.claim_language
    if language is None:
        if specification.claims:
            yield ("claims",), FormulaError("claims_need_language", 0)
        return
    sections = (_FRONT_MATTER, *(section.id for section in specification.sections))
    yield from _language(language, sections)
    categories = tuple(specification.categories)
    yield from _unknown([(("claim_language", "category"), language.category)], categories, "unknown_category")
    ids = [claim.id for claim in specification.claims]
    yield from repeated_ids((("claims", i, "id"), name) for i, name in enumerate(ids))
    for position, claim in enumerate(specification.claims):
        path: Path = ("claims", position)
        yield from _claim(claim, path, language, sections)
        for key in ("after", "beside", "not_beside"):
            named = [((*path, key, place), name) for place, name in enumerate(getattr(claim, key))]
            yield from _unknown(named, ids, "unknown_claim")


def _language(language: ClaimLanguageParts, sections: Sequence[str]) -> Found:
    own: Path = ("claim_language",)
    yield from _unknown([((*own, "within", i), name) for i, name in enumerate(language.within)], sections, "no_section")
    subjects = [name for name, part in language.parts.items() if part.role is WordRole.SUBJECT]
    for section, subject in language.section_subjects.items():
        yield from _unknown([((*own, "section_subjects"), section)], sections, "no_section")
        yield from _unknown([((*own, "section_subjects", section), subject)], subjects, "unknown_claim_part")
    verbs = [name for name, part in language.parts.items() if part.role is WordRole.VERB]
    for subject, named in language.said_only_of.items():
        yield from _unknown([((*own, "said_only_of"), subject)], subjects, "unknown_claim_part")
        places = [((*own, "said_only_of", subject, i), verb) for i, verb in enumerate(named)]
        yield from _unknown(places, verbs, "unknown_claim_part")
    for key in ("total", "share", "complete", "increase", "decrease"):
        name = getattr(language.sums, key)
        yield from _unknown([((*own, "sums", key), name)] if name else [], tuple(language.parts), "unknown_claim_part")
    rest = [((*own, "sums", "rest", place), name) for place, name in enumerate(language.sums.rest)]
    yield from _unknown(rest, tuple(language.parts), "unknown_claim_part")
    for verb, named in language.goes_on_for.items():
        yield from _unknown([((*own, "goes_on_for"), verb)], verbs, "unknown_claim_part")
        places = [((*own, "goes_on_for", verb, i), subject) for i, subject in enumerate(named)]
        yield from _unknown(places, subjects, "unknown_claim_part")
    for name, part in language.parts.items():
        for position, word in enumerate(part.words):
            yield from _word((*own, "parts", name, "words", position), word)
    patterns: list[tuple[Path, str]] = [((*own, key), getattr(language, key)) for key in ("government", "named_body")]
    patterns += [((*own, "ignored", i), pattern) for i, pattern in enumerate(language.ignored)]
    for path, pattern in patterns:
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            yield path, FormulaError("malformed_pattern", error.pos or 0, detail=error.msg)
            continue
        if pattern and path[-1] == "named_body" and "body" not in groups:
            yield path, FormulaError("pattern_lacks_group", 0, expected=("(?P<body>…)",), found="body")


def _word(path: Path, word: str) -> Found:
    try:
        wordings = expand_wording(word)
    except ValueError as error:
        yield path, FormulaError("unbalanced_heading", int(error.args[1]), expected=("[…]", "{…|…}"))
        return
    if not all(wording.strip() for wording in wordings):
        yield path, FormulaError("empty_claim_word", 0, found=word)


def _claim(claim: Claim, path: Path, language: ClaimLanguageParts, sections: Sequence[str]) -> Found:
    if (claim.equals is None) == (claim.check is None):
        yield path, FormulaError("claim_needs_one_formula", 0, expected=("equals", "check"))
    if claim.doubts and claim.equals is None:
        yield (*path, "doubts"), FormulaError("doubts_need_equals", 0)
    units = (PERCENT, *(unit for family in language.units.values() for unit in family))
    if claim.unit:
        yield from _unknown([((*path, "unit"), claim.unit)], units, "unknown_claim_unit")
    yield from _unknown([((*path, "within", i), name) for i, name in enumerate(claim.within)], sections, "no_section")
    for position, text in enumerate(claim.patterns):
        place: Path = (*path, "patterns", position)
        try:
            pattern = parse_pattern(text)
        except PatternError as error:
            yield place, FormulaError("malformed_claim_pattern", error.offset, found=text)
            continue
        yield from _pattern_parts(place, text, pattern, tuple(language.parts))
    yield from _unknown(
        [
            ((*path, "examples", i, "section"), example.section)
            for i, example in enumerate(claim.examples)
            if example.section
        ],
        sections,
        "no_section",
    )


def _pattern_parts(path: Path, text: str, pattern: ClaimPattern, known: Sequence[str]) -> Found:
    for name in sorted(pattern.names - set(known)):
        found = re.search(rf"\b{name}\b", text)
        suggestion = closest(name, list(known))
        yield path, FormulaError("unknown_claim_part", found.start() if found else 0, found=name, suggestion=suggestion)


def _unknown(named: Iterable[tuple[Path, str]], known: Sequence[str], code: str) -> Found:
    for path, name in named:
        if name not in known:
            yield path, FormulaError(code, 0, found=name, suggestion=closest(name, list(known)))
