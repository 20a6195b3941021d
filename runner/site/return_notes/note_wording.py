"""The words of return notes, which an office may replace: ``return_note.yaml``, filled in by a sandboxed Jinja.

return_note.yaml -> NoteWording (pydantic) -> NoteTexts (plain texts: what is put into a page is escaped there)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import Field

from disclosure_checks.rules.formula.errors import closest
from disclosure_checks.rules.spec.model.parts import Part, Severity
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.spec.source.validation import node_at, validate
from disclosure_checks.rules.spec.source.yaml_source import Origin, compose, plain_data, problem_at, read_source
from disclosure_checks.rules.texts.catalogue import Catalogue
from disclosure_checks.runner.exports.points.point_words import SEVERITIES_OF_POINTS

NAMES = ("agency", "year", "document", "date", "points", "source", "parent", "agencies")
RETURN_NOTE_TEXTS = Catalogue("runner/texts/return_note_texts.yaml")
_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
# names, and parts that depend on them: loops and calls could take for ever, sums and sizes could fail in a run
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Compare, nodes.Operand, nodes.Const,
    nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip


class NoteWording(Part):
    """The whole file: what is left out stays as the program has it."""

    title: str | None = Field(None, min_length=1)
    addressee: str | None = Field(None, min_length=1)
    opening: str | None = Field(None, min_length=1)
    addressee_of_all: str | None = Field(None, min_length=1)
    opening_of_all: str | None = Field(None, min_length=1)
    error: str | None = Field(None, min_length=1)
    likely: str | None = Field(None, min_length=1)
    advisory: str | None = Field(None, min_length=1)
    info: str | None = Field(None, min_length=1)
    closing: str | None = Field(None, min_length=1)
    reviewer: str | None = Field(None, min_length=1)
    office: str | None = Field(None, min_length=1)
    receiver: str | None = Field(None, min_length=1)
    date: str | None = Field(None, min_length=1)
    severities: tuple[Severity, ...] | None = Field(None, min_length=1, description="What stands on a note")


@dataclass(frozen=True)
class NoteTexts:
    """The texts of notes in one language, to be filled in. ``severities``: of the points that are told."""

    texts: Mapping[str, str]
    severities: tuple[str, ...] = SEVERITIES_OF_POINTS

    @classmethod
    def of(cls, language: str, wording: NoteWording | None = None) -> NoteTexts:
        """The program's own texts, with those of an office in their place."""
        own = wording.model_dump(exclude_none=True, exclude={"severities"}) if wording else {}
        texts = {**RETURN_NOTE_TEXTS.block("return_note", language), **own}
        if wording is None or wording.severities is None:
            return cls(texts)
        return cls(texts, tuple(severity.value for severity in wording.severities))

    def say(self, name: str, values: Mapping[str, object]) -> str:
        """A text with its names filled in."""
        pieces = self._pieces.get(name)
        if pieces is None:
            return self._templates[name].render(values).strip()
        return "".join([str(values[piece]) if is_name else piece for is_name, piece in pieces]).strip()

    @cached_property
    def _pieces(self) -> Mapping[str, Sequence[tuple[bool, str]]]:
        """The texts that only name what is filled in, nearly all: taken apart, as Jinja takes its time to begin."""
        taken_apart = {name: _taken_apart(text) for name, text in self.texts.items()}
        return {name: pieces for name, pieces in taken_apart.items() if pieces is not None}

    @cached_property
    def _templates(self) -> Mapping[str, Template]:
        return {name: _ENVIRONMENT.from_string(text) for name, text in self.texts.items()}

    def __getstate__(self) -> Mapping[str, object]:
        return {"texts": dict(self.texts), "severities": self.severities}  # templates do not travel to workers

    def __setstate__(self, state: Mapping[str, object]) -> None:
        self.__dict__.update(state)


class NoteSettings(NamedTuple):
    """What the notes of a run have in common: their words, and the day that stands on them."""

    texts: NoteTexts
    day: date

    @classmethod
    def of(cls, language: str, day: date, wording: NoteWording | None = None) -> NoteSettings:
        """The settings of a run."""
        return cls(NoteTexts.of(language, wording), day)


def _taken_apart(text: str) -> Sequence[tuple[bool, str]] | None:
    """The pieces of a text in order, and whether each is a name; None where parts of it depend on something."""
    pieces: list[tuple[bool, str]] = []
    for output in _ENVIRONMENT.parse(text).body:
        for node in output.nodes if isinstance(output, nodes.Output) else [output]:
            if isinstance(node, nodes.TemplateData):
                pieces.append((False, node.data))
            elif isinstance(node, nodes.Name):
                pieces.append((True, node.name))
            else:
                return None
    return pieces


def load_wording(path: Path) -> NoteWording:
    """The wording of a file. Raises SpecificationError with every problem found."""
    source = read_source(path)
    root, problems = compose(source)
    origin = Origin(source, root)
    wording, mistakes = validate(NoteWording, origin, plain_data(root))
    problems += [problem for _, problem in mistakes]
    if wording is not None:
        problems += _broken_texts(origin, wording)
    if problems or wording is None:
        raise SpecificationError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return wording


def _broken_texts(origin: Origin, wording: NoteWording) -> Iterator[Problem]:
    for name, text in wording.model_dump(exclude_none=True, exclude={"severities"}).items():
        place = node_at(origin.node, (name,)).position
        try:
            parsed = _ENVIRONMENT.parse(text)
        except TemplateSyntaxError as error:
            yield problem_at(origin.source, place, "note_text_syntax", found=name, reason=error.message or "")
            continue
        if not all(map(_is_allowed, _every_node(parsed))):
            yield problem_at(origin.source, place, "note_text_statement", found=name)
            continue
        for one in sorted({node.name for node in parsed.find_all(nodes.Name)} - set(NAMES)):
            suggestion = closest(one, NAMES) or ""
            yield problem_at(origin.source, place, "note_text_name", expected=NAMES, suggestion=suggestion, found=one)


def _is_allowed(node: nodes.Node) -> bool:
    """Whether a part of a text always comes to something, whatever the names stand for."""
    return isinstance(node, _ALLOWED) and (not isinstance(node, nodes.Operand) or node.op in ("eq", "ne"))


def _every_node(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _every_node(child)
