"""What a spec says about claims: sentences that name a number which a table holds as well.

The words stand in named parts; patterns are made of part names (see ``grammar/claims/claims.lark``)::

    claim_language:
      parts:
        application: {role: subject, words: ["[政府]信息公开申请", 依申请公开]}
        received: {role: verb, words: ["收到[并受理]", 受理, 新收]}
    claims:
      - id: received
        patterns: [application received]
        equals: requests.new_received.total
"""

from __future__ import annotations

from pydantic import Field

from disclosure_checks.grammar.model.claim_language import Numbers, WordRole
from disclosure_checks.rules.spec.model.parts import Identifier, Part, RuleIdentifier, Severity, Text


class ClaimWords(Part):
    """Words that mean the same, and what they do in a sentence."""

    role: WordRole
    words: tuple[str, ...] = Field(min_length=1, description="As printed; [] may be left out, {one|other} is a choice")


class ClaimExample(Part):
    """A text and the number that the claim is to find in it; without ``says`` and ``unsure`` it finds none."""

    text: str = Field(min_length=1)
    says: float | None = Field(None, description="The number the text says for sure")
    unsure: float | None = Field(None, description="The number it says with a doubt about scope or subject")
    section: Identifier | None = Field(None, description="The section the text stands in; else the first that is read")
    agency: str = ""
    year: int | None = Field(None, description="The report's year; the first year of the format where it is left out")


class Claim(Part):
    """One kind of claim: how sentences put it, and what the number said must agree with."""

    id: Identifier
    title: Text
    patterns: tuple[str, ...] = Field(
        min_length=1, description="Part names; `name?` may be there, `a > b` in this order, `a|b` either, `not name`"
    )
    implies: float | None = Field(None, description="The number of a sentence that says none: 未收到申请 implies 0")
    unit: str = Field("", description="The unit of the number, such as 万元 or %; nothing for things that are counted")
    numbers: Numbers = Field(Numbers.ANY, description="Whether the claim takes zeros, other numbers, or any")
    equals: str | None = Field(None, description="The formula of the number that the tables hold")
    check: str | None = Field(None, description="Instead of `equals`: a condition; the number said is `value`")
    accepts: tuple[str, ...] = Field((), description="Conditions under which another number is right as well")
    doubts: tuple[str, ...] = Field((), description="Conditions under which another number is worth a look only")
    severity: Severity = Severity.LIKELY
    within: tuple[Identifier, ...] = Field(
        (), description="The sections it is looked for in; all that are read if empty"
    )
    first: bool = Field(False, description="Only where the sentence has named no whole before")
    whole: bool = Field(False, description="Numbers after it in the same sentence may be its parts")
    after: tuple[Identifier, ...] = Field((), description="Claims of a whole, one of which the sentence made before")
    beside: tuple[Identifier, ...] = Field((), description="Claims, one of which the same sentence makes as well")
    not_beside: tuple[Identifier, ...] = Field((), description="Claims that the same sentence does not make")
    basis: str = ""
    note: Text | None = None
    message: Text | None = None
    examples: tuple[ClaimExample, ...] = ()


class CollectedClaims(Part):
    """A rule that claims of all kinds share, such as those whose scope is unsure."""

    id: RuleIdentifier
    title: Text
    severity: Severity = Severity.ADVISORY
    message: Text | None = None
    note: Text | None = None


class ClaimSums(Part):
    """Names of parts: a total after its parts (共计), a share (占), a list that is said to be whole (按类别分)."""

    total: Identifier | None = None
    share: Identifier | None = None
    complete: Identifier | None = None
    increase: Identifier | None = Field(default=None, description="The part that says that a number went up: 增加")
    decrease: Identifier | None = Field(default=None, description="The part that says that it went down: 减少")
    rest: tuple[Identifier, ...] = Field(default=(), description="Parts that stand for all others of a list: 其他")


class ClaimLanguageParts(Part):
    """The words of claims and what becomes of claims of all kinds."""

    within: tuple[Identifier, ...] = Field(
        min_length=1, description="Where claims are looked for: section ids, or front_matter"
    )
    section_subjects: dict[Identifier, Identifier] = Field(
        default_factory=dict, description="The subject (a part) that numbers of a section are about if none is named"
    )
    said_only_of: dict[Identifier, tuple[Identifier, ...]] = Field(
        default_factory=dict,
        description="Verbs of one subject only, by subject: a later clause about another subject does not go on with them",
    )
    goes_on_for: dict[Identifier, tuple[Identifier, ...]] = Field(
        default_factory=dict,
        description="Verbs that a list says of all its items, with the subjects they go on to be said of",
    )
    parts: dict[Identifier, ClaimWords]
    units: dict[Identifier, dict[str, float]] = Field(
        description="Families of units, each unit with how much it is in the first one; `counts` is for things"
    )
    government: str = Field(
        "",
        description="A regular expression for the endings of governments' names; group `named_by_place` for those that "
        "a text has to name with their place",
    )
    shortened: dict[str, str] = Field(
        default_factory=dict, description="Endings of agencies' names and how texts shorten them, such as 委员会: 委"
    )
    named_body: str = Field(
        "", description="A regular expression whose group `body` is the name of a body before a number"
    )
    sums: ClaimSums = Field(default_factory=ClaimSums, description="The parts that present numbers as parts of a whole")
    ignored: tuple[str, ...] = Field((), description="Regular expressions of what is looked over, such as titles")
    category: Identifier = "other"
    rule_title: Text = Field(description="The title of a claim's rule; {title} is that of the claim")
    message: Text = Field(description="What to say where a claim does not agree; {text}, {observed} and {expected}")
    unsure: CollectedClaims
    other_reading: CollectedClaims
