"""What a phrase takes over from what was read before it: subject, verb, year, body, and what the sentence is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disclosure_checks.grammar.claims.matching import SUBJECTS, Parts, Phrase, Spoken, phrase_of
from disclosure_checks.grammar.claims.sentences.words import OF_THIS_YEAR, OTHER_PERIOD, Word
from disclosure_checks.grammar.model.claim_language import WordRole

# how far away the subject of a phrase was said
OWN, SAME_SENTENCE, EARLIER, WEAK = range(4)
_NO_PARTS: frozenset[str] = frozenset()
_NEAR = 2  # characters between 因 and what it names


@dataclass
class ClaimContext:
    """Where the reading of one part of a report stands. ``year`` is that of the report.

    ``level``: what a government is the government of, as the last character of that name (县); "" for other agencies.
    ``said_only_of``: the subjects of verbs that have no others; ``goes_on_for``: verbs that a list says of all its items.
    """

    year: int | None
    level: str
    agency: str
    said_only_of: Mapping[str, frozenset[str]]
    goes_on_for: Mapping[str, frozenset[str]]
    own_names: Sequence[str] = ()  # what the agency is called, in full and shortened
    subjects: Parts = ()
    verbs: Parts = ()
    of_list: Parts = ()  # the verbs that the list at hand says of all its items
    parallel: bool = False  # a list of numbers goes on: 公开行政许可5件、行政处罚3件 shares the verb
    void: bool = False  # the subject was counted in a way that makes no claim, and so are the numbers after it
    before_aside: Parts | None = None  # the subjects to go on with after this sentence
    opening: Parts | None = None  # the verbs of the first phrase of the sentence: what 其中 after it is about
    distance: int = EARLIER
    pending: tuple[Word, ...] = ()  # the words of a clause without a number: 甲(15件) names it before the bracket
    causes: Parts = ()
    other_year: bool = False
    area: bool = False  # more bodies than the agency, and the agency is a government: perhaps its own number
    other_body: bool = False
    body_counted: bool = False  # the numbers of another body were said: a sentence of its own is not about that body
    example: bool = False
    doubt: bool = False  # a number of this sentence was not understood, and so may be those of its list
    whole: str = ""  # the last claim of this sentence that names a whole
    listing: bool = False  # this sentence opened a list: 其中
    just_whole: bool = False  # the number before named it, and nothing else was counted since

    def begin(self, words: Sequence[Word], opens: bool) -> None:
        """A new sentence; one that begins with 其中 goes on with the one before."""
        self.example = self.doubt = self.listing = False
        if WordRole.LIST in words[0].roles:
            self.distance = SAME_SENTENCE
            self.verbs = self.opening or self.verbs
            return
        if self.before_aside is not None:
            self.subjects, self.before_aside = self.before_aside, None
        self.opening = None
        self.distance = EARLIER
        self.verbs, self.of_list, self.causes, self.whole = (), (), (), ""
        self.just_whole = False
        self.parallel = self.void = False
        self.pending = ()
        self.other_year = False
        if opens or (self.body_counted and self._stands_alone(words)):
            self.open()
        self.body_counted = False

    def open(self) -> None:
        """A new paragraph or item: it is about the agency itself until it names another body."""
        self.area = self.other_body = False

    def _stands_alone(self, words: Sequence[Word]) -> bool:
        """Whether a sentence says anew of which year or of what it is."""
        first = next((word for word in words if WordRole.FILLER not in word.roles), words[0])
        if first.year or WordRole.THIS_YEAR in first.roles:
            return True
        own = [word.parts for word in words if WordRole.SUBJECT in word.roles]
        return bool(own) and not any(parts & known for parts in own for known in self.subjects)

    def scope(self) -> tuple[bool, bool, bool]:
        """Year and bodies, to be put back by ``restore``."""
        return self.other_year, self.area, self.other_body

    def restore(self, scope: tuple[bool, bool, bool]) -> None:
        """A clause that says something else does not change what the next one is about."""
        self.other_year, self.area, self.other_body = scope

    def note(self, word: Word, text: str) -> None:
        """Years, bodies and examples change what the numbers after them are about."""
        roles = word.roles
        if word.year:
            self.other_year = word.year == OTHER_PERIOD or (self.year is not None and word.year != OF_THIS_YEAR)
        elif WordRole.THIS_YEAR in roles:
            self.other_year = False
        elif WordRole.OTHER_YEAR in roles:
            self.other_year = True
        elif WordRole.EXAMPLE in roles:
            self.example = True
        elif WordRole.OWN in roles or (WordRole.AREA in roles and self._is_of_its_kind(text)):
            self.area = self.other_body = False
        elif WordRole.AREA in roles or (WordRole.OFFICE in roles and self.level):
            self.area, self.other_body = bool(self.level), not self.level
        elif WordRole.GOVERNMENT in roles:  # 县政府, the agency itself where that is a government of this level
            self.area, self.other_body = False, text[0] != self.level or self.agency[-1] not in (text[-1], self.level)
        elif WordRole.OWN_AREA in roles:
            self.area, self.other_body = False, text[-1] != self.level

    def _is_of_its_kind(self, text: str) -> bool:
        """Whether a word for bodies is what the agency itself is: 街道 in the report of a 街道办事处."""
        return any(name.endswith(text) for name in self.own_names)

    def note_causes(self, words: Sequence[Word]) -> None:
        """The subject right after 因 or 除 is what the sentence is about, whatever it counts; a clause that gives a
        reason for the next one narrows that one down, but not where the reason is an example (因甲等原因)."""
        roles = frozenset().union(*(word.roles for word in words))
        if WordRole.CAUSE in roles and WordRole.OPEN_LIST not in roles and not any(word.quantity for word in words):
            self.causes = tuple([word.parts for word in words if WordRole.VERB in word.roles])
        for place, word in enumerate(words):
            if WordRole.CAUSE in word.roles:
                behind = next((one for one in words[place + 1 :] if one.roles - {WordRole.FILLER}), None)
                near = behind is not None and behind.start - word.end <= _NEAR
                if behind is not None and near and behind.roles & SUBJECTS:
                    self.causes = (*self.causes, behind.parts)

    def phrase(self, said: Spoken, has_number: bool, opens_clause: bool) -> tuple[Phrase, int]:
        """The phrase some words make here, and how far away its subject was said."""
        if not said.subjects and not has_number and said.everything:
            # 均 is about what the sentence counted first: 上年结转4件，已全部办结
            return phrase_of(said, self.subjects, (), (*self.causes, *(self.opening or ()))), SAME_SENTENCE
        if said.names_first and has_number and said.subjects and (of_list := self._said_of_all(said)):
            return phrase_of(said._replace(verbs=(*of_list, *said.verbs)), (), (), self.causes), OWN
        verbs = self.verbs if has_number and not said.acts and (self.parallel or not said.subjects) else ()
        if not said.subjects:
            return phrase_of(said, self.subjects, verbs, self.causes), max(SAME_SENTENCE, self.distance)
        if said.full:
            return phrase_of(said, (), self._fitting(verbs, said) if opens_clause else verbs, self.causes), OWN
        # 申请 alone is about the subject of its sentence, where that has one
        inherited = self.subjects if self.distance == SAME_SENTENCE else ()
        return phrase_of(said, inherited, verbs, self.causes), WEAK

    def _fitting(self, verbs: Parts, said: Spoken) -> Parts:
        """The verbs of the clause before without those that are never said of the subject of this one.

        办结3件，行政复议1件 counts cases; in 办结申请3件、行政复议1件 the verb is that of the whole list.
        """
        own = frozenset().union(*said.subjects)
        return tuple([one for one in verbs if any(own & self.said_only_of.get(verb, own) for verb in one)])

    def _said_of_all(self, said: Spoken) -> Parts:
        """The verbs of the list that are said of this item as well, whatever verb stands behind its name."""
        own = frozenset().union(*said.subjects)
        return tuple([one for one in self.of_list if any(own & self.goes_on_for.get(verb, _NO_PARTS) for verb in one)])

    def take_over(self, said: Spoken, words: Sequence[Word], listed: bool) -> None:
        """What the next phrase takes over from these words."""
        # 均为财政预算类 says what was counted is about
        subjects = () if not listed and not said.verbs and said.everything else said.subjects
        if subjects:
            if self.before_aside is None and said.aside:
                self.before_aside = self.subjects
            self.subjects, self.distance = subjects, SAME_SENTENCE
            self.void = False
        if (said.verbs or said.subjects) and not said.names_first:
            self.of_list = tuple([one for one in said.verbs if one & self.goes_on_for.keys()])
        if said.verbs or said.acts:
            self.verbs = said.verbs
            self.opening = self.opening or said.verbs
        if subjects or said.verbs or listed:
            self.parallel = listed
        self.pending = () if listed else tuple(words)
