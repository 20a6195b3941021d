"""What a process that checks time after time keeps between two runs: compiled specs, and workers that are prepared.

A run by itself needs them once; then they end with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.recognition import digest_of_specs
from disclosure_checks.runner.commands.spec_folder import load_specifications
from disclosure_checks.runner.pipeline.request import RunRequest
from disclosure_checks.runner.pipeline.run import workers_of
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings


class Resident:
    """Compiled specs and workers, made anew where a spec has changed. Leaving the block ends the workers."""

    def __init__(self) -> None:
        self._digest = b""
        self._compiled: Sequence[CompiledSpecification] = ()
        self._workers: Executor | None = None
        self._notes: NoteSettings | None = None  # those that the workers were prepared with

    def __enter__(self) -> Resident:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_workers()

    def specifications(self, path: Path) -> Sequence[CompiledSpecification]:
        """The specs at a path. Raises what loading them raises."""
        digest = digest_of_specs(path)
        if digest != self._digest:
            self._end_workers()
            self._digest = b""
            self._compiled = load_specifications(path)
            self._digest = digest
        return self._compiled

    def staying(self, request: RunRequest) -> RunRequest:
        """The request, with workers that stay as long as no spec changes, nor what return notes have in common."""
        if self._notes != request.notes:
            self._end_workers()
        if self._workers is None:
            self._notes, self._workers = request.notes, workers_of(request)
        return replace(request, workers=self._workers)

    def _end_workers(self) -> None:
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)
            self._workers = None
