"""The files that pictures of reports come in. Every function gives files by name; the first is the one to read."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random
from time import gmtime
from typing import Any
from xml.etree import ElementTree

import numpy as np
from openpyxl import Workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.generation.documents.docx import docx_bytes, paragraph, run
from tests.generation.pictures.office_pages import CONTENT_TYPES
from tests.generation.pictures.pages import Page
from tests.generation.sheets import Sheet

Files = dict[str, bytes]
_ORIENTATION = 0x0112
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def encoded(image: Image.Image, kind: str, quality: int = 85, dots_per_inch: float = 0) -> bytes:
    """One picture as a file of a kind that Pillow knows: PNG, JPEG, TIFF, WEBP, BMP, GIF."""
    buffer = io.BytesIO()
    resolution = {"dpi": (dots_per_inch, dots_per_inch)} if dots_per_inch else {}
    image.save(buffer, kind, quality=quality, **resolution)
    return buffer.getvalue()


def tiff(pages: Sequence[Page], random: Random, two_tones: bool) -> Files:
    """All pages in one file."""
    mode, compression = (
        ("1", "group4") if two_tones else ("RGB", random.choice(("jpeg", "tiff_lzw", "tiff_adobe_deflate")))
    )
    images = [page.image.convert(mode) for page in pages]
    resolution: dict[str, Any] = {"dpi": (pages[0].dots_per_inch,) * 2} if pages[0].dots_per_inch else {}
    if compression == "jpeg":
        resolution["quality"] = 85
    buffer = io.BytesIO()
    images[0].save(buffer, "TIFF", save_all=True, append_images=images[1:], compression=compression, **resolution)
    return {"report.tif": buffer.getvalue()}


def one_image(page: Page, random: Random, kind: str) -> Files:
    """One picture that shows everything."""
    ending = {"JPEG": "jpg", "TIFF": "tif"}.get(kind, kind.lower())
    resolution = page.dots_per_inch if random.random() < 0.5 else 0
    return {f"report.{ending}": encoded(page.image, kind, random.randint(80, 95), resolution)}


def _turned_by_a_mark(image: Image.Image) -> bytes:
    """Stored lying on its side, with the mark by which a viewer turns it upright."""
    mark = Image.Exif()
    mark[_ORIENTATION] = 6
    buffer = io.BytesIO()
    image.rotate(90, expand=True).save(buffer, "JPEG", quality=90, exif=mark)
    return buffer.getvalue()


def _sixteen_bits(image: Image.Image) -> bytes:
    shades = np.asarray(image.convert("L"), dtype=np.uint16) * 257
    return encoded(Image.fromarray(shades), "PNG")


def _clear_paper(image: Image.Image) -> bytes:
    """Black ink on nothing: what is clear hides black pixels."""
    ink = image.convert("L").point([255 - shade for shade in range(256)])
    black = Image.new("RGB", image.size, (0, 0, 0))
    black.putalpha(ink)
    return encoded(black, "PNG")


ODD_PIXELS: dict[str, tuple[str, Callable[[Image.Image], bytes]]] = {
    "exif_turned": ("jpg", _turned_by_a_mark),
    "four_inks": ("jpg", lambda image: encoded(image.convert("CMYK"), "JPEG", 92)),
    "sixteen_bits": ("png", _sixteen_bits),
    "palette": ("png", lambda image: encoded(image.quantize(64), "PNG")),
    "clear_paper": ("png", _clear_paper),
    "grey_gif": ("gif", lambda image: encoded(image.convert("L"), "GIF")),
}


def oddly_stored(page: Page, name: str) -> Files:
    """One picture in a form that few programs write; a key of ``ODD_PIXELS``."""
    ending, store = ODD_PIXELS[name]
    return {f"report.{ending}": store(page.image)}


def scanned_pdf(pages: Sequence[Page], random: Random, two_tones: bool) -> Files:
    """A picture a page, no text."""
    images = [page.image.convert("1" if two_tones else "RGB") for page in pages]
    compression = {} if two_tones else {"quality": random.randint(85, 95)}
    buffer = io.BytesIO()
    images[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=images[1:],
        resolution=pages[0].dots_per_inch or 250,
        **compression,
        creationDate=gmtime(0),
        modDate=gmtime(0),
    )
    return {"report.pdf": buffer.getvalue()}


def pdf_with_useless_text(pages: Sequence[Page], random: Random) -> Files:
    """A picture a page, and over it an invisible text that another program misread."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in pages:
        width, height = (pixels * 72 / (page.dots_per_inch or 250) for pixels in page.size)
        canvas.setPageSize((width, height))
        picture = io.BytesIO(encoded(page.image, "JPEG", 90))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        text = canvas.beginText(40, height - 60)
        text.setFont("Helvetica", 9)
        text.setTextRenderMode(3)
        for _ in range(random.randint(3, 30)):
            text.textLine("".join(random.choice("abcIl1|/-.,'~ {}oO") for _ in range(random.randint(4, 50))))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return {"report.pdf": buffer.getvalue()}


