"""Fields of a Word document: instructions that do not print, results that do, and lists of choices of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.readers.open_xml_package import attribute, number

_DEEPEST = 50  # fields inside fields; of deeper ones, or after as many that never end, instructions stay hidden
_FORMULA = "="
_LONGEST_INSTRUCTION = 500  # characters
_MOST_ENTRIES = 1_000  # of a list


@dataclass
class _Choice:
    """A list of choices as a form field has it: the number of the entry that is chosen, and the entries."""

    chosen: int = 0
    entries: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return self.entries[self.chosen] if 0 <= self.chosen < len(self.entries) else ""


@dataclass
class _Field:
    """An open field. ``printed``: how much had been printed when it began."""

    printed: int
    has_result: bool = False
    choice: _Choice | None = None
    instruction: str = ""

    @property
    def shown(self) -> str:
        """What it shows where no program has stored that: the choice of a list, or a formula."""
        if self.choice:
            return self.choice.shown
        written = self.instruction.strip()
        return written if written.startswith(_FORMULA) else ""


class Fields:
    """The fields that are open at a place of a document."""

    NAMES = frozenset({"w:ddList", "w:result", "w:default", "w:listEntry", "w:instrText"})  # of their parts

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._is_instruction = False

    @property
    def print_here(self) -> bool:
        """Whether text prints: it is no instruction of a field."""
        return all(one.has_result for one in self._open)

    def character(self, kind: str, printed: int) -> str:
        """Begins, separates or ends a field; what it shows of itself. ``printed``: how much has been printed so far."""
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Field(printed))
        elif self._open and kind == "separate":
            self._open[-1].has_result = True
        elif self._open and kind == "end":
            ended = self._open.pop()
            return ended.shown if ended.printed == printed else ""
        return ""

    def simple(self, instruction: str, printed: int) -> None:
        """Begins a field that is one element with its result in it."""
        self._open.append(_Field(printed, True, instruction=instruction[:_LONGEST_INSTRUCTION]))

    def text(self, text: str) -> None:
        """Text that does not print: a part of an instruction, if one has begun."""
        if self._is_instruction and self._open and not self._open[-1].has_result:
            self._open[-1].instruction = (self._open[-1].instruction + text)[:_LONGEST_INSTRUCTION]

    def part(self, name: str, attributes: Mapping[str, str]) -> None:
        """A part of a field begins; of a list of choices the result stands behind the default that it replaces."""
        self._is_instruction = name == "w:instrText"
        if not self._open:
            return
        own = self._open[-1]
        if name == "w:ddList":
            own.choice = _Choice()
        elif own.choice and name == "w:listEntry" and len(own.choice.entries) < _MOST_ENTRIES:
            own.choice.entries.append(attribute(attributes, "val"))
        elif (own.choice and name == "w:result") or (own.choice and name == "w:default" and not own.choice.chosen):
            own.choice.chosen = number(attribute(attributes, "val"))

    def end_paragraph(self) -> None:
        """Instructions end with their paragraph: a damaged field must not swallow the rest of the document."""
        self._open = [one for one in self._open if one.has_result]
