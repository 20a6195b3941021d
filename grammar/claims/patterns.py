"""Patterns of claims: which parts a phrase must name, may name and must not name (``claims.lark``, start ``pattern``).

application received channel?      every part that is not marked must be there, in any order
none > application                 one after the other
granted|partly_granted not mail    one of two, and no word of `mail`
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput

from disclosure_checks.grammar.model.claim_language import ClaimPattern


class PatternError(ValueError):
    """A pattern that cannot be read. ``offset`` is the place in it, from 0."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(frozen=True)
class _Term:
    kind: str
    choices: tuple[frozenset[str], ...]


class _PatternBuilder(Transformer[Token, ClaimPattern]):
    """Builds a pattern while Lark parses. One method a rule of the grammar."""

    def choice(self, names: Sequence[Token]) -> frozenset[str]:
        return frozenset(str(name) for name in names)

    def required(self, choices: Sequence[frozenset[str]]) -> _Term:
        return _Term("required", tuple(choices))

    def optional(self, choices: Sequence[frozenset[str]]) -> _Term:
        return _Term("optional", tuple(choices))

    def forbidden(self, choices: Sequence[frozenset[str]]) -> _Term:
        return _Term("forbidden", tuple(choices))

    def chain(self, choices: Sequence[frozenset[str]]) -> _Term:
        return _Term("chain", tuple(choices))

    def pattern(self, terms: Sequence[_Term]) -> ClaimPattern:
        required = [choice for term in terms if term.kind in ("required", "chain") for choice in term.choices]
        return ClaimPattern(
            tuple(dict.fromkeys(required)),
            tuple(term.choices for term in terms if term.kind == "chain"),
            _union(choice for term in terms if term.kind != "forbidden" for choice in term.choices),
            _union(choice for term in terms if term.kind == "forbidden" for choice in term.choices),
        )


def _union(choices: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*choices)


def parse_pattern(text: str) -> ClaimPattern:
    """The pattern a spec writes. Raises PatternError at the first place that cannot be understood."""
    try:
        pattern: ClaimPattern = _parser().parse(text)  # type: ignore[assignment]  # the transformer gives no tree
    except UnexpectedCharacters as error:
        raise PatternError(error.pos_in_stream or 0) from error
    except UnexpectedInput as error:
        raise PatternError(len(text) if (error.pos_in_stream or 0) < 0 else error.pos_in_stream or 0) from error
    return pattern


@cache
def _parser() -> Lark:
    grammar = files("disclosure_checks.grammar.claims").joinpath("claims.lark").read_text(encoding="utf-8")
    return Lark(grammar, start="pattern", parser="lalr", transformer=_PatternBuilder())
