"""The five real sample reports: where they are and what their tables hold, entered by hand."""

from __future__ import annotations

from pathlib import Path

from tests.generation.table_format import cell_ids

FOLDER = Path(__file__).resolve().parents[2] / "reports"

# cells that are not 0; every other cell of the samples is printed as 0
_NOT_ZERO: dict[str, dict[str, int]] = {
    "report_000.txt": {},
    "report_001.txt": {},
    "report_002.txt": {
        "proactive.normative_documents.issued": 14,
        "proactive.normative_documents.repealed": 2,
        "proactive.normative_documents.in_force": 168,
        **{
            f"requests.{row}.{column}": count
            for column in ("natural_person", "total")
            for row, count in {
                "new_received": 18,
                "granted": 5,
                "partly_granted": 4,
                "unavailable_not_held": 6,
                "rejected_excessive": 1,
                "results_total": 16,
                "carried_out": 2,
            }.items()
        },
    },
    "report_003.txt": {
        "proactive.normative_documents.issued": 13,
        "proactive.normative_documents.repealed": 56,
        "proactive.normative_documents.in_force": 69,
    },
    "report_004.txt": {},
}
SAMPLES = tuple(_NOT_ZERO)


def sample_cells(name: str) -> dict[str, int]:
    """All 200 cells of a sample."""
    return {cell: _NOT_ZERO[name].get(cell, 0) for cell in cell_ids()}


def sample_text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def flawless_text() -> str:
    """A sample in which the sentences agree with the tables as well: nothing is to be found in it."""
    said = "本机关不掌握相关政府信息4件,无正当理由大量反复申请1件,无法提供2件"
    text = sample_text("report_002.txt")
    assert said in text
    return text.replace(said, "本机关不掌握相关政府信息6件,无正当理由大量反复申请1件")
