"""A ``decisions.yaml`` to be filled in: every finding of the site as an entry that is commented out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from disclosure_checks.runner.texts.command_texts import command_text

_MOST_CELLS = 6
_GRAVE = ("error", "likely", "advisory")


def write_decision_skeleton(path: Path, findings_json: Path, language: str) -> int:
    """Writes the skeleton from a published ``findings.json`` and tells how many entries it has.

    Raises FileExistsError where there is such a file: what people wrote is never overwritten.
    """
    findings = json.loads(findings_json.read_text(encoding="utf-8"))["findings"]
    entries = list(_entries(findings))
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(command_text("decisions", "skeleton", language).rstrip("\n") + "\ndecisions:\n")
        file.writelines(entries)
    return len(entries)


def _entries(findings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for finding in findings:
        if finding["status"] == "fail" and finding["severity"] in _GRAVE and finding["agency"] and finding["year"]:
            yield _entry(finding)


def _entry(finding: Mapping[str, Any]) -> str:
    cells = finding["cells"][:_MOST_CELLS]
    values = {
        "rule": finding["rule"],
        "agency": _quoted(finding["agency"]),
        "year": str(finding["year"]),
        **({"cells": f"[{', '.join(cells)}]"} if cells else {}),
        "status": "accepted",
        "reason": '""',
        "by": '""',
        "until": '""',
    }
    lines = [f"#   {name}: {value}" for name, value in values.items()]
    lines[0] = lines[0].replace("#   ", "# - ", 1)
    told = " ".join(str(finding["message"]).split())
    return "\n".join(["", f"# {told}", *lines]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
