"""Who is on the site after a run: what was there before, and what this run was given.

A report stays until another one of the same agency and year takes its place, or until it is pruned. What could not be
read is no report: it is told of as long as its file is there. Reports that are given together never replace one
another: two files of one agency and year both stay, and a finding says so. What names no agency or no year (or cannot
be read at all) can only be recognised by where it lies: by its path, or by the name it is known by where the same
folder lies elsewhere now. Names are equal where the list of agencies or the careful spelling of names says so, never on
a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    """A report that took the place of others. ``before``: the last of them is the one that it is compared with."""

    before: tuple[Member, ...]
    after: Member


class Membership(NamedTuple):
    """What a run changes. ``left`` and ``unchanged`` stay as they are, the first without having been given."""

    unchanged: tuple[Member, ...]
    left: tuple[Member, ...]
    added: tuple[Member, ...]
    replaced: tuple[Replacement, ...]
    pruned: tuple[Member, ...]


def replaced_by_other_files(membership: Membership) -> list[tuple[str, str]]:
    """What each report that has been replaced is known by, and what the one in its place is, where these differ."""
    pairs = ((one.before[-1], one.after) for one in membership.replaced if one.before)
    return [(old.source, new.source) for old, new in pairs if old.key is not None and old.source != new.source]


def members_after(
    before: Sequence[Member],
    given: Sequence[Member],
    *,
    prune: bool = False,
    is_void: Callable[[Member], bool] = lambda _: False,
) -> Membership:
    """Who is in the collection after a run that was given ``given``.

    ``before``: those on the site so far, in the order in which they came. ``prune``: drop what was not given;
    ``is_void``: whether one that was not given is to be dropped in any case.
    """
    found = _Before(before)
    # first everything that is simply there again, where it lay or elsewhere: what is given is not replaced by another
    # report that is given with it, whichever of them comes first
    same: dict[int, Member] = {}
    for matching in (found.same_at_its_path, found.same_elsewhere):
        for number, new in enumerate(given):
            if number not in same and (first := found.taken(matching(new), most=1)):
                same[number] = first[0]
    others: dict[int, list[Member]] = {number: [] for number in range(len(given)) if number not in same}
    for matching in (found.giving_way_at_its_path, found.of_its_name):
        for number, gone in others.items():
            gone += found.taken(matching(given[number]))
    paths = {one.path for one in given}
    rest = [(one, prune or is_void(one) or (one.key is None and one.path in paths)) for one in found.remaining()]
    return Membership(
        unchanged=tuple(given[number]._replace(report=one.report) for number, one in sorted(same.items())),
        left=tuple(one for one, is_dropped in rest if not is_dropped),
        added=tuple(given[number] for number, gone in others.items() if not gone),
        replaced=tuple(Replacement(_in_order(gone), given[number]) for number, gone in others.items() if gone),
        pruned=tuple(one for one, is_dropped in rest if is_dropped),
    )


def _in_order(gone: Iterable[Member]) -> tuple[Member, ...]:
    """A report comes last, behind what could not be read: it is the one that a later revision is compared with."""
    return tuple(sorted(gone, key=lambda one: (one.key is not None, one.report or 0)))


class _Before:
    """The reports on the site so far, each until it is recognised."""

    def __init__(self, before: Sequence[Member]) -> None:
        self._open = dict(enumerate(before))
        self._by_path: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[AgencyAndYear | str, list[int]] = defaultdict(list)
        for number, one in self._open.items():
            self._by_path[one.path].append(number)
            self._by_name[_name(one)].append(number)

    def taken(self, numbers: Iterator[int], most: int | None = None) -> list[Member]:
        """The reports with these numbers that nothing was recognised as yet; from here on something is."""
        found = [number for number in numbers if number in self._open][:most]
        return [self._open.pop(number) for number in found]

    def same_at_its_path(self, new: Member) -> Iterator[int]:
        """What lay at its path with the same content."""
        return (one for one in self._by_path[new.path] if self._has_content_of(new, one))

    def same_elsewhere(self, new: Member) -> Iterator[int]:
        """What goes by its name and has the same content: the same file at another path."""
        return (one for one in self._by_name[_name(new)] if self._has_content_of(new, one))

    def giving_way_at_its_path(self, new: Member) -> Iterator[int]:
        """What lay at its path before: not so the report of another agency or year."""
        return (one for one in self._by_path[new.path] if one in self._open and self._open[one].key in (None, new.key))

    def of_its_name(self, new: Member) -> Iterator[int]:
        """What goes by its name."""
        return iter(self._by_name[_name(new)])

    def remaining(self) -> Iterable[Member]:
        """What nothing was recognised as."""
        return self._open.values()

    def _has_content_of(self, new: Member, number: int) -> bool:
        return number in self._open and self._open[number].content == new.content


def _name(one: Member) -> AgencyAndYear | str:
    """What tells a report from all others: whose it is and for which year, else what its file is known by."""
    return one.source if one.key is None else one.key
