"""The LALR parser of ``report.lark`` over row tokens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer
from lark.lexer import Lexer

from grammar.row_lexer import RowToken
from grammar.rows import Block, ParsedSection, ParsedTable, TableLine


class _RowTokens(Lexer):
    """Hands the row lexer's tokens to Lark; the payload travels as the token's value."""

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, data: list[RowToken]) -> Iterator[Token]:  # type: ignore[override]
        for kind, payload in data:
            token = Token(kind, "")
            token.value = payload
            yield token


class _TreeBuilder(Transformer[Token, list[ParsedSection]]):
    """Builds sections and tables while the parser reduces."""

    def table(self, children: list[Token]) -> ParsedTable:
        rows: list[TableLine] = []
        for token in children[1:]:
            if token.type == "HEADER":
                rows.extend(("HEADER", line) for line in token.value)
            else:
                rows.append((token.type, token.value))
        return ParsedTable(children[0].value, rows)

    def front_matter(self, children: list[Any]) -> ParsedSection:
        return ParsedSection(None, [_block(child) for child in children])

    def section(self, children: list[Any]) -> ParsedSection:
        return ParsedSection(children[0].value, [_block(child) for child in children[1:]])

    def start(self, children: list[ParsedSection]) -> list[ParsedSection]:
        return children


def _block(child: Any) -> Block:
    block: Block = child.value if isinstance(child, Token) else child
    return block


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = (Path(__file__).parent / "report.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_RowTokens, transformer=_TreeBuilder())


def parse_rows(tokens: list[RowToken]) -> list[ParsedSection]:
    """Sections in printed order, the front matter first. Every sequence of row tokens is a report: nothing is refused."""
    tree: Any = _parser().parse(tokens)
    sections: list[ParsedSection] = tree
    return sections
