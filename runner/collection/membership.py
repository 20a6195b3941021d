"""Who is on the site after a run: what was there before, and what this run was given.

A report stays until another one of the same agency and year takes its place, or until it is pruned. Reports that are
given together never replace one another: two files of one agency and year both stay, and a finding says so. What names
no agency or no year (or cannot be read at all) can only be recognised by where it lies: by its path, or by the name it
is known by where the same folder lies elsewhere now. Names are equal where the list of agencies or the careful
spelling of names says so, never on a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

AgencyAndYear = tuple[str, int]


class Member(NamedTuple):
    """A report of the collection, or a file of which there is none.

    ``report``: its number in the collection, None while it is new. ``content``: a digest of its bytes. ``path``: where
    the file lies (and its place in an archive). ``source``: what it is known by. ``key``: whose report it is and for
    which year; None where one of them is unknown.
    """

    report: int | None
    reading: int
    content: bytes
    path: str
    source: str
    key: AgencyAndYear | None


class Replacement(NamedTuple):
    """A report that took the place of another. ``before``: the one that was last there."""

    before: Member
    after: Member


class Membership(NamedTuple):
    """What a run changes. ``left`` and ``unchanged`` stay as they are, the first without having been given."""

    unchanged: tuple[Member, ...]
    left: tuple[Member, ...]
    added: tuple[Member, ...]
    replaced: tuple[Replacement, ...]
    superseded: tuple[tuple[Member, Member], ...]  # further reports, and what took their place
    pruned: tuple[Member, ...]


def members_after(before: Sequence[Member], given: Sequence[Member], *, prune: bool = False) -> Membership:
    """Who is in the collection after a run that was given ``given``.

    ``before``: those on the site so far, in the order in which they came. ``prune``: drop what was not given.
    """
    found = _Before(before, {one.path for one in given})
    unchanged: list[Member] = []
    added: list[Member] = []
    replaced: list[Replacement] = []
    superseded: list[tuple[Member, Member]] = []
    for new in given:
        same, others = found.taken_by(new)
        if same is not None:
            unchanged.append(new._replace(report=same.report))
        elif others:
            *further, last = others
            replaced.append(Replacement(last, new))
            superseded += [(one, new) for one in further]
        else:
            added.append(new)
    rest = tuple(found.remaining())
    return Membership(
        tuple(unchanged), () if prune else rest, tuple(added), tuple(replaced), tuple(superseded), rest if prune else ()
    )


class _Before:
    """The reports on the site so far, each until it is recognised."""

    def __init__(self, before: Sequence[Member], given_paths: set[str]) -> None:
        self._open = dict(enumerate(before))
        self._given_paths = given_paths
        self._by_path: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[AgencyAndYear, list[int]] = defaultdict(list)
        self._nameless: dict[str, list[int]] = defaultdict(list)
        for number, one in self._open.items():
            self._by_path[one.path].append(number)
            if one.key is not None:
                self._by_key[one.key].append(number)
            else:
                self._nameless[one.source].append(number)

    def taken_by(self, new: Member) -> tuple[Member | None, list[Member]]:
        """The report that ``new`` simply is, and otherwise those whose place it takes, the latest last."""
        at_its_path = [number for number in self._by_path[new.path] if number in self._open]
        for number in at_its_path:
            if self._open[number].content == new.content:
                return self._open.pop(number), []
        numbers = [number for number in at_its_path if self._gives_way(self._open[number], new)]
        if new.key is not None:
            numbers += self._elsewhere(self._by_key[new.key])
        else:
            numbers += self._elsewhere(self._nameless[new.source])
        moved = [number for number in numbers if self._open[number].content == new.content]
        if moved:  # the same file at another path
            return self._open.pop(moved[-1]), []
        return None, [self._open.pop(number) for number in sorted(set(numbers))]

    def remaining(self) -> Iterable[Member]:
        return self._open.values()

    @staticmethod
    def _gives_way(old: Member, new: Member) -> bool:
        """Whether what lay at a path is replaced by what lies there now: another year's report is not."""
        return old.key is None or old.key == new.key

    def _elsewhere(self, numbers: Iterable[int]) -> list[int]:
        """Those that lie where nothing was given from in this run."""
        return [
            number for number in numbers if number in self._open and self._open[number].path not in self._given_paths
        ]
