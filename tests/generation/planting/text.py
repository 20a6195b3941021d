"""One wrong number, or one wrong statement, in the words of a report whose tables stay as they are.

plant_text(report, kind, random) -> PlantedText, or None where the report says nothing of the kind
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.generation.narrative.blocks import statement_patterns
from tests.generation.narrative.quantities import cells_of, permitted_values, quantities
from tests.generation.narrative.sentences import PERCENT, Paragraph, Said, Sentence
from tests.generation.narrative.templates import say
from tests.generation.narrative.voice import narrative_wordings
from tests.generation.panel.panel import PanelReport

Place = tuple[str, int, int, int]  # section, paragraph, sentence, piece

LITIGATIONS, GOVERNMENTS = "litigations", ("government", "town", "zone")
ERROR, LIKELY = "error", "likely"
PERCENTAGE, PERCENTAGE_OF_CELLS, PART, WHOLE, FEE = (
    "percentage",
    "percentage_of_cells",
    "part",
    "whole",
    "information_fee",
)
GROWTH = ("more", "fewer", "last_received", "more_percent", "fewer_percent")
# claims that no rule is asked to check: told apart in reports, not counted
OPTIONAL_KINDS = frozenset({PERCENTAGE_OF_CELLS, *GROWTH})
CLEARLY_OFF = 3.0  # percentage points
LARGEST_PERCENTAGE = 100.0


@dataclass(frozen=True)
class PlantedText:
    """What was planted: ``said`` stands in ``sentence``; a finding names one of ``cells`` or, where the words contradict
    themselves and ``cells`` is empty, quotes the sentence. ``severities``: those that it may have."""

    kind: str
    report: PanelReport
    sentence: str
    said: float
    cells: tuple[str, ...]
    severities: tuple[str, ...]


def _numbers(report: PanelReport) -> Iterator[tuple[Place, Sentence, Said]]:
    for section, paragraphs in report.narrative.items():
        for p, paragraph in enumerate(paragraphs):
            for s, sentence in enumerate(paragraph):
                if isinstance(sentence, str) or not sentence.plantable or _after_the_area(report, paragraph[:s]):
                    continue
                for n, piece in enumerate(sentence.pieces):
                    if isinstance(piece, Said):
                        yield (section, p, s, n), sentence, piece


def _after_the_area(report: PanelReport, before: Paragraph) -> bool:
    """Whether a government has just spoken of its whole area: then what follows may be about that, too."""
    words = (f"全{report.body.area}", f"{report.body.area}级", f"{report.body.area}直", f"{report.body.area}政府办")
    text = "".join(one if isinstance(one, str) else one.text for one in before)
    return report.body.kind == "government" and any(word in text for word in words)


def _kinds_of(sentence: Sentence, said: Said) -> Iterator[str]:
    names = {one.name for one in sentence.said}
    if PERCENT in said.name:
        counts = set(said.name.split(PERCENT))
        yield PERCENTAGE if counts <= names else PERCENTAGE_OF_CELLS
    elif "/" in said.name:
        whole = said.name.split("/")[0]
        if whole in names:
            yield PART
    elif said.name in quantities() and quantities()[said.name].free:
        if any(name.startswith(f"{said.name}/") for name in names):
            yield WHOLE
    elif said.name == FEE or said.name in GROWTH or said.name in quantities():
        yield said.name


def _wrong_count(random: Random, value: int, permitted: set[float]) -> int | None:
    near = [value + step for step in (-3, -2, -1, 1, 2, 3)]
    far = [value * 10, value + random.randint(4, 40), max(1, value // 2)]
    candidates = [one for one in (*near, *far) if one > 0 and one not in permitted]
    return random.choice(candidates) if candidates else None


def _wrong_percentage(random: Random, report: PanelReport, said: Said) -> float | None:
    """A percentage that fits no denominator a reader may have in mind."""
    values = report.voice.values
    part, _, _ = said.name.partition(PERCENT)
    wholes = [values[name] for name in ("received", "received_and_carried", "results", "handled") if values.get(name)]
    fitting = [100 * values[part] / whole for whole in wholes] + [said.value]
    drawn = [round(random.uniform(2, 99), said.decimals) for _ in range(20)]
    clear = [one for one in drawn if all(abs(one - fit) >= CLEARLY_OFF for fit in fitting)]
    return clear[0] if clear and said.value < LARGEST_PERCENTAGE + 1 else None


def _wrong(random: Random, report: PanelReport, kind: str, sentence: Sentence, said: Said) -> float | None:
    if PERCENT in said.name:
        return _wrong_percentage(random, report, said)
    if kind == PART:
        whole = next(one.value for one in sentence.said if one.name == said.name.split("/")[0])
        return whole + random.randint(1, 9)
    if kind == WHOLE:
        parts = [one.value for one in sentence.said if one.name.startswith(f"{said.name}/")]
        return random.randint(max(1, int(max(parts) / 2)), int(sum(parts)) - 1)
    if kind == FEE:
        return said.value + random.randint(1, 9)
    if said.decimals >= 0:
        return round(said.value * random.uniform(1.5, 3) + 7, said.decimals)
    if kind in GROWTH:
        return said.value + random.randint(2, 30)
    if not float(said.value).is_integer():
        return round(said.value * 2 + 1.5, 2)
    permitted = permitted_values(said.name, report.report.cells)
    if kind == LITIGATIONS and report.body.kind in GOVERNMENTS:
        # a reviewing body that is co-defendant may name more cases than its table counts
        permitted |= set(range(int(said.value), int(said.value) * 10 + 100))
    return _wrong_count(random, int(said.value), permitted)


def _expected_cells(kind: str, report: PanelReport) -> tuple[str, ...]:
    if kind not in quantities() or quantities()[kind].free:
        return ()
    return (*cells_of(kind, report.report.cells), f"requests.{kind}.total")


def _replaced(report: PanelReport, place: Place, sentence: Sentence) -> PanelReport:
    section, p, s, _ = place
    paragraphs = list(report.narrative[section])
    paragraphs[p] = (*paragraphs[p][:s], sentence, *paragraphs[p][s + 1 :])
    return report.saying({**report.narrative, section: tuple(paragraphs)})


def _plant_number(report: PanelReport, kind: str, random: Random) -> PlantedText | None:
    places = [found for found in _numbers(report) if kind in _kinds_of(found[1], found[2])]
    for place, sentence, said in random.sample(places, len(places)):
        wrong = _wrong(random, report, kind, sentence, said)
        if wrong is None or wrong == said.value:
            continue
        changed = sentence.saying(place[3], wrong)
        cells = _expected_cells(kind, report)
        return PlantedText(kind, _replaced(report, place, changed), changed.text, wrong, cells, (ERROR, LIKELY))
    return None


def _family(sentence: Sentence, of: str) -> bool:
    """Whether the sentence speaks of the subject of a statement."""
    subject = {"review": ("reviews", "statement no_", "statement none_corrected", "statement all_upheld")}.get(
        of, (of,)
    )
    own = {"requests": ("statement none_received", "statement all_completed", "statement nothing_")}.get(of, ())
    return not sentence.trap and sentence.group.startswith((*subject, *own))


def _with_statement(paragraph: Paragraph, of: str, statement: Sentence) -> Paragraph | None:
    """The statement in place of everything that the paragraph says of its subject; None where it says nothing."""
    kept: list[str | Sentence] = []
    found = skipping = False
    for piece in paragraph:
        if isinstance(piece, Sentence):
            skipping = _family(piece, of)
            if skipping and not found:
                kept += [statement, "。"]
                found = True
        if not skipping:
            kept.append(piece)
        elif isinstance(piece, str):
            skipping = False  # the punctuation after a sentence that was left out
    return tuple(kept) if found else None


def _plant_statement(report: PanelReport, kind: str, random: Random) -> PlantedText | None:
    entry = narrative_wordings()["statements"][kind]
    values = report.voice.values
    if entry.get("format", report.voice.format) != report.voice.format:
        return None
    wrong = [name for name in entry["zero"] if values.get(name)]
    if not wrong or not all(values.get(name) for name in entry.get("some", ())):
        return None
    statement = say(statement_patterns(kind), report.voice, f"statement {kind}", statement=kind)
    if statement is None or not statement.plantable:
        return None
    for section in ("overview", "review", "requests", "proactive"):
        for p, paragraph in enumerate(report.narrative[section]):
            changed = _with_statement(paragraph, entry["of"], statement)
            if changed is not None:
                if _after_the_area(report, changed[: changed.index(statement)]):
                    continue
                paragraphs = list(report.narrative[section])
                paragraphs[p] = changed
                planted = report.saying({**report.narrative, section: tuple(paragraphs)})
                cells = tuple(cell for name in wrong for cell in _expected_cells(name, report))
                severities = (ERROR,) if entry.get("severity") == ERROR else (ERROR, LIKELY)
                return PlantedText(kind, planted, statement.text, 0, cells, severities)
    return None


def statement_kinds() -> tuple[str, ...]:
    return tuple(narrative_wordings()["statements"])


def kinds_said(report: PanelReport) -> set[str]:
    """The kinds of claims whose numbers the report says; statements come besides."""
    return {kind for _, sentence, said in _numbers(report) for kind in _kinds_of(sentence, said)}


def plant_text(report: PanelReport, kind: str, random: Random) -> PlantedText | None:
    """The report with one wrong number or statement of the kind."""
    if kind in statement_kinds():
        return _plant_statement(report, kind, random)
    return _plant_number(report, kind, random)
