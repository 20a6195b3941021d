"""Who is on the site after a run: pure rules, over members as the register knows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.runner.collection.membership import Member, Membership, members_after, replaced_by_other_files

JIA, YI = ("甲局", 2024), ("乙局", 2024)
NEXT = ("甲局", 2025)


def one(path: str, key=JIA, content: str = "first", report: int | None = None, source: str = "") -> Member:
    return Member(report, 0, content.encode(), path, source or path.rpartition("/")[2], key)


def old(path: str, key=JIA, content: str = "first", report: int = 1, source: str = "") -> Member:
    return one(path, key, content, report, source)


def words(found: Membership) -> dict[str, list[str]]:
    """What became of whom, by path."""
    told = {
        "unchanged": [one.path for one in found.unchanged],
        "left": [one.path for one in found.left],
        "added": [one.path for one in found.added],
        "replaced": [f"{'+'.join(one.path for one in before)} > {after.path}" for before, after in found.replaced],
        "pruned": [one.path for one in found.pruned],
    }
    return {name: paths for name, paths in told.items() if paths}


CASES = {
    "the first report is added": ([], [one("a")], {"added": ["a"]}),
    "the same file in its place is unchanged": ([old("a")], [one("a")], {"unchanged": ["a"]}),
    "the same file in another folder is unchanged": ([old("x/a")], [one("y/a")], {"unchanged": ["y/a"]}),
    "the same report under another file name is unchanged": ([old("a")], [one("b")], {"unchanged": ["b"]}),
    "what is not given stays": ([old("a")], [one("b", YI)], {"left": ["a"], "added": ["b"]}),
    "another year is another report": ([old("a")], [one("b", NEXT)], {"left": ["a"], "added": ["b"]}),
    "a new text in the place of the old one is a revision": (
        [old("a")],
        [one("a", content="second")],
        {"replaced": ["a > a"]},
    ),
    "a new text of the agency and year is a revision, wherever it lies": (
        [old("a")],
        [one("elsewhere/b", content="second")],
        {"replaced": ["a > elsewhere/b"]},
    ),
    "next year's report in a file of the same name leaves this year's": (
        [old("a")],
        [one("a", NEXT, "second")],
        {"left": ["a"], "added": ["a"]},
    ),
    "two files of one agency and year that come together both stay": (
        [],
        [one("a"), one("b", content="second")],
        {"added": ["a", "b"]},
    ),
    "a second file beside one that is still given does not replace it": (
        [old("b")],
        [one("a", content="second"), one("b")],
        {"unchanged": ["b"], "added": ["a"]},
    ),
    "a second file beside one that was moved does not replace it": (
        [old("x/b")],
        [one("y/a", content="second"), one("y/b")],
        {"unchanged": ["y/b"], "added": ["y/a"]},
    ),
    "both of two files of one agency and year give way to a third": (
        [old("a", report=1), old("b", content="other", report=2)],
        [one("c", content="third")],
        {"replaced": ["a+b > c"]},
    ),
    "last year's report is found again where this year's took its path": (
        [old("a", report=1), old("a", NEXT, "next", report=2)],
        [one("a", NEXT, "next"), one("last/a")],
        {"unchanged": ["a", "last/a"]},
    ),
    "last year's correction replaces last year's report whose path is this year's": (
        [old("a", report=1), old("a", NEXT, "next", report=2)],
        [one("a", NEXT, "next"), one("last/a", content="corrected")],
        {"unchanged": ["a"], "replaced": ["a > last/a"]},
    ),
    "a file that could not be read gives way to the report in its place": (
        [old("a", None)],
        [one("a", content="second")],
        {"replaced": ["a > a"]},
    ),
    "a report stays where its file can no longer be read": (
        [old("a")],
        [one("a", None, "broken")],
        {"left": ["a"], "added": ["a"]},
    ),
    "a report and a broken file in its place both give way, and the report is what counts": (
        [old("a", report=1), old("a", None, "broken", report=2)],
        [one("a", content="mended")],
        {"replaced": ["a+a > a"]},
    ),
    "a report takes the place of a broken file and of the report elsewhere": (
        [old("x/a", report=1), old("y/a", None, "broken", report=2)],
        [one("y/a", content="mended")],
        {"replaced": ["y/a+x/a > y/a"]},
    ),
    "a broken file goes where the report of elsewhere lies in its place": (
        [old("x/a", report=1), old("y/a", None, "broken", report=2)],
        [one("y/a")],
        {"unchanged": ["y/a"], "pruned": ["y/a"]},
    ),
    "a broken file of the same name in another folder is the same": (
        [old("x/a", None)],
        [one("y/a", None)],
        {"unchanged": ["y/a"]},
    ),
    "a broken file takes the place of one of its name": (
        [old("x/a", None)],
        [one("y/a", None, "second")],
        {"replaced": ["x/a > y/a"]},
    ),
    "equal broken files of other names are told apart": (
        [old("a", None, "")],
        [one("b", None, "")],
        {"left": ["a"], "added": ["b"]},
    ),
    "near names are not merged": (
        [old("a", ("甲局", 2024))],
        [one("b", ("甲局办公室", 2024), "second")],
        {"left": ["a"], "added": ["b"]},
    ),
    "members of an archive that have one path are told by their content": (
        [old("z/a", content="1", report=1), old("z/a", content="2", report=2)],
        [one("z/a", content="3"), one("z/a", content="2")],
        {"unchanged": ["z/a"], "replaced": ["z/a > z/a"]},
    ),
}


@pytest.mark.parametrize(("before", "new", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_reports(before, new, expected):
    assert words(members_after(before, new)) == expected


def test_pruning_drops_what_was_not_given_and_nothing_else():
    before = [old("a", report=1), old("b", YI, report=2), old("c", None, report=3), old("d", NEXT, report=4)]
    found = members_after(before, [one("a"), one("d", NEXT, "second")], prune=True)
    assert words(found) == {"unchanged": ["a"], "replaced": ["d > d"], "pruned": ["b", "c"]}


def test_what_is_void_is_dropped_unless_it_was_given():
    before = [old("a", None, report=1), old("b", None, report=2), old("c", report=3)]
    found = members_after(before, [one("a", None)], is_void=lambda member: member.key is None)
    assert words(found) == {"unchanged": ["a"], "left": ["c"], "pruned": ["b"]}


def test_what_is_unchanged_keeps_its_number_and_takes_its_new_place():
    [same] = members_after([old("x/a", report=7)], [one("y/b")._replace(reading=5)]).unchanged
    assert same == Member(7, 5, b"first", "y/b", "b", JIA)


def test_a_revision_is_compared_with_the_report_before_a_broken_file():
    before = [old("a", report=1), old("a", None, "broken", report=2)]
    [replacement] = members_after(before, [one("a", content="mended")]).replaced
    assert [member.report for member in replacement.before] == [2, 1]


class Given(NamedTuple):
    """A file of a run of the property below."""

    path: str
    key: tuple[str, int] | None
    content: str


class Run(NamedTuple):
    files: Sequence[Given]
    prune: bool


FILES = st.builds(
    Given,
    path=st.sampled_from(["x/a", "x/b", "y/a", "y/b", "c"]),
    key=st.sampled_from([JIA, YI, NEXT, None]),
    content=st.sampled_from(["1", "2", "3"]),
)
RUNS = st.lists(
    st.builds(Run, st.lists(FILES, max_size=5, unique_by=lambda file: file.path), st.booleans()), max_size=6
)


@given(RUNS)
def test_whatever_is_given_is_on_the_site_once_and_nothing_else_disappears(runs):
    site: list[Member] = []
    numbers = count(1)
    for run in runs:
        new = [one(file.path, file.key, file.content) for file in run.files]
        found = members_after(site, new, prune=run.prune)
        stays = {member.report: member for member in (*found.left, *found.unchanged)}
        gone = [member.report for pair in found.replaced for member in pair.before]
        gone += [member.report for member in found.pruned]
        came = [member._replace(report=next(numbers)) for member in found.added]
        came += [pair.after._replace(report=next(numbers)) for pair in found.replaced]
        # who was there stays, or gives way, or is pruned, each exactly once
        assert Counter(member.report for member in site) == Counter([*stays, *gone])
        # what was given is there exactly once
        entered = [member._replace(report=None) for member in (*found.unchanged, *came)]
        assert Counter(entered) == Counter(new)
        # nothing gives way to a report of another agency or year
        for before, after in found.replaced:
            assert all(member.key in (None, after.key) for member in before)
        paths = {member.path for member in new}
        assert run.prune or all(member.key is None and member.path in paths for member in found.pruned)
        site = sorted([*stays.values(), *came], key=lambda member: member.report)
        # given once more, nothing changes
        again = members_after(site, new)
        assert (again.added, again.replaced) == ((), ())


@given(st.lists(FILES, max_size=5), st.lists(FILES, max_size=5, unique_by=lambda file: file.path), st.randoms())
def test_what_stays_does_not_depend_on_the_order_in_which_files_are_given(before, files, random):
    site = [old(file.path, file.key, file.content, number) for number, file in enumerate(before)]
    new = [one(file.path, file.key, file.content) for file in files]
    shuffled = random.sample(new, len(new))
    first, second = members_after(site, new), members_after(site, shuffled)
    assert Counter(one.content for one in first.unchanged) == Counter(one.content for one in second.unchanged)
    assert first.left == second.left


@pytest.mark.parametrize(
    ("before", "given", "told"),
    [
        pytest.param(old("x/a.txt"), one("y/a.txt", content="second"), [], id="a correction under the same name"),
        pytest.param(old("a.txt"), one("b.txt", content="second"), [("a.txt", "b.txt")], id="a file of another name"),
        pytest.param(old("a.txt", None), one("a.txt", content="second"), [], id="what could not be read before"),
        pytest.param(old("a.txt"), one("b.txt", NEXT, "second"), [], id="a report of another year"),
    ],
)
def test_a_report_whose_place_another_file_takes_is_told(before: Member, given: Member, told: list[tuple[str, str]]):
    assert replaced_by_other_files(members_after([before], [given], prune=False, is_void=lambda _: False)) == told
