"""The facts the report grammar establishes about every document, by scope. Formulas may name exactly these.

Full names: ``document.<fact>``, ``section.<section id>.<fact>``, ``table.<table id>.<fact>``; facts that a spec
declares over the text are ``text.<id>``. Counts are 0 where there is none; NaN means that it cannot be known.
"""

from __future__ import annotations

DOCUMENT_FACTS: dict[str, str] = {
    "title_found": "1 where a title line was found",
    "title_lines": "the number of lines the title stands on; unknown without a title",
    "title_agency_found": "1 where the title names the agency",
    "title_year": "the year in the title; unknown where it names none",
    "year_disagreements": "sources (file name, repeated title) that name another year than the one used",
    "agency_disagreements": "repeated titles and file names that name another agency than the one used",
    "reports_of_same_agency_and_year": "other reports of the same agency and year among those checked together",
    "cells_differing_in_same_year": "cells that hold another number in another report of the same agency and year; "
    "counted in the first of these reports, 0 in the others",
    "own_signature_labels": "labels printed that prove the format of the spec",
    "foreign_signature_labels": "labels printed that prove another format",
    "unknown_headings": "numbered headings that are no section of the format",
    "heading_level_jumps": "Markdown headings whose level skips one",
    "characters": "the number of characters of the document, without white space",
    "sums_holding": "sums and shares inside a sentence that hold, such as 190 = 150 + 36 + 4",
    "sums_exceeding": "lists of parts inside a sentence that come to more than their whole",
    "sums_differing": "lists of parts that are presented as the whole and come to another number",
    "sums_short": "lists of parts that come to less than their whole",
    "shares_differing": "percentages inside a sentence that do not fit their counts",
    "growth_differing": "percentages of growth inside a sentence that do not fit the numbers beside them",
    "similarity_to_last_year": "how much of the text is that of the agency's last report, from 0 to 1; unknown without one",
    "similarity_to_another_agency": "the same for the report of another agency, this year's or last year's, that is most like it",
}

SECTION_FACTS: dict[str, str] = {
    "count": "how often the section's heading stands in the report",
    "out_of_order": "1 where the section stands before one that should precede it",
    "unnumbered": "headings without their number",
    "misnumbered": "headings with another number than the format's",
    "variant": "headings that are an accepted variant",
    "reworded": "headings taken for this section by one word only",
    "indented": "headings with white space before them",
    "characters": "the number of characters of running text in the section; unknown where the section is missing",
}

PRINTED_TABLE_FACTS: dict[str, str] = {
    "count": "how often the table stands in the report",
    "not_printed": "1 where the table is not there; unknown where the text says that it is an image or an attachment",
    "rows_found": "rows whose label was found",
    "rows_missing": "rows of the format that are not printed; unknown where the whole table is not printed",
    "rows_unknown": "rows with a label the format does not know, while a row of the format is missing",
    "rows_extra": "rows with a label the format does not know, while none is missing",
    "rows_repeated": "rows printed a second time",
    "rows_short": "rows with fewer values than columns",
    "rows_long": "rows with more values than columns",
    "rows_unclear": "rows whose values may be those of the row before or after",
    "rows_unsplit": "rows whose numbers stand without separators and can be divided in several ways",
    "rows_shifted": "rows that stand in another column than their siblings",
    "rows_out_of_order": "rows printed before a row they should follow",
    "rows_merged": "groups printed as one row",
    "header_shifted": "1 where the header stands in other columns than the values",
    "header_reordered": "1 where the header prints its columns in another order than the format",
    "header_foreign": "rows below a header that only another format has; their values are not read",
    "header_labels_missing": "column labels of the format that the header does not print; unknown without a header",
    "header_labels_unknown": "header labels that the format does not know",
    "labels_aliased": "labels printed in an accepted variant",
    "labels_reworded": "labels that were recognised although they differ from every accepted wording",
    "cells_absent": "cells that are not printed although their row is; unknown where the whole table is not printed",
    "cells_blank": "cells that are empty or a placeholder",
    "cells_ambiguous": "cells whose value cannot be told from its neighbours",
    "cells_unreadable": "cells with text and no number",
    "cells_recognised": "cells whose value was seen in a picture or told by the sums it stands in",
    "cells_doubtful": "cells that were seen in a picture, but not so that their value is certain",
    "cells_with_other_unit": "cells with a unit other than their column's",
    "cells_with_words": "cells with a unit or words around a readable number",
    "cells_oddly_typed": "cells with inner or outer spaces, full-width digits or thousands separators",
}

# established once the year before is known (``rules.collection.year_facts``), not by reading a report
TABLE_YEAR_FACTS: dict[str, str] = {
    "cells_changed_since_last_year": "cells that hold another number than last year; unknown where last year is",
    "cells_repeated_from_last_year": "cells other than 0 that hold last year's number; unknown where last year is",
    "cells_repeated_without_totals": "those of them that stand in no row or column of totals",
}

TABLE_FACTS: dict[str, str] = {**PRINTED_TABLE_FACTS, **TABLE_YEAR_FACTS}

# what is odd by these may be the recogniser's reading of a picture
DOUBTFUL_IN_PICTURES = frozenset(
    {
        "document.unknown_headings",
        "document.heading_level_jumps",
        "document.title_lines",
        "document.foreign_signature_labels",
        *(f"document.{name}" for name in DOCUMENT_FACTS if name.startswith(("sums_", "shares_", "growth_"))),
        *(f"section.{name}" for name in SECTION_FACTS if name not in ("count", "characters")),
    }
)

# what is not found by these may stand in a picture and not have been made out
LOST_IN_PICTURES = frozenset({"document.title_found", "document.title_agency_found"})

# what the evidence of these expects is the wording that should be printed there; of others it is what they compare with
WORDING_FACTS = frozenset(
    {
        "document.unknown_headings",
        "section.unnumbered",
        "section.misnumbered",
        "section.variant",
        "section.reworded",
        "table.rows_missing",
        "table.header_labels_missing",
        "table.labels_aliased",
        "table.labels_reworded",
    }
)

REPORT_NAMES: dict[str, str] = {"year": "the year of the report"}
