"""Names that stand for two things are refused, and told at both places."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.spec.loading import load_specification, load_with_places
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from tests.checking import ROOT
from tests.rules.spec_samples import FORMAT, specification_text, write_specification

MARK = "¦"


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(SpecificationError) as caught:
        load_with_places(write_specification(folder, text))
    return caught.value.problems


def marked(*changes: tuple[str, str]) -> tuple[str, list[tuple[int, int]]]:
    """The small format with some changes, and the places of the marks in it."""
    text = FORMAT
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    places: list[tuple[int, int]] = []
    while MARK in text:
        line = text[: text.index(MARK)].count("\n") + 1
        places.append((line, text.splitlines()[line - 1].index(MARK) + 1))
        text = text.replace(MARK, "", 1)
    return text, places


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param(
            (("label: 秘密", "label: ¦秘密"), ("label: 内部", "label: ¦秘密")), "label_clash", id="two rows with one label"
        ),
        pytest.param(
            (("label: 秘密", "label: ¦秘密"), ("label: 内部", "label: ¦秘 密")), "label_clash", id="but for a blank"
        ),
        pytest.param(
            (("label: 秘密", "label: ¦秘密"), ("label: 内部,", "label: 内部, aliases: [¦（秘密）],")),
            "label_clash",
            id="an alias that is another row's label, but for brackets",
        ),
        pytest.param(
            (("label: 秘密,", "label: 秘密, aliases: [¦机密],"), ("label: 内部,", "label: 内部, aliases: [事务, ¦机密],")),
            "label_clash",
            id="two rows with one alias",
        ),
        pytest.param(
            (("label: 不予公开", "label: ¦不予公开"), ("label: 秘密,", "label: 秘密, aliases: [¦不予公开],")),
            "label_clash",
            id="an alias that is the label of a group",
        ),
        pytest.param(
            (("label: 企业", "label: ¦企业"), ("label: 公益", "label: ¦企业")), "label_clash", id="two columns with one label"
        ),
        pytest.param(
            (("label: 企业", "label: ¦企业"), ("label: 秘密,", "label: 秘密, aliases: [¦企业],")),
            "label_clash",
            id="an alias of a row that is a column's label",
        ),
        pytest.param(
            (("label: 予以公开", "label: ¦予以公开"), ("label: 规范性文件,", "label: 规范性文件, aliases: [¦予以公开],")),
            "label_clash",
            id="an alias that is a label of another table",
        ),
        pytest.param(
            (
                ("label: 予以公开,", "label: 予以公开, aliases: [¦文件],"),
                ("label: 规范性文件,", "label: 规范性文件, aliases: [¦文件],"),
            ),
            "label_clash",
            id="one alias in two tables",
        ),
        pytest.param(
            (("label: 企业,", "label: 企业, aliases: [¦收费],"), ("label: 收费", "label: ¦收费")),
            "label_clash",
            id="an alias of a column that is a row of another table",
        ),
        pytest.param(
            (("number: 一", "number: ¦一"), ("number: 二", "number: ¦一")), "number_clash", id="two sections with one number"
        ),
        pytest.param(
            (("heading: 总体情况", "heading: ¦总体情况"), ("heading: 申请情况", "heading: ¦总体情况")),
            "heading_clash",
            id="two sections with one heading",
        ),
        pytest.param(
            (
                ("heading: 总体情况", "heading: ¦总体情况"),
                ("heading: 申请情况", 'heading: 申请情况, variants: ["¦[工作]{总体|概}情况"]'),
            ),
            "heading_clash",
            id="a variant that is another heading",
        ),
        pytest.param(
            (
                ("heading: 总体情况", "heading: 总体情况, recognise_by: [¦概述]"),
                ("heading: 申请情况", "heading: 申请情况, recognise_by: [申请, ¦概述]"),
            ),
            "heading_clash",
            id="two sections recognised by one word",
        ),
    ],
)  # fmt: skip
def test_a_name_of_two_things_is_told_at_both_places(tmp_path: Path, changes: tuple[tuple[str, str], ...], code: str):
    text, places = marked(*changes)
    problems = problems_of(tmp_path, text)
    assert [(one.code, one.line, one.column) for one in problems] == [(code, *place) for place in sorted(places)]
    assert len({one.details["owner"] for one in problems}) == 2


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param((), id="a row and a column with the label of totals"),
        pytest.param((("label: 规范性文件", "label: 予以公开"),), id="rows of two tables as the format prints them"),
        pytest.param((("label: 有效", "label: 企业"),), id="columns of two tables"),
        pytest.param((("label: 秘密,", "label: 秘密, aliases: [秘 密],"),), id="an alias that is the row's own label"),
        pytest.param(
            (("label: 收费", "label: 1.收费"), ("label: 秘密", "label: 2.收费")), id="labels told apart by number"
        ),
    ],
)
def test_these_are_no_clashes(tmp_path: Path, changes: tuple[tuple[str, str], ...]):
    text, _ = marked(*changes)
    load_specification(write_specification(tmp_path, text))


def test_a_clash_with_the_extended_spec_is_told_in_both_files(tmp_path: Path):
    write_specification(tmp_path, specification_text(), "base.yaml")
    problems = problems_of(tmp_path, "extends: base.yaml\nheading_variants:\n  overview: [申请情况]\n")
    assert {Path(one.source).name for one in problems} == {"base.yaml", "small.yaml"}
    assert {one.code for one in problems} == {"heading_clash"}


@pytest.mark.parametrize(
    ("label", "alias"),
    [
        pytest.param("label: 行政许可", "行政复议", id="a row of table 4"),
        pytest.param("label: 行政处罚", "（一）予以公开", id="a row of table 3"),
        pytest.param("label: 行政强制", "自然人", id="a column of table 3"),
    ],
)
def test_an_alias_that_would_draw_other_rows_into_a_table_of_the_shipped_spec_is_refused(
    tmp_path: Path, label: str, alias: str
):
    text = (ROOT / "specs" / "2021_format.yaml").read_text(encoding="utf-8")
    assert f"{label}}}" in text
    changed = text.replace(f"{label}}}", f"{label}, aliases: [{alias}]}}", 1)
    assert {one.code for one in problems_of(tmp_path, changed)} == {"label_clash"}
