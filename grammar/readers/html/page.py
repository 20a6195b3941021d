"""From tags and texts to the lines and tables of a page.

    Iterator[Token] -> list[Item]

Of all the nesting of a page only three things matter here: the tables that are open, a hidden element, and whether a
tag ends a line. So tags that are missing, crossed or nested without end do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from disclosure_checks.grammar.model.source_document import FORM, ReaderError
from disclosure_checks.grammar.readers.flow import DEEPEST_TABLE, MOST_CELLS, Item, Line, Picture, settle
from disclosure_checks.grammar.readers.html.form_controls import UNREAD, Choice, value_of_input, waits_for_value
from disclosure_checks.grammar.readers.html.spans import Positions, RowGroup, TableCell, place, span
from disclosure_checks.grammar.readers.html.tokens import Token, attributes
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.styles import Look, StyleSheet

_CELLS = frozenset({"td", "th"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_PARTS = _CELLS | _GROUPS | {"tr"}
_BREAKING = _PARTS | {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option"),
    *("iframe", "p", "pre", "search", "section", "summary", "table", "ul"),
}
_ENDING = frozenset("/" + name for name in _BREAKING)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_NOT_TEXT = frozenset({"svg", "datalist", "rt", "del", "s", "strike"})  # a drawing; what is struck does not count
_RAISED = frozenset({"sup", "sub", "small"})
_ACTED_ON = _BREAKING | _NOT_TEXT | _RAISED | {"input", "select"} | UNREAD.keys()
_NEVER_HIDDEN = frozenset({"html", "body"})  # shown by a script once the page has loaded
_MAY_MATTER = re.compile(r"\b(?:style|hidden|class|id)\b", re.IGNORECASE)
_WHITE = " \t\n\r\f"
_WHITE_SPACE = re.compile(f"[{_WHITE}]+")


@dataclass
class _Table:
    """A table whose end is still to come. ``items``: what stands around it."""

    items: list[Item]
    groups: list[RowGroup] = field(default_factory=list)
    row: list[TableCell] | None = None
    cell: TableCell | None = None


@dataclass
class _Raised:
    """An element that stands above or below the line: the elements of its name inside it."""

    name: str
    depth: int = 1


@dataclass
class _Hidden:
    """An element that is not shown: the elements of its name and the tables open inside it."""

    name: str
    depth: int = 1
    tables: int = 0


class PageBuilder:
    """Puts one page together; made anew for each page."""

    def __init__(self, styles: StyleSheet, shown: Callable[[str, str, int], Sequence[Item]]) -> None:
        self._styles = styles
        self._shown = shown  # from the name of an element, its attributes and line to what it shows of another file
        self._page: list[Item] = []
        self._tables: list[_Table] = []
        self._ignored_tables = 0
        self._hidden: _Hidden | None = None
        self._preformatted = 0
        self._raised: _Raised | None = None
        self._choice: Choice | None = None
        self._pieces = Pieces()
        self._line = 0
        self._cells = 0
        self._positions = Positions()

    def build(self, tokens: Iterable[Token]) -> list[Item]:
        """The lines, images and tables of the page. Raises ReaderError ``too_large``."""
        for name, text, line in tokens:
            if self._hidden and not self._leaves_hidden(self._hidden, name):
                continue
            if self._choice and (self._choice.takes(name, text) or self._ends_choice(self._choice, name, line)):
                continue
            if not name:
                self._text(text, line)
            elif name[0] == "/":
                if name in _ENDING:
                    self._end(name[1:])
                elif self._raised and name[1:] == self._raised.name:
                    self._lower(self._raised)
            elif text or name in _ACTED_ON:
                self._start(name, text, line)
            elif self._raised and name == self._raised.name:
                self._raised.depth += 1
        while self._tables:
            self._close_table()
        self._break_line()
        return self._page

    # ---- what is hidden

    def _leaves_hidden(self, hidden: _Hidden, name: str) -> bool:
        """Whether a tag stands outside the hidden element again, though the element may never have been ended."""
        if name == "table":
            hidden.tables += 1
        if name == hidden.name:
            if name in _PARTS or name == "p":
                if not hidden.tables:
                    self._hidden = None
                    return True
            else:
                hidden.depth += 1
        elif name == "/" + hidden.name and (name == "/table" or name[1:] not in _PARTS or not hidden.tables):
            hidden.depth -= 1
            if not hidden.depth:
                self._hidden = None
            return False
        elif not hidden.tables and self._ends_hidden(hidden.name, name):
            self._hidden = None
            return True
        if name == "/table":
            hidden.tables = max(hidden.tables - 1, 0)
        return False

    def _ends_hidden(self, hidden: str, name: str) -> bool:
        """Whether a tag ends a hidden element by ending what is around it."""
        bare = name.removeprefix("/")
        if hidden == "p" and bare in _BREAKING and name != "br":
            return True
        if not self._tables or (bare not in _PARTS and name != "/table"):
            return False
        if hidden in _GROUPS:
            return bare in _GROUPS or name == "/table"
        return hidden != "tr" or bare not in _CELLS

    def _look(self, name: str, written: str) -> Look:
        if name in _NOT_TEXT:
            return Look(hidden=True)
        if name in _NEVER_HIDDEN or name in _VOID:
            return Look()
        given = attributes(written) if written and _MAY_MATTER.search(written) else {}
        if not given and self._styles.is_empty:
            return Look(raised=name in _RAISED)
        look = self._styles.look(name, given)
        return look if name in _BREAKING else look._replace(raised=look.raised or name in _RAISED)

    def _ends_choice(self, choice: Choice, name: str, line: int) -> bool:
        """Shows what was chosen; what a list shows for its first place alone is a menu of the page outside tables."""
        self._choice = None
        if choice.is_chosen or (self._tables and self._tables[-1].cell):
            self._text(choice.shown, line)
        return name == "/select"

    # ---- tags

    def _start(self, name: str, written: str, line: int) -> None:
        look = self._look(name, written)
        if look.hidden:
            if name in _PARTS:
                self._break_line()
                self._close_part(name)
            self._hidden = _Hidden(name, tables=int(name == "table"))
            return
        if name in _BREAKING:
            self._break_line()
        elif self._raised and name == self._raised.name:
            self._raised.depth += 1
        elif look.raised and not self._raised:
            self._raised = _Raised(name)
        if name == "table":
            self._open_table()
        elif name in _PARTS:
            self._open_part(name, written)
        elif name in UNREAD:
            self._items().extend(self._shown(name, written, line))
        elif name == "input":
            given = attributes(written)
            if self._tables and waits_for_value(given):
                self._items().append(Picture(line, FORM))
            self._text(value_of_input(given), line)
        elif name == "select":
            self._choice = Choice()
        elif name == "pre":
            self._preformatted += 1

    def _end(self, name: str) -> None:
        self._break_line()
        if name == "table":
            self._end_table()
        elif name in _PARTS:
            self._close_part(name)
        elif name == "pre":
            self._preformatted = max(self._preformatted - 1, 0)

    def _lower(self, raised: _Raised) -> None:
        raised.depth -= 1
        if not raised.depth:
            self._raised = None

    # ---- lines

    def _text(self, text: str, line: int) -> None:
        if not self._preformatted:
            self._piece(text, line)
            return
        for number, part in enumerate(text.split("\n")):
            if number:
                self._break_line()
            self._piece(part, line + number)

    def _piece(self, text: str, line: int) -> None:
        if not self._line:
            shown = text.lstrip(_WHITE)
            if not shown:
                return
            self._line = line + text.count("\n", 0, len(text) - len(shown))
        self._pieces.add(text, is_raised=self._raised is not None)

    def _break_line(self) -> None:
        self._raised = None
        if self._line:
            text = self._pieces.text()
            text = text.strip("\n\r\f") if self._preformatted else _WHITE_SPACE.sub(" ", text).strip(" ")
            self._items().append(Line(text, self._line))
            self._pieces = Pieces()
            self._line = 0

    def _items(self) -> list[Item]:
        """What is being filled: the innermost open cell, or what is around the innermost table."""
        if not self._tables:
            return self._page
        table = self._tables[-1]
        return table.cell.items if table.cell else table.items

    # ---- tables

    def _open_table(self) -> None:
        if len(self._tables) >= DEEPEST_TABLE or self._ignored_tables:
            self._ignored_tables += 1
            return
        if self._tables and self._tables[-1].cell is None and self._tables[-1].groups:
            self._close_table()  # a table between the rows of another one: the end of the first is missing
        self._tables.append(_Table(self._items()))

    def _end_table(self) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
        elif self._tables:
            self._close_table()

    def _close_table(self) -> None:
        self._break_line()
        table = self._tables.pop()
        table.items += settle(place(table.groups, self._positions))

    def _open_part(self, name: str, written: str) -> None:
        if not self._tables or self._ignored_tables:
            return
        table = self._tables[-1]
        self._close_part(name)
        if name in _GROUPS:
            table.groups.append(RowGroup(name))
            return
        if not table.groups:
            table.groups.append(RowGroup("tbody"))
        if table.row is None:
            table.row = []
            table.groups[-1].rows.append(table.row)
        if name in _CELLS:
            self._count_cell()
            given = attributes(written) if "span" in written.lower() else {}
            table.cell = TableCell(span(given.get("colspan")), span(given.get("rowspan"), zero=0))
            table.row.append(table.cell)

    def _close_part(self, name: str) -> None:
        """Ends the open cell, and what else a row or a group of rows ends."""
        if not self._tables or self._ignored_tables:
            return
        table = self._tables[-1]
        table.cell = None
        if name not in _CELLS:
            table.row = None

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise ReaderError("too_large", f"> {MOST_CELLS} cells")
