"""What a spec says about titles and names: how a title is recognised, and where else the agency is named."""

from __future__ import annotations

from pydantic import Field

from disclosure_checks.rules.spec.model.parts import Part


class ReportTitle(Part):
    """How the title of a report is recognised."""

    kinds: tuple[str, ...] = Field(
        min_length=1, description="The words that end a title, longest first; [] and {|} as in headings"
    )
    begins: tuple[str, ...] = Field(
        (), description="Words that titles begin with: a year before them, or before a whole title, needs no 年"
    )
    no_title: tuple[str, ...] = Field(
        (), description="Words behind those of a title in a line that is none, such as 格式, which names the blank form"
    )
    earliest_year: int = Field(
        2000,
        ge=2000,
        description="The first year that there can be reports for: one before it in the name of a file is none",
    )
    agency_endings: tuple[str, ...] = Field(
        description="Words that an agency's name ends in; asked for where a title stands on several lines"
    )
    period: str = Field(description="A regular expression for the reporting period; the group `year` is its year")
    issuer: tuple[str, ...] = Field(
        (), description="Regular expressions whose group `agency` names the agency where no title does"
    )
    names_itself: tuple[str, ...] = Field(
        (),
        description="Regular expressions with the group `agency`: how the first sentences name the agency; "
        "another name than the title's is told",
    )
    issuer_labels: tuple[str, ...] = Field(
        (), description="What a cell prints before the cell that names the agency, such as 发布机构"
    )
    no_agency: str = Field(
        "", description="A regular expression for words that are no name of an agency, such as 我单位"
    )
    second_agency: str = Field(
        "", description="A regular expression for a bracket at the end of a name that holds another one; left out"
    )
    furniture: str = Field(
        "", description="A regular expression for what a page prints before a title on its line, such as Page 8"
    )
    file_name: str = Field(
        "", description="A regular expression whose group `agency` is the agency in the name of a file, the last resort"
    )
    text_begins: tuple[str, ...] = Field(
        (), description="Words that the text begins with where it follows the title on its line"
    )
