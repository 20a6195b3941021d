"""Which findings stand together, what a group says is to be changed, and in which order groups stand."""

from __future__ import annotations

from random import Random

import pytest

from disclosure_checks.runner.exports.points.grouping import FindingGroup, GroupKind, NumberedFinding, finding_groups
from disclosure_checks.runner.exports.records import FindingRecord, ProposedChange

A, B, C = (f"requests.granted.{column}" for column in ("total", "business", "research"))


def change(cell: str, value: float, printed: float | None = 1.0, order: int = 5) -> ProposedChange:
    return ProposedChange(cell, printed, value, f"line {order}", order)


def record(
    rule: str = "requests.balance",
    severity: str = "error",
    order: int = 1,
    message: str = "",
    correction: tuple[ProposedChange, ...] = (),
    candidates: str = "",
    reasons: str = "",
    sentence: str = "",
) -> FindingRecord:
    return FindingRecord(
        "a.txt", "甲局", 2023, rule, severity, "fail", (), None, None, None, message or f"{rule} {order}", "", "", None,
        correction=correction, candidates=candidates, candidate_reasons=reasons, order=order, sentence_id=sentence,
    )  # fmt: skip


def groups_of(*records: FindingRecord) -> tuple[FindingGroup, ...]:
    return finding_groups(NumberedFinding(number, one) for number, one in enumerate(records, start=1))


def numbers(groups: tuple[FindingGroup, ...]) -> list[list[int]]:
    return [[one.number for one in group.findings] for group in groups]


ONE = change(A, 0)
EQUATION = {"correction": (ONE,), "candidates": f"{A}=0"}
SAID = "overview:120"
CHOICE = {"candidates": f"{A}=0;{B}=2+{C}=3"}


@pytest.mark.parametrize(
    ("records", "expected", "kinds"),
    [
        pytest.param(
            [
                record("claims.received", "likely", 1, sentence=SAID),
                record("claims.granted", "likely", 2, sentence=SAID),
            ],
            [[1, 2]],
            ["sentence"],
            id="what one sentence says wrong stands together",
        ),
        pytest.param(
            [
                record("claims.received", "likely", 1, sentence=SAID),
                record("claims.unsure", "advisory", 2, sentence=SAID),
            ],
            [[1, 2]],
            ["sentence"],
            id="with what may be wrong in the same sentence",
        ),
        pytest.param(
            [
                record("claims.received", "likely", 1, sentence=SAID),
                record("text.parts_short", "info", 2, sentence=SAID),
            ],
            [[1], [2]],
            ["single", "single"],
            id="but without notes about it",
        ),
        pytest.param(
            [
                record("claims.received", "likely", 1, sentence=SAID),
                record("claims.granted", "likely", 2, sentence="b"),
            ],
            [[1], [2]],
            ["single", "single"],
            id="two sentences are two causes",
        ),
        pytest.param(
            [
                record("claims.unsure", "advisory", 1, sentence=SAID),
                record("claims.unsure", "advisory", 2, sentence="b"),
            ],
            [[1, 2]],
            ["notes"],
            id="sentences that only may be wrong are folded by their rule",
        ),
        pytest.param(
            [
                record("claims.received", "likely", 1, sentence=SAID, **EQUATION),
                record("claims.granted", "likely", 2, sentence=SAID),
            ],
            [[2], [1]],
            ["single", "correction"],
            id="a sentence that a cell's correction agrees with is mended by that",
        ),
        pytest.param(
            [record(order=3, **EQUATION), record("requests.row_total", order=1, **EQUATION)],
            [[2, 1]],
            ["correction"],
            id="equations that one cell mends stand together",
        ),
        pytest.param(
            [record(**EQUATION), record("requests.empty_column", order=2, correction=(ONE,))],
            [[1, 2]],
            ["correction"],
            id="a rule that is no equation joins the correction that mends it",
        ),
        pytest.param(
            [record(**EQUATION), record(order=2, correction=(change(A, 7),), candidates=f"{A}=7")],
            [[1], [2]],
            ["correction", "correction"],
            id="two values for one cell are two corrections",
        ),
        pytest.param(
            [record(**CHOICE), record("requests.row_total", order=2, **CHOICE)],
            [[1, 2]],
            ["candidates"],
            id="equations with the same corrections to choose from stand together",
        ),
        pytest.param(
            [record("sections.indented", "advisory", order) for order in (1, 2, 3)],
            [[1, 2, 3]],
            ["notes"],
            id="equal notes fold into one",
        ),
        pytest.param(
            [record("claims.received", "likely", 1, "a"), record("claims.received", "likely", 2, "b")],
            [[1], [2]],
            ["single", "single"],
            id="two different errors of one rule stay two",
        ),
        pytest.param(
            [record("claims.received", "likely", 1, "same"), record("claims.received", "likely", 2, "same")],
            [[1, 2]],
            ["notes"],
            id="errors in the same words fold",
        ),
        pytest.param(
            [record("sections.indented", "advisory"), record("sections.indented", "info", 2)],
            [[1], [2]],
            ["single", "single"],
            id="notes of two severities stay two",
        ),
        pytest.param([], [], [], id="nothing gives no group"),
    ],
)
def test_what_has_one_cause_stands_together(
    records: list[FindingRecord], expected: list[list[int]], kinds: list[str]
) -> None:
    groups = groups_of(*records)
    assert (numbers(groups), [group.kind.value for group in groups]) == (expected, kinds)


def test_no_finding_is_lost_and_none_stands_twice() -> None:
    random = Random(7)
    causes = ({}, EQUATION, CHOICE, {"correction": (change(B, 4, order=2),)})
    records = [
        record(f"rule.{random.randrange(4)}", random.choice(["error", "advisory"]), random.randrange(9), **cause)
        for cause in random.choices(causes, k=200)
    ]
    assert sorted(number for group in numbers(groups_of(*records)) for number in group) == list(range(1, 201))


def test_groups_stand_where_the_cell_to_be_changed_does() -> None:
    first = record("title.missing", "advisory", 0)
    between = record("claims.received", "likely", 4)
    late = record(order=2, correction=(change(A, 0, order=9),), candidates=f"{A}=0")
    assert numbers(groups_of(late, between, first)) == [[3], [2], [1]]


def test_what_stands_on_one_line_keeps_the_graver_first() -> None:
    note, error = record("sections.indented", "info", 3), record("claims.received", "error", 3)
    assert numbers(groups_of(error, note)) == [[1], [2]]


def test_a_group_tells_the_gravest_of_its_findings_and_its_equations() -> None:
    [group] = groups_of(
        record(severity="likely", **EQUATION), record("requests.empty_column", "error", 2, correction=(ONE,))
    )
    assert (group.severity, group.equations, group.correction) == ("error", 1, (ONE,))


def test_the_reasons_of_a_correction_are_those_of_its_candidate() -> None:
    told = {"candidates": f"{B}=2;{A}=0", "reasons": "next_key;digits_swapped+sentence"}
    [group] = groups_of(record(correction=(ONE,), **told))
    assert (group.reasons, group.candidates) == (("digits_swapped", "sentence"), ())


def test_where_only_a_part_is_sure_the_rest_is_listed() -> None:
    told = {"candidates": f"{A}=0+{B}=2;{A}=0+{C}=3", "reasons": ";next_key"}
    [group] = groups_of(record(correction=(ONE,), **told))
    assert group.kind is GroupKind.CORRECTION
    assert [candidate.values for candidate in group.candidates] == [
        ((A, "0"), (B, "2")),
        ((A, "0"), (C, "3")),
    ]
    assert [candidate.reasons for candidate in group.candidates] == [(), ("next_key",)]
