"""The names of the layouts that code speaks of; a report carries the one that most of its tables are printed in."""

from __future__ import annotations

# lines of text, as layouts.yaml tells them apart
SPACED_ROWS = "spaced_rows"
WORD_TEXT = "word_text"  # a cell a line
PAGE_TEXT = "page_text"  # the last resort: nothing but the line itself

# lines of text that are told by their words
GLUED = "glued"  # labels and numbers without separators between them
PROSE = "prose"  # no table at all

# what a file is, where its reader tells tables from text
TEXT = "text"
HTML = "html"
DOCX = "docx"
DOC = "doc"
RTF = "rtf"
ODT = "odt"
PDF = "pdf"
XLSX = "xlsx"
XLS = "xls"
ODS = "ods"
PICTURE = "picture"

# layouts whose headers of several lines come a line after the other, not cell by cell
LINE_BY_LINE = frozenset({SPACED_ROWS, PDF, PICTURE})
