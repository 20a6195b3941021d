"""The panels are consistent from year to year, repeatable, and their sentences say what the cells hold."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.generation.equations import violated_equations
from tests.generation.narrative.narrative import trap_sentence, traps
from tests.generation.narrative.number_words import number_in_words
from tests.generation.narrative.quantities import permitted_values
from tests.generation.narrative.sentences import Said, Sentence
from tests.generation.panel.checking import plant_in_all
from tests.generation.panel.panel import Panel, PanelReport, random_panel
from tests.generation.panel.text import main
from tests.generation.planting.years import ITEM_ROWS, STOCK_ROWS
from tests.generation.table_format import LAST_YEAR_OF_2019_FORMAT

AGENCIES = 50
HALF_WIDTH = str.maketrans("（），：；", "(),:;")


def _bare(text: str) -> str:
    return "".join(text.split()).translate(HALF_WIDTH)


@pytest.fixture(scope="module")
def panel() -> Panel:
    return random_panel(AGENCIES, seed=7)


def _sentences(report: PanelReport) -> list[Sentence]:
    paragraphs = (paragraph for paragraphs in report.narrative.values() for paragraph in paragraphs)
    return [piece for paragraph in paragraphs for piece in paragraph if isinstance(piece, Sentence)]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "零"),
        (2, "两"),
        (10, "十"),
        (18, "十八"),
        (105, "一百零五"),
        (120, "一百二十"),
        (1001, "一千零一"),
        (2300, "二千三百"),
        (10205, "一万零二百零五"),
        (20010, "二万零一十"),
    ],
)
def test_numbers_are_written_in_words(value: int, written: str) -> None:
    assert number_in_words(value) == written


def test_every_year_follows_from_the_year_before(panel: Panel) -> None:
    assert len({run[0].body.agency.name for run in panel.runs}) == AGENCIES
    for run in panel.runs:
        for report in run:
            assert violated_equations(report.report.cells) == ()
        for before, after in pairwise(run):
            earlier, later = before.report.cells, after.report.cells
            carried = [cell for cell in later if cell.startswith("requests.carried_in.")]
            assert all(later[cell] == earlier[cell.replace("carried_in", "carried_out")] for cell in carried)
            for row in ITEM_ROWS if after.year == LAST_YEAR_OF_2019_FORMAT else ():
                items = earlier[f"proactive.{row}.previous_items"] + earlier[f"proactive.{row}.change"]
                assert later[f"proactive.{row}.previous_items"] == items
            for row in STOCK_ROWS if before.year > LAST_YEAR_OF_2019_FORMAT else ():
                stock = earlier[f"{row}.in_force"] + later[f"{row}.issued"] - later[f"{row}.repealed"]
                assert later[f"{row}.in_force"] == stock
            filled = [cell for cell in later if cell in earlier and (later[cell] or earlier[cell])]
            assert len(filled) < 3 or any(later[cell] != earlier[cell] for cell in filled)
            for row in ("reconsideration", "direct_litigation", "litigation_after_reconsideration"):
                assert later[f"review.{row}.total"] >= earlier[f"review.{row}.pending"]


def test_every_number_said_of_a_cell_is_the_number_of_the_cell(panel: Panel) -> None:
    said: Counter[str] = Counter()
    for report in panel.reports:
        for sentence in _sentences(report):
            for one in sentence.said:
                if one.decimals < 0 and "/" not in one.name:
                    said[one.name] += 1
                    assert one.value == report.voice.values[one.name], sentence.text
    assert len(said) > 60
    assert said["received"] > 100


@pytest.mark.long
def test_the_words_are_varied_and_every_trap_is_set() -> None:
    wordings: set[str] = set()
    set_traps: set[str] = set()
    for seed in range(4):
        for report in random_panel(AGENCIES, seed).reports:
            for sentence in _sentences(report):
                wordings.add("".join("#" if isinstance(piece, Said) else piece for piece in sentence.pieces))
                set_traps.add(sentence.trap)
    assert len(wordings) > 2000
    assert set_traps - {""} == set(traps())


def test_planted_numbers_contradict_the_cells(panel: Panel) -> None:
    planted = plant_in_all(panel, seed=1)
    assert len(planted) > 200
    assert len({one.kind for one in planted}) > 60
    for one in planted:
        assert _bare(one.sentence) in _bare(one.report.text), one.report.layout
        if one.kind in one.report.voice.values and one.cells:
            assert one.said not in permitted_values(one.kind, one.report.report.cells), one.sentence


def test_the_same_seed_gives_the_same_panel() -> None:
    first, second = (list(random_panel(6, 3).reports) for _ in range(2))
    assert [report.text for report in first] == [report.text for report in second]


def test_traps_that_suit_other_bodies_are_not_set(panel: Panel) -> None:
    for report in panel.reports:
        if report.body.kind != "government":
            assert trap_sentence(report.voice, "own_office_count") is None


def test_the_command_writes_the_panel(tmp_path: Path) -> None:
    assert main([str(tmp_path), "--agencies", "3", "--seed", "2"]) == 0
    assert len(list(tmp_path.iterdir())) == sum(1 for _ in random_panel(3, 2).reports)
