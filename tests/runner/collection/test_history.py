"""The history store: what goes in comes out, whoever wrote it and whatever became of the spec or the file since."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.earlier_years import EarlierText
from disclosure_checks.rules.collection.frame import build_frame, remembered_names
from disclosure_checks.rules.spec.model.agency_list import Agency
from disclosure_checks.runner.collection.history import EarlierRuns, naming, open_history
from disclosure_checks.runner.collection.history_files import HISTORY_FILE, find_history
from disclosure_checks.runner.collection.history_layout import APPLICATION_ID, LAYOUT_VERSION
from disclosure_checks.runner.collection.history_reading import DAMAGED, NEWER
from disclosure_checks.runner.collection.history_writing import (
    FormatValues,
    asked_of_years_before,
    format_values,
    write_history,
)
from disclosure_checks.runner.exports.data_files import DATA_FOLDER
from disclosure_checks.runner.reading.input_errors import InputError
from tests.gx_samples import small_report, small_specification

COMPILED = small_specification()
TOTAL, GRANTED = "requests.new_received.total", "requests.granted.total"
NOBODY = frozenset[tuple[str, int]]()


def report(
    received: float | None = 1, agency: str = "甲局", year: int | None = 2023, source: str = "", **more
) -> Report:
    found = small_report(
        COMPILED, source or f"{agency}{year}.txt", agency, year, requests__new_received__total=received
    )
    return Report(**{**vars(found), "fingerprint": (5, 7 << 30), **more})


def learned(*reports: Report, spec=COMPILED) -> FormatValues:
    return format_values(spec, reports, build_frame(spec, reports), asked_of_years_before([spec]))


def plain(agency: str, year: int) -> str:
    return agency


def write(out: Path, *runs: FormatValues, earlier: EarlierRuns | None = None, contested=NOBODY) -> Path:
    """Publish a store the way a run does: written beside, then put in place of the old one."""
    new = out / "new" / "history.sqlite"
    write_history(new, runs, earlier.stores if earlier else (), contested)
    path = out / HISTORY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    new.replace(path)
    return path


def reopened(out: Path, further: Path | None = None, name_of=plain) -> EarlierRuns:
    return open_history(out, further, name_of)


def table(path: Path, name: str) -> pd.DataFrame:
    connection = sqlite3.connect(path)
    try:
        return pd.read_sql(f'SELECT * FROM "{name}"', connection)
    finally:
        connection.close()


def before(runs: EarlierRuns, *reports: Report, name: str = TOTAL) -> list[float | None]:
    """Last year's value of a cell as a frame of these reports has it."""
    known = runs.years_before(COMPILED, {"small_format": reports}, NOBODY)
    column = build_frame(COMPILED, reports, known)[f"previous_year:{name}"]
    return [None if np.isnan(value) else value for value in column]


def test_pandas_reads_the_store(tmp_path):
    path = write(tmp_path, learned(report(3), report(None, "乙局", source="乙/2023.txt", printed_agency="乙  局")))
    cells = table(path, "cells_small_format")
    assert list(cells.columns) == ["agency", "year", "source", *COMPILED.cells]
    assert cells["agency"].tolist() == ["乙局", "甲局"]
    assert cells["year"].tolist() == [2023, 2023]
    assert np.isnan(cells[TOTAL][0])
    assert cells[TOTAL][1] == 3
    assert cells[GRANTED].tolist() == [0, 0]
    assert table(path, "reports").to_dict("records")[0] == {
        "agency": "乙局",
        "year": 2023,
        "format": "small_format",
        "source": "乙/2023.txt",
        "printed_agency": "乙  局",
    }
    clauses = np.frombuffer(table(path, "text_fingerprints")["clauses"][0], dtype="<u8")
    assert clauses.tolist() == [5, 7 << 30]


def test_the_next_run_finds_last_year_and_leaves_blanks_unknown(tmp_path):
    write(tmp_path, learned(report(3), report(None, "乙局")))
    assert before(reopened(tmp_path), report(9, year=2024), report(9, "乙局", 2024)) == [3, None]


