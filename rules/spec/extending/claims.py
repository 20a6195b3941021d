"""The claims of an extended spec: those of the base as far as they fit, and what the extension adds to their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure_checks.rules.spec.compiling.claim_rules import compile_claims
from disclosure_checks.rules.spec.extending.left_out_cells import LeftOutCells
from disclosure_checks.rules.spec.model.claims import Claim, ClaimLanguageParts, ClaimWords
from disclosure_checks.rules.spec.model.specification import Specification


def fitted_claims(base: Specification, extended: Specification, left_out: LeftOutCells) -> Iterator[Claim | None]:
    """Each claim of the base as the extended spec can have it; None where it is about cells that are left out."""
    kept = [_fitted(claim, base, extended, left_out) if left_out.cells else claim for claim in base.claims]
    ids = {claim.id for claim in kept if claim is not None}
    for claim in kept:
        yield claim if claim is None else _among(claim, ids)


def _fitted(claim: Claim, base: Specification, extended: Specification, left_out: LeftOutCells) -> Claim | None:
    """The claim without the conditions that read left-out cells; None where its own formula does."""
    plain = claim.model_copy(update={"accepts": (), "doubts": ()})
    if _reads_left_out(plain, base, extended, left_out):
        return None
    for key in ("accepts", "doubts"):
        conditions: tuple[str, ...] = getattr(claim, key)
        sound = tuple(
            one
            for one in conditions
            if not _reads_left_out(plain.model_copy(update={key: (one,)}), base, extended, left_out)
        )
        claim = claim if sound == conditions else claim.model_copy(update={key: sound})
    return claim


def _reads_left_out(claim: Claim, base: Specification, extended: Specification, left_out: LeftOutCells) -> bool:
    alone = {"claims": (claim,)}
    if not compile_claims(extended.model_copy(update=alone), left_out.extended)[1]:
        return False
    rules, _ = compile_claims(base.model_copy(update=alone), left_out.base)
    names = {name.rpartition(":")[2] for rule in rules for instance in rule.instances for name in instance.inputs}
    return bool(names & left_out.cells)


def _among(claim: Claim, ids: set[str]) -> Claim:
    """The claim without references to claims that are gone."""
    references: dict[str, Sequence[str]] = {key: getattr(claim, key) for key in ("after", "beside", "not_beside")}
    changed = {key: tuple(one for one in names if one in ids) for key, names in references.items()}
    return claim.model_copy(update=changed) if any(changed[key] != references[key] for key in changed) else claim


def extended_language(
    language: ClaimLanguageParts | None, added: Mapping[str, ClaimWords]
) -> ClaimLanguageParts | None:
    """The language with further words: a part that is there gets them besides its own."""
    if language is None or not added:
        return language
    parts = dict(language.parts)
    for name, part in added.items():
        known = parts.get(name)
        parts[name] = part if known is None else part.model_copy(update={"words": (*known.words, *part.words)})
    return language.model_copy(update={"parts": parts})
