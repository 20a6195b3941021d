"""The model of ``agencies.yaml``: which agencies there are, what each was and is called, and who stands above whom.

    agencies.yaml -> AgencyList (pydantic) -> rules.collection.agencies.registry.AgencyRegistry

What the parts must have to do with one another is checked in ``rules.collection.agencies.list_loading``.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field, create_model

from disclosure_checks.rules.spec.model.body_facts import BodyVocabulary
from disclosure_checks.rules.spec.model.parts import CHINESE, Identifier, Part

_MONTH_AND_DAY = re.compile(r"(\d\d)-(\d\d)")
_COMMON_YEAR = 2023


class FormerName(Part):
    """A name the agency had before, and the report years in which it was printed."""

    name: str = Field(min_length=1)
    first: int | None = Field(None, alias="from", description="The first report year under this name")
    until: int = Field(description="The last report year under this name")


class Agency(Part):
    """One agency that reports, or did. What the vocabulary of bodies adds is a key of its own, see ``agency_list_model``."""

    name: str = Field(min_length=1, description="The name it is shown under")
    kind: Identifier = Field(description="What it is")
    aliases: tuple[str, ...] = Field((), description="Other names and short forms, valid in every year")
    former_names: tuple[FormerName, ...] = ()
    parent: str | None = Field(None, description="The name of the government or office above it")
    vertically_managed: bool = Field(False, description="Managed from above (垂直管理): not summed by its parent")
    due: str | None = Field(None, description="Month and day of the next year by which it reports, such as 01-31")
    children_complete: bool = Field(False, description="Every agency whose parent this is stands in the list")
    reports_from: int | None = Field(None, description="The first year it has to report on")
    reports_until: int | None = Field(None, description="The last year it has to report on")

    def says(self, fact: str) -> bool | None:
        """What the list says of it with true or false; None where it says nothing."""
        said = getattr(self, fact, None)
        return said if isinstance(said, bool) else None

    def reports_for(self, year: int) -> bool:
        """Whether it has to report on a year."""
        return (self.reports_from is None or self.reports_from <= year) and (
            self.reports_until is None or year <= self.reports_until
        )


class ListedAgency(Agency):
    """An agency of a list that is sound: it holds what some vocabulary adds, whichever that was.

    The model of a list is made while the program runs; what it makes could not be sent to another process.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    @classmethod
    def of(cls, entry: Agency) -> ListedAgency:
        """An entry of a list by any vocabulary."""
        return cls.model_validate(entry.model_dump(by_alias=True))


class AgencyList(Part):
    """The whole file."""

    agencies: tuple[Agency, ...] = Field(min_length=1)


def agency_list_model(vocabulary: BodyVocabulary) -> type[AgencyList]:
    """The model of a list whose bodies are of the kinds of a vocabulary, and may say its facts."""
    said: dict[str, Any] = {
        name: (bool | None, Field(None, description=title.en, json_schema_extra={CHINESE: title.zh}))
        for name, title in vocabulary.facts.items()
    }
    kind: Any = (Literal[tuple(vocabulary.kinds)], Field(description="What it is"))
    agency = create_model("Agency", __base__=Agency, __doc__=Agency.__doc__, kind=kind, **said)
    agencies: Any = (tuple[agency, ...], Field(min_length=1))  # type: ignore[valid-type]  # made a line above
    return create_model("AgencyList", __base__=AgencyList, __doc__=AgencyList.__doc__, agencies=agencies)


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of a text such as ``03-31``; None where it is no day that every year has."""
    found = _MONTH_AND_DAY.fullmatch(text)
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(_COMMON_YEAR, month)[1]:
        return None
    return month, day


def due_date(due: str, year: int) -> date:
    """The day by which the report on a year is due. ``due`` is a month and day of the next year."""
    month, day = month_and_day(due) or (12, 31)  # both are checked when they are loaded
    return date(year + 1, month, day)