def test_the_next_run_finds_the_texts_of_last_year_only(tmp_path):
    write(tmp_path, learned(report(), report(year=2022), report(agency="乙局")))
    texts = reopened(tmp_path).texts([report(year=2024)])
    assert texts == [EarlierText("乙局", 2023, (5, 7 << 30)), EarlierText("甲局", 2023, (5, 7 << 30))]


def test_a_new_report_replaces_the_stored_one_and_all_others_stay(tmp_path):
    write(tmp_path, learned(report(3), report(4, "乙局"), report(2, year=2022)))
    path = write(tmp_path, learned(report(30), report(5, year=2024)), earlier=reopened(tmp_path))
    cells = table(path, "cells_small_format").set_index(["agency", "year"])[TOTAL]
    assert cells.to_dict() == {("乙局", 2023): 4, ("甲局", 2022): 2, ("甲局", 2023): 30, ("甲局", 2024): 5}
    assert len(table(path, "reports")) == len(table(path, "text_fingerprints")) == 4


def test_reports_of_another_format_stay_beside_those_of_this_one(tmp_path):
    other = small_specification(format_name="other_format")
    write(tmp_path, learned(report(3), spec=other))
    path = write(tmp_path, learned(report(4)), earlier=reopened(tmp_path))
    assert table(path, "cells_other_format")[TOTAL].tolist() == [3]
    assert table(path, "cells_small_format")[TOTAL].tolist() == [4]
    assert before(reopened(tmp_path), report(year=2024)) == [4], "its own format comes first"


def test_another_format_serves_where_its_own_has_no_last_year(tmp_path):
    other = small_specification(format_name="a_other_format")
    write(tmp_path, learned(report(3), spec=other))
    assert before(reopened(tmp_path), report(year=2024)) == [3]


@pytest.mark.parametrize("unknown", [report(agency=""), report(year=None)], ids=["without an agency", "without a year"])
def test_a_report_that_nobody_can_look_up_is_not_stored(tmp_path, unknown):
    path = write(tmp_path, learned(unknown, report()))
    assert table(path, "reports")["agency"].tolist() == ["甲局"]


def test_of_two_reports_of_one_year_nothing_is_kept_nor_of_what_was_known(tmp_path):
    write(tmp_path, learned(report(3), report(4, "乙局")))
    twice = learned(report(5), report(6, source="b.txt"))
    path = write(tmp_path, twice, earlier=reopened(tmp_path), contested=frozenset({("甲局", 2023)}))
    assert table(path, "reports")["agency"].tolist() == ["乙局"]
    assert table(path, "cells_small_format")["agency"].tolist() == ["乙局"]


def test_the_bytes_depend_on_the_content_alone(tmp_path):
    at_once = write(tmp_path / "one", learned(report(3), report(4, year=2024), report(5, "乙局")))
    write(tmp_path / "two", learned(report(5, "乙局"), report(3)))
    step_by_step = write(tmp_path / "two", learned(report(4, year=2024)), earlier=reopened(tmp_path / "two"))
    assert step_by_step.read_bytes() == at_once.read_bytes()
    again = write(tmp_path / "two", learned(report(4, year=2024)), earlier=reopened(tmp_path / "two"))
    assert again.read_bytes() == at_once.read_bytes()


@pytest.mark.parametrize("folder", ["公开 年报", "100% #1?", "it's"])
def test_the_folder_may_be_called_anything(tmp_path, folder):
    out = tmp_path / folder
    write(out, learned(report(3)))
    path = write(out, learned(report(4, year=2024)), earlier=reopened(out))
    assert table(path, "reports")["year"].tolist() == [2023, 2024]


def test_nothing_but_the_store_is_left_in_its_folder(tmp_path):
    assert [one.name for one in write(tmp_path, learned(report())).parent.iterdir()] == ["history.sqlite"]


# ---- a spec that changed since


def with_columns(run: FormatValues, names: Mapping[str, float], *dropped: str) -> FormatValues:
    kept = [position for position, name in enumerate(run.names) if name not in dropped]
    values = np.column_stack([run.values[:, kept], *(np.full(len(run.reports), value) for value in names.values())])
    return run._replace(names=(*(run.names[position] for position in kept), *names), values=values)


