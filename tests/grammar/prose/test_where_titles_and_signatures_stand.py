"""How long a title may be, over how many lines it may go, and how far from the text it and the signature may stand."""

from __future__ import annotations

import pytest

from tests.grammar.prose.test_identity import NAMELESS, report_with

KIND = "政府信息公开工作年度报告"
NAME = "云岭区教育局"
TITLE = f"{NAME}2023年{KIND}"
PERIOD = "数据统计期限为2022年1月1日至12月31日。"


def identity(front: str, body: str = NAMELESS, source: str = "report.txt") -> tuple[str, int | None]:
    report = report_with(front, source, body)
    return report.agency, report.year


def links(count: int) -> str:
    """Lines as a page prints them around a report."""
    return "\n".join(f"链接{number}" for number in range(count))


def signed(name: str, links_below: int = 0) -> str:
    """A report without a name that is signed, with lines below."""
    return f"{NAMELESS}\n\n{name}\n2024年1月30日\n{links(links_below)}"


def named_like(length: int) -> str:
    """A name of so many characters."""
    return ("云岭" * length)[: length - 3] + "教育局"


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param(f"{TITLE}公告", (NAME, 2023), id="two characters behind it"),
        pytest.param(f"{TITLE}公告版", ("", None), id="three characters behind it make it a sentence"),
        pytest.param(f"{TITLE}。", ("", None), id="a full stop makes it a sentence"),
        pytest.param(f"{named_like(72)}2023年{KIND}", (named_like(72), 2023), id="ninety characters"),
        pytest.param(f"{named_like(74)}2023年{KIND}", ("", None), id="more than ninety characters"),
        pytest.param(f"{NAME}\n2023年\n政府信息公开\n工作年度报告", (NAME, 2023), id="four lines"),
        pytest.param(f"{NAME}\n2023年\n政府信息\n公开工作\n年度报告", ("", None), id="five lines"),
        pytest.param(f"{named_like(40)}\n2023年{KIND}", (named_like(40), 2023), id="a line of forty characters"),
        pytest.param(f"{named_like(41)}\n2023年{KIND}", ("", 2023), id="a longer line is no part of a title"),
        pytest.param(f"（一二三四五六七八）{TITLE}", (NAME, 2023), id="a remark before it"),
        pytest.param(f"{links(59)}\n{TITLE}", (NAME, 2023), id="the sixtieth line"),
        pytest.param(f"{links(60)}\n{TITLE}", ("", None), id="a later line"),
    ],
)
def test_a_title(front: str, expected: tuple[str, int | None]):
    assert identity(front) == expected


@pytest.mark.parametrize(
    ("name", "below", "expected"),
    [
        pytest.param(NAME, 78, NAME, id="eighty lines from the end"),
        pytest.param(NAME, 79, "", id="further from the end"),
        pytest.param("云岭区教育", 6, "云岭区教育", id="what looks like no agency, near the end"),
        pytest.param("云岭区教育", 7, "", id="what looks like no agency, further from the end"),
        pytest.param("云岭局", 0, "云岭局", id="three characters"),
        pytest.param("云局", 0, "", id="two characters"),
        pytest.param(named_like(30), 0, named_like(30), id="thirty characters"),
        pytest.param(named_like(31), 0, "", id="more than thirty characters"),
        pytest.param("云岭区教育局：", 0, "", id="what ends with a mark"),
    ],
)
def test_a_signature(name: str, below: int, expected: str):
    assert identity(f"2023年{KIND}", signed(name, below)) == (expected, 2023)


def test_the_last_of_two_signatures_counts():
    body = f"{NAMELESS}\n\n青山县水利局\n2024年1月20日\n{NAME}\n2024年1月30日\n"
    assert identity(f"2023年{KIND}", body) == (NAME, 2023)


def test_of_several_titles_that_of_the_period_counts_and_else_the_last():
    titles = f"{NAME}2022年{KIND}\n{NAME}2023年{KIND}"
    assert identity(titles) == (NAME, 2023)
    assert identity(titles, NAMELESS.replace("一、总体情况", f"{PERIOD}\n一、总体情况", 1)) == (NAME, 2022)


def test_a_period_counts_where_the_text_names_one_year_only():
    title = f"{NAME}{KIND}"
    one = NAMELESS.replace("一、总体情况", f"{PERIOD}\n一、总体情况", 1)
    two = NAMELESS.replace("一、总体情况", f"{PERIOD}\n{PERIOD.replace('2022', '2021')}\n一、总体情况", 1)
    assert (identity(title, one), identity(title, two)) == ((NAME, 2022), (NAME, None))


@pytest.mark.parametrize(
    ("source", "disagreements"),
    [("2022年报.txt", 1), ("2023年报.txt", 0), ("2024年报.txt", 0), ("2025年报.txt", 1), ("2021-2025.txt", 0)],
)
def test_a_file_name_may_hold_the_year_of_the_report_or_the_next_one(source: str, disagreements: int):
    assert report_with(TITLE, source).facts["document.year_disagreements"].value == disagreements


def test_titles_of_other_years_are_disagreements_unless_the_period_says_that_they_are_links():
    titles = f"{NAME}2022年{KIND}\n{NAME}2023年{KIND}"
    assert report_with(titles, body=NAMELESS).facts["document.year_disagreements"].value == 1
    body = NAMELESS.replace("一、总体情况", f"{PERIOD}\n一、总体情况", 1)
    assert report_with(titles, body=body).facts["document.year_disagreements"].value == 0
