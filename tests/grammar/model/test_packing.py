"""A packed report is the report."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from random import Random

import pytest

from disclosure_checks.grammar.model.packing import PackedCells, cell_numbers, pack, unpack, unpacked_cells
from tests.checking import read
from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.samples import SAMPLES, sample_text
from tests.generation.truth import random_report


def assert_same(report) -> None:
    again = unpack(pickle.loads(pickle.dumps(pack(report))))
    # NaN is equal to nothing, but prints the same; a set may print in any order
    plain = {"relied_on": (), "fingerprint": ()}
    assert repr(replace(again, **plain)) == repr(replace(report, **plain))
    assert again.relied_on == report.relied_on
    assert list(again.fingerprint) == list(report.fingerprint)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_comes_back(name):
    assert_same(read(sample_text(name), name))


@pytest.mark.parametrize("layout", ["word_text", "pipes_markdown_table", "spaced_rows"])
def test_a_generated_report_comes_back(layout):
    assert layout in LAYOUTS
    assert_same(read(print_layout(random_report(3), Random(3), layout)))


def test_a_report_that_relied_on_equations_comes_back():
    report = read(LATER_LAYOUTS["glued_rows"](random_report(3).sheet, Random(3)))
    assert_same(report)


def test_packed_cells_are_a_mapping_of_cells():
    cells = read(sample_text(SAMPLES[0]), SAMPLES[0]).cells
    packed = pickle.loads(pickle.dumps(PackedCells.of(cells)))
    assert list(packed) == list(cells)
    assert len(packed) == len(cells)
    assert [repr(packed[cell]) for cell in cells] == [repr(cell) for cell in cells.values()]
    assert repr(unpacked_cells(packed)) == repr(dict(cells))
    assert packed.get("no.such.cell") is None
    assert PackedCells.of(packed) is packed


def test_numbers_are_the_same_from_cells_packed_or_not():
    cells = read(sample_text(SAMPLES[0]), SAMPLES[0]).cells
    wanted = [*reversed(cells), "no.such.cell"]
    assert repr(list(cell_numbers(PackedCells.of(cells), wanted))) == repr(list(cell_numbers(cells, wanted)))
    assert math.isnan(cell_numbers(PackedCells.of({}), ["no.such.cell"])[0])
