"""The parts of the overview that speak of agencies as a whole: who is missing, and which names are close."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath

from disclosure_checks.rules.collection.agencies.review import AgencyReview, MissingReport
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.site.labels import year_text
from disclosure_checks.runner.site.page_models import LabelledText, MissingLine, MissingList, SimilarLine
from disclosure_checks.runner.texts.site_texts import Texts

_MOST_A_YEAR = 100  # agencies named on the page; the file names all
_MOST_NAMES = 100


def missing_list(review: AgencyReview, texts: Texts) -> MissingList:
    """The listed agencies without a report, by year; empty without a list of agencies."""
    if not review.agencies_file:
        return MissingList()
    by_year = groupby(review.missing, key=lambda one: one.year)
    lines = tuple(_missing_line(year, tuple(missing), texts) for year, missing in by_year)
    name = "missing_explanation" if lines else "missing_none"
    return MissingList(
        texts.say(name, count=review.listed, file=visible_text(PurePath(review.agencies_file).name)), lines
    )


def _missing_line(year: int, missing: tuple[MissingReport, ...], texts: Texts) -> MissingLine:
    more = len(missing) - _MOST_A_YEAR
    return MissingLine(
        year_text(year, texts),
        texts.say("missing_count", count=len(missing)),
        tuple(
            LabelledText(visible_text(one.agency), texts.say("missing_due", date=one.due) if one.due else "")
            for one in missing[:_MOST_A_YEAR]
        ),
        texts.say("missing_more", count=more) if more > 0 else "",
    )


def similar_names(review: AgencyReview, texts: Texts) -> tuple[SimilarLine, ...]:
    """The agencies that may be another one."""
    return tuple(
        SimilarLine(
            visible_text(one.agency),
            texts["list_separator"].join(year_text(year, texts) for year in one.years),
            visible_text(one.similar_to),
            texts[f"difference_{one.difference}"],
        )
        for one in review.similar[:_MOST_NAMES]
    )
