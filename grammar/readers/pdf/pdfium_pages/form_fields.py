"""The values of form fields on a page, and texts that were put on it as remarks, as the characters that one sees."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import FORM, OBJECT, PART, UnreadPart

MOST_ANNOTATIONS = 5_000  # of a page; a report that is all fields has some 200
_LONGEST_VALUE = 5_000  # characters
_HIDDEN = 0x02 | 0x20  # flags: hidden, not to be viewed
_SHOWN = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET)
_WITH_OPTIONS = (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, *_WITH_OPTIONS)
_VERSION = 2  # of the form interface
# films, spaces and whole programs on a page; files that hang on it
_UNREAD = {
    pdfium.FPDF_ANNOT_RICHMEDIA: OBJECT,
    pdfium.FPDF_ANNOT_THREED: OBJECT,
    pdfium.FPDF_ANNOT_SCREEN: OBJECT,
    pdfium.FPDF_ANNOT_FILEATTACHMENT: PART,
}
_FORMS_OF_THEIR_OWN = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_Buffer = pdfium.FPDF_WCHAR * _LONGEST_VALUE


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


def unread_of(document: Any) -> Iterator[UnreadPart]:
    """What a document as a whole holds that only its own program shows: a form in XML, files inside it."""
    if pdfium.FPDF_GetFormType(document) in _FORMS_OF_THEIR_OWN:
        yield UnreadPart(FORM, Place())
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        yield UnreadPart(PART, Place())


class Annotations(NamedTuple):
    """What the fields and free texts of a page show, line by line, the boxes of text that remarks strike out, and the
    kinds of what is shown without being read."""

    shown: list[Shown]
    struck: list[Shown]
    unread: list[str]


def annotations_of(page: Any, form: Any) -> Annotations:
    """What stands on a page besides its content."""
    found = Annotations([], [], [])
    for annotation in _annotations(page):
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            found.struck.extend(_struck(annotation))
        elif kind in _UNREAD:
            found.unread.append(_UNREAD[kind])
        elif kind in _SHOWN:
            found.shown.extend(_lines(annotation, kind, form))
    return found


def _struck(annotation: Any) -> Iterator[Shown]:
    points = pdfium.FS_QUADPOINTSF()
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


def _lines(annotation: Any, kind: int, form: Any) -> Iterator[Shown]:
    box = pdfium.FS_RECTF()
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN or not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box)):
        return
    lines = [line for line in _value(annotation, kind, form).replace("\r", "\n").split("\n") if line.strip()]
    height = (box.top - box.bottom) / max(len(lines), 1)
    for number, line in enumerate(lines):
        top = box.top - number * height
        yield Shown(line.strip(), box.left, top - height, box.right, top)


def _value(annotation: Any, kind: int, form: Any) -> str:
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
    field = pdfium.FPDFAnnot_GetFormFieldType(form, annotation) if form else None
    if field not in _FIELDS:
        return ""
    count = pdfium.FPDFAnnot_GetOptionCount(form, annotation) if field in _WITH_OPTIONS else 0
    chosen = next((one for one in range(count) if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, one)), None)
    if chosen is None:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetOptionLabel(form, annotation, chosen, buffer, size))


def _string(call: Any) -> str:
    """A text of PDFium: UTF-16 with a zero at its end; nothing where it is longer than any value."""
    buffer = _Buffer()
    size = int(call(buffer, ctypes.sizeof(buffer)))
    if not 2 < size <= ctypes.sizeof(buffer):
        return ""
    return ctypes.string_at(buffer, size).decode("utf-16-le", "replace").rstrip("\0")
