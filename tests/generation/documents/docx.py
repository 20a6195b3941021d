"""Word documents as bytes, written part by part: merged cells, automatic numbering, tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from random import Random
from xml.sax.saxutils import escape

from tests.generation.grid import GridCell, grid_of
from tests.generation.sheets import PrintedTable, Sheet

DocumentPrinter = Callable[[Sheet, Random], bytes]

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "r": _OFFICE,
}
_HEADING_LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
)
_FIXED_DATE = (2024, 1, 31, 0, 0, 0)


def element(name: str, content: str, namespace: str = TRANSITIONAL) -> str:
    """A root element ``w:name`` with the namespaces that the parts of a document use."""
    others = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:{name} xmlns:w="{namespace}" {others}>{content}</w:{name}>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items(), 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    )


def docx_bytes(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    namespace: str = TRANSITIONAL,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx file around the content of ``w:body``; ``more`` adds parts by name or replaces them."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({"styles": "styles.xml", "numbering": "numbering.xml"}),
        "word/document.xml": element("document", f"<w:body>{body}</w:body>", namespace),
        "word/styles.xml": element("styles", styles, namespace),
        "word/numbering.xml": element("numbering", numbering, namespace),
        **(more or {}),
    }
    return zip_bytes({name: content.encode() for name, content in parts.items()})


def zip_bytes(parts: Mapping[str, bytes]) -> bytes:
    """An archive with the given entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_DATE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph around runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def _busy_runs(text: str, random: Random) -> str:
    """A text as Word leaves it after much editing: cut into runs, with changes, fields and bookmarks between them."""
    place = random.randint(0, len(text))
    first, second = text[:place], text[place:]
    return random.choice(
        (
            run(first) + "<w:proofErr/>" + run(second),
            run(first) + f'<w:del w:id="1"><w:r><w:delText>{place}9</w:delText></w:r></w:del>' + run(second),
            run(first) + f'<w:ins w:id="2">{run(second)}</w:ins>',
            run(first) + f"<w:moveFrom>{run('8')}</w:moveFrom>" + run(second),
            '<w:bookmarkStart w:id="3" w:name="b"/>' + run(text) + '<w:bookmarkEnd w:id="3"/>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SUM(7)</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
            run(first) + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>6</w:t></w:r>" + run(second),
        )
    )


def _cell(cell: GridCell, content: str, *, continues: bool = False) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "<w:vMerge/>" if continues else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="900"/>{span}{merge}</w:tcPr>{content}</w:tc>'


def word_table(table: PrintedTable, runs: Callable[[str], str] = run) -> str:
    """A table with merged cells as Word writes them: a cell merged downwards stands in every row again."""
    rows: list[str] = []
    open_cells: dict[int, tuple[GridCell, int]] = {}  # column -> cell, rows left
    for row in grid_of(table):
        cells: list[str] = []
        waiting, column = list(row), 0
        while waiting or column in open_cells:
            if column in open_cells:
                cell, left = open_cells.pop(column)
                cells.append(_cell(cell, "<w:p/>", continues=True))
            else:
                cell = waiting.pop(0)
                left = cell.rows
                cells.append(_cell(cell, paragraph(runs(cell.text)) if cell.text else "<w:p/>"))
            if left > 1:
                open_cells[column] = (cell, left - 1)
            column += cell.columns
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="a3"/></w:tblPr><w:tblGrid/>{"".join(rows)}</w:tbl>'


def _body(sheet: Sheet, runs: Callable[[str], str], heading: Callable[[str], str]) -> str:
    parts = [paragraph(runs(line)) for line in (*sheet.title, *sheet.front_matter)]
    for section in sheet.sections:
        parts += [heading(section.heading)] if section.heading else []
        parts += [paragraph(runs(line)) for line in section.paragraphs]
        if section.table in sheet.tables:
            parts.append(word_table(sheet.tables[section.table], runs))
        parts += [paragraph(runs(line)) for line in section.notes]
    return "".join([*parts, *(paragraph(runs(line)) for line in sheet.closing), "<w:sectPr/>"])


def plain_document(sheet: Sheet, random: Random) -> bytes:
    """A document as a clerk types it."""
    return docx_bytes(_body(sheet, run, lambda heading: paragraph(run(heading))))


def edited_document(sheet: Sheet, random: Random) -> bytes:
    """A document after many hands: runs cut up, tracked changes, fields, content controls, hidden text."""

    def runs(text: str) -> str:
        return _busy_runs(text, random)

    return docx_bytes(_body(sheet, runs, lambda heading: paragraph(runs(heading))))


def numbered_document(sheet: Sheet, random: Random) -> bytes:
    """A document whose section headings are numbered automatically."""

    def heading(text: str) -> str:
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
        return paragraph(run(text.partition("、")[2]), number) if text[1:2] == "、" else paragraph(run(text))

    return docx_bytes(_body(sheet, run, heading), numbering=_HEADING_LIST)


DOCX_PRINTERS: tuple[DocumentPrinter, ...] = (plain_document, edited_document, numbered_document)
