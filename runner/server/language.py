"""The language of an answer: the one asked for in the address, else the one the browser prefers."""

from __future__ import annotations

from starlette.requests import Request

from disclosure_checks.rules.texts.catalogue import LANGUAGES

_LONGEST_HEADER = 1000  # characters that are looked at


def language_of(request: Request) -> str:
    """``zh`` or ``en``; ``zh`` where neither is asked for."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))


def preferred_language(header: str) -> str:
    """The one of our languages that an Accept-Language header prefers, the default where it names none."""
    weights = dict.fromkeys(LANGUAGES, 0.0)
    for part in header[:_LONGEST_HEADER].split(","):
        tag, _, parameter = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(parameter))
    return max(LANGUAGES, key=lambda language: weights[language])


def _weight(parameter: str) -> float:
    name, _, number = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(max(float(number), 0.0), 1.0)
    except ValueError:
        return 0.0
