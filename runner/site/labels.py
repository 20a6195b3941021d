"""The words and links that several kinds of pages share: severities, years, specs, addresses of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from disclosure_checks.rules.spec.compiling.compiled import ALL_RULES, CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.publishing.file_names import FileNames
from disclosure_checks.runner.site.page_models import LabelledText, Link, PageFrame, Tally
from disclosure_checks.runner.texts.site_texts import Texts

FINGERPRINT_LENGTH = 12
RULE_FOLDER = "rules"
_ASCII = re.compile("[\x00-\x7f]+")
RULE_LIST = f"{RULE_FOLDER}/index.html"
AGENCY_LIST = "agencies/index.html"
REGION = "region.html"
BY_PARENT = "by-parent"  # what is compared below each parent, on the page of the region
RUN = "run.html"


def href(root: str, path: str, fragment: str = "") -> str:
    """A relative address of ``path`` (from the site's folder) for a page whose way there is ``root``.

    Letters beyond ASCII stay as they are, which HTML allows; what has a meaning in an address is percent-encoded.
    """
    address = root + _ASCII.sub(lambda found: quote(found[0]), path)
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


def selection_notice(compiled: Iterable[CompiledSpecification], texts: Texts) -> str:
    """Which rules were left out of this run, "" where it had all."""
    selection = next((one.selection for one in compiled if one.selection != ALL_RULES), ALL_RULES)
    return " ".join(
        texts.say(name, rules=texts["list_separator"].join(rules))
        for name, rules in (("selected_rules", selection.only), ("rules_left_out", selection.without))
        if rules
    )


def year_text(year: int | None, texts: Texts) -> str:
    """The year of a report in words."""
    return texts["year_unknown"] if year is None else texts.say("year_label", year=year)


def agency_name(agency: str, report: str, texts: Texts) -> str:
    """The agency of a report; where it is unknown, the name of the file, so that several such are told apart."""
    return agency or texts.say("agency_unknown_in", file=visible_text(report))


def page_frame(
    title: str, root: str, breadcrumbs: tuple[Link, ...], compiled: Sequence[CompiledSpecification], texts: Texts
) -> PageFrame:
    """The frame of a page that rests on some specs and shows what their rules found."""
    return PageFrame(
        title=title,
        root=root,
        breadcrumbs=breadcrumbs,
        specifications=tuple(specification_line(one, texts) for one in compiled),
        product=texts.product(one.specification for one in compiled),
        notice=selection_notice(compiled, texts),
    )
