"""One part of a report read from beginning to end for its claims.

    text -> sentences -> words -> phrases (one around each number) -> claims, each sure or not

A phrase without a subject or a verb takes those of the phrase before it (收到申请18件，其中甲5件). Numbers of other
years, of other bodies, approximate numbers and differences are no claims; where scope or subject is unsure, so is the
claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.claims.claim_tools import ClaimTools
from disclosure_checks.grammar.claims.context import EARLIER, OWN, ClaimContext
from disclosure_checks.grammar.claims.matching import Parts, Phrase, phrase_of, spoken
from disclosure_checks.grammar.claims.said_claims import PlacedSum, SaidClaim, settled
from disclosure_checks.grammar.claims.sentences.cutting import (
    Clause,
    Sentence,
    counts_something_unknown,
    gap,
    gap_behind_subject,
    has_role,
    is_approximate,
    says_whose,
    sentences,
)
from disclosure_checks.grammar.claims.sentences.lists import each_subject
from disclosure_checks.grammar.claims.sentences.phrases import PhraseWords, has_anchor
from disclosure_checks.grammar.claims.sentences.quantities import read_quantity
from disclosure_checks.grammar.claims.sentences.words import CLAUSE_MARKS, Word
from disclosure_checks.grammar.claims.shapes import (
    ClauseShape,
    PhraseShape,
    SentenceShape,
    with_quantities,
)
from disclosure_checks.grammar.claims.sums import SaidSum
from disclosure_checks.grammar.model.claim_language import COUNTED, LexiconClaim, WordRole
from disclosure_checks.grammar.model.report import Evidence
from disclosure_checks.grammar.prose.text_facts import SearchText

# characters no word list knows, up to which a phrase is still understood, by how far away its subject was said: in the
# phrase, in its sentence, in an earlier one or the heading, or only as a weak subject
_LARGEST_GAPS = (22, 6, 2, 1)
_LARGEST_GAPS_WITHOUT_VERB = (2, 1, 0, 0)
_LARGEST_IMPLIED_GAP = 8
_LARGEST_GAP_BEHIND = 1
_LARGEST_GAP_OF_ALL = 2  # 已到期限的申请全部办结 is about fewer than all
_LARGEST_BARE_GAP = 3
_PAIR = 2
_CLAUSE_END = re.compile(f"[{re.escape(CLAUSE_MARKS)}]")
_BEFORE, _AFTER = 40, 14  # characters of the sentence that are shown around a number


class TextReading:
    """Reads one part of a report from beginning to end."""

    def __init__(self, tools: ClaimTools, part: str, text: SearchText, agency: str, year: int | None) -> None:
        self._tools = tools
        self._text = text
        self._agency = agency
        self._own = tools.bodies.own_names(agency)
        self._year = year
        subjects = tools.language.section_subjects.get(part, frozenset())
        self._default: Parts = (subjects,) if subjects else ()
        self._part = part
        self._context = self._fresh()
        self.sums: list[PlacedSum] = []

    def _fresh(self) -> ClaimContext:
        language = self._tools.language
        level = self._tools.bodies.level_of(self._agency)
        return ClaimContext(
            self._year, level, self._agency, language.said_only_of, language.goes_on_for, self._own.forms, self._default
        )

    def claims(self) -> Iterator[SaidClaim]:
        """The claims of the text, in its order; its sums are known once all of them were asked for."""
        before: tuple[Sentence, SentenceShape] | None = None
        for sentence in sentences(self._text.text):
            if sentence.enumerated:
                self._context = self._fresh()
            shape = self._tools.shapes.shape(sentence, self._year, self._own)
            if shape is not None:
                self._context.begin(shape.words, sentence.opens)
                self._add_up(sentence, shape, before)
                drafts: list[SaidClaim] = []
                for clause in shape.clauses:
                    self._of_clause(sentence, clause, drafts)
                yield from settled(drafts) if drafts else ()
                before = (sentence, shape)
            else:
                before = None
                if sentence.opens:
                    self._context.open()

    def _add_up(self, sentence: Sentence, shape: SentenceShape, before: tuple[Sentence, SentenceShape] | None) -> None:
        """The sums of a sentence, together with the one number of the sentence before where it goes on with its parts."""
        words = with_quantities(shape.words, sentence.text) if shape.may_add or before else []
        if shape.may_add:
            self.sums += [self._placed(sentence, said) for said in self._tools.sums(words)]
        if before is None or not words or WordRole.LIST not in words[0].roles or sentence.opens:
            return
        earlier, earlier_shape = before
        if sum(1 for word in earlier_shape.words if word.quantity) != 1 or self._tools.counts(earlier_shape.words):
            return  # which is the whole is not said; of requests carried in as well more are answered than were received
        shift = sentence.start - earlier.start
        moved = [word._replace(start=word.start + shift, end=word.end + shift) for word in words]
        whole = with_quantities(earlier_shape.words, earlier.text)
        text = self._text.text[earlier.start : sentence.start + len(sentence.text)]
        both = earlier._replace(text=text)
        told = [said for said in self._tools.sums([*whole, *moved]) if said.start < shift]
        self.sums += [self._placed(both, said) for said in told]

    def _of_clause(self, sentence: Sentence, shape: ClauseShape, drafts: list[SaidClaim]) -> None:
        context, clause = self._context, shape.clause
        if not shape.phrases:
            context.pending = ()
            return
        context.listing = context.listing or has_role(clause.words, WordRole.LIST)
        before = context.scope()
        if shape.gives_cause:
            context.note_causes(clause.words)
        if not clause.goes_on:
            context.parallel, context.pending = False, ()
        for position, phrase in enumerate(shape.phrases):
            self._note(sentence, phrase.before)
            drafts += self._of_phrase(sentence, clause, phrase, opens_clause=not position)
            self._note(sentence, phrase.behind)
        changed = not shape.has_number and context.scope() != before
        if changed and gap(sentence.text, clause.start, clause.end, clause.words) > _LARGEST_BARE_GAP:
            context.restore(before)

    def _placed(self, sentence: Sentence, said: SaidSum) -> PlacedSum:
        left = _beginning(sentence.text, said.start)
        text = self._text.printed(sentence.start + left, sentence.start + said.end)
        return PlacedSum(said, self._evidence(sentence, text, said.start))

    def _note(self, sentence: Sentence, words: Sequence[Word]) -> None:
        for word in words:
            self._context.note(word, sentence.text[word.start : word.end])

    def _of_phrase(
        self, sentence: Sentence, clause: Clause, shape: PhraseShape, opens_clause: bool
    ) -> Sequence[SaidClaim]:
        context, phrase = self._context, shape.phrase
        number = phrase.number
        goes_on = not shape.anchored and has_anchor(context.pending)
        said = spoken((*context.pending, *phrase.words)) if goes_on and number else shape.said
        reading, distance = context.phrase(said, number is not None, opens_clause)
        context.take_over(shape.said, phrase.words, listed=number is not None)
        if number and (context.area or context.other_body):
            context.body_counted = True
        if context.other_year or context.other_body or context.example or shape.dated:
            return ()
        if shape.changes:
            return self._changed(sentence, clause, phrase) if number and context.just_whole else ()
        context.just_whole = context.just_whole and number is None
        if number is None:
            return self._of_list(sentence, clause, phrase) or self._implied(sentence, clause, phrase, reading, distance)
        if shape.anchored or (goes_on and not gap(sentence.text, phrase.start, number.start, clause.words)):
            return self._of_list(sentence, clause, phrase) or self._numbered(
                sentence, clause, phrase.start, number, reading, distance
            )
        return ()

    def _of_list(self, sentence: Sentence, clause: Clause, phrase: PhraseWords) -> Sequence[SaidClaim]:
        """What is said of each subject of a list alike: that there is nothing of it.

        Two subjects may be one to the language, as 行政复议和行政诉讼 are: it has claims of its own for both together.
        """
        number, void = phrase.number, self._context.void
        quantity = read_quantity(sentence.text[number.start : number.end]) if number else None
        listed = list(each_subject(sentence.text, phrase.words))
        if void or not listed or (number and (quantity is None or quantity.value or not quantity.exact)):
            return ()
        whole = phrase_of(spoken(phrase.words))
        matcher = self._tools.matcher
        if len(listed) == _PAIR and (matcher.numbered(whole, COUNTED, True) if number else matcher.implied(whole)):
            return ()
        found: list[SaidClaim] = []
        for subject, words in listed:
            said, one = phrase_of(spoken(words)), phrase._replace(words=words)
            claims = (
                self._numbered(sentence, clause, phrase.start, number, said, OWN)
                if number
                else self._implied(sentence, clause, one, said, OWN)
            )
            found += [claim._replace(offset=sentence.start + subject.start) for claim in claims]
        self._context.void = void
        return found

    def _changed(self, sentence: Sentence, clause: Clause, phrase: PhraseWords) -> Sequence[SaidClaim]:
        """What is said of the whole right before: that it is so much more, or less, than last year."""
        number = phrase.number
        quantity = read_quantity(sentence.text[number.start : number.end]) if number else None
        if number is None or quantity is None or not quantity.exact or is_approximate(number, clause.words):
            return ()
        family, _ = self._tools.converted(quantity)
        # 较上年的15件增长 says what it was last year: the word for the change has to stand before the number
        before = [word for word in clause.words if word.start < number.start]
        first = max((place for place, word in enumerate(before, 1) if word.quantity), default=0)
        said = spoken(before[first:])
        reading, _ = self._context.phrase(said, True, opens_clause=False)
        matches = self._allowed(self._tools.matcher.numbered(reading, family, quantity.value == 0, changes=True))
        sure = not (self._context.area or self._context.doubt)
        shown = self._shown(sentence, clause, number.start, number.end)
        offset = sentence.start + number.start
        return [SaidClaim(one, quantity.value, quantity.precision, sure, shown, offset) for one in matches]

    def _numbered(
        self, sentence: Sentence, clause: Clause, start: int, number: Word, reading: Phrase, distance: int
    ) -> Sequence[SaidClaim]:
        quantity = read_quantity(sentence.text[number.start : number.end])
        if quantity is None or not quantity.exact or is_approximate(number, clause.words):
            return ()
        family, factor = self._tools.converted(quantity)
        if family == COUNTED and not quantity.value.is_integer():
            return ()  # 1.203件 is no count; it may be meant for 1203
        matches = self._tools.matcher.numbered(reading, family, quantity.value == 0)
        if not matches and distance == EARLIER:  # what an earlier sentence was about need not be what this one is about
            matches = self._tools.matcher.numbered(reading.without_subject(), family, quantity.value == 0)
        if not matches and reading.own_subject and not reading.strict and family == COUNTED:
            self._context.void = True
        if not matches or (self._context.void and family == COUNTED):
            return ()
        if self._tools.bodies.names_another_body(sentence.text[clause.start : number.start], self._agency):
            return ()
        largest = _LARGEST_GAPS[distance] if reading.own_verb else _LARGEST_GAPS_WITHOUT_VERB[distance]
        understood = gap(sentence.text, start, number.start, clause.words) <= largest
        shown = self._shown(sentence, clause, number.start, number.end)
        known = not counts_something_unknown(sentence.text, number, clause)
        self._context.doubt = self._context.doubt or not understood
        sure = understood and known and not (self._context.area or self._context.doubt)
        found = []
        for claim in self._allowed(matches):
            if claim.id == self._context.whole and self._context.listing and not says_whose(clause.words):
                continue  # 其中某某提交3件 is a part, whatever its name is
            scale = factor / self._tools.factor(claim)
            value, precision = quantity.value * scale, quantity.precision * scale
            found.append(SaidClaim(claim, value, precision, sure, shown, sentence.start + number.start))
        self._remember(matches)
        return found

    def _implied(
        self, sentence: Sentence, clause: Clause, phrase: PhraseWords, reading: Phrase, distance: int
    ) -> Sequence[SaidClaim]:
        """What a clause, or the end of one after its last number, says without a number."""
        matches = self._tools.matcher.implied(reading)
        if not matches and distance == EARLIER and reading.own_verb:
            matches = self._tools.matcher.implied(reading.without_subject())
        speaks = reading.own_subject or reading.own_verb or reading.strict
        if not matches or not speaks or self._context.void:
            return ()
        if self._tools.bodies.names_another_body(sentence.text[clause.start : clause.end], self._agency):
            return ()
        shown = self._shown(sentence, clause, phrase.start, clause.end)
        largest = _LARGEST_GAP_OF_ALL if has_role(phrase.words, WordRole.ALL) else _LARGEST_IMPLIED_GAP
        understood = gap(sentence.text, phrase.start, clause.end, clause.words) <= largest
        told = reading.own_verb or gap_behind_subject(sentence.text, clause, phrase.words) <= _LARGEST_GAP_BEHIND
        sure = understood and told and not self._context.area
        offset = sentence.start + phrase.start
        allowed = self._allowed(matches)
        self._remember(matches)
        return [SaidClaim(claim, claim.implied or 0.0, 1.0, sure, shown, offset) for claim in allowed]

    def _allowed(self, claims: Sequence[LexiconClaim]) -> list[LexiconClaim]:
        whole, right_after = self._context.whole, self._context.just_whole
        return [
            one
            for one in claims
            if not one.within or self._part in one.within
            if not one.after or (whole in one.after and (right_after or one.implied is None))
            if not (one.first and whole)
        ]

    def _remember(self, claims: Sequence[LexiconClaim]) -> None:
        for claim in claims:
            if claim.whole:
                self._context.whole, self._context.just_whole = claim.id, True

    def _shown(self, sentence: Sentence, clause: Clause, start: int, end: int) -> Evidence:
        """What is quoted of the sentence: its beginning as far as there is room, up to the end of the clause."""
        right = min(len(sentence.text), max(end, min(clause.end, end + _AFTER)))
        text = self._text.printed(sentence.start + _beginning(sentence.text, start), sentence.start + right)
        return self._evidence(sentence, text.strip(",，;；:：、"), start)

    def _evidence(self, sentence: Sentence, text: str, start: int) -> Evidence:
        sentence_id = f"{self._part}:{sentence.start}"
        return Evidence(self._text.place(sentence.start + start), text, sentence_id=sentence_id)


def _beginning(sentence: str, start: int) -> int:
    """Where to begin quoting what is said at ``start``: with a whole clause where there is one near."""
    left = max(0, start - _BEFORE)
    mark = _CLAUSE_END.search(sentence, left, max(left, start - 1)) if left else None
    return mark.end() if mark else left
