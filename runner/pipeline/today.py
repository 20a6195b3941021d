"""The day of a run: that of SOURCE_DATE_EPOCH where it is set, so that a run can be repeated."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone


def today() -> date:
    """The day of the run."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), tz=timezone.utc).date() if epoch.isdecimal() else date.today()
