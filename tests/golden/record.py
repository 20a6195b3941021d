"""Records the findings of the sample reports anew: ``python -m tests.golden.record``, after reading the difference."""

from __future__ import annotations

import json
from pathlib import Path

from disclosure_checks.rules.findings.messages import finding_message
from tests.checking import findings_of, read, specification
from tests.generation.samples import FOLDER, SAMPLES

GOLDEN = Path(__file__).parent / "sample_findings.json"


def sample_findings() -> dict[str, list[list[str]]]:
    """Rule, severity, status, place and sentence of every finding of the five samples."""
    by_source = findings_of([read((FOLDER / name).read_bytes(), name) for name in SAMPLES])
    return {
        name: [
            [one.rule, one.severity.value, one.status.value, one.where, finding_message(one, specification(), "zh")]
            for one in by_source[name]
        ]
        for name in SAMPLES
    }


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(sample_findings(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
