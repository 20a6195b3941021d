"""Tell how well planted errors are found, kind by kind, and every false alarm with the sentence that caused it.

python -m tests.generation.panel.report [--agencies 50] [--seed 1] [--rounds 3] [--kind KIND] [--misses 5]
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import finding_message
from tests.checking import specification
from tests.generation.panel.checking import (
    TextCheck,
    check_planted,
    check_planted_years,
    plant_in_all,
    sentence_behind,
)
from tests.generation.panel.panel import YEARS, Panel, PanelReport, random_panel
from tests.generation.panel.reading import findings_by_name
from tests.generation.planting.text import OPTIONAL_KINDS
from tests.generation.planting.years import plant_years
from tests.generation.table_format import format_of_year


def _message(finding: Finding) -> str:
    return finding_message(finding, specification(format_of_year(finding.year or YEARS[-1])), "zh")


def _quoted(finding: Finding) -> str:
    return finding.evidence.text.strip()[:120] if finding.evidence else "-"


def _false_alarms(reports: Iterable[PanelReport], most: int) -> list[str]:
    """Lines: how many alarms by trap (or kind of wording) and rule, with examples."""
    reports = list(reports)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    findings = findings_by_name(reports)
    for report in reports:
        for one in findings.get(report.name, []):
            sentence = sentence_behind(one, report)
            group = sentence.group if sentence else "no sentence"
            text = sentence.text if sentence else _quoted(one)
            line = f"    {report.name} [{report.layout}] {one.severity.value} | {text} | {_message(one)}"
            found[group, one.rule].append(line)
    lines = [f"false alarms: {sum(map(len, found.values()))} in {len(reports)} clean reports"]
    for (group, rule), examples in sorted(found.items(), key=lambda item: -len(item[1])):
        lines += [f"  {len(examples):4} {group} <- {rule}", *examples[:most]]
    return lines


def _recall(checks: Sequence[TextCheck], most: int) -> list[str]:
    planted, found = Counter(), Counter()  # type: Counter[str], Counter[str]
    misses: dict[str, list[TextCheck]] = defaultdict(list)
    for check in checks:
        planted[check.planted.kind] += 1
        found[check.planted.kind] += check.found
        if not check.found:
            misses[check.planted.kind].append(check)
    counted = [kind for kind in planted if kind not in OPTIONAL_KINDS]
    total, hits = sum(planted[kind] for kind in counted), sum(found[kind] for kind in counted)
    lines = [f"planted: {total}, found {hits} = {100 * hits / max(total, 1):.2f} % (kinds in brackets are not counted)"]
    for kind in sorted(planted, key=lambda one: (found[one] / planted[one], -planted[one])):
        name = f"({kind})" if kind in OPTIONAL_KINDS else kind
        lines.append(f"  {name}: {found[kind]}/{planted[kind]}")
        lines += [f"    {one.planted.report.name} | {one.planted.sentence}" for one in misses[kind][:most]]
    return lines


def _others(checks: Sequence[TextCheck], most: int) -> list[str]:
    lines = [
        f"    [{check.planted.kind}] {check.planted.sentence} -> {one.rule} | {_quoted(one)} | {_message(one)}"
        for check in checks
        for one in check.others
    ]
    return [f"beside the planted error: {len(lines)} other findings", *lines[: 4 * most]]


def _years(panels: Sequence[Panel], most: int) -> list[str]:
    checks = [
        check
        for number, panel in enumerate(panels)
        for check in check_planted_years(plant_years(panel.runs, Random(number)))
    ]
    planted, found = (
        Counter(one.planted.kind for one in checks),
        Counter(one.planted.kind for one in checks if one.found),
    )
    lines = [f"planted between years: {len(checks)}, found {sum(found.values())}"]
    for kind in sorted(planted):
        lines.append(f"  {kind}: {found[kind]}/{planted[kind]}")
        missed = [one.planted for one in checks if one.planted.kind == kind and not one.found]
        lines += [f"    {one.name} | {one.cells} {one.detail}" for one in missed[:most]]
    others = [(one.planted, name, finding) for one in checks for name, finding in one.others]
    lines.append(f"beside them: {len(others)} other findings")
    return lines + [f"    [{one.kind}] {name} -> {f.rule} | {_message(f)}" for one, name, f in others[: 4 * most]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.generation.panel.report", description="Recall and alarms.")
    parser.add_argument("--agencies", type=int, default=50, help="how many bodies (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the first seed (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="how many panels, each of a seed (default: %(default)s)")
    parser.add_argument("--misses", type=int, default=5, help="examples shown of a kind (default: %(default)s)")
    parser.add_argument("--kind", action="append", default=[], help="plant errors of these kinds only")
    parser.add_argument("--clean", action="store_true", help="the clean panels only")
    parser.add_argument("--no-years", action="store_true", help="no errors between years")
    parser.add_argument(
        "--first-year", type=int, default=YEARS[0], help="leave out what is before (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    years = range(options.first_year, YEARS[-1] + 1)
    panels: list[Panel] = [random_panel(options.agencies, options.seed + n, years) for n in range(options.rounds)]
    alarms = [line for panel in panels for line in _false_alarms(panel.reports, options.misses)]
    print("\n".join(alarms))
    if not options.clean:
        counts: Counter[str] = Counter()
        checks: list[TextCheck] = []
        for number, panel in enumerate(panels):
            checks += check_planted(plant_in_all(panel, number, counts, tuple(options.kind)))
        print("\n".join([*_recall(checks, options.misses), *_others(checks, options.misses)]))
    if not options.clean and not options.no_years:
        print("\n".join(_years(panels, options.misses)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
