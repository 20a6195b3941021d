"""From the text of one cell, or of a line without separators, to tokens.

A whole cell is looked at first: a number, a label, a heading, several labels, a piece of one. Only in what is none of
these labels are looked for anywhere, and what stands between them is told apart: numbers, pieces of labels, other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_checks.grammar.alignment.scanning.anchors import Anchor, AnchorIndex
from disclosure_checks.grammar.alignment.scanning.print_marks import print_marks
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token
from disclosure_checks.grammar.model.lexicon import LabelKind
from disclosure_checks.grammar.words.folding import key_of_folded
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader, Reading

_LONGEST_PIECE = 60
_LONGEST_PIECES = 200  # of several labels, glued together
_GLUED_NUMBER = re.compile(r"[\d.,+/—-]*\d[\d+/—-]*")
_DIGITS_BEFORE_WORDS = re.compile(r"([\d.,]*\d)(?=[^\W\d_]|[(（])")
_DIGITS_BEHIND_WORDS = re.compile(r"(?<=[^\W\d_。;，,)])(\d[\d.]*)$")
_NUMBERS_BEHIND_REMARK = re.compile(r"([(\[].*[)\]])\s*(\d[\d\s.,/+—-]*)")
_FIRST_LETTER = re.compile(r"[^\W_]")
_DIGIT_BUT_ORDINAL = re.compile(r"(?<!^)\d|^\d(?!\s*[.、,)])")
_ORDINAL_APART = re.compile(r"(\d) +([、.]) *(?=[^\W\d_])")  # 5 、要求: an ordinal, no value
_WORDS_AMONG_DIGITS = re.compile(r"(?:\d[.、)]\s*)?[^\W\d_]\D*")
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"\(?[\d一二三四五六七八九十]{1,2}[.、)]")
_FEWEST_CHARACTERS_OF_A_PIECE = 2
_OPENING, _CLOSING = '(“"', ')”"'


class CellScanner:
    """Scans cells for one format."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._index = index
        self._numbers = numbers
        self.anchors = AnchorIndex(index, index.lexicon)
        self._marks = print_marks()

    def scan(self, folded: str, printed: str) -> tuple[Token, ...]:
        """The tokens of a cell."""
        text = folded.strip()
        if not text:
            return (Token(Kind.EMPTY, "", "", ""),)
        if self._numbers.is_value(text):
            return (Token(Kind.VALUE, text, printed, key_of_folded(text)),)
        key = key_of_folded(text)
        if " " in text and any(self._numbers.is_value(word) for word in text.split()):
            return tuple(self._scan_inside(text, key))  # numbers beside words; a placeholder is no part of a label
        opens = key in self._index.prefixes
        if self.anchors.is_label(key):
            return (Token(Kind.LABEL, text, printed, key, opens=opens),)
        heading = self._index.heading(text)
        if heading is None and not _DIGIT_BUT_ORDINAL.search(text) and self._is_piece(key, text):
            return (Token(Kind.PIECE, text, printed, key, opens=opens),)
        if heading is not None and heading.length >= len(text):
            return (Token(Kind.HEADING, text, printed, key, heading=heading),)
        if heading is not None:
            head = text[: heading.length]
            rest = text[heading.length :].strip()
            first = Token(Kind.HEADING, head, head, key_of_folded(head), heading=heading)
            return (first, *self.scan(rest, rest))
        if self._is_row_named_like_a_column(text):
            return (Token(Kind.TEXT, text, printed, key),)
        tokens = tuple(self._scan_inside(text, key))
        if len(tokens) == 1 and tokens[0].kind == Kind.TEXT:
            return (tokens[0]._replace(printed=printed),)
        return tokens

    def _is_row_named_like_a_column(self, text: str) -> bool:
        """Whether an ordinal stands before words of which only the label of a column is known.

        3.其他 and （八）其他情形 are rows, and none of the format.
        """
        ordinal = _ORDINAL.match(text)
        if not ordinal or _DIGIT.search(text, ordinal.end()):
            return False
        key = key_of_folded(text[ordinal.end() :])
        known = [key[anchor.start : anchor.end] for anchor in self.anchors.anchors(key) if anchor.section < 0]
        meanings = [meaning for word in known for meaning in self._index.meanings.get(word, ())]
        return bool(meanings) and all(meaning.label.kind is LabelKind.COLUMN for meaning in meanings)

    def _is_piece(self, key: str, text: str) -> bool:
        if len(key) > _LONGEST_PIECE or "。" in text:
            return False
        return self._index.is_fragment(key) and self._index.segment(key) is None

    def _scan_inside(self, text: str, key: str) -> Iterator[Token]:
        """The labels inside a text, and what stands between them. Words between numbers are looked at as a whole first."""
        words = self._joined_words(_ORDINAL_APART.sub(r"\1\2", text).split())
        is_value = [self._numbers.is_value(word) for word in words]
        if not any(is_value):
            yield from self._scan_words(text, key)
            return
        start = 0
        while start < len(words):
            end = start + 1
            if is_value[start]:
                yield Token(Kind.VALUE, words[start], words[start], key_of_folded(words[start]))
            else:
                while end < len(words) and not is_value[end]:
                    end += 1
                digits = _DIGITS_BEFORE_WORDS.match(words[start]) if start else None
                if digits and not self._starts_with_unit(words[start][digits.end() :]):
                    yield _number(digits.group(1))  # the last of the numbers, and words that touch it
                    words[start] = words[start][digits.end() :]
                yield from self._known_words(" ".join(words[start:end]))
            start = end

    def _known_words(self, text: str) -> Iterator[Token]:
        """Words that stand between numbers: a label, several, a piece of one, or something to look into."""
        key = key_of_folded(text)
        opens = key in self._index.prefixes
        if self.anchors.is_label(key):
            yield Token(Kind.LABEL, text, text, key, opens=opens)
        elif not _DIGIT_BUT_ORDINAL.search(text) and self._is_piece(key, text):
            yield Token(Kind.PIECE, text, text, key, opens=opens)
        elif self._is_row_named_like_a_column(text):
            yield Token(Kind.TEXT, text, text, key)
        else:
            yield from self._scan_words(text, key)

    def _scan_words(self, text: str, key: str) -> Iterator[Token]:
        """The labels inside words, and what stands between them."""
        anchors = self._anchors_in(text, key)
        if not anchors:
            yield from self._between(text, False, False)
            return
        places = [place for place, character in enumerate(text) if _FIRST_LETTER.match(character)]
        done = 0
        for number, anchor in enumerate(anchors):
            begin, end = places[anchor.start], places[anchor.end - 1] + 1
            if begin > done and text[begin - 1] in _OPENING:
                begin -= 1
            if text[end : end + 1] and text[end] in _CLOSING:
                end += 1
            yield from self._between(text[done:begin], number > 0, True)
            own = key[anchor.start : anchor.end]
            words = text[begin:end]
            glued = begin > 0 and text[begin - 1].isdigit()
            if anchor.section >= 0:
                heading = self._index.heading(words)
                yield Token(Kind.HEADING, words, words, own, heading=heading, glued=glued)
            else:
                yield Token(Kind.LABEL, words, words, own, opens=own in self._index.prefixes, glued=glued)
            done = end
        yield from self._between(text[done:], True, False)

    def _anchors_in(self, text: str, key: str) -> list[Anchor]:
        """The labels in a text. A digit before a label is its ordinal only with the mark of one."""
        places: list[int] = []
        kept: list[Anchor] = []
        for anchor in self.anchors.anchors(key):
            start = anchor.start
            if key[start].isdigit():
                places = places or [place for place, character in enumerate(text) if _FIRST_LETTER.match(character)]
                after = text[places[start] + 1 : places[start + 1]]
                if not any(mark in after for mark in self._marks.ordinal_marks):
                    start += 1
                    if not self.anchors.is_label(key[start : anchor.end]):
                        continue
            kept.append(Anchor(start, anchor.end, anchor.section))
        return kept

    def _between(self, text: str, behind_label: bool, before_label: bool) -> Iterator[Token]:
        """What stands between two labels: numbers, pieces of labels, other text."""
        remark = behind_label and text.lstrip()[:1] in ("(", "[")
        behind_remark = _NUMBERS_BEHIND_REMARK.fullmatch(text.strip()) if remark else None
        if behind_remark:
            yield from self._text([behind_remark.group(1)], remark)
            yield from self._between(behind_remark.group(2), True, before_label)
            return
        around = self._marks.around_labels
        stripped = text.strip(around) if behind_label or before_label else text
        if not stripped:
            return
        words = self._joined_words(stripped.split())
        at_once = behind_label and not text[:1].isspace()
        pending: list[str] = []
        for number, word in enumerate(words):
            if self._numbers.is_value(word) or _GLUED_NUMBER.fullmatch(word):
                yield from self._text(pending, remark)
                pending = []
                yield Token(Kind.VALUE, word, word, key_of_folded(word), glued=at_once and not number)
                continue
            digits = _DIGITS_BEFORE_WORDS.match(word) if behind_label and not number else None
            if digits and not self._starts_with_unit(word[digits.end() :]):
                yield Token(Kind.VALUE, digits.group(1), digits.group(1), digits.group(1), glued=True)
                word = word[digits.end() :]
            behind = _DIGITS_BEHIND_WORDS.search(word) if before_label and number == len(words) - 1 else None
            if behind and len(behind.group(1)) > 2:
                pending.append(word[: behind.start()])
                yield from self._text(pending, remark)
                pending = []
                yield Token(Kind.VALUE, behind.group(1), behind.group(1), behind.group(1), glued=True)
                continue
            pending.append(word)
        yield from self._text(pending, remark)

    def _starts_with_unit(self, text: str) -> bool:
        return self._numbers.is_unit(text[:1]) or self._numbers.is_unit(text[:2])

    def _joined_words(self, words: list[str]) -> list[str]:
        """The words with a unit put behind the number before it, and a sign before the number behind it."""
        joined: list[str] = []
        for word in words:
            if joined and not self._numbers.is_value(word):
                both = f"{joined[-1]} {word}"
                if (
                    self._numbers.read(joined[-1]).reading is Reading.NUMBER
                    and self._numbers.read(both).reading is Reading.NUMBER
                ):
                    joined[-1] = both
                    continue
            joined.append(word)
        return joined

    def _text(self, words: list[str], remark: bool) -> Iterator[Token]:
        if not words:
            return
        text = " ".join(words)
        key = key_of_folded(text)
        if not key:
            return
        if len(words) > 1 and self._numbers.is_value(text):  # what stands for a number, broken over lines
            yield Token(Kind.VALUE, text, text, key)
            return
        if self._is_piece(key, text):
            yield Token(Kind.PIECE, text, text, key, opens=key in self._index.prefixes, remark=remark)
            return
        found: list[Token] = []
        for word in words if len(text) <= _LONGEST_PIECES and "。" not in text else ():
            pieces = self._pieces_and_numbers(word)
            if pieces is None:
                yield Token(Kind.TEXT, text, text, key, remark=remark)
                return
            found += pieces
        if found:
            yield from found
        else:
            yield Token(Kind.TEXT, text, text, key, remark=remark)

    def _pieces_and_numbers(self, word: str) -> list[Token] | None:
        """The pieces of labels and the numbers that a word is made of, without rest; None where it is not."""
        found: list[Token] = []
        done = 0
        for run in _WORDS_AMONG_DIGITS.finditer(word):
            if run.start() > done:
                found.append(_number(word[done : run.start()]))
            pieces = self._pieces(run.group())
            if pieces is None:
                return None
            found += pieces
            done = run.end()
        if done < len(word):
            found.append(_number(word[done:]))
        return found if all(token.key for token in found) else None

    def _pieces(self, text: str) -> list[Token] | None:
        """Words as pieces of labels, each the longest that begins there; None where a rest is left."""
        key = key_of_folded(text)
        if not self._index.is_fragment(key[:_FEWEST_CHARACTERS_OF_A_PIECE]):
            return None
        places = [place for place, character in enumerate(text) if _FIRST_LETTER.match(character)]
        found: list[Token] = []
        start = 0
        while start < len(key):
            end = start
            while end < len(key) and self._index.is_fragment(key[start : end + 1]):
                end += 1
            if end - start < _FEWEST_CHARACTERS_OF_A_PIECE:
                return None
            words = text[places[start] : places[end - 1] + 1]
            own = key[start:end]
            kind = Kind.LABEL if self.anchors.is_label(own) else Kind.PIECE
            found.append(Token(kind, words, words, own, opens=own in self._index.prefixes))
            start = end
        return found


def _number(digits: str) -> Token:
    text = digits.strip(".,、 ")
    return Token(Kind.VALUE, text, text, key_of_folded(text), glued=True)
