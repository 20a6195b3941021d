"""Finding the labels of a format in running print: leftmost, longest, over letters and digits alone.

The words are a trie, as in the automaton of Aho and Corasick; it is handed to the regular expression engine, whose
leftmost match of a greedy trie is the leftmost longest word, so that no character is looked at in Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.words.folding import label_key
from disclosure_checks.grammar.words.label_index import LabelIndex

_FEWEST_CHARACTERS = 2  # of a label that is looked for inside other print


class Anchor(NamedTuple):
    """A label or a numbered heading inside a key: where it begins and ends. ``section``: of a heading, else -1."""

    start: int
    end: int
    section: int = -1


class AnchorIndex:
    """The labels of a format, those that only other formats have, and the numbered headings of its sections."""

    def __init__(self, index: LabelIndex, lexicon: Lexicon) -> None:
        self.foreign = {label_key(label): name for name, labels in lexicon.foreign_signatures for label in labels}
        self._headings = {
            section.number + label_key(wording): number
            for number, section in enumerate(lexicon.sections)
            for wording in section.wordings
        }
        labels = [key for key in (*index.meanings, *self.foreign) if len(key) >= _FEWEST_CHARACTERS]
        self._words = re.compile(_trie_pattern([*labels, *self._headings]))
        self._meanings = index.meanings

    def is_label(self, key: str) -> bool:
        """Whether a key is a label, of this format or only of another."""
        return key in self._meanings or key in self.foreign

    def anchors(self, key: str) -> Iterator[Anchor]:
        """The labels and headings inside a key, from the left."""
        for found in self._words.finditer(key):
            word = found.group()
            section = -1 if self.is_label(word) else self._headings[word]
            yield Anchor(found.start(), found.end(), section)


def _trie_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words that begins at a place; one that matches nothing without words."""
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _node_pattern(trie) if trie else "(?!)"


def _node_pattern(node: dict[str, Any]) -> str:
    parts = [re.escape(character) + _node_pattern(rest) for character, rest in node.items() if character]
    if not parts:
        return ""
    pattern = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return f"{pattern}?" if "" in node else pattern
