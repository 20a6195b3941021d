"""From the XML of a Word document to its lines and tables, as they print once all tracked changes are accepted.

    events of word/document.xml -> list[Item]

Properties stand before what they describe, so one pass over the events is enough; no tree is built, and nothing
depends on how deeply elements are nested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from disclosure_checks.grammar.model.source_document import FORM, IMAGE, OBJECT, ReaderError
from disclosure_checks.grammar.readers.flow import DEEPEST_TABLE, MOST_CELLS, Item, Picture, settle
from disclosure_checks.grammar.readers.open_xml_package import ShortNames, attribute, number, switched_on
from disclosure_checks.grammar.readers.word.alternatives import Alternatives
from disclosure_checks.grammar.readers.word.fields import Fields
from disclosure_checks.grammar.readers.word.paragraphs import Paragraph, ParagraphReader, symbol_text
from disclosure_checks.grammar.readers.word.related import Related, identifier_in
from disclosure_checks.grammar.readers.word.tables import WIDEST_SPAN, WordCell, WordRow, place

_CHANGED = ("pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "numbering")
_FORMER_PROPERTIES = frozenset(f"w:{name}Change" for name in _CHANGED)
# deleted text, readings above characters, settings of content controls; headers and notes that Word 2003 puts into the text
_SKIPPED = (
    _FORMER_PROPERTIES | {"w:del", "w:moveFrom", "w:rt", "w:sdtPr"} | {"w:hdr", "w:ftr", "w:footnote", "w:endnote"}
)
_ROOTS = frozenset({"w:document", "w:wordDocument"})
_DELETED = "Word.Deletion"  # the kind of a change as Word 2003 writes it
_PROPERTIES = frozenset({"w:pPr", "w:rPr", "w:trPr", "w:tcPr"})
_TEXT = frozenset({"w:t", "m:t"})
_ALTERNATIVES = frozenset({"mc:Choice", "mc:Fallback"})
_PRINTED = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_DEEPEST_STORY = 2 * DEEPEST_TABLE


@dataclass
class _Story:
    """Where paragraphs go: the body, a cell or a text box. ``carried``: a paragraph whose end mark was deleted."""

    items: list[Item]
    carried: Paragraph | None = None


class BodyReader:
    """Receives the events of one document; made anew for each."""

    def __init__(self, paragraph_reader: ParagraphReader, related: Related) -> None:
        self._reader = paragraph_reader
        self._related = related
        self._names = ShortNames()
        self._is_document = False
        self._skipping = 0  # elements that are open inside a skipped one
        self._alternatives = Alternatives()
        self._printed = 0  # texts and images so far, hidden ones left out
        self._properties: list[str] = []
        self._stories = [_Story([])]
        self._paragraphs: list[Paragraph] = []
        self._fields = Fields()
        self._tables: list[list[WordRow]] = []
        self._ignored_tables = 0
        self._collecting = False
        self._cells = 0

    # ---- events

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins. Raises ReaderError ``too_large`` and, for a part that is no document, ``not_docx``."""
        if self._skipping:
            self._skipping += 1
            return
        short = self._names[name]
        if not self._is_document:
            self._is_document = short in _ROOTS
            if not self._is_document:
                raise ReaderError("not_docx")
        if short in _TEXT:
            self._collecting = self._prints()
        elif short in _PROPERTIES:
            self._properties.append(short)
        elif self._properties:
            self._property(short, attributes)
        elif short in _SKIPPED:
            self._skipping = 1
        elif short in _PRINTED:
            self._print(_PRINTED[short])
        elif short in _STARTS:
            _STARTS[short](self)
        elif short in _UNREAD:
            self._show(_UNREAD[short], attributes)
        elif short == "w:altChunk":
            self._embed(attributes)
        elif short == "aml:annotation":
            self._skipping = int(attribute(attributes, "type") == _DELETED)
        elif short == "w:sym":
            self._print(symbol_text(attributes))
        elif short == "w:fldSimple":
            self._fields.simple(attribute(attributes, "instr"), self._printed)
        elif short == "w:fldChar":
            self._print(self._fields.character(attribute(attributes, "fldCharType"), self._printed))
        elif short in Fields.NAMES:
            self._fields.part(short, attributes)
        elif short in _ALTERNATIVES and not self._alternatives.takes(attributes, self._printed):
            self._skipping = 1

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        short = self._names[name]
        if short in _TEXT:
            self._collecting = False
        elif short == "w:fldSimple":
            self._print(self._fields.character("end", self._printed))
        elif short in _PROPERTIES:
            self._properties.pop()
        elif short in _ENDS and not self._properties:
            _ENDS[short](self)

    def text(self, text: str) -> None:
        """Character data."""
        if self._collecting and not self._skipping:
            self._printed += 1
            paragraph = self._paragraphs[-1]
            paragraph.pieces.add(text.replace("\n", " "), is_raised=bool(paragraph.look.raised))
        elif not self._skipping:
            self._fields.text(text)

    def finish(self) -> list[Item]:
        """All that was read, once the document has ended."""
        return self._end_story()

    # ---- properties

    def _property(self, short: str, attributes: Mapping[str, str]) -> None:
        if short in _FORMER_PROPERTIES:
            self._skipping = 1
        elif self._properties[0] in ("w:trPr", "w:tcPr"):
            if self._tables and self._tables[-1] and not self._ignored_tables:
                _set_table_property(self._tables[-1][-1], short, attributes)
        elif self._paragraphs and self._properties[0] == "w:pPr":
            self._reader.paragraph_property(self._paragraphs[-1], short, attributes)
        elif self._paragraphs:
            self._reader.run_property(self._paragraphs[-1], short, attributes)

    # ---- paragraphs and what they print

    def _start_paragraph(self) -> None:
        paragraph = Paragraph()
        story = self._stories[-1]
        if story.carried:
            paragraph.continue_from(story.carried)
            story.carried = None
        self._paragraphs.append(paragraph)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        self._fields.end_paragraph()
        if paragraph.mark_deleted:
            self._stories[-1].carried = paragraph
        else:
            self._stories[-1].items += self._reader.items(paragraph)

    def _start_run(self) -> None:
        if self._paragraphs:
            self._paragraphs[-1].start_run()

    def _prints(self) -> bool:
        return bool(self._paragraphs) and not self._paragraphs[-1].look.is_gone and self._fields.print_here

    def _print(self, text: str) -> None:
        if text and self._prints():
            self._printed += 1
            self._paragraphs[-1].pieces.add(text)

    def _show(self, kind: str, attributes: Mapping[str, str]) -> None:
        """Something is shown that is not read. The image that stands before an object shows what that looks like."""
        if self._paragraphs:
            self._printed += 1
            unread = self._paragraphs[-1].unread
            if kind != IMAGE and unread and unread[-1].kind == IMAGE:
                unread.pop()
            content = self._related.image(identifier_in(attributes)) if kind == IMAGE else b""
            unread.append(Picture(kind=kind, content=content))

    # ---- text boxes and alternatives

    def _start_text_box(self) -> None:
        # text boxes deep inside each other share their lines, since each level hands its lines to the one around it
        shares = len(self._stories) > _DEEPEST_STORY
        self._stories.append(_Story(self._stories[-1].items if shares else []))

    def _end_text_box(self) -> None:
        items = self._end_story()
        around = self._stories[-1].items
        if items is not around:
            (self._paragraphs[-1].after if self._paragraphs else around).extend(items)

    def _settle_carried(self) -> None:
        story = self._stories[-1]
        if story.carried:
            story.items += self._reader.items(story.carried)
            story.carried = None

    def _end_story(self) -> list[Item]:
        self._settle_carried()
        return self._stories.pop().items

    def _start_alternatives(self) -> None:
        self._alternatives.begin()

    def _end_alternatives(self) -> None:
        self._alternatives.end()

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        """A prefix stands for a namespace from here on."""
        self._alternatives.declare(prefix or "", namespace or "")

    def _embed(self, attributes: Mapping[str, str]) -> None:
        self._settle_carried()
        self._stories[-1].items += self._related.embedded(identifier_in(attributes))

    # ---- tables

    def _start_table(self) -> None:
        self._settle_carried()
        if len(self._tables) >= DEEPEST_TABLE or self._ignored_tables:
            self._ignored_tables += 1
        else:
            self._tables.append([])

    def _end_table(self) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
        else:
            self._stories[-1].items += settle(place(self._tables.pop()))

    def _start_row(self) -> None:
        if self._tables and not self._ignored_tables:
            self._tables[-1].append(WordRow())

    def _start_cell(self) -> None:
        if not self._tables or self._ignored_tables:
            return
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise ReaderError("too_large", f"> {MOST_CELLS} cells")
        rows = self._tables[-1]
        if not rows:
            rows.append(WordRow())
        cell = WordCell()
        rows[-1].cells.append(cell)
        self._stories.append(_Story(cell.items))

    def _end_cell(self) -> None:
        if self._tables and not self._ignored_tables:
            self._end_story()


