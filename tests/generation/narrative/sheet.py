"""The document around a narrative: title, headings, tables, signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from tests.generation.agencies import wordings
from tests.generation.narrative.narrative import Narrative
from tests.generation.narrative.sentences import paragraph_text
from tests.generation.panel.bodies import PanelBody
from tests.generation.sheets import PrintedSection, Sheet, Value, printed_tables
from tests.generation.table_format import FORMAT_2019, format_of_year, sections, tables
from tests.generation.truth_2019 import with_signs_and_units


def with_narrative(sheet: Sheet, narrative: Narrative) -> Sheet:
    """The sheet with its prose replaced."""
    texts = {name: tuple(map(paragraph_text, paragraphs)) for name, paragraphs in narrative.items()}
    printed = tuple(replace(one, paragraphs=texts.get(one.id, ())) for one in sheet.sections)
    return replace(sheet, front_matter=texts["front"], sections=printed)


def panel_sheet(random: Random, body: PanelBody, year: int, cells: Mapping[str, Value], narrative: Narrative) -> Sheet:
    """The whole document of one body and year."""
    name = format_of_year(year)
    headings = wordings()["headings"]
    with_table = {table.section: table.id for table in tables(name).values()}
    printed = tuple(
        PrintedSection(
            one.id,
            f"{one.number}、{one.heading if random.random() < 0.8 else random.choice(headings[one.id])}",
            (),
            with_table.get(one.id, ""),
        )
        for one in sections(name)
    )
    title = random.choice(wordings()["titles"]).format(agency=body.agency.name, year=year)
    published = (year + 1, 1, random.randint(8, 28))
    closing = (body.agency.name, "{}年{}月{}日".format(*published)) if random.random() < 0.4 else ()
    sheet = Sheet(body.agency.name, published, (title,), (), printed, printed_tables(cells), closing)
    if name == FORMAT_2019:
        sheet = with_signs_and_units(sheet, cells, random)
    return with_narrative(sheet, narrative)
