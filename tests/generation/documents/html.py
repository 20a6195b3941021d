"""Web pages as bytes: what browsers, word processors and content systems of agencies make of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from random import Random

from tests.generation.grid import GridCell, Kind, grid_of
from tests.generation.layouts.frame import broken_in_half, joined
from tests.generation.layouts.html import html_nested_page, html_page
from tests.generation.sheets import PrintedTable, Sheet

PagePrinter = Callable[[Sheet, Random], bytes]
_TablePrinter = Callable[[PrintedTable, Random], str]

_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15 (filtered)">
<title>{title}</title>
<style>
<!--
 p.MsoNormal {{margin:0cm; font-family:宋体}}
 table.MsoNormalTable {{border-collapse:collapse}}
-->
</style>
<!--[if gte mso 9]><xml><o:p>不显示</o:p></xml><![endif]-->
</head>
<body lang=ZH-CN style='text-justify-trim:punctuation'>
<div class=WordSection1>
"""


def saved_page(sheet: Sheet, random: Random) -> bytes:
    """A plain page in UTF-8."""
    return html_page(sheet, random).encode()


def saved_page_nested(sheet: Sheet, random: Random) -> bytes:
    """The same inside a table that only lays out the page."""
    return html_nested_page(sheet, random).encode()


def _spans(cell: GridCell, quote: str = '"') -> str:
    named = (("colspan", cell.columns), ("rowspan", cell.rows))
    return "".join(f" {name}={quote}{count}{quote}" for name, count in named if count > 1)


def _parts(sheet: Sheet, random: Random, print_table: _TablePrinter) -> Iterator[tuple[str, bool]]:
    """The report from its title to its signature: escaped paragraphs and printed tables (True)."""
    yield from ((escape(line), False) for line in (*sheet.title, *sheet.front_matter))
    for section in sheet.sections:
        yield from ((escape(line), False) for line in (section.heading, *section.paragraphs) if line)
        if section.table in sheet.tables:
            yield print_table(sheet.tables[section.table], random), True
        yield from ((escape(line), False) for line in section.notes)
    yield from ((escape(line), False) for line in sheet.closing)


def _word_paragraph(text: str) -> str:
    spans = f"<span lang=EN-US style='font-size:16.0pt;font-family:\"Times New Roman\",serif'>{text}</span>"
    return f"<p class=MsoNormal align=center style='text-align:center;\n line-height:28.0pt'>{spans}<o:p></o:p></p>\n"


def _word_table(table: PrintedTable, random: Random) -> str:
    rows = []
    for row in grid_of(table):
        cells = []
        for cell in row:
            text = escape(cell.text) or "<o:p>&nbsp;</o:p>"
            width = f"width={random.randint(20, 200)} style='width:{random.randint(20, 200)}.0pt;border:solid'"
            cells.append(f"  <td {width}{_spans(cell, '')}>\n  {_word_paragraph(text)}  </td>\n")
        rows.append(" <tr style='height:18.0pt'>\n" + "".join(cells) + " </tr>\n")
    return "<table class=MsoNormalTable border=1 cellspacing=0>\n" + "".join(rows) + "</table>\n"


def word_filtered_page(sheet: Sheet, random: Random) -> bytes:
    """What Word saves as a filtered web page, in GB18030 that calls itself gb2312."""
    parts = _parts(sheet, random, _word_table)
    body = "".join(text if is_table else _word_paragraph(text) for text, is_table in parts)
    page = _WORD_HEAD.format(title=escape("".join(sheet.title))) + body + "</div>\n</body>\n</html>\n"
    return page.replace("\n", "\r\n").encode("gb18030")


def _careless_table(table: PrintedTable, random: Random) -> str:
    """A table typed by hand: capitals, no end tags, headings broken over two lines, a note that is not shown."""
    rows = []
    for index, row in enumerate(grid_of(table)):
        cells = []
        for cell in row:
            text = escape(cell.text)
            if cell.kind is Kind.HEADING:
                text = broken_in_half(text, random.choice(("<br>", "<BR/>", "</p><p>")))
            tag = "TH" if index == 0 else "TD"
            cells.append(f"<{tag}{_spans(cell)} nowrap><p>{text or '<br>'}")
        rows.append(f"<TR>{''.join(cells)}<td style='display: none'>隐藏" if index else f"<TR>{''.join(cells)}")
    return "<TABLE><tbody>" + "\n".join(rows) + "</TABLE>"


def careless_page(sheet: Sheet, random: Random) -> bytes:
    """A page of an old content system: layout tables around, scripts, a menu, tags that are never ended."""
    body = "\n".join(
        text if is_table else random.choice((f"<p>　　{text}", f"<div>{text}</div>", f"<br>{text}<br>"))
        for text, is_table in _parts(sheet, random, _careless_table)
    )
    menu = "".join(f"<tr><td><a href='#'>栏目{number}</a>" for number in range(5))
    page = [
        "<script>document.write('<table><tr><td>9</table>')</script>",
        "<noscript><table><tr><td>9<td>9</table></noscript>",
        "<table width=100%><tr><td colspan=2><img src=logo.gif><tr>",
        f"<td valign=top><table>{menu}</table>",
        f"<td><!-- 正文 --><font size=3><b>\n{body}\n<div hidden>分享到</div></table>",
    ]
    return joined(["<html><body>", *page]).encode("gb18030")


def page_in_one_table(sheet: Sheet, random: Random) -> bytes:
    """The whole report drawn as one table: a row for each paragraph, and the rows of the tables between them."""

    def rows(table: PrintedTable, random: Random) -> str:
        grid = grid_of(table)
        return "".join(
            "<tr>" + "".join(f"<td{_spans(cell)}>{escape(cell.text)}</td>" for cell in row) + "</tr>\n" for row in grid
        )

    body = "".join(
        text if is_table else f'<tr><td colspan="15">{text}</td></tr>\n'
        for text, is_table in _parts(sheet, random, rows)
    )
    return joined(["<!DOCTYPE html>", "<html><body><table>", body, "</table></body></html>"]).encode("utf-8-sig")


HTML_PRINTERS: tuple[PagePrinter, ...] = (
    saved_page,
    saved_page_nested,
    word_filtered_page,
    careless_page,
    page_in_one_table,
)
