"""The time of a run: that of SOURCE_DATE_EPOCH where it is set, so that a run can be repeated."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone


def repeated_time() -> datetime | None:
    """The time that SOURCE_DATE_EPOCH names; None where it names none, and the clock counts."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), tz=timezone.utc) if epoch.isdecimal() else None


def run_time() -> datetime:
    """The time of the run, to the second."""
    return repeated_time() or datetime.now(timezone.utc).replace(microsecond=0)


def today() -> date:
    """The day of the run."""
    repeated = repeated_time()
    return repeated.date() if repeated else date.today()
