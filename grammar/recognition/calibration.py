"""What the settling of seen numbers takes for likely, and how sure it wants to be: every threshold, with its reason.

Tried on simulated reports (tests/grammar/recognition/simulation.py), with probabilities that are right and with ones
that promise too much.
"""

from __future__ import annotations

# ---- how far a recogniser is believed

SMALL_DOUBT = 0.01
DOUBTED_LESS, DOUBTED_AS_TOLD = 0.4, 1.0
"""How many times the recogniser's own doubt is taken: where it is small, and otherwise.

Of 51,000 numbers of 310 generated pictures that came with a doubt of at most 0.001, none was misread, where that doubt
promised some seven; of 360 with a doubt between 0.02 and 0.33 five were, where it promised some fifty. A recogniser that
told only a third of its doubt would have two clean reports in a thousand accused.
"""

LEAST_DOUBT = 5e-5
"""The odds that a digit was misread of which the recogniser says that it is certain."""

LEAST_CONFIDENCE = 1e-3
"""A text that comes with less is only one of many possible ones."""

SAME_MISTAKE_AGAIN = 0.3
"""A text that was misread once may have been misread in the same way elsewhere: the second time costs no more than this."""

# ---- what happens in reports

REPORT_SLIP = 2e-3
"""The odds that a report itself has a slip at a given place, of just the size that was found (0.02 times one size in ten)."""

FITS_BY_CHANCE = 0.1
"""How often a misread number makes up for another one that was misread: small differences are common."""

SAME_TEXT_FITS = 0.2
"""How often it does where both print the same text on the two sides of a sum: read wrongly alike, both still agree."""

SIZE_OF_MISREADING = 0.1
"""How often a misreading of which the recogniser names no alternative is of just the size that was found."""

# ---- how sure one wants to be

MOST_RISK = 0.01
"""A number that is wrong with more than this probability is not taken."""

MOST_RISK_OF_ACCUSING = 0.04
"""An equation that fails is told as an error of the report only if a misread digit is no likelier than this."""

# ---- how far one looks

MOST_STATES = 800
"""States of the search for what explains the failing equations of a table; some 20 ms."""

NEGLIGIBLE = 1e-4
"""What is less likely than the best explanation by this factor is not looked for."""

MOST_ALTERNATIVES = 4
"""Alternatives of one number that are tried."""
