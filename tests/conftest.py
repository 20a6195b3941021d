"""Shared by all tests: how Hypothesis draws its examples."""

from __future__ import annotations

from hypothesis import settings

# No deadline: how long an example takes depends on the machine and on what else it does, not on the code.
# The same examples each time: a test that turns red does so because of the change at hand, here as anywhere else.
settings.register_profile("disclosure_checks", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("disclosure_checks")
