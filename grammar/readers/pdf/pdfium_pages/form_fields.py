"""The values of form fields on a page, and texts that were put on it as remarks, as the characters that one sees."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

MOST_ANNOTATIONS = 5_000  # of a page; a report that is all fields has some 200
_LONGEST_VALUE = 5_000  # characters
_HIDDEN = 0x02 | 0x20  # flags: hidden, not to be viewed
_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_VERSION = 2  # of the form interface


class Shown(NamedTuple):
    """A line of text and the box that it stands in, in the space of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@contextmanager
def form_of(document: Any) -> Iterator[Any]:
    """The form of an opened document; None where it has none."""
    if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_NONE:
        yield None
        return
    information = pdfium.FPDF_FORMFILLINFO(version=_VERSION)  # PDFium keeps a pointer to it
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, ctypes.byref(information))
    try:
        yield form or None
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def shown_by_annotations(page: Any, form: Any) -> Iterator[Shown]:
    """What the fields and free texts of a page show, line by line."""
    for annotation in _annotations(page):
        yield from _lines(annotation, form)


def struck_by_annotations(page: Any) -> Iterator[Shown]:
    """The boxes of text that remarks on a page strike out."""
    points = pdfium.FS_QUADPOINTSF()
    for annotation in _annotations(page):
        if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_STRIKEOUT:
            continue
        for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), MOST_ANNOTATIONS)):
            if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, ctypes.byref(points)):
                xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
                yield Shown("", min(xs), min(ys), max(xs), max(ys))


def _annotations(page: Any) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            try:
                yield annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _lines(annotation: Any, form: Any) -> Iterator[Shown]:
    box = pdfium.FS_RECTF()
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN or not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box)):
        return
    lines = [line for line in _value(annotation, form).replace("\r", "\n").split("\n") if line.strip()]
    height = (box.top - box.bottom) / max(len(lines), 1)
    for number, line in enumerate(lines):
        top = box.top - number * height
        yield Shown(line.strip(), box.left, top - height, box.right, top)


def _value(annotation: Any, form: Any) -> str:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
    if kind != pdfium.FPDF_ANNOT_WIDGET or not form:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _FIELDS:
        return ""
    options = range(max(pdfium.FPDFAnnot_GetOptionCount(form, annotation), 0))
    chosen = next((one for one in options if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, one)), None)
    if chosen is None:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetOptionLabel(form, annotation, chosen, buffer, size))


def _string(call: Any) -> str:
    """A text of PDFium: UTF-16 with a zero at its end, its length asked for first."""
    size = int(call(None, 0))
    if not 2 < size <= 2 * _LONGEST_VALUE:
        return ""
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    call(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
