"""agencies.yaml: what may stand in it, and how mistakes are told."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from disclosure_checks.rules.spec.json_schema import agencies_schema
from disclosure_checks.rules.spec.model.agency_list import month_and_day
from disclosure_checks.rules.spec.source.problems import SpecificationError
from tests.rules.agency_samples import AGENCIES, CITY, registry_of

PLACE = "¦"  # stands right before the character a problem is expected at
HEAD = "agencies:\n"


def entry(name: str, *more: str, kind: str = "department") -> str:
    return f"  - {{name: {name}, kind: {kind}{''.join(', ' + one for one in more)}}}\n"


def problems_of(folder: Path, text: str) -> list[tuple[str, int, int, str]]:
    with pytest.raises(SpecificationError) as caught:
        registry_of(folder, text)
    return [(one.code, one.line, one.column, one.suggestion) for one in caught.value.problems]


def test_a_sound_list_is_taken_in_the_order_of_the_file(tmp_path: Path):
    agencies = registry_of(tmp_path).agencies
    assert [agency.kind for agency in agencies] == ["government", *["department"] * 4]
    assert agencies[2].former_names[0].first == 2015
    assert agencies[0].says("makes_rules") is True
    assert agencies[1].says("makes_rules") is None


def test_a_list_can_be_sent_to_another_process(tmp_path: Path):
    registry = registry_of(tmp_path)
    sent = pickle.loads(pickle.dumps(registry))
    assert sent.agencies == registry.agencies
    assert sent.agencies[0].says("makes_rules") is True


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(HEAD + entry("甲", kind="¦goverment"), ["wrong_choice"], id="an unknown kind"),
        pytest.param(HEAD + entry("甲", "¦colour: red"), ["unknown_key"], id="an unknown key"),
        pytest.param(HEAD + "  - ¦{name: 甲}\n", ["missing_key"], id="an agency without its kind"),
        pytest.param(HEAD + entry("甲") + entry("¦甲"), ["agency_name_taken"], id="two agencies of one name"),
        pytest.param(
            HEAD + entry("甲局") + entry("乙局", "aliases: [¦甲 局]"),
            ["agency_name_taken"],
            id="an alias, blanks apart",
        ),
        pytest.param(HEAD + entry("甲", "aliases: [¦甲]"), ["agency_name_repeated"], id="an alias that is the name"),
        pytest.param(
            HEAD + entry("甲局") + entry("乙局", "former_names: [{name: ¦甲局, until: 2018}]"),
            ["agency_name_taken"],
            id="a former name that is another's name",
        ),
        pytest.param(HEAD + entry("甲", "parent: ¦乙"), ["unknown_parent"], id="an unknown parent"),
        pytest.param(
            HEAD + entry("甲", "parent: ¦乙") + entry("乙", "parent: 丙") + entry("丙", "parent: 甲"),
            ["parent_circle"],
            id="a circle of parents, told once",
        ),
        pytest.param(HEAD + entry("甲", "parent: ¦甲"), ["parent_circle"], id="an agency above itself"),
        pytest.param(HEAD + entry("甲", "due: ¦02-30"), ["due_not_a_day"], id="a day that there is not"),
        pytest.param(HEAD + entry("甲", "due: ¦1-31"), ["due_not_a_day"], id="a month of one digit"),
        pytest.param(
            HEAD + entry("甲", "reports_from: 2023", "reports_until: ¦2021"), ["years_reversed"], id="years reversed"
        ),
        pytest.param(
            HEAD + entry("甲", "former_names: [{name: 乙, from: 2019, until: ¦2018}]"),
            ["years_reversed"],
            id="years of a former name reversed",
        ),
        pytest.param(
            HEAD + entry("甲", kind="¦town") + entry("乙", "parent: 甲", "due: ¦00-01") + entry("丙", "parent: ¦丁"),
            ["wrong_choice", "due_not_a_day", "unknown_parent"],
            id="everything at once, a broken agency still a parent",
        ),
        pytest.param("agencies: ¦[]\n", ["too_short"], id="an empty list"),
        pytest.param("¦agency: []\n", ["missing_key", "unknown_key"], id="another key at the top"),
        pytest.param("agencies: [¦&a {name: 甲}]\n", ["yaml_alias"], id="an anchor"),
    ],
)
def test_a_mistake_is_told_at_its_line_and_column(tmp_path: Path, text: str, codes: list[str]):
    found = problems_of(tmp_path, text.replace(PLACE, ""))
    assert [code for code, *_ in found] == codes
    places = {
        (number, part)
        for number, line in enumerate(text.splitlines(), start=1)
        for part in [
            sum(len(one) for one in line.split(PLACE)[:count]) + 1 for count in range(1, line.count(PLACE) + 1)
        ]
    }
    assert places <= {(line, column) for _, line, column, _ in found}


@pytest.mark.parametrize(
    ("parent", "meant"),
    [
        pytest.param("甲市人民正府", CITY, id="a slip"),
        pytest.param("甲市政府", CITY, id="an alias"),
    ],
)
def test_the_parent_that_may_be_meant_is_named(tmp_path: Path, parent: str, meant: str):
    text = HEAD + entry(CITY, "aliases: [甲市政府]", kind="government") + entry("甲市财政局", f"parent: {parent}")
    assert [(code, suggestion) for code, _, _, suggestion in problems_of(tmp_path, text)] == [("unknown_parent", meant)]


def test_one_name_may_pass_from_one_agency_to_another(tmp_path: Path):
    text = HEAD + entry("甲局", "reports_from: 2019") + entry("乙局", "former_names: [{name: 甲局, until: 2018}]")
    registry = registry_of(tmp_path, text)
    found = [registry.find("甲局", year) for year in (2018, 2019)]
    assert [agency.name for agency in found if agency] == ["乙局", "甲局"]


@pytest.mark.parametrize("text", [AGENCIES, HEAD + entry("甲", "due: 01-31")])
def test_a_sound_list_follows_the_schema(text: str):
    schema = agencies_schema()
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text))) == []


def test_the_schema_refuses_what_the_program_refuses():
    wrong = yaml.safe_load(HEAD + entry("甲", "colour: red"))
    assert list(Draft202012Validator(agencies_schema()).iter_errors(wrong)) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("01-31", (1, 31)), ("02-28", (2, 28)), ("02-29", None), ("13-01", None), ("3-1", None), ("", None)],
)
def test_a_due_date_is_a_day_that_every_year_has(text: str, expected: tuple[int, int] | None):
    assert month_and_day(text) == expected
