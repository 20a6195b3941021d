"""What the controls of a form show: the values of its fields, the choice of its lists."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_checks.grammar.model.source_document import IMAGE, OBJECT, PART
from disclosure_checks.grammar.readers.html.tokens import attributes

# what a page shows of other files and programs; of a drawn canvas nothing is known
UNREAD = {
    "img": IMAGE,
    "object": OBJECT,
    "embed": OBJECT,
    "applet": OBJECT,
    "canvas": OBJECT,
    "iframe": PART,
    "frame": PART,
}
# inputs that show no value of their own, or one that is none of the report's
_WITHOUT_VALUE = frozenset(
    {
        "hidden",
        "button",
        "submit",
        "reset",
        "image",
        "file",
        "password",
        "checkbox",
        "radio",
        "color",
        "range",
        "search",
    }
)


def value_of_input(given: Mapping[str, str]) -> str:
    """What an input shows; "" for buttons, boxes and whatever is not shown."""
    return "" if given.get("type", "text").strip().lower() in _WITHOUT_VALUE else given.get("value", "")


def waits_for_value(given: Mapping[str, str]) -> bool:
    """Whether an input is one to be filled in that has no value: nothing is known of what it shows."""
    return not given.get("value") and given.get("type", "text").strip().lower() not in _WITHOUT_VALUE


_ENDING = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "input", "select"})


class Choice:
    """A list of choices whose end is still to come. It shows the option that is selected, else the first one."""

    def __init__(self) -> None:
        self._options: list[list[str]] = []
        self._selected = -1

    def takes(self, name: str, text: str) -> bool:
        """Takes a text or a tag for a part of the list; no for a tag that ends it, which may stand for its own end."""
        if not name:
            if self._options:
                self._options[-1].append(text)
        elif name == "option":
            if "selected" in attributes(text):
                self._selected = len(self._options)
            self._options.append([])
        return name.removeprefix("/") not in _ENDING

    @property
    def is_chosen(self) -> bool:
        """Whether an option was selected, rather than being shown for its place."""
        return self._selected >= 0

    @property
    def shown(self) -> str:
        """The text of the option that is shown."""
        return "".join(self._options[max(self._selected, 0)]) if self._options else ""