TablePictures = Mapping[str, Page]


def _web_page(sheet: Sheet, address: Callable[[str], str]) -> bytes:
    """The report with ordinary text, and images where its tables belong."""
    root = ElementTree.Element("html", {"lang": "zh"})
    head, body = (ElementTree.SubElement(root, name) for name in ("head", "body"))
    ElementTree.SubElement(head, "meta", {"charset": "utf-8"})
    ElementTree.SubElement(head, "title").text = "".join(sheet.title)

    def line(name: str, text: str) -> None:
        ElementTree.SubElement(body, name).text = text

    line("h1", "".join(sheet.title))
    for text in sheet.front_matter:
        line("p", text)
    for section in sheet.sections:
        line("h2", section.heading)
        for text in section.paragraphs:
            line("p", text)
        if section.table in sheet.tables:
            place = ElementTree.SubElement(body, "p", {"style": "text-align:center"})
            ElementTree.SubElement(place, "img", {"src": address(section.table), "alt": ""})
        for text in section.notes:
            line("p", text)
    for text in sheet.closing:
        line("p", text)
    return ("<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html")).encode()


def web_page_with_data(sheet: Sheet, pictures: TablePictures, random: Random) -> Files:
    """The pictures of the tables inside the page."""
    kind = random.choice(("PNG", "JPEG"))

    def address(table: str) -> str:
        content = base64.b64encode(encoded(pictures[table].image, kind, 90)).decode()
        return f"data:image/{kind.lower()};base64,{content}"

    return {"report.html": _web_page(sheet, address)}


def web_page_with_files(sheet: Sheet, pictures: TablePictures, random: Random) -> Files:
    """The pictures of the tables beside the page, as a browser saves it."""
    kind, ending = random.choice((("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")))
    names = {table: f"report_files/W{number:03}.{ending}" for number, table in enumerate(pictures, 1)}
    beside = {names[table]: encoded(page.image, kind, 90) for table, page in pictures.items()}
    return {"report.html": _web_page(sheet, names.__getitem__), **beside}


def _shown_in_word(number: int, page: Page) -> str:
    width = 5_400_000
    height = round(width * page.size[1] / page.size[0])
    extent = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="picture {number}"/><a:graphic><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def word_with_pictures(sheet: Sheet, pictures: TablePictures) -> Files:
    """A Word document with pasted screenshots of its tables."""
    numbers = {table: number for number, table in enumerate(pictures, 1)}
    body = [paragraph(run(line)) for line in (*sheet.title, *sheet.front_matter)]
    for section in sheet.sections:
        body += [paragraph(run(line)) for line in (section.heading, *section.paragraphs)]
        if section.table in numbers:
            body.append(paragraph(_shown_in_word(numbers[section.table], pictures[section.table])))
        body += [paragraph(run(line)) for line in section.notes]
    body += [paragraph(run(line)) for line in sheet.closing]
    relations = "".join(
        f'<Relationship Id="rIdPicture{number}" Type="{_OFFICE}/image" Target="media/image{number}.png"/>'
        for number in numbers.values()
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    written = docx_bytes(
        "".join([*body, "<w:sectPr/>"]),
        more={
            "[Content_Types].xml": CONTENT_TYPES,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{namespace}">{relations}</Relationships>',
        },
    )
    buffer = io.BytesIO(written)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as package:
        for table, number in numbers.items():
            entry = zipfile.ZipInfo(f"word/media/image{number}.png", (2024, 1, 31, 0, 0, 0))
            package.writestr(entry, encoded(pictures[table].image, "PNG"))
    return {"report.docx": buffer.getvalue()}


def workbook_with_pictures(sheet: Sheet, pictures: TablePictures) -> Files:
    """A spreadsheet with the text in cells, and pictures where the tables belong."""
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    row = 1
    for text in (*sheet.title, *sheet.front_matter):
        page.cell(row, 1, text)
        row += 1
    for section in sheet.sections:
        for text in (section.heading, *section.paragraphs):
            page.cell(row, 1, text)
            row += 1
        if section.table in pictures:
            picture = pictures[section.table]
            page.add_image(SheetImage(io.BytesIO(encoded(picture.image, "PNG"))), f"A{row}")
            row += round(picture.size[1] / 20) + 2
        for text in section.notes:
            page.cell(row, 1, text)
            row += 1
    for text in sheet.closing:
        page.cell(row, 1, text)
        row += 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    return {"report.xlsx": buffer.getvalue()}
