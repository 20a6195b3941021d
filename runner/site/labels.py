"""The words of a page for what the spec names: cells, severities, links to rules; and links that a browser follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from rules.layout import lay_out
from rules.outcomes import CompiledSpecification
from rules.specification import Column, ColumnGroup, Row, RowGroup, Specification
from runner.file_names import FileNames
from runner.site.pages import LabelledText, Tally
from runner.site.texts import Texts

FINGERPRINT_LENGTH = 12
RULE_FOLDER = "rules"
RULE_LIST = f"{RULE_FOLDER}/index.html"


def href(root: str, path: str, fragment: str = "") -> str:
    """A relative address of ``path`` (from the site's folder) for a page whose way there is ``root``.

    Letters beyond ASCII stay as they are, which HTML allows; what has a meaning in an address is percent-encoded.
    """
    address = root + "".join(character if character > "\x7f" else quote(character) for character in path)
    return f"{address}#{fragment}" if fragment else address


def severity_tally(severity: str, count: int, texts: Texts) -> Tally:
    """The sign and name of a severity, with a count."""
    return Tally(severity, texts[f"letter_{severity}"], texts.severity(severity), count)


def rule_paths(compiled: Sequence[CompiledSpecification]) -> dict[str, str]:
    """The path of each rule's page by rule id: ``rules/<rule id>.html``. Formats that share an id share the page."""
    names = FileNames(reserved=("index",))
    ids = dict.fromkeys(rule.rule.id for one in compiled for rule in one.rules)
    return {rule_id: f"{RULE_FOLDER}/{names.allocate(rule_id)}.html" for rule_id in ids}


def specification_line(compiled: CompiledSpecification, texts: Texts) -> LabelledText:
    """The title of a spec and the beginning of its fingerprint, for the foot of a page."""
    fingerprint = texts.say("footer_fingerprint", fingerprint=compiled.fingerprint[:FINGERPRINT_LENGTH])
    return LabelledText(texts.of(compiled.specification.title), fingerprint)


def year_text(year: int | None, texts: Texts) -> str:
    """The year of a report in words."""
    return texts["year_unknown"] if year is None else texts.say("year_label", year=year)


def cell_labels(specification: Specification, texts: Texts) -> dict[str, str]:
    """What each cell is called: its row and its column, in their short forms where the spec has them."""
    labels: dict[str, str] = {}
    for table in specification.tables:
        rows = dict(_names(table.rows, texts))
        columns = dict(_names(table.columns, texts))
        for cell in lay_out(table).cells():
            _, row, column = cell.split(".")
            labels[cell] = f"{rows[row]} · {columns[column]}"
    return labels


def _names(parts: Sequence[Row | RowGroup] | Sequence[Column | ColumnGroup], texts: Texts) -> Iterator[tuple[str, str]]:
    for part in parts:
        if isinstance(part, (Row, Column)):
            yield part.id, texts.of(part.short) if part.short else part.label
        elif isinstance(part, RowGroup):
            yield part.group, texts.of(part.short) if part.short else part.label
            yield from _names(part.rows, texts)
        else:
            yield from _names(part.columns, texts)
