"""Claims as rules: a rule a claim, with an instance for each slot a number may be said in.

A claim that says 18 is compared with the formula the spec names for it. Numbers that agree under one of its `doubts`
are told by one rule for all claims, numbers whose scope is unsure by another (see ``ClaimLanguageParts``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from disclosure_checks.grammar.claims.facts import MEASURE_SLOTS, UNSURE_SLOT, slot_names
from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule
from disclosure_checks.rules.spec.compiling.instances import compile_instance
from disclosure_checks.rules.spec.compiling.loops import LoopKind, RulePath, Scope
from disclosure_checks.rules.spec.compiling.name_resolution import VALUE
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary
from disclosure_checks.rules.spec.model.claims import Claim, ClaimLanguageParts, CollectedClaims
from disclosure_checks.rules.spec.model.specification import Rule, Severity, Specification, Text
from disclosure_checks.rules.texts.catalogue import fill_in

RULE_PREFIX = "claims."
_UNSURE_TOLERANCE = 0.5


@dataclass(frozen=True)
class ClaimError:
    """A mistake in a formula of a claim: ``claim`` is its position in the spec, ``path`` the place inside it."""

    claim: int
    path: RulePath
    error: FormulaError


@dataclass(frozen=True)
class _Piece:
    """A piece of a formula: the text of the spec, where in the claim it stands, and where it begins in the formula.

    What the spec does not say itself has no path.
    """

    text: str
    path: RulePath = ()
    start: int = 0


def fact_name(claim: Claim, slot: str) -> str:
    """The full name of a claim's number in one slot."""
    return f"claim.{claim.id}.{slot}"


def compile_claims(specification: Specification, vocabulary: Vocabulary) -> tuple[list[CompiledRule], list[ClaimError]]:
    """The rules of a spec's claims, and what is wrong with their formulas."""
    language = specification.claim_language
    if language is None:
        return [], []
    rules: list[CompiledRule] = []
    errors: list[ClaimError] = []
    unsure: list[RuleInstance] = []
    other_reading: list[RuleInstance] = []
    for position, claim in enumerate(specification.claims):
        compiling = _ClaimCompiling(claim, position, vocabulary)
        own = compiling.instances(slot_names(bool(claim.unit)), _agrees(claim))
        unsure += compiling.instances((UNSURE_SLOT,), _agrees(claim), language.unsure.id)
        if claim.doubts and claim.equals is not None:
            slots = slot_names(bool(claim.unit))
            other_reading += compiling.instances(slots, _agrees_plainly(claim), language.other_reading.id)
        errors += compiling.errors
        if own:
            rules.append(CompiledRule(_rule(claim, language), tuple(own)))
    rules += _collected(language, ((language.unsure, unsure), (language.other_reading, other_reading)))
    return rules, errors


def _collected(
    language: ClaimLanguageParts, collections: Sequence[tuple[CollectedClaims, Sequence[RuleInstance]]]
) -> Iterator[CompiledRule]:
    for shared, instances in collections:
        if instances:
            rule = _made_rule(shared.id, shared.title, shared.severity, language, shared.message, shared.note)
            yield CompiledRule(rule, tuple(instances))


def _rule(claim: Claim, language: ClaimLanguageParts) -> Rule:
    title = Text(
        zh=fill_in(language.rule_title.zh, {"title": claim.title.zh}),
        en=fill_in(language.rule_title.en, {"title": claim.title.en}),
    )
    rule = _made_rule(
        f"{RULE_PREFIX}{claim.id}", title, claim.severity, language, claim.message or language.message, claim.note
    )
    check = f"{VALUE} == {claim.equals}" if claim.equals is not None else claim.check or ""
    return rule.model_copy(update={"check": check, "basis": claim.basis})


def _made_rule(
    identifier: str,
    title: Text,
    severity: Severity,
    language: ClaimLanguageParts,
    message: Text | None,
    note: Text | None,
) -> Rule:
    # no numbers of the format here: what is said is compared with what the formula gives
    return Rule(
        id=identifier,
        title=title,
        check=VALUE,
        severity=severity,
        message=message or language.message,
        basis="",
        note=note,
        together=False,
        once=None,
        category=language.category,
        skip_missing=False,
        renamed_from=(),
    )


