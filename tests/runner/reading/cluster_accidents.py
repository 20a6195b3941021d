"""What happens to the workers of a cluster. Importable there: plugins of Dask are sent by name."""

from __future__ import annotations

import os
import signal
from typing import Any

from distributed import WorkerPlugin


class OneDeath(WorkerPlugin):  # type: ignore[misc]  # types of distributed are not followed
    """Kills the first worker of whose tasks one comes to a state; ``marker`` is the path by which it is the first."""

    def __init__(self, state: str, marker: str) -> None:
        self.state = state
        self.marker = marker

    def setup(self, worker: Any) -> None:
        pass

    def transition(self, key: str, start: str, finish: str, **_: Any) -> None:
        if finish == self.state and str(key).startswith("disclosure-checks"):
            try:
                os.close(os.open(self.marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return
            os.kill(os.getpid(), signal.SIGKILL)
