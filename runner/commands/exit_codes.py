"""What the commands' exit codes mean; they are part of the contract with scripts that call them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """``UNREADABLE_INPUT`` wins over ``FINDINGS``: somebody has to look at the input before the count means anything."""

    CLEAN = 0  # nothing at or above --fail-on
    FINDINGS = 1  # findings at or above --fail-on
    WRONG_CALL = 2  # the spec, the command line or the output folder is wrong; nothing was published
    UNREADABLE_INPUT = 3  # some input or table could not be read; the rest was checked and published
    FAULT = 4  # a fault of the program; nothing was published