def _agrees(claim: Claim) -> list[_Piece]:
    """`if value != equals and not accepts and not doubts then value == equals`, in pieces."""
    exceptions = [
        *((text, ("accepts", place)) for place, text in enumerate(claim.accepts)),
        *((text, ("doubts", place)) for place, text in enumerate(claim.doubts)),
    ]
    pieces: list[_Piece] = []
    if claim.equals is None:
        guards = [_Piece("not ("), _Piece(claim.check or "", ("check",)), _Piece(")")]
    else:
        guards = [_Piece(f"{VALUE} != ("), _Piece(claim.equals, ("equals",)), _Piece(")")]
    if exceptions:
        pieces += [_Piece("if "), *guards]
        for text, path in exceptions:
            pieces += [_Piece(" and not ("), _Piece(text, path), _Piece(")")]
        pieces.append(_Piece(" then "))
    return [*pieces, *_main(claim)]


def _agrees_plainly(claim: Claim) -> list[_Piece]:
    """`if doubts then value == equals`, in pieces: fails where the number agrees only under a doubt."""
    pieces = [_Piece("if ")]
    for place, text in enumerate(claim.doubts):
        pieces += [_Piece(" or (" if place else "("), _Piece(text, ("doubts", place)), _Piece(")")]
    return [*pieces, _Piece(" then "), *_main(claim)]


def _main(claim: Claim) -> list[_Piece]:
    if claim.equals is None:
        return [_Piece(claim.check or "", ("check",))]
    return [_Piece(f"{VALUE} == ("), _Piece(claim.equals, ("equals",)), _Piece(")")]


class _ClaimCompiling:
    """Compiles the formulas of one claim and collects what is wrong with them, each mistake once."""

    def __init__(self, claim: Claim, position: int, vocabulary: Vocabulary) -> None:
        self._claim = claim
        self._position = position
        self._vocabulary = vocabulary
        self._found: dict[tuple[RulePath, str, int], FormulaError] = {}

    @property
    def errors(self) -> list[ClaimError]:
        return [ClaimError(self._position, path, error) for (path, _, _), error in self._found.items()]

    def instances(self, slots: Sequence[str], pieces: Sequence[_Piece], rule_id: str = "") -> list[RuleInstance]:
        """The instances of some slots; none where a formula is wrong."""
        placed = _placed(pieces)
        text = "".join(piece.text for piece in placed)
        rule_id = rule_id or f"{RULE_PREFIX}{self._claim.id}"
        if not self._sound_pieces(placed):
            return []
        found: list[RuleInstance] = []
        for slot in slots:
            fact = fact_name(self._claim, slot)
            syntax = parse_formula(text + self._tolerance(slot))
            instance, errors = compile_instance(rule_id, syntax, Scope(LoopKind.FACT, fact), self._vocabulary)
            for error in errors:
                self._keep(error, placed)
            found += [] if errors else [replace(instance, speaks_of=fact)]
        return found

    def _sound_pieces(self, pieces: Sequence[_Piece]) -> bool:
        """Whether every formula of the spec can be read by itself."""
        sound = True
        for piece in pieces:
            if not piece.path:
                continue
            try:
                parse_formula(piece.text)
            except FormulaError as error:
                self._found.setdefault((piece.path, error.code, error.offset), error)
                sound = False
        return sound

    def _tolerance(self, slot: str) -> str:
        if not self._claim.unit or self._claim.equals is None:
            return ""
        step = MEASURE_SLOTS.get(slot)
        return f" tolerance {_UNSURE_TOLERANCE if step is None else step / 2:.4f}"

    def _keep(self, error: FormulaError, pieces: Sequence[_Piece]) -> None:
        piece = next((one for one in reversed(pieces) if one.path and one.start <= error.offset), None)
        if piece is None:
            self._found.setdefault(((), error.code, 0), error)
            return
        moved = error.at(error.offset - piece.start)
        self._found.setdefault((piece.path, moved.code, moved.offset), moved)


def _placed(pieces: Sequence[_Piece]) -> list[_Piece]:
    found: list[_Piece] = []
    start = 0
    for piece in pieces:
        found.append(replace(piece, start=start))
        start += len(piece.text)
    return found
