"""What a worker process does: it says that it is ready, then answers tasks one after the other."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Sequence
from multiprocessing.connection import Connection

from disclosure_checks.runner.reading.workers.limits import MemoryGuard
from disclosure_checks.runner.reading.workers.losses import Loss, describe, memory_words
from disclosure_checks.runner.reading.workers.messages import (
    LOSS,
    READY,
    RESULT,
    UNPREPARED,
    Answer,
    Preparation,
    WorkerLimits,
)


def prepare(preparations: bytes) -> Loss | None:
    """Make this process ready for its tasks by what is pickled in ``preparations``; what went wrong, if something did."""
    try:
        unpickled: Sequence[Preparation] = pickle.loads(preparations)
        for function, arguments in unpickled:
            function(*arguments)
    except BaseException as problem:  # nothing that a preparation raises may end the process unheard
        return Loss("internal", describe(problem))
    gc.collect()
    gc.freeze()  # what was made until now stays, and need not be looked at again
    return None


def serve(connection: Connection, limits: WorkerLimits, unprepared: Loss | None) -> None:
    """Answer tasks until the other end of the connection is closed."""
    if unprepared is not None:
        connection.send_bytes(Answer(UNPREPARED, True, pickle.dumps(unprepared)).encode())
        return
    guard = MemoryGuard(limits.memory)
    connection.send_bytes(Answer(READY, False).encode())
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        answer = _answer(message, limits, guard)
        connection.send_bytes(answer.encode())
        if answer.is_last:
            return


def _answer(message: bytes, limits: WorkerLimits, guard: MemoryGuard) -> Answer:
    try:
        body = _result(message)
    except MemoryError:
        loss = Loss("memory", memory_words(limits.memory))
    except BaseException as problem:  # also SystemExit: a task cannot end its worker politely
        loss = Loss("internal", describe(problem))
    else:
        if len(body) <= limits.largest_result:
            return Answer(RESULT, guard.is_worn(), body)
        loss = Loss("internal", f"result of {len(body) / 1e6:.0f} MB > {limits.largest_result / 1e6:.0f} MB")
    # here, where the exception and all that its frames held are gone
    is_last = loss.reason == "memory" or guard.is_worn()
    if is_last:
        guard.lift()
    return Answer(LOSS, is_last, pickle.dumps(loss))


def _result(message: bytes) -> bytes:
    function, arguments, named = pickle.loads(message)
    return pickle.dumps(function(*arguments, **named), pickle.HIGHEST_PROTOCOL)
