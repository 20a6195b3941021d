"""What is wrong with a spec, kept as facts and turned into words late, in the language asked for.

specs/2021_format.yaml:210:12: 未知的键 "chekc"
    chekc: new_received + carried_in == results_total + carried_out
    ^
  可以写：check、severity、title ……
  是否想写："check"？
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from disclosure_checks.rules.texts.catalogue import Catalogue, fill_in

PROBLEM_TEXTS = Catalogue("rules/texts/spec_problems.yaml")
_SHOWN_EXPECTATIONS = 12

_LONGEST_LINE = 160  # characters of a source line that are shown


@dataclass(frozen=True)
class Problem:
    """One mistake. ``code`` names its text; line and column count from 1, 0 where the whole file is meant.

    Words of ``expected`` and values of ``details`` that begin with ``@`` are texts of the catalogue themselves.
    """

    code: str
    source: str
    line: int = 0
    column: int = 0
    source_line: str = ""
    expected: tuple[str, ...] = ()
    suggestion: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    def render(self, language: str = "zh") -> str:
        """``file:line:column: what is wrong``, the line with a caret, what was expected and what may be meant."""
        details = {name: _word(value, language) for name, value in self.details.items()}
        lines = [f"{self._place()}: {fill_in(PROBLEM_TEXTS.text('problems', self.code, language), details)}"]
        if self.source_line.strip():
            shown_line, column = _clipped(self.source_line.rstrip(), self.column)
            lines += [f"    {shown_line}", f"    {_padding(shown_line, column)}^"]
        if self.expected:
            shown = [_word(word, language) for word in self.expected[:_SHOWN_EXPECTATIONS]]
            shown += ["…"] if len(self.expected) > _SHOWN_EXPECTATIONS else []
            separator = PROBLEM_TEXTS.text("frame", "separator", language)
            lines.append("  " + PROBLEM_TEXTS.text("frame", "expected", language, expected=separator.join(shown)))
        if self.suggestion:
            lines.append("  " + PROBLEM_TEXTS.text("frame", "suggestion", language, suggestion=self.suggestion))
        return "\n".join(lines)

    def _place(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


class SpecificationError(Exception):
    """A spec that cannot be used. ``problems`` holds everything that is wrong with it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def render(self, language: str = "zh") -> str:
        """All problems, one after the other."""
        return "\n".join(problem.render(language) for problem in self.problems)

    def __str__(self) -> str:
        return self.render()


def problem_word(name: str, language: str) -> str:
    """A word of the catalogue, such as what a token of a formula is called."""
    return PROBLEM_TEXTS.text("words", name, language)


def choice_in_words(text: str, choices: Iterable[str]) -> str:
    """The choice that people call by these words, such as ``error`` for 错误; "" where there is none."""
    for choice in choices:
        if choice in PROBLEM_TEXTS.names("choices"):
            called = PROBLEM_TEXTS.text("choices", choice, "zh"), PROBLEM_TEXTS.text("choices", choice, "en")
            if text.strip().casefold() in "、".join(called).casefold().split("、"):
                return choice
    return ""


def _word(text: str, language: str) -> str:
    return problem_word(text[1:], language) if len(text) > 1 and text.startswith("@") else text


def _clipped(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around the column, and the column in that part."""
    if len(line) <= _LONGEST_LINE:
        return line, column
    start = max(0, min(column - _LONGEST_LINE // 2, len(line) - _LONGEST_LINE))
    before, after = "…" if start else "", "…" if start + _LONGEST_LINE < len(line) else ""
    return before + line[start : start + _LONGEST_LINE] + after, column - start + len(before)


def _padding(line: str, column: int) -> str:
    """White space as wide as what stands before the column: a Chinese character takes two places on a screen."""
    before = line[: max(column - 1, 0)].ljust(max(column - 1, 0))
    return "".join(
        "\t" if character == "\t" else "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "
        for character in before
    )
