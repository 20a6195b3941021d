"""What a supervised process on a machine of a cluster is asked to do. Only there tasks are unpickled."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from disclosure_checks.runner.reading.workers.messages import Preparation


def prepare(preparations: bytes) -> None:
    """Prepare the process."""
    unpickled: Sequence[Preparation] = pickle.loads(preparations)
    for function, arguments in unpickled:
        function(*arguments)


def do(message: bytes) -> bytes:
    """Do a task; its result, pickled."""
    function, arguments, named = pickle.loads(message)
    return pickle.dumps(function(*arguments, **named), pickle.HIGHEST_PROTOCOL)
