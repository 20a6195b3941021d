"""The words and patterns of a format's claims, as the grammar is handed them.

A claim is a sentence that says a number which a table holds as well, or implies one (未收到申请 implies 0). The words
stand in the spec; ``rules.spec.compiling.claim_building`` makes a ``ClaimLanguage`` from one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

COUNTED = ""  # the family of units of things that are counted
ASKERS = "askers"  # the family of units of people and bodies


class WordRole(str, Enum):
    """What a word does in a sentence.

    ``subject`` is what is counted: a phrase must name no subject that the pattern does not, and phrases without one
    take that of the phrase before. ``verb`` is what happened to it, and is taken over likewise. ``mark`` is any other
    word that patterns may ask for. The roles after these steer how sure a claim is, or end it.
    """

    SUBJECT = "subject"
    WEAK_SUBJECT = "weak_subject"  # a subject only where nothing unknown stands beside it: 申请
    ASIDE = "aside"  # a subject for its sentence only: the sentences after it go on with what was counted before
    VERB = "verb"
    ACTION = "action"  # a verb that says nothing by itself, but begins a statement of its own: 作出
    QUALIFIER = "qualifier"  # narrows what is counted: only patterns that name it fit, and it is not taken over
    CHANNEL = "channel"  # a qualifier of its own kind: by letter, on line
    MARK = "mark"
    ALL = "all"  # a mark that says something of everything that was counted before: 均
    FILLER = "filler"  # says nothing
    LIST = "list"  # opens a list of parts: 其中
    APPROXIMATE = "approximate"  # the number after it is about right
    CHANGE = "change"  # the number after it is a difference to another year
    THIS_YEAR = "this_year"
    OTHER_YEAR = "other_year"
    OWN = "own"  # the reporting agency itself
    OWN_AREA = "own_area"  # 我县: a government's own report is about it; in other reports it is more than the agency
    AREA = "area"  # more bodies than the reporting agency
    OFFICE = "office"  # an office of a government, in the government's report
    OPEN_LIST = "open_list"  # the list is not complete: 等
    RESPECTIVELY = "respectively"  # as many numbers follow as were named: 分别为
    CAUSE = "cause"  # the subject after it is what the sentence is about: 因行政处罚
    EXAMPLE = "example"  # what follows is a single case or a rule, not a count of the year: 例如, 每
    GOVERNMENT = "government"  # the government: the reporting agency itself where that is one, else another body


@dataclass(frozen=True)
class ClaimPattern:
    """A pattern, read.

    ``required``: choices of part names, one of each must be there; ``chains``: choices that follow one another (they
    are among ``required``, too); ``allowed``: every part that may be named; ``forbidden``: parts that must not be.
    """

    required: tuple[frozenset[str], ...]
    chains: tuple[tuple[frozenset[str], ...], ...]
    allowed: frozenset[str]
    forbidden: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Every part the pattern speaks of."""
        return self.allowed | self.forbidden

    def matches(self, present: frozenset[str], in_order: Sequence[frozenset[str]]) -> bool:
        """Whether a phrase has the parts. ``in_order``: the parts of each of its words; ``present`` may hold more."""
        if present & self.forbidden or any(not choice & present for choice in self.required):
            return False
        return all(_follow(chain, in_order) for chain in self.chains)


def _follow(chain: tuple[frozenset[str], ...], words: Sequence[frozenset[str]]) -> bool:
    remaining = iter(words)
    return all(any(choice & word for word in remaining) for choice in chain)


class Numbers(str, Enum):
    """Which numbers a claim takes."""

    ANY = "any"
    ZERO = "zero"
    NOT_ZERO = "not_zero"


@dataclass(frozen=True)
class ClaimPart:
    """Words that mean the same. ``words`` are as printed; they are folded where they are looked for."""

    name: str
    role: WordRole
    words: tuple[str, ...]


@dataclass(frozen=True)
class LexiconClaim:
    """One claim. ``implied``: the number of a claim that says none.

    ``unit``: the unit its number is given in, "" for a count, "%" for percentages, and ``family`` the kind of units
    it belongs to; a number said in another unit of the family is converted. ``whole``: numbers after it may be its
    parts; ``first``: only where the sentence has named no whole before; ``after``: claims of a whole, one of which was
    the last to be made in the sentence; ``beside``/``not_beside``: claims the sentence must or must not make.
    """

    id: str
    patterns: tuple[ClaimPattern, ...]
    implied: float | None = None
    unit: str = ""
    family: str = ""
    numbers: Numbers = Numbers.ANY
    within: frozenset[str] = frozenset()
    whole: bool = False
    first: bool = False
    after: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    not_beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ClaimUnit:
    """A unit: its ``family`` ("" for things that are counted) and how much one of it is in the family's first unit."""

    family: str
    factor: float


@dataclass(frozen=True)
class SumWords:
    """The parts that present numbers as parts of a whole: a total after its parts, a share, a list said to be whole.

    ``rest``: the parts that stand for all others of a list, whatever it lists; ``increase``/``decrease``: those that say
    that a number went up or down.
    """

    total: str = ""
    share: str = ""
    complete: str = ""
    rest: frozenset[str] = frozenset()
    increase: str = ""
    decrease: str = ""


@dataclass(frozen=True)
class ClaimLanguage:
    """Everything the grammar needs to find claims. ``government``/``named_body`` are regular expressions."""

    parts: tuple[ClaimPart, ...] = ()
    units: dict[str, ClaimUnit] = field(default_factory=dict)
    claims: tuple[LexiconClaim, ...] = ()
    within: tuple[str, ...] = ()
    section_subjects: dict[str, frozenset[str]] = field(default_factory=dict)
    said_only_of: dict[str, frozenset[str]] = field(default_factory=dict)  # the subjects of verbs that have no others
    goes_on_for: dict[str, frozenset[str]] = field(default_factory=dict)  # verbs of whole lists, and of what
    government: str = ""
    named_body: str = ""
    shortened: dict[str, str] = field(default_factory=dict)  # endings of names of agencies, and what stands for them
    sums: SumWords = field(default_factory=SumWords)
    ignored: tuple[str, ...] = ()  # regular expressions of what is to be looked over, such as titles of documents
