"""An explanation as lines of text: the formula, the numbers with their cells and places, the sentences of a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.rules.explanation.explained_claims import ExplainedPhrase
from disclosure_checks.rules.explanation.explained_rule import ExplainedItem, ReadNumber
from disclosure_checks.rules.findings.candidate_sentences import candidates_message
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import diagnosis_message, finding_message, parse_place, place_words
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.claim_rules import RULE_PREFIX
from disclosure_checks.rules.texts.number_words import number_words
from disclosure_checks.runner.authoring.explaining import Explanation
from disclosure_checks.runner.texts.authoring_texts import authoring_text
from disclosure_checks.runner.texts.printed_tables import aligned

_MOST_EVIDENCE = 5
_MOST_PHRASES = 20
_LONGEST_TEXT = 60


def explanation_lines(explanation: Explanation, language: str) -> Iterator[str]:
    """The lines of an explanation, ready to print."""
    rule, report = explanation.rule.rule, explanation.report
    title = rule.title.said_in(language)
    yield _text("rule", language, rule=rule.id, title=title, severity=rule.severity.value)
    yield _text("report", language, report=report.source, agency=report.agency, year=str(report.year or ""))
    yield _text("formula", language, formula=" ".join(rule.check.split()))
    items = sorted(explanation.items, key=lambda one: one.status is ResultStatus.PASS)
    if not items:
        yield _text("no_items", language)
    if len(items) > 1:
        yield _counted(explanation, language)
    for item in items:
        yield ""
        yield from _item(item, explanation, language)
    if explanation.lacks_years_before:
        yield ""
        yield _text("no_year_before", language, agency=report.agency)
    if explanation.phrases is not None:
        yield ""
        yield from _phrases(explanation, language)


def _counted(explanation: Explanation, language: str) -> str:
    counts = Counter(item.status for item in explanation.items)
    parts = "  ".join(f"{_status(status, language)} {counts[status]}" for status in ResultStatus if counts[status])
    return _text("counts", language, total=str(len(explanation.items)), parts=parts)


def _item(item: ExplainedItem, explanation: Explanation, language: str) -> Iterator[str]:
    label = item.label or _text("whole", language)
    yield _text("item", language, item=label, status=_status(item.status, language))
    yield "  " + _text("in_numbers", language, formula=item.in_numbers)
    if item.left is not None or item.right is not None:
        sides = {"left": item.left, "right": item.right, "difference": item.difference}
        words = {name: _number(value, language) for name, value in sides.items()}
        tolerance = ""
        if item.tolerance is not None:
            tolerance = _text("tolerance", language, tolerance=number_words(item.tolerance))
        yield "  " + _text("sides", language, **words) + tolerance
    if item.relied_on:
        yield "  " + _text("relied_on", language)
    if item.numbers:
        rows = [_number_row(number, language) for number in item.numbers]
        yield from (f"    {line}" for line in aligned(rows, to_the_left=(0, 1, 3, 4)))
    for number in item.numbers:
        for one in number.evidence[:_MOST_EVIDENCE]:
            where = place_words(one.place, language)
            yield "      " + _text("evidence", language, where=f"{where} " if where else "", text=one.text)
    for finding in explanation.findings:
        if finding.item == item.item and item.status is not ResultStatus.PASS:
            yield from _finding(finding, explanation, language)


def _finding(finding: Finding, explanation: Explanation, language: str) -> Iterator[str]:
    compiled = explanation.compiled
    yield "  " + _text("says", language, message=finding_message(finding, compiled, language))
    correction = candidates_message(finding.candidates, compiled, language)
    if finding.diagnosis:
        correction = diagnosis_message(finding.diagnosis, compiled, language)
    if correction:
        yield "  " + _text("diagnosis", language, message=correction)


def _number_row(number: ReadNumber, language: str) -> list[str]:
    status = authoring_text("cells", number.status.value, language) if number.status else ""
    text = f"“{_short(number.text)}”" if number.text else ""
    where = place_words(parse_place(number.where), language) if number.where else ""
    return [number.name, number.label, _number(number.value, language), status, where, text]


def _phrases(explanation: Explanation, language: str) -> Iterator[str]:
    phrases = explanation.phrases or ()
    own = explanation.rule.rule.id.removeprefix(RULE_PREFIX)
    claim = next(one for one in explanation.compiled.specification.claims if one.id == own)
    yield authoring_text("claims", "patterns", language, patterns="  ·  ".join(claim.patterns))
    if not phrases:
        yield authoring_text("claims", "none", language)
        return
    yield authoring_text("claims", "heading", language, count=str(len(phrases)))
    sentence = ""
    for phrase in phrases[:_MOST_PHRASES]:
        if phrase.sentence != sentence:
            sentence = phrase.sentence
            where = _where(phrase.place, language)
            yield "  " + authoring_text("claims", "sentence", language, where=where, text=sentence)
        yield from (f"    {line}" for line in _phrase(phrase, language))
    if len(phrases) > _MOST_PHRASES:
        yield "  " + authoring_text("claims", "more", language, count=str(len(phrases) - _MOST_PHRASES))


def _phrase(phrase: ExplainedPhrase, language: str) -> Iterator[str]:
    words = "  ".join(f"{word.text}[{', '.join(word.parts)}]" if word.parts else word.text for word in phrase.words)
    yield authoring_text("claims", "words", language, words=words)
    if phrase.taken_over:
        parts = "  ".join(f"[{', '.join(parts)}]" for parts in phrase.taken_over)
        yield authoring_text("claims", "taken_over", language, parts=parts)
    if phrase.said is not None and phrase.sure:
        yield authoring_text("claims", "said", language, value=number_words(phrase.said))
    elif phrase.said is not None:
        doubts = [authoring_text("doubts", one, language) for one in phrase.doubts or ("other",)]
        told = authoring_text("claims", "separator", language).join(doubts)
        yield authoring_text("claims", "unsure", language, value=number_words(phrase.said), doubts=told)
    else:
        yield _against(phrase, language)


def _against(phrase: ExplainedPhrase, language: str) -> str:
    choice = authoring_text("claims", "choice", language)
    reasons = [authoring_text("reasons", one.code, language, names=choice.join(one.names)) for one in phrase.reasons]
    told = authoring_text("claims", "separator", language).join(reasons)
    pattern = authoring_text("claims", "pattern", language, pattern=phrase.pattern) if phrase.pattern else ""
    return authoring_text("claims", "ruled_out", language, reasons=told) + pattern


def _where(place: Place | None, language: str) -> str:
    words = place_words(place, language)
    return f"{words} " if words else ""


def _status(status: ResultStatus, language: str) -> str:
    return authoring_text("statuses", status.value, language)


def _number(value: float | None, language: str) -> str:
    return _text("no_value", language) if value is None else number_words(value)


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _LONGEST_TEXT else joined[: _LONGEST_TEXT - 1] + "…"


def _text(name: str, language: str, /, **values: str) -> str:
    return authoring_text("explain", name, language, **values)
