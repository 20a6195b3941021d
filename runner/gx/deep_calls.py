"""Room for calls that nest deeply, such as the imports of a large package.

CPython (3.11 and later) keeps the frames of running functions in chunks of 16 KB. Each call across the end of a chunk
asks the system for a new one and each return gives it back: where a loop stands at such an edge, that costs more than
the calls themselves, a third of the time that importing GX takes. A frame that needs more than a chunk gets a larger
one, and what it calls is put into the rest of that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

_ROOM = 70_000  # places for values, of eight bytes: more than half of a chunk of one megabyte is left for the calls


def call_with_room(function: Callable[[], Result]) -> Result:
    """What ``function`` returns, called where some thousand nested calls fit into one piece of memory."""
    return function()


# what a frame may hold is a matter of its code; the room is only reserved, never filled
call_with_room.__code__ = call_with_room.__code__.replace(co_stacksize=_ROOM)