def test_a_spec_that_gained_cells_reads_an_older_store(tmp_path):
    write(tmp_path, with_columns(learned(report(3)), {}, GRANTED))
    assert before(reopened(tmp_path), report(year=2024)) == [3]
    assert before(reopened(tmp_path), report(year=2024), name=GRANTED) == [None]
    path = write(tmp_path, learned(report(4, year=2024)), earlier=reopened(tmp_path))
    assert table(path, "cells_small_format")[GRANTED].isna().tolist() == [True, False]


def test_a_spec_that_lost_cells_keeps_what_was_known_of_them(tmp_path):
    write(tmp_path, with_columns(learned(report(3)), {"requests.gone.total": 8.0}))
    assert before(reopened(tmp_path), report(year=2024)) == [3]
    path = write(tmp_path, learned(report(4, year=2024)), earlier=reopened(tmp_path))
    cells = table(path, "cells_small_format")
    assert list(cells.columns)[-1] == "requests.gone.total"
    assert cells["requests.gone.total"][0] == 8
    assert np.isnan(cells["requests.gone.total"][1])


def test_facts_that_rules_ask_of_last_year_are_remembered(tmp_path):
    rule = {
        "id": "document.growth",
        "title": {"zh": "标题", "en": "title"},
        "check": "document.title_found == previous_year(document.title_found)",
        "severity": "info",
    }
    spec = small_specification(rule)
    assert "document.title_found" in remembered_names(spec)
    path = write(tmp_path, learned(report(3), spec=spec))
    assert table(path, "cells_small_format")["document.title_found"].tolist() == [1]
    known = reopened(tmp_path).years_before(spec, {"small_format": [report(year=2024)]}, NOBODY)
    frame = build_frame(spec, [report(year=2024)], known)
    assert frame["previous_year:document.title_found"][0] == 1


# ---- names


def test_a_name_typed_with_blanks_or_in_full_width_is_the_same_agency(tmp_path):
    write(tmp_path, learned(report(3, "甲局（东区）")))
    later = report(4, "甲局(东区)", 2024)
    assert before(reopened(tmp_path, name_of=naming([later], None)), later) == [3]


def test_a_former_name_is_found_through_the_list_of_agencies(tmp_path):
    listed = Agency.model_validate(
        {"name": "甲市工业和信息化局", "kind": "department", "former_names": [{"name": "甲市经信委", "until": 2023}]}
    )
    registry = AgencyRegistry("agencies.yaml", (listed,))
    write(tmp_path, learned(report(3, "甲市经信委")))
    later = report(4, "甲市工业和信息化局", 2024)
    runs = reopened(tmp_path, name_of=naming([later], registry))
    assert before(runs, later) == [3]
    assert runs.texts([later])[0].agency == "甲市工业和信息化局"
    path = write(tmp_path, learned(later), earlier=runs)
    assert table(path, "reports")[["agency", "printed_agency"]].values.tolist() == [
        ["甲市工业和信息化局", "甲市经信委"],
        ["甲市工业和信息化局", "甲市工业和信息化局"],
    ]
    assert set(table(path, "cells_small_format")["agency"]) == {"甲市工业和信息化局"}
    assert set(table(path, "text_fingerprints")["agency"]) == {"甲市工业和信息化局"}


def test_a_file_name_that_is_no_text_can_be_stored(tmp_path):
    path = write(tmp_path, learned(report(3, source="\udcb1\udca8.txt")))
    assert table(path, "reports")["source"].tolist() == ["\\udcb1\\udca8.txt"]


# ---- two stores


def test_what_another_folder_knows_comes_first_and_nothing_is_lost(tmp_path):
    further = write(tmp_path / "further", learned(report(3), report(8, "丙局")))
    write(tmp_path / "out", learned(report(30), report(4, "乙局")))
    runs = reopened(tmp_path / "out", further)
    later = [report(9, name, 2024) for name in ("甲局", "乙局", "丙局")]
    assert before(runs, *later) == [3, 4, 8]
    path = write(tmp_path / "out", learned(*later), earlier=runs)
    cells = table(path, "cells_small_format").query("year == 2023").set_index("agency")[TOTAL]
    assert cells.to_dict() == {"丙局": 8, "乙局": 4, "甲局": 3}
    assert len(runs.texts(later)) == 3


