"""What every part of a spec file is made of: ids, texts in two languages, severities."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z_0-9]*$", max_length=60)]
FormatIdentifier = Annotated[str, Field(pattern=r"^[0-9a-z][a-z_0-9]*$", max_length=60)]
RuleIdentifier = Annotated[str, Field(pattern=r"^[a-z][a-z_0-9]*(\.[a-z][a-z_0-9]*)*$", max_length=80)]

CHINESE = (
    "zh"  # the key of a field's ``json_schema_extra`` that holds its Chinese text, where the program makes a model
)


class Part(BaseModel):
    """Base of every part of a spec: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """A text for people in both languages."""

    zh: str = Field(min_length=1, description="Chinese, shown by default")
    en: str = Field(min_length=1, description="English")

    def said_in(self, language: str) -> str:
        """The text in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


class Severity(str, Enum):
    """How sure and how grave a failing rule is, gravest first."""

    ERROR = "error"
    LIKELY = "likely"
    ADVISORY = "advisory"
    INFO = "info"
