"""Reports drawn by a word processor (LibreOffice) and by a PDF library, as other programs lay out the same tables."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from tests.generation.documents.docx import docx_bytes, paragraph, word_table
from tests.generation.documents.pdf import PdfStyle, pdf_document
from tests.generation.grid import grid_of, slots_of
from tests.generation.sheets import PrintedTable, Sheet

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_DOCUMENT_TYPE}"/></Types>'
)
PAGE_WIDTH = 9000  # twentieths of a point between the margins
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_NUMBERS = {"requests": 720, "review": 600, "proactive": 0}


def _run(text: str, font: str, size: float, bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    fonts = f'<w:rFonts w:ascii="DejaVu Serif" w:hAnsi="DejaVu Serif" w:eastAsia="{font}"/>'
    properties = f'<w:rPr>{fonts}{weight}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _column_widths(table: PrintedTable) -> list[int]:
    count = len(slots_of(grid_of(table))[0])
    numbers = _NUMBERS[table.id] or PAGE_WIDTH * 7 // 10 // (count - 1)
    labels = count - 7 if table.id == "requests" else 0 if table.id == "review" else 1
    rest = PAGE_WIDTH - numbers * (count - labels)
    return [rest // max(labels, 1)] * labels + [numbers] * (count - labels)


def _table(table: PrintedTable, font: str, size: float, rule: str, pitch: int) -> str:
    """The table of the other printer with rules and widths that a word processor draws."""
    widths = _column_widths(table)
    edges = "".join(f'<w:{edge} w:val="{rule}" w:sz="{pitch}" w:color="000000"/>' for edge in _EDGES)
    layout = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    )
    layout += '<w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = word_table(table, partial(_run, font=font, size=size))
    written = written.replace('<w:tblStyle w:val="a3"/>', layout).replace(
        "<w:tblGrid/>", f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    written = re.sub(r"<w:p><w:pPr></w:pPr>", '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>', written)

    def with_widths(row: re.Match[str]) -> str:
        column = 0

        def width(cell: re.Match[str]) -> str:
            nonlocal column
            span = int(cell["span"] or 1)
            total = sum(widths[column : column + span])
            column += span
            return f'<w:tcW w:w="{total}" w:type="dxa"/>{cell["grid"] or ""}'

        return re.sub(r'<w:tcW w:w="900"/>(?P<grid><w:gridSpan w:val="(?P<span>\d+)"/>)?', width, row[0])

    return re.sub(r"<w:tr>.*?</w:tr>", with_widths, written)


def word_file(sheet: Sheet, font: str, size: float, rule: str = "single", pitch: int = 4) -> bytes:
    """The report as a Word document with ruled tables."""
    body = [paragraph(_run(text, font, size * 1.6, True), '<w:jc w:val="center"/>') for text in sheet.title]
    body += [paragraph(_run(text, font, size * 1.3)) for text in sheet.front_matter]
    for section in sheet.sections:
        body.append(paragraph(_run(section.heading, font, size * 1.4, True)))
        body += [paragraph(_run(text, font, size * 1.3)) for text in section.paragraphs]
        if section.table in sheet.tables:
            body.append(_table(sheet.tables[section.table], font, size, rule, pitch))
        body += [paragraph(_run(text, font, size * 1.3)) for text in section.notes]
    body += [paragraph(_run(text, font, size * 1.3), '<w:jc w:val="right"/>') for text in sheet.closing]
    margins = '<w:pgMar w:top="1300" w:right="1400" w:bottom="1300" w:left="1400"/>'
    properties = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    return docx_bytes("".join(body) + properties, more={"[Content_Types].xml": CONTENT_TYPES})


def printed_by_office(content: bytes) -> bytes:
    """A Word document as LibreOffice prints it to PDF."""
    assert SOFFICE is not None, "LibreOffice is not installed"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "report.docx").write_bytes(content)
        command = [
            SOFFICE,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", folder, str(place / "report.docx")], check=True, capture_output=True, timeout=120
        )
        return (place / "report.pdf").read_bytes()


# fonts are not embedded in the second kind: PDFium takes those of the machine
OFFICE_DRAWINGS: dict[str, Callable[[Sheet], bytes]] = {
    "office_song": lambda sheet: printed_by_office(word_file(sheet, "AR PL UMing CN", 10.5)),
    "office_serif": lambda sheet: printed_by_office(word_file(sheet, "Noto Serif CJK SC", 10.0, pitch=8)),
    "office_double": lambda sheet: printed_by_office(word_file(sheet, "AR PL UKai CN", 11.0, "double")),
    "library_plain": lambda sheet: pdf_document(sheet, PdfStyle(groups_downwards=True)),
    "library_rows_broken": lambda sheet: pdf_document(sheet, PdfStyle(splits_rows=True, repeats_header=True)),
    "library_open_pages": lambda sheet: pdf_document(sheet, PdfStyle(without="sides", rules="rectangles")),
}
