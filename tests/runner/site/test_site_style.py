from __future__ import annotations

import re

import pytest

from disclosure_checks.runner.site.views import asset_files

STYLE = asset_files()["assets/style.css"].decode("utf-8")
LIGHT, DARK, PRINT = range(3)
SURFACES = ("paper", "sheet", "shade")
SEVERITIES = ("error", "likely", "advisory", "info", "pass")


def schemes() -> list[dict[str, str]]:
    """The colours of the three schemes, in the order of the style: light, dark, print."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, flags=re.DOTALL)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    *((ink, surface) for ink in ("ink", "muted", "link", "accent") for surface in SURFACES),
    *((severity, surface) for severity in SEVERITIES for surface in SURFACES),
    *((severity, f"{severity}-fill") for severity in SEVERITIES),
    *(("muted", f"{severity}-fill") for severity in SEVERITIES),  # the status word in a marked cell
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_every_text_colour_meets_wcag_aa_on_its_background(scheme: int) -> None:
    colours = schemes()[scheme]
    measured = {(ink, ground): round(contrast(colours[ink], colours[ground]), 2) for ink, ground in PAIRS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


def test_the_contrast_is_measured_as_the_standard_says() -> None:
    assert (round(contrast("#000", "#ffffff"), 1), round(contrast("#777777", "#fff"), 2)) == (21.0, 4.48)


def test_keyboard_focus_is_visible() -> None:
    assert re.search(r":focus-visible \{ outline: 2px solid", STYLE)
    assert "outline: none" not in STYLE
