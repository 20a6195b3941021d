"""Blocks of sentences about one subject: requests, cases, documents, decisions, the fee."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.generation.narrative.sentences import Sentence
from tests.generation.narrative.templates import Pattern, pattern, say
from tests.generation.narrative.voice import Voice, narrative_wordings

Block = list[tuple[str | Sentence, str]]  # (sentence, the punctuation after it)
CLAUSE_JOINS = ("，", "，", "，", "；", "。", "、")
MOST_KINDS_PUBLISHED = 5


@cache
def patterns_at(*path: str) -> tuple[Pattern, ...]:
    """The patterns of the wordings under a path such as ``requests``, ``received``."""
    entries: Any = narrative_wordings()
    for key in path:
        entries = entries[key]
    return tuple(pattern(entry) for entry in entries)


def statement_patterns(name: str) -> tuple[Pattern, ...]:
    """The wordings of a statement in words, without the conditions under which it is true."""
    entry = narrative_wordings()["statements"][name]
    return (
        patterns_at("requests", "none")
        if entry["sentences"] == "none"
        else patterns_at("statements", name, "sentences")
    )


def statement_is_true(name: str, voice: Voice) -> bool:
    entry = narrative_wordings()["statements"][name]
    values = voice.values
    if entry.get("format", voice.format) != voice.format:
        return False
    known = all(one in values for one in (*entry["zero"], *entry.get("some", ())))
    return known and not any(values[one] for one in entry["zero"]) and all(values[one] for one in entry.get("some", ()))


class Blocks:
    """The blocks that one voice says of its tables."""

    def __init__(self, voice: Voice) -> None:
        self.voice, self.random = voice, voice.random

    def _some(self, chance: float, *path: str) -> Block:
        if self.random.random() > chance:
            return []
        sentence = say(patterns_at(*path), self.voice, ".".join(path))
        return [(sentence, "。")] if sentence else []

    def _statement(self, chance: float, *names: str) -> Block:
        true = [name for name in names if statement_is_true(name, self.voice)]
        if not true or self.random.random() > chance:
            return []
        name = self.random.choice(true)
        sentence = say(statement_patterns(name), self.voice, f"statement {name}", statement=name)
        return [(sentence, "。")] if sentence else []

    def _clauses(self) -> Block:
        """收到 ..., 上年结转 ..., 办结 ..., 结转下年 ...: each clause in a wording of its own."""
        values, random = self.voice.values, self.random
        chances = {"received": 1.0, "carried_in": 0.85, "results": 0.8, "carried_out": 0.85}
        clauses: Block = []
        join = random.choice(CLAUSE_JOINS)
        for name, chance in chances.items():
            if values[name] and random.random() < chance:
                clauses += [(first, join) for first, _ in self._some(1.0, "requests", name)]
        if clauses and random.random() < 0.4:
            clauses += [(first, join) for first, _ in self._some(1.0, "requests", "finished")]
        if random.random() < 0.2:
            growth = [(first, "，") for first, _ in self._some(1.0, "requests", "growth")]
            clauses[1:1] = growth
        if clauses:
            clauses[-1] = (clauses[-1][0], "。")
        return clauses

    def _result_list(self) -> Block:
        openings: list[str] = narrative_wordings()["requests"]["results_opening"]
        one = Pattern(self.random.choice(openings) + "{list:results}", some=("results",))
        sentence = say([one], self.voice, "requests.results_list")
        return [(sentence, "。")] if sentence else []

    def requests(self, instead: Sentence | None = None) -> Block:
        """The block on requests; ``instead`` opens it in place of the number received."""
        values, random = self.voice.values, self.random
        if instead is not None:
            block: Block = [(instead, "。")]
        elif not values["received"]:
            block = self._statement(1.0, "none_received")
            if values["carried_in"]:
                block += self._clauses()
        else:
            whole = self._some(0.45, "requests", "whole")
            block = whole or self._clauses()
        if values["results"] and random.random() < 0.45:
            block += self._result_list()
        block += self._some(0.35, "requests", "applicants") + self._some(0.3, "requests", "channels")
        block += self._some(0.3, "requests", "rates") + self._some(0.4, "requests", "leaves")
        block += self._some(0.1, "requests", "growth")
        return block + self._statement(0.2, "all_completed", "nothing_carried_in", "nothing_granted_partly")

    def brief_requests(self) -> Block:
        """What is repeated beside the table of requests."""
        if not self.voice.values["received"]:
            return self._statement(1.0, "none_received")
        return self._clauses()

    def reviews(self, chance: float) -> Block:
        if self.random.random() > chance:
            return []
        values = self.voice.values
        if not values["reviews"]:
            return self._statement(
                1.0, "no_review", "no_review", "no_reconsideration", "no_litigation", "none_corrected"
            )
        block = self._some(1.0, "reviews", "some")
        return block + self._statement(0.4, "none_corrected", "all_upheld", "no_reconsideration", "no_litigation")

    def documents(self, chance: float) -> Block:
        said = self._some(chance, "documents", self.voice.format)
        return said or self._statement(chance * 0.6, "no_documents")

    def decisions(self, chance: float) -> Block:
        return self._some(chance, "decisions") or self._statement(0.1, "no_penalties")

    def published(self) -> Block:
        """How much was published, at times with all its kinds."""
        voice, random = self.voice, self.random
        kinds: list[str] = narrative_wordings()["published_kinds"]
        count = random.randint(2, MOST_KINDS_PUBLISHED)
        parts = range(1, count + 1)
        chosen = random.sample(kinds, count)
        shape, join = random.choice(("{0}{1}条", "{0}信息{1}条", "{0}{1}条", "{0}（{1}条）")), random.choice("、，；")
        listed = join.join(
            shape.format(kind, f"{{published/{part}}}") for kind, part in zip(chosen, parts, strict=True)
        ).replace("信息信息", "信息")
        wording: str = random.choice(narrative_wordings()["published"])
        one = Pattern(wording.replace("{published_list}", listed))
        sentence = say([one], voice, "published")
        return [(sentence, "。")] if sentence else []

    def fee(self) -> Block:
        return self._some(1.0, "fee", "some" if self.voice.information_fee else "none")
