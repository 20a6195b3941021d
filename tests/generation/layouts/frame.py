"""What every layout shares: the order of a report's parts, and what a web page puts around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.generation.agencies import wordings
from tests.generation.sheets import PrintedTable, Sheet

TablePrinter = Callable[[PrintedTable], list[str]]
LineChange = Callable[[str], str]


def unchanged(line: str) -> str:
    return line


def report_lines(
    sheet: Sheet,
    print_table: TablePrinter,
    *,
    airy: bool = False,
    title: LineChange = unchanged,
    heading: LineChange = unchanged,
    paragraph: LineChange = unchanged,
) -> list[str]:
    """The lines of a report from its title to its signature; ``airy`` puts a blank line after every part."""
    gap = [""] if airy else []
    lines: list[str] = []
    for line in sheet.title:
        lines += [title(line), *gap]
    if not airy:
        lines.append("")
    for text in sheet.front_matter:
        lines += [paragraph(text), *gap]
    for section in sheet.sections:
        lines += [*([heading(section.heading)] if section.heading else []), *gap]
        for text in section.paragraphs:
            lines += [paragraph(text), *gap]
        if section.table in sheet.tables:
            lines += [*print_table(sheet.tables[section.table]), *gap]
        for text in section.notes:
            lines += [paragraph(text), *gap]
    for text in sheet.closing:
        lines += ["", text]
    return lines


def joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


_NUMBER_AFTER_WORD = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)")
_WORD_AFTER_NUMBER = re.compile(r"(?<=\d)(?=[\u4e00-\u9fff])")


def with_spaced_numbers(text: str) -> str:
    """2024年收到20件 -> 2024 年收到 20 件, as editors of Markdown do."""
    return _WORD_AFTER_NUMBER.sub(" ", _NUMBER_AFTER_WORD.sub(" ", text))


_HALF_WIDTH = str.maketrans({"（": "(", "）": ")", "：": ":", "，": ",", "；": ";"})


def with_half_width_punctuation(text: str) -> str:
    return text.translate(_HALF_WIDTH)


def _index_block(sheet: Sheet, random: Random) -> list[str]:
    year, month, day = sheet.publication_date
    number = f"{random.randint(1, 99)}/{year}-{random.randint(10000, 199999)}"
    return [
        f"索 引 号 {number} 公开分类",
        f"发布单位 {sheet.agency} 发布日期 {year}-{month:02}-{day:02}",
        "文  号 主题词",
        "",
    ]


def page_before(sheet: Sheet, random: Random) -> list[str]:
    """Navigation, index block and the like: what stands above the title on a web page."""
    words = wordings()["page"]
    lines: list[str] = []
    if random.random() < 0.6:
        navigation = words["navigation"]
        lines += [" ".join(navigation)] if random.random() < 0.5 else list(navigation)
        lines.append("")
    if random.random() < 0.5:
        lines += [words["breadcrumb"], ""]
    if random.random() < 0.6:
        lines += _index_block(sheet, random)
    return lines


def page_dateline(sheet: Sheet, random: Random) -> list[str]:
    """The line under the title of a web page."""
    year, month, day = sheet.publication_date
    date = f"{year}-{month:02}-{day:02}"
    return [
        random.choice(
            (
                f"发布日期:{date} {random.randint(8, 17):02}:30 信息来源:{sheet.agency} 浏览次数:",
                f"发布时间：{date} 来源：{sheet.agency} 浏览次数：{random.randint(1, 9999)}",
                f"发布日期：{date}",
            )
        ),
        "",
    ]


def page_after(sheet: Sheet, random: Random) -> list[str]:
    """Attachments, sharing and footer: what stands below a report on a web page."""
    words = wordings()["page"]
    lines: list[str] = []
    if random.random() < 0.6:
        attachment = "".join(sheet.title) + random.choice(("(1).doc", ".doc", ".docx", ".pdf"))
        lines += ["", "图解.jpg", "", attachment]
    if random.random() < 0.6:
        lines += ["", *random.sample(words["sharing"], 2)]
    if random.random() < 0.5:
        lines += ["", *(line.format(agency=sheet.agency) for line in words["footer"])]
    return lines


def page_lines(sheet: Sheet, random: Random, print_table: TablePrinter, *, airy: bool) -> list[str]:
    """A report with the web page around it."""
    lines = report_lines(sheet, print_table, airy=airy)
    after_title = len(sheet.title) * (2 if airy else 1)
    dateline = page_dateline(sheet, random) if random.random() < 0.7 else []
    before, after = page_before(sheet, random), page_after(sheet, random)
    return [*before, *lines[:after_title], *([] if airy else [""]), *dateline, *lines[after_title:], *after]


def broken_in_half(label: str, separator: str) -> str:
    """A heading of four characters over two lines, as narrow columns force it: 结果 纠正."""
    return label[:2] + separator + label[2:] if len(label) == 4 else label
