"""Fingerprints of texts: what counts as the same clause, and what is left out."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.prose.fingerprints import LENGTH_BITS, SHORTEST_CLAUSE, FingerprintTaker, clause_entry
from tests.checking import ROOT

TAKER = FingerprintTaker(["我局", "本机关"], ["信息处理费", "统计期限为1月1日"])


def clauses(text: str, agency: str = "甲市教育局") -> list[str]:
    return TAKER.clauses([text], agency)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "不断规范办理流程,提升答复的质量。", ["不断规范办理流程", "提升答复的质量"], id="clauses end at punctuation"
        ),
        pytest.param("公开信息1,234条;公开信息56.5条", ["公开信息0条"] * 2, id="numbers are all the same number"),
        pytest.param("甲市教育局完善工作制度", ["完善工作制度"], id="the agency's own name is left out"),
        pytest.param(
            "我局完善工作制度;本机关完善工作制度", ["完善工作制度"] * 2, id="words of a body for itself are left out"
        ),
        pytest.param("未收取信息处理费,完善工作制度", ["完善工作制度"], id="a clause with boilerplate is not compared"),
        pytest.param("数据统计期限为3月9日至今", [], id="numbers in boilerplate do not matter either"),
        pytest.param("完善制度,加强", [], id="short clauses are not compared"),
    ],
)
def test_what_counts_as_a_clause(text, expected):
    assert clauses(text) == expected


def test_names_and_boilerplate_match_however_they_are_typed():
    taker = FingerprintTaker(boilerplate=["（信息 处理费）"])
    assert taker.clauses(["收取了(信息处理费)的情况"], "") == []
    assert FingerprintTaker().clauses(["甲市(新区)教育局完善工作制度"], "甲市（新区） 教育局") == ["完善工作制度"]


def test_a_fingerprint_holds_each_clause_once_with_its_length():
    fingerprint = TAKER.fingerprint(["完善工作制度,完善工作制度", "提升答复的质量"], "")
    assert [entry & ((1 << LENGTH_BITS) - 1) for entry in sorted(fingerprint, key=lambda entry: entry & 255)] == [6, 7]
    assert set(fingerprint) == {clause_entry("完善工作制度"), clause_entry("提升答复的质量")}
    assert list(fingerprint) == sorted(fingerprint)


def test_a_very_long_clause_still_has_an_entry():
    assert clause_entry("长" * 5000) & 255 == 255


def test_another_process_gives_the_same_fingerprint():
    code = "from grammar.prose.fingerprints import clause_entry; print(clause_entry('完善工作制度'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert int(done.stdout) == clause_entry("完善工作制度")


@given(st.text(max_size=200), st.text(max_size=10))
def test_any_text_has_a_fingerprint(text, agency):
    taken = TAKER.fingerprint([text], agency)
    assert len(taken) <= len(text) // SHORTEST_CLAUSE + 1
    assert all(entry.bit_length() <= 32 + LENGTH_BITS for entry in taken)
