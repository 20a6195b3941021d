"""The LALR parser of ``report.lark`` over row tokens.

How a report divides into sections and tables depends on the kinds of its row tokens alone, and many reports are printed
alike: what Lark makes of a sequence of kinds is kept, as positions of tokens, and filled with the tokens of each report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Union

from lark import Lark, Token, Transformer
from lark.lexer import Lexer

from disclosure_checks.grammar.rows.row_gathering import RowToken
from disclosure_checks.grammar.rows.row_tokens import Block, ParsedSection, ParsedTable, TableLine

_MOST_SHAPES = 2048  # remembered; a thousand reports have a few dozen


class _TableShape(NamedTuple):
    """Where the tokens of a table stand: the one that announces it, and those of its rows."""

    table: int
    rows: tuple[int, ...]


class _SectionShape(NamedTuple):
    """Where the tokens of a section stand. ``heading`` is None for the front matter; a number in ``blocks`` is prose."""

    heading: int | None
    blocks: tuple[Union[int, _TableShape], ...]


class _Kinds(Lexer):
    """Hands the kinds of row tokens to Lark; the position of each travels as the token's value."""

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, data: tuple[str, ...]) -> Iterator[Token]:  # type: ignore[override]
        for position, kind in enumerate(data):
            token = Token(kind, "")
            token.value = position
            yield token


class _ShapeBuilder(Transformer[Token, tuple[_SectionShape, ...]]):
    """Builds the shape of a report while the parser reduces."""

    def table(self, children: list[Token]) -> _TableShape:
        table, *rows = (token.value for token in children)
        return _TableShape(table, tuple(rows))

    def front_matter(self, children: list[Any]) -> _SectionShape:
        return _SectionShape(None, tuple(_block(child) for child in children))

    def section(self, children: list[Any]) -> _SectionShape:
        return _SectionShape(children[0].value, tuple(_block(child) for child in children[1:]))

    def start(self, children: list[_SectionShape]) -> tuple[_SectionShape, ...]:
        return tuple(children)


def _block(child: Any) -> int | _TableShape:
    block: int | _TableShape = child.value if isinstance(child, Token) else child
    return block


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = (Path(__file__).parent / "report.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_Kinds, transformer=_ShapeBuilder())


@lru_cache(maxsize=_MOST_SHAPES)
def _shape(kinds: tuple[str, ...]) -> tuple[_SectionShape, ...]:
    tree: Any = _parser().parse(kinds)
    shape: tuple[_SectionShape, ...] = tree
    return shape


def parse_rows(tokens: Sequence[RowToken]) -> list[ParsedSection]:
    """Sections in printed order, the front matter first. Every sequence of row tokens is a report: nothing is refused."""
    return [
        ParsedSection(
            None if heading is None else tokens[heading][1],
            [tokens[block][1] if isinstance(block, int) else _table(block, tokens) for block in blocks],
        )
        for heading, blocks in _shape(tuple([kind for kind, _ in tokens]))
    ]


def _table(shape: _TableShape, tokens: Sequence[RowToken]) -> Block:
    rows: list[TableLine] = []
    for position in shape.rows:
        token = tokens[position]
        if token[0] == "HEADER":
            rows.extend([("HEADER", line) for line in token[1]])
        else:
            rows.append(token)
    return ParsedTable(tokens[shape.table][1], rows)
