"""Equations in words: both sides with the numbers that were printed, so that a reader can add them up again."""

from __future__ import annotations

import operator
from collections.abc import Callable

from disclosure_checks.rules.findings.finding import Finding, Term
from disclosure_checks.rules.spec.compiling.labels import message_text
from disclosure_checks.rules.texts.number_words import number_words

Namer = Callable[[str], str]

_LONGEST_SUM = 6  # terms; of longer sums only those that are not 0 are written out
_NOISE = 1e-9
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def comparison_sentence(finding: Finding, comparison: str, name_of: Namer, language: str) -> str:
    """Both sides of a failing comparison and how far they are apart."""
    left = _side(finding.left, finding.observed, name_of, language)
    right = _side(finding.right, finding.expected, name_of, language)
    if comparison == "==" and finding.left and finding.right:
        difference = number_words(abs(finding.difference or 0.0))
        return message_text("sentences", "sides_differ", language, left=left, right=right, difference=difference)
    if not finding.left:
        return _should(right, comparison, left, language, reversed_sides=True)
    return _should(left, comparison, right, language)


def observation_sentence(finding: Finding, comparison: str, language: str) -> str:
    """Two numbers without terms, such as a share and its limit."""
    observed, expected = number_words(finding.observed), number_words(finding.expected)
    relation = message_text("relations", comparison, language)
    return message_text("sentences", "observed", language, observed=observed, relation=relation, expected=expected)


def blank_as_zero_sentence(difference: float, comparison: str, language: str) -> str:
    """What would come out if blanks were 0."""
    difference = 0.0 if abs(difference) <= _NOISE else difference
    holds = _HOLDS[comparison](difference, 0.0)
    name = "blank_holds" if holds else "blank_differs" if comparison == "==" else "blank_fails"
    return message_text("sentences", name, language, difference=number_words(abs(difference)))


def _should(side: str, comparison: str, other: str, language: str, *, reversed_sides: bool = False) -> str:
    mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
    relation = mirrored.get(comparison, comparison) if reversed_sides else comparison
    words = message_text("relations", relation, language)
    return message_text("sentences", "should", language, side=side, relation=words, other=other)


def _side(terms: tuple[Term, ...], value: float | None, name_of: Namer, language: str) -> str:
    """``第一项 18 + 第二项 0 = 18``; a single term is its own sum."""
    total = number_words(value)
    if not terms:
        return total
    constant = (value or 0.0) - sum(term.sign * term.value for term in terms)
    constant = 0.0 if abs(constant) <= _NOISE else constant
    shown, compressed = list(terms), False
    if len(terms) > _LONGEST_SUM:
        shown = [term for term in terms if term.value != 0]
        compressed = len(shown) < len(terms)
        if not shown and constant == 0:
            return message_text("sentences", "all_terms_zero", language, total=total)
    written = _sum(shown, constant, name_of)
    if len(terms) == 1 and terms[0].sign == 1 and constant == 0:
        return written
    pattern = "compressed_sum" if compressed else "sum"
    return message_text("sentences", pattern, language, terms=written, total=total)


def _sum(terms: list[Term], constant: float, name_of: Namer) -> str:
    pieces: list[tuple[bool, str]] = []
    for term in terms:
        factor = "" if abs(term.sign) == 1 else f"{number_words(abs(term.sign))} × "
        pieces.append((term.sign < 0, f"{factor}{name_of(term.name)} {number_words(term.value)}"))
    if constant:
        pieces.append((constant < 0, number_words(abs(constant))))
    first = ("−" if pieces[0][0] else "") + pieces[0][1]
    return first + "".join(f" {'−' if negative else '+'} {piece}" for negative, piece in pieces[1:])