def _set_table_property(row: WordRow, short: str, attributes: Mapping[str, str]) -> None:
    value = attribute(attributes, "val")
    if short == "w:gridBefore":
        row.skipped = min(max(number(value), 0), WIDEST_SPAN)
    elif short in ("w:del", "w:hidden"):
        row.dropped = switched_on(attributes)
    elif row.cells:
        cell = row.cells[-1]
        if short == "w:gridSpan":
            cell.span = min(max(number(value, 1), 1), WIDEST_SPAN)
        elif short in ("w:vMerge", "w:vmerge"):
            cell.continues_above = value != "restart"
        elif short in ("w:hMerge", "w:hmerge"):
            cell.continues_left = value != "restart"
        elif short == "w:cellDel":
            cell.deleted = True


# what is shown and not read
_OBJECTS = ("o:OLEObject", "c:chart", "dgm:relIds")
_UNREAD = {"a:blip": IMAGE, "v:imagedata": IMAGE, "w:control": FORM, **dict.fromkeys(_OBJECTS, OBJECT)}
_STARTS: Mapping[str, Callable[[BodyReader], None]] = {
    "w:p": BodyReader._start_paragraph,
    "w:r": BodyReader._start_run,
    "m:r": BodyReader._start_run,
    "w:tbl": BodyReader._start_table,
    "w:tr": BodyReader._start_row,
    "w:tc": BodyReader._start_cell,
    "w:txbxContent": BodyReader._start_text_box,
    "mc:AlternateContent": BodyReader._start_alternatives,
}
_ENDS: Mapping[str, Callable[[BodyReader], None]] = {
    "w:p": BodyReader._end_paragraph,
    "w:tbl": BodyReader._end_table,
    "w:tc": BodyReader._end_cell,
    "w:txbxContent": BodyReader._end_text_box,
    "mc:AlternateContent": BodyReader._end_alternatives,
}
