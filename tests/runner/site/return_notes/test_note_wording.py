"""An office words its return notes: what it may write, and what it is told where it is wrong."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from disclosure_checks.rules.spec.source.problems import SpecificationError
from disclosure_checks.runner.site.return_notes.note_wording import NAMES, NoteTexts, load_wording

VALUES = dict.fromkeys(NAMES, "") | {"agency": "甲市<b>教育局</b>", "points": 3}


def wording(folder: Path, text: str) -> Path:
    path = folder / "return_note.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_an_office_words_takes_the_place_of_our_words_and_the_rest_stays(tmp_path: Path) -> None:
    path = wording(tmp_path, "title: 年报退回通知\nopening: |\n  {{ agency }}：\n  请改正 {{ points }} 处。\n")
    texts = NoteTexts.of("zh", load_wording(path))
    assert texts.say("title", VALUES) == "年报退回通知"
    assert texts.say("opening", VALUES) == "甲市<b>教育局</b>：\n请改正 3 处。"
    assert texts.say("office", VALUES) == NoteTexts.of("zh").say("office", VALUES)


def test_a_text_may_depend_on_a_name(tmp_path: Path) -> None:
    path = wording(tmp_path, "closing: '{% if parent %}各单位{% elif points == 3 %}三处{% else %}本单位{% endif %}'")
    assert NoteTexts.of("zh", load_wording(path)).say("closing", VALUES) == "三处"


def test_what_is_filled_in_is_not_filled_in_again(tmp_path: Path) -> None:
    texts = NoteTexts.of("zh", load_wording(wording(tmp_path, "title: '{{ agency }} {{ points }}'")))
    assert texts.say("title", VALUES | {"agency": "{{ points }}"}) == "{{ points }} 3"


def test_an_office_says_what_stands_on_a_note(tmp_path: Path) -> None:
    assert NoteTexts.of("zh", load_wording(wording(tmp_path, "severities: [error]"))).severities == ("error",)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_our_own_words_need_no_other_names(language: str) -> None:
    texts = NoteTexts.of(language)
    assert all(texts.say(name, VALUES) for name in texts.texts)


def test_the_words_travel_to_the_workers() -> None:
    texts = NoteTexts.of("zh")
    assert texts.say("receiver", VALUES)
    assert pickle.loads(pickle.dumps(texts)) == texts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("opening: '{{ agancy }}'", "note_text_name", id="a name that is none"),
        pytest.param("opening: '{{ agency'", "note_text_syntax", id="a bracket that is not closed"),
        pytest.param("opening: '{% for one in agency %}x{% endfor %}'", "note_text_statement", id="a loop"),
        pytest.param("opening: '{{ agency.__class__ }}'", "note_text_statement", id="what lies behind a value"),
        pytest.param("opening: '{{ agency * 100000 }}'", "note_text_statement", id="a sum"),
        pytest.param("opening: '{{ range(9) }}'", "note_text_statement", id="a call"),
        pytest.param("opening: '{% if year > 3 %}x{% endif %}'", "note_text_statement", id="a size of a text"),
        pytest.param("opening: \"{% include 'base.html' %}\"", "note_text_statement", id="another template"),
        pytest.param("openning: 请改正", "unknown_key", id="a text that there is none of"),
        pytest.param("severities: [grave]", "wrong_choice", id="a severity that is none"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(SpecificationError) as error:
        load_wording(wording(tmp_path, text))
    [problem] = error.value.problems
    assert (problem.code, problem.line) == (code, 1)
    assert {problem.render("zh").partition("：")[0], problem.render("en").partition(":")[0]} != {""}