def test_the_same_store_named_twice_is_read_once(tmp_path):
    path = write(tmp_path, learned(report(3)))
    assert len(reopened(tmp_path, path).stores) == 1


@pytest.mark.parametrize("given", ["published", "published/data", "published/data/history.sqlite"])
def test_a_store_is_found_by_its_folder_or_itself(tmp_path, given):
    path = write(tmp_path / "published", learned(report()))
    assert find_history(tmp_path / given) == path


@pytest.mark.parametrize("given", ["nowhere", "."])
def test_a_path_without_a_store_is_refused(tmp_path, given):
    with pytest.raises(InputError) as caught:
        find_history(tmp_path / given)
    assert caught.value.code == "no_history"


def test_the_store_is_published_with_the_other_data():
    assert Path(HISTORY_FILE).parts[0] == DATA_FOLDER


# ---- stores that cannot be used


def spoilt(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def overwritten_inside(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


DAMAGES = {
    "truncated": truncated,
    "overwritten inside": overwritten_inside,
    "empty": lambda path: path.write_bytes(b""),
    "no database at all": lambda path: path.write_text("report,agency\n" * 2000),
    "another program's database": lambda path: spoilt(path, "PRAGMA application_id = 1"),
    "without its reports": lambda path: spoilt(path, "DROP TABLE reports"),
    "without its texts": lambda path: spoilt(path, "DROP TABLE text_fingerprints"),
    "without its cells": lambda path: spoilt(path, "DROP TABLE cells_small_format"),
    "a word where a number belongs": lambda path: spoilt(path, f"UPDATE cells_small_format SET \"{TOTAL}\" = '三'"),
    "a year in words": lambda path: spoilt(path, "UPDATE reports SET year = '去年'"),
    "a text cut short": lambda path: spoilt(path, "UPDATE text_fingerprints SET clauses = x'0102'"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_told_of_kept_and_not_used(tmp_path, damage):
    path = write(tmp_path, learned(report(3)))
    damage(path)
    content = path.read_bytes()
    runs = reopened(tmp_path)
    later = report(4, year=2024)
    runs.texts([later])
    assert before(runs, later) == [None]
    [problem] = runs.problems
    assert (problem.code, problem.path) == (DAMAGED, path)
    assert problem.kept is not None
    assert problem.kept.read_bytes() == content
    assert path.read_bytes() == content
    path = write(tmp_path, learned(later), earlier=runs)
    assert table(path, "reports")["year"].tolist() == [2024]


def test_a_store_of_a_later_version_is_kept_and_not_used(tmp_path):
    path = write(tmp_path, learned(report(3)))
    spoilt(path, f"PRAGMA user_version = {LAYOUT_VERSION + 1}")
    [problem] = reopened(tmp_path).problems
    assert problem.code == NEWER
    assert problem.kept is not None


def test_a_store_elsewhere_is_not_copied_as_nothing_replaces_it(tmp_path):
    path = write(tmp_path / "further", learned(report(3)))
    truncated(path)
    [problem] = reopened(tmp_path / "out", path).problems
    assert problem.kept is None
    assert [one.name for one in path.parent.iterdir()] == ["history.sqlite"]


def test_the_same_damaged_store_is_kept_once(tmp_path):
    path = write(tmp_path, learned(report(3)))
    truncated(path)
    assert reopened(tmp_path).problems[0].kept == reopened(tmp_path).problems[0].kept
    assert len(list(path.parent.iterdir())) == 2


def test_a_store_names_its_program(tmp_path):
    header = write(tmp_path, learned(report())).read_bytes()
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == LAYOUT_VERSION


def test_a_file_that_cannot_be_written_is_a_problem_of_the_folder(tmp_path):
    (tmp_path / "history.sqlite").mkdir()
    with pytest.raises(OSError, match="history"):
        write_history(tmp_path / "history.sqlite", [learned(report())], (), NOBODY)
