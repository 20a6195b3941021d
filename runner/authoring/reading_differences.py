"""Whether two specs read reports alike: where they do, new rules can be judged by what was read before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import cell_status
from disclosure_checks.grammar.model.report import CellStatus, Report, UnreadableReport
from disclosure_checks.runner.reading.file_reader import FormatLexicon

_EQUATIONS = "equations"
# parts of the lexicon by the part of a spec that they are made from; what is not named goes by its own name
_PARTS_OF_THE_SPEC = {
    "tables": "tables", "tables_elsewhere": "tables", "sections": "sections", "placeholders": "values", "units": "values",
    "increase": "values", "decrease": "values", "signature_labels": "signature", "foreign_signatures": "signature",
    "text_facts": "facts", "claims": "claims", "self_words": "self_words", "boilerplate": "boilerplate",
}  # fmt: skip


class ReadingDifference(NamedTuple):
    """What two specs of one format read otherwise. ``parts``: parts of the spec.

    ``equations``: whether the equations differ by which numbers without separators are told apart.
    """

    format: str
    parts: tuple[str, ...]
    equations: bool


def reading_differences(old: Iterable[FormatLexicon], new: Iterable[FormatLexicon]) -> Iterator[ReadingDifference]:
    """How the formats that both know are read otherwise; nothing of those that are read alike."""
    known = {one.lexicon.format: one for one in old}
    for one in new:
        former = known.get(one.lexicon.format)
        if former is None or former.lexicon == one.lexicon:
            continue
        differing = [
            field.name
            for field in fields(one.lexicon)
            if field.name != _EQUATIONS and getattr(one.lexicon, field.name) != getattr(former.lexicon, field.name)
        ]
        parts = [_PARTS_OF_THE_SPEC.get(name, "report_title") for name in differing]
        equations = set(one.lexicon.equations) != set(former.lexicon.equations)
        if parts or equations:
            yield ReadingDifference(one.lexicon.format, tuple(dict.fromkeys(parts)), equations)


def rests_on_equations(report: Report | UnreadableReport) -> bool:
    """Whether some of a report's numbers were told apart by equations, or could not be."""
    if isinstance(report, UnreadableReport):
        return False
    doubtful = (CellStatus.INFERRED, CellStatus.RECOGNISED, CellStatus.AMBIGUOUS)
    return bool(report.relied_on) or any(cell_status(report.cells, name) in doubtful for name in report.cells)
