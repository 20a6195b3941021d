"""Lines whose cells are joined by spaces: the words put together to labels, the numbers behind them told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from disclosure_checks.grammar.words.folding import key_of_folded
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader, Reading

_ORDINAL_APART = re.compile(r"(\d) +([、.]) *(?=[^\W\d_])")  # 5 、要求: an ordinal, no value
_FEWEST_ROWS_OF_A_LINE = 2
_FEWEST_VALUES = 3  # that make a line with strange words a row of values
_LONGEST_WORD_FOR_A_VALUE = 4  # characters
_SENTENCE = re.compile("[。,;:!?]")
_END_OF_SENTENCE = "。"
_SENTENCE_ENDS = ",。;!?"
_LONGEST_CELL = 40  # characters; a longer one is prose


class SpacedRow(NamedTuple):
    """The labels of a row, and the cells behind them."""

    labels: Sequence[str]
    values: Sequence[str]


class SpacedRowReader:
    """Reads such lines for one format."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._index = index
        self._numbers = numbers
        self._labels = lru_cache(maxsize=4096)(self._find_labels)

    def rows(self, text: str) -> Sequence[SpacedRow]:
        """The row whose cells are joined by spaces, label first, or several on one line; none where it is no such line.

        The words must be labels, or pieces of a label, or the line must be numbers alone.
        """
        if self._numbers.is_value(text):
            return []
        if _END_OF_SENTENCE in text and max(map(len, text.split())) > _LONGEST_CELL:
            return []  # prose, and far from being a row
        tokens = self._numbers_with_units(_ORDINAL_APART.sub(r"\1\2", text).split())
        is_value = [self._numbers.is_value(token) for token in tokens]
        if not any(is_value) and key_of_folded(text) in self._index.meanings:
            return []
        rows = self._rows_of_one_line(tokens, is_value)
        if rows:
            return rows
        words = tuple(token for token, value in zip(tokens, is_value, strict=True) if not value)
        labels = self._labels(words, any(is_value))
        values = [token for token, value in zip(tokens, is_value, strict=True) if value]
        if labels is None and sum(is_value) >= _FEWEST_VALUES:
            labels, values = self._with_words_among_values(tokens, is_value)
        if labels is None or len(labels) + len(values) < 2 or self._is_end_of_sentence(is_value, words):
            return []
        return [SpacedRow(labels, values)]

    def _is_end_of_sentence(self, is_value: Sequence[bool], words: Sequence[str]) -> bool:
        """Whether a line is the rest of a sentence that begins with its number: 0 元，… of 收取信息处理费0元.

        Labels hold commas too, but the rows of those have more values, or the values behind them.
        """
        return is_value[0] and sum(is_value) < _FEWEST_VALUES and any(word[-1] in _SENTENCE_ENDS for word in words)

    def _rows_of_one_line(self, tokens: list[str], is_value: list[bool]) -> list[SpacedRow]:
        """Several rows of a table on one line, each a whole label with its values; nothing where it is not that."""
        rows: list[tuple[list[str], list[str]]] = []
        for token, value in zip(tokens, is_value, strict=True):
            if not value and (not rows or rows[-1][1]):
                rows.append(([], []))
            if not rows:
                return []
            rows[-1][value].append(token)
        if len(rows) < _FEWEST_ROWS_OF_A_LINE:
            return []
        found: list[SpacedRow] = []
        for words, values in rows:
            labels = self._labels(tuple(words), False)
            if not labels or not all(key_of_folded(label) in self._index.meanings for label in labels):
                return []
            found.append(SpacedRow(labels, values))
        return found

    def _with_words_among_values(
        self, tokens: list[str], is_value: list[bool]
    ) -> tuple[Sequence[str] | None, list[str]]:
        """A spaced row with short words where numbers should stand, or with a label that is unknown.

        Gives its labels (None: no such row) and its cells.
        """
        first, last = is_value.index(True), len(tokens) - is_value[::-1].index(True)
        before, among, after = tokens[:first], tokens[first:last], tokens[last:]
        inner = [token for token, value in zip(among, is_value[first:last], strict=True) if not value]
        if any(_is_sentence(token) for token in inner):
            return None, []
        for end in range(len(before), -1, -1):
            strange = [*before[end:], *after]
            labels = self._labels(tuple(before[:end]), True)
            if labels is not None and not any(_is_sentence(word) for word in strange):
                return labels, [*before[end:], *among, *after]
        label = "".join([*before, *after])
        if not inner and not (before and after) and len(label) <= _LONGEST_CELL and not _SENTENCE.search(label):
            return [label], among
        return None, []

    def _label_and_beginning(self, words: Sequence[str]) -> list[str] | None:
        """Labels followed by the beginning of another one that goes on in the next line; None where they are not."""
        for end in range(len(words) - 1, 0, -1):
            rest = "".join(words[end:])
            divided = self._index.segment(key_of_folded("".join(words[:end])))
            if divided and key_of_folded(rest) in self._index.prefixes:
                return [*_gathered(words[:end], divided), rest]
        return None

    def _numbers_with_units(self, tokens: list[str]) -> list[str]:
        """The tokens with each unit put behind the number before it: 20 件 is one cell."""
        joined: list[str] = []
        for token in tokens:
            if (
                joined
                and not self._numbers.is_value(token)
                and self._numbers.read(joined[-1]).reading is Reading.NUMBER
                and self._numbers.read(f"{joined[-1]} {token}").reading is Reading.NUMBER
            ):
                joined[-1] += f" {token}"
            else:
                joined.append(token)
        return joined

    def _find_labels(self, words: tuple[str, ...], has_values: bool) -> Sequence[str] | None:
        """The words of a row put together to labels; None where they are none."""
        if not words:
            return []
        key = key_of_folded("".join(words))
        if key in self._index.meanings:
            return ["".join(words)]
        divided = self._index.segment(key)
        if divided:
            return _gathered(words, divided)
        if not has_values:
            return self._label_and_beginning(words)
        for start in range(1, len(words)):
            if key_of_folded("".join(words[start:])) in self._index.meanings:
                return [*words[:start], "".join(words[start:])]
        if self._index.is_fragment(key):
            return ["".join(words)]
        return words if all(self._index.is_fragment(key_of_folded(word)) for word in words) else None


def _is_sentence(word: str) -> bool:
    """Whether words are more than something written where a number should stand."""
    return len(word) > _LONGEST_WORD_FOR_A_VALUE or bool(_SENTENCE.search(word))


def _gathered(words: Sequence[str], keys: tuple[str, ...]) -> list[str]:
    """The words put together to the labels of the keys; the keys themselves where a label ends inside a word."""
    labels: list[str] = []
    rest = list(words)
    for key in keys:
        label = ""
        while rest and key_of_folded(label) != key:
            label += rest.pop(0)
        labels.append(label)
    return labels if [key_of_folded(label) for label in labels] == list(keys) else list(keys)
