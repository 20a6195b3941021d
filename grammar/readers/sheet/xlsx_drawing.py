"""What is drawn over a sheet of an .xlsx file: the text of its boxes, and whether it shows pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.readers.open_xml_package import number, parse_xml
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.sheet.sheet_names import TextBox
from disclosure_checks.grammar.readers.sheet.xlsx_parts import local

_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
_LAST_ROW = 2_000_000  # of a box whose place is not said
_MOST_BOXES = 5_000
_MOST_PICTURES = 500
_NOT_STRUCK = "noStrike"


@dataclass
class Drawing:
    """The boxes with text, and whether there is a picture, or a chart."""

    boxes: list[TextBox] = field(default_factory=list)
    shows_picture: bool = False
    pictures: list[str] = field(default_factory=list)  # ids of their files
    shows_chart: bool = False


def read_drawing(content: bytes) -> Drawing:
    """The drawing of a sheet; an empty one where there is none."""
    reader = _DrawingReader()
    if content:
        parse_xml(content, reader.start, reader.end, reader.text)
    return reader.drawing


class _DrawingReader:
    """Takes the elements of a drawing as they come."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self._row = _LAST_ROW
        self._place: list[str] = []  # digits of the row, while they are being read
        self._path: list[str] = []
        self._lines: list[str] = []
        self._line = Pieces()
        self._struck = self._raised = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = local(element)
        self._path.append(name)
        if name in _ANCHORS:
            self._row = _LAST_ROW
        elif name == "pic":
            self.drawing.shows_picture = True
        elif name == "blip" and len(self.drawing.pictures) < _MOST_PICTURES:
            self.drawing.pictures += [value for key, value in attributes.items() if key.endswith("relationships embed")]
        elif name == "graphicFrame":
            self.drawing.shows_chart = True
        elif name == "txBody":
            self._lines = []
        elif name == "r":
            self._struck = self._raised = False
        elif name == "rPr":
            self._look(attributes)
        elif name == "br":
            self._end_line()

    def _look(self, attributes: Mapping[str, str]) -> None:
        self._struck = attributes.get("strike", _NOT_STRUCK) != _NOT_STRUCK
        self._raised = attributes.get("baseline", "0").rstrip("%") not in ("0", "")

    def end(self, _: str) -> None:
        name = self._path.pop()
        if name == "row":
            self._row, self._place = number("".join(self._place), _LAST_ROW - 1) + 1, []
        elif name == "p":
            self._end_line()
        elif name == "txBody" and any(map(str.strip, self._lines)) and len(self.drawing.boxes) < _MOST_BOXES:
            self.drawing.boxes.append(TextBox(self._row, tuple(self._lines)))

    def _end_line(self) -> None:
        self._lines.append(self._line.text())
        self._line = Pieces()

    def text(self, text: str) -> None:
        if self._path[-1:] == ["t"] and not self._struck:
            self._line.add(text, is_raised=self._raised)
        elif self._path[-2:] == ["from", "row"]:
            self._place.append(text)
