"""Layout 7, a web page: real tables with rowspan and colspan."""

from __future__ import annotations

from html import escape
from random import Random

from tests.generation.grid import GridCell, grid_of
from tests.generation.layouts.frame import joined
from tests.generation.sheets import PrintedTable, Sheet


def _cell(cell: GridCell, random: Random) -> str:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)) if count > 1
    )
    text = escape(cell.text) or "&nbsp;"
    return f"<td{spans}>" + random.choice((text, f"<p>{text}</p>", f"<p><span>{text}</span></p>")) + "</td>"


def _table(table: PrintedTable, random: Random) -> list[str]:
    rows = ["<tr>" + "".join(_cell(cell, random) for cell in row) + "</tr>" for row in grid_of(table)]
    return ['<table border="1">', "<tbody>", *rows, "</tbody>", "</table>"]


def _body(sheet: Sheet, random: Random) -> list[str]:
    lines = [f"<h1>{escape(''.join(sheet.title))}</h1>"]
    lines += [f"<p>{escape(text)}</p>" for text in sheet.front_matter]
    for section in sheet.sections:
        if section.heading:
            lines.append(f"<p><strong>{escape(section.heading)}</strong></p>")
        lines += [f"<p>{escape(text)}</p>" for text in section.paragraphs]
        if section.table in sheet.tables:
            lines += _table(sheet.tables[section.table], random)
        lines += [f"<p>{escape(text)}</p>" for text in section.notes]
    return lines + [f'<p style="text-align:right">{escape(text)}</p>' for text in sheet.closing]


def _page(sheet: Sheet, body: list[str]) -> str:
    title = f"<title>{escape(''.join(sheet.title))}</title>"
    head = ["<!DOCTYPE html>", '<html lang="zh">', "<head>", '<meta charset="utf-8">', title, "</head>"]
    return joined([*head, "<body>", *body, "</body>", "</html>"])


def html_page(sheet: Sheet, random: Random) -> str:
    """The tables as the statute draws them."""
    return _page(sheet, _body(sheet, random))


def html_nested_page(sheet: Sheet, random: Random) -> str:
    """The same inside a table that only lays out the page."""
    navigation = "<table><tbody><tr><td>首页</td><td>政务公开</td></tr></tbody></table>"
    body = _body(sheet, random)
    return _page(sheet, [navigation, "<table><tbody><tr><td>", *body, "</td></tr></tbody></table>"])
