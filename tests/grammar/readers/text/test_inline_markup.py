"""Numbers that Markdown escapes, emphasises, strikes or marks are read as they are shown."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.readers.text.inline_markup import without_inline_markup


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(r"1\.0", "1.0", id="an escaped point"),
        pytest.param(r"\-3", "-3", id="an escaped sign"),
        pytest.param(r"1\. 属于国家秘密", "1. 属于国家秘密", id="an escaped ordinal"),
        pytest.param(r"\[2021\]30号", "[2021]30号", id="escaped brackets"),
        pytest.param(r"12\*", "12*", id="an escaped asterisk is a mark that is typed"),
        pytest.param(r"\*5\*", "*5*", id="escaped emphasis is none"),
        pytest.param("**5**", "5", id="a strong number"),
        pytest.param("*5*", "5", id="an emphasised number"),
        pytest.param("***5***", "5", id="both at once"),
        pytest.param("_5_", "5", id="emphasised by lines"),
        pytest.param("__5__", "5", id="strong by lines"),
        pytest.param("`5`", "5", id="set as code"),
        pytest.param(r"**1\.50**", "1.50", id="strong and escaped"),
        pytest.param("**-3**", "-3", id="a strong negative number"),
        pytest.param("收到申请**5**件", "收到申请5件", id="a strong number in a sentence"),
        pytest.param("收到申请____5____件", "收到申请5件", id="a number in a line that was filled in"),
        pytest.param("5*", "5*", id="a mark that is typed stays"),
        pytest.param("12* | 13*", "12* | 13*", id="two marks that are typed stay"),
        pytest.param("~~88~~21", "21", id="a struck number and its successor"),
        pytest.param("<del>88</del>21", "21", id="a deleted number"),
        pytest.param("<s>88</s> 21", " 21", id="a number struck by an element"),
        pytest.param('<span style="text-decoration:line-through">88</span>21', "21", id="struck by a style"),
        pytest.param("3~5件", "3~5件", id="a range stays"),
        pytest.param("好~~很好", "好~~很好", id="two waves alone stay"),
        pytest.param("21<sup>1</sup>", "21¹", id="a raised mark"),
        pytest.param("21<sub>1</sub>", "21¹", id="a lowered mark"),
        pytest.param("| 21<sup>1 | 3 |", "| 21¹ | 3 |", id="a raised mark that is not ended"),
        pytest.param("21<sup>[1]</sup>", "21⁽¹⁾", id="a raised mark in brackets"),
        pytest.param('21<span style="vertical-align:super">1</span>', "21¹", id="raised by a style"),
        pytest.param("21<span>0</span>", "210", id="an element that says nothing"),
        pytest.param("21[^1]", "21¹", id="the mark of a footnote"),
        pytest.param("21[^note]", "21", id="a footnote with a name"),
        pytest.param("21^1^", "21¹", id="raised between circumflexes"),
        pytest.param("21~1~", "21¹", id="lowered between waves"),
        pytest.param("21$^{1}$", "21¹", id="raised as a formula"),
        pytest.param("21$^1$", "21¹", id="raised as a formula without braces"),
        pytest.param("| 0 | 1 |\n| 2 | ~~3~~4 |", "| 0 | 1 |\n| 2 | 4 |", id="lines stay lines"),
        pytest.param("a_1_b", "a_1_b", id="lines inside a name stay"),
        pytest.param("2*3*4", "2*3*4", id="a product stays"),
    ],
)
def test_a_text_is_as_it_is_shown(written: str, shown: str) -> None:
    assert without_inline_markup(written) == shown


def test_a_text_without_markup_is_the_same_object() -> None:
    text = "一、总体情况\n规章\t0\t1\t2（单位：万元）"
    assert without_inline_markup(text) is text
