"""Tests over many invented reports: a share of them in every run, all of them with ``pytest -m long``."""

from __future__ import annotations

from typing import Any

import pytest


def in_shares(name: str, *, quick: Any, long: Any) -> pytest.MarkDecorator:
    """A test that takes ``name``: what the quick run is for, and what only the long one is.

    The quick share reaches every line of code that the long one does; what is rare among reports is left to the latter.
    """
    return pytest.mark.parametrize(
        name, [pytest.param(quick, id="a share"), pytest.param(long, id="all", marks=pytest.mark.long)]
    )
