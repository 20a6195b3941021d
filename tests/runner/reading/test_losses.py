"""What is said of a task that was lost."""

from __future__ import annotations

import signal

import pytest

from disclosure_checks.grammar.readers.registry import read_document
from disclosure_checks.runner.reading.workers.losses import TaskLost, cause_of_death, describe
from disclosure_checks.runner.reading.workers.messages import Ending

LIMIT = 1_000_000_000


@pytest.mark.parametrize(
    ("code", "growth", "loss"),
    [
        (-signal.SIGABRT, LIMIT // 3, ("memory", "> 1000 MB (SIGABRT)")),
        (-signal.SIGKILL, LIMIT, ("memory", "> 1000 MB (SIGKILL)")),
        (-signal.SIGABRT, LIMIT // 10, ("process_died", "SIGABRT")),
        (-signal.SIGTERM, LIMIT, ("process_died", "SIGTERM")),
        (1, LIMIT, ("process_died", "exit 1")),
        (-200, 0, ("process_died", "signal 200")),
        (None, LIMIT, ("process_died", "")),
    ],
    ids=["aborted", "killed by the system", "aborted while small", "told to end", "left", "unknown signal", "unknown"],
)
def test_a_process_that_died_large_by_such_a_signal_died_of_memory(code, growth, loss):
    assert cause_of_death(Ending(1, code, growth), LIMIT) == loss


def test_without_a_limit_nothing_is_put_down_to_memory():
    assert cause_of_death(Ending(1, -signal.SIGKILL, LIMIT), None) == ("process_died", "SIGKILL")


def test_the_place_of_an_exception_is_the_deepest_line_of_our_own():
    with pytest.raises(KeyError) as problem:
        read_document("no such type", b"")
    assert describe(problem.value).startswith("KeyError: 'no such type' (grammar/readers/registry.py:")


class Indescribable(Exception):
    def __str__(self) -> str:
        raise ValueError


def test_an_exception_that_cannot_describe_itself_is_described():
    assert describe(Indescribable()) == "Indescribable"


def test_a_long_message_is_cut():
    assert len(describe(ValueError("9" * 5000))) < 350


def test_a_loss_reads_as_a_sentence():
    assert str(TaskLost("timeout", "> 60 s")) == "timeout: > 60 s"
    assert str(TaskLost("stopped")) == "stopped"
