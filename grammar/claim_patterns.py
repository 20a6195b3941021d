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


class PatternError(ValueError):
    """A pattern that cannot be read. ``offset`` is the place in it, from 0."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(frozen=True)
class ClaimPattern:
    """A pattern, read.

    ``required``: choices of part names, one of each must be there; ``chains``: choices that follow one another (they
    are among ``required``, too); ``allowed``: every part that may be named; ``forbidden``: parts that must not be.
    """

    required: tuple[frozenset[str], ...]
    chains: tuple[tuple[frozenset[str], ...], ...]
    allowed: frozenset[str]
    forbidden: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Every part the pattern speaks of."""
        return self.allowed | self.forbidden

    def matches(self, present: frozenset[str], in_order: Sequence[frozenset[str]]) -> bool:
        """Whether a phrase has the parts. ``in_order``: the parts of each of its words; ``present`` may hold more."""
        if present & self.forbidden or any(not choice & present for choice in self.required):
            return False
        return all(_follow(chain, in_order) for chain in self.chains)


def _follow(chain: tuple[frozenset[str], ...], words: Sequence[frozenset[str]]) -> bool:
    remaining = iter(words)
    return all(any(choice & word for word in remaining) for choice in chain)


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
    grammar = files("grammar").joinpath("claims.lark").read_text(encoding="utf-8")
    return Lark(grammar, start="pattern", parser="lalr", transformer=_PatternBuilder())
