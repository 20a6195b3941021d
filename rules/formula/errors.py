"""What is wrong with a formula, told in terms a person can act on.

A FormulaError names a text of the catalogue ``spec_problems.yaml`` and fills it in; words of ``expected`` and details
that begin with ``@`` are themselves texts of that catalogue.
"""

from __future__ import annotations

import re
import unicodedata

from lark.exceptions import UnexpectedToken
from rapidfuzz import fuzz, process

from disclosure_checks.rules.formula.functions import FUNCTIONS, OF_SEVERAL

MAXIMUM_LENGTH = 2000
MAXIMUM_PARENTHESES = 25

KEYWORDS = ("if", "then", "and", "or", "not", "tolerance")

_NAME_BEFORE = re.compile(r"([a-z][a-z_0-9.]*)\s*$")
_WORDS = {
    "NAME": "@name",
    "WILDCARD": "@name",
    "NUMBER": "@number",
    "AGGREGATE": "@function",
    "FUNCTION": "@function",
    "ROUND": "@function",
    "YEARS_AGO": "@function",
    "PERCENT": "%",
    "COMPARISON": "@comparison",
    "ADDITION_SIGN": "+ -",
    "PRODUCT_SIGN": "* /",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": ",",
    "__ANON_0": "..",
    "$END": "@end",
}
# signs of other languages and of print, and how the formula language writes them
_COMPARISONS_AS_WRITTEN = {"=<": "<=", "=>": ">=", "=!": "!="}
_WRITTEN_AS = {
    "=": "==",
    "!": "!=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "≦": "<=",
    "≧": ">=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "&": "and",
    "|": "or",
    "^": "*",
    "、": ",",
    "。": ".",
    "…": "..",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
}


class FormulaError(Exception):
    """A place of a formula that is wrong: ``code`` names the text, ``offset`` (from 0) is the place.

    ``elsewhere``: the path of another part of the spec that it is told with, such as the one that has its id already.
    """

    def __init__(
        self,
        code: str,
        offset: int,
        *,
        expected: tuple[str, ...] = (),
        suggestion: str = "",
        elsewhere: tuple[str | int, ...] = (),
        **details: str,
    ) -> None:
        super().__init__(code, offset, details)
        self.code = code
        self.offset = offset
        self.expected = expected
        self.suggestion = suggestion
        self.elsewhere = elsewhere
        self.details = details

    def at(self, offset: int) -> FormulaError:
        """The same mistake told of another place: that of a formula which stands inside another."""
        moved = FormulaError(
            self.code, offset, expected=self.expected, suggestion=self.suggestion, elsewhere=self.elsewhere
        )
        moved.details = self.details
        return moved


def closest(word: str, choices: tuple[str, ...] | list[str]) -> str:
    """The choice a person most probably meant, or ""."""
    best = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=65)
    return str(best[0]) if best else ""


def check_length(text: str) -> None:
    """Raises FormulaError where the formula is empty or too long to be meant."""
    if not text.strip():
        raise FormulaError("formula_empty", 0)
    if len(text) > MAXIMUM_LENGTH:
        raise FormulaError("formula_too_long", MAXIMUM_LENGTH, limit=str(MAXIMUM_LENGTH))


def check_nesting(text: str) -> None:
    """Raises FormulaError where parentheses nest too deeply or do not match."""
    open_at: list[int] = []
    for offset, character in enumerate(text):
        if character == "(":
            open_at.append(offset)
            if len(open_at) > MAXIMUM_PARENTHESES:
                raise FormulaError("formula_too_deep", offset)
        elif character == ")" and open_at:
            open_at.pop()


def character_error(text: str, offset: int) -> FormulaError:
    """The error for a character that can stand nowhere in a formula."""
    character = text[offset]
    folded = unicodedata.normalize("NFKC", character)
    written_as = _WRITTEN_AS.get(character) or _WRITTEN_AS.get(folded) or folded
    for written, meant in _COMPARISONS_AS_WRITTEN.items():
        start = offset if text.startswith(written, offset) else offset - 1
        if start >= 0 and text.startswith(written, start):
            return FormulaError("foreign_sign", start, found=written, suggestion=meant)
    if character == "=":
        return FormulaError("single_equals", offset, expected=("==",))
    if unicodedata.east_asian_width(character) == "F" or character in "、。“”‘’":
        return FormulaError("full_width_character", offset, found=character, suggestion=written_as)
    if written_as != character:
        return FormulaError("foreign_sign", offset, found=character, suggestion=written_as)
    word = re.compile(r"\w+").match(text, offset)
    if word and word.group().isascii() and word.group()[0].isalpha():
        return FormulaError("name_not_lower_case", offset, found=word.group(), suggestion=word.group().lower())
    if word and word.group()[0].isalpha():
        return FormulaError("label_in_formula", offset, found=word.group())
    return FormulaError("unexpected_character", offset, found=character)


def token_error(text: str, error: UnexpectedToken) -> FormulaError:
    """The error for a word or sign that cannot stand where it stands."""
    token = error.token
    offset = len(text.rstrip()) if token.type == "$END" else token.start_pos or 0
    called = _NAME_BEFORE.search(text, 0, offset) if token.type == "LPAR" else None
    if called and called[1] not in KEYWORDS:
        suggestion = closest(called[1], FUNCTIONS)
        return FormulaError(
            "unknown_function", called.start(1), expected=FUNCTIONS, suggestion=suggestion, found=called[1]
        )
    accepted = _accepted(error)
    if token == ">" and offset and text[offset - 1] == "<":
        return FormulaError("foreign_sign", offset - 1, found="<>", suggestion="!=")
    if token.type == "COMPARISON" and "NUMBER" not in accepted:
        return FormulaError("chained_comparison", offset, expected=("and",))
    if token.type == "WILDCARD" or (token == "*" and "NUMBER" in accepted):
        return FormulaError("wildcard_outside_sum", offset, found=str(token), expected=OF_SEVERAL)
    if token.type == "RPAR" and "RPAR" not in accepted and _closes_nothing(text, offset):
        return FormulaError("unmatched_parenthesis", offset)
    expected = tuple(dict.fromkeys(_WORDS.get(name, name.lower()) for name in sorted(accepted)))
    if token.type == "$END":
        return FormulaError("formula_ends_early", offset, expected=expected)
    return FormulaError("unexpected_token", offset, expected=expected, found=str(token))


def _accepted(error: UnexpectedToken) -> set[str]:
    """The terminals that could stand here; Lark's ``expected`` also names some that would fail one step later."""
    parser = error.interactive_parser
    if parser is None:
        return set(error.accepts or error.expected)
    accepted: set[str] = parser.accepts()  # type: ignore[no-untyped-call]  # Lark leaves it untyped
    return accepted


def _closes_nothing(text: str, offset: int) -> bool:
    return text.count("(", 0, offset) <= text.count(")", 0, offset)
