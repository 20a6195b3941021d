"""Numbers show as the spreadsheet shows them, whatever the format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.readers.sheet.number_formats import displayed

FORMATS = [
    (3.0, "General", "3"),
    (0.1 + 0.2, "General", "0.3"),
    (1234567.0, "General", "1234567"),
    (123456789012.0, "General", "123456789012"),
    (3.0, "0.00", "3.00"),
    (2.675, "0.00", "2.68"),
    (2.5, "0", "3"),
    (-2.5, "0;[Red]-0", "-3"),
    (-0.2, "0", "0"),
    (12345.6, "#,##0.00", "12,345.60"),
    (12345.0, "#,##0_);[Red](#,##0)", "12,345"),
    (-7.0, "#,##0_);[Red](#,##0)", "-7"),
    (0.125, "0.0%", "12.5%"),
    (3.0, '0"件"', "3件"),
    (2.5, '0.0##\\ "万元"', "2.5 万元"),
    (5.0, "[$¥-804]#,##0.00", "¥5.00"),
    (7.0, "000", "007"),
    (0.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
    (0.0, "0;-0;;@", "0"),
    (5000000.0, "0,", "5000"),
    (5.0, "@", "5"),
    (1.5, "# ?/?", "1.5"),
    (1500.0, "0.00E+00", "1500"),
    (45292.0, "yyyy-mm-dd", "2024-01-01"),
    (45292.0, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
    (45292.0, 'yyyy"年"m"月"', "2024年1月"),
    (0.5, "hh:mm", "12:00"),
    (3.0, "", "3"),
    (12345.0, "0.0,", "12.3"),
    (12345678.0, "#,##0.00,,", "12.35"),
    (12345.0, "0,.0", "12.3"),
    (12345.0, '0.0,"千"', "12.3千"),
    (1234567.0, "#,##0,", "1,235"),
    (585500.0, r"0\.0000", "58.5500"),
    (12345.0, "0!.0,", "1.2"),
    (5855.0, '0"."00', "58.55"),
    (5.0, r"0\.00", "0.05"),
    (5.0, r"#\.00", ".05"),
    (352.0, '0" "0" "0', "3 5 2"),
    (12345.0, '[>=10000]0!.0,"万";0', "1.2万"),
    (123.0, '[>=10000]0!.0,"万";0', "123"),
    (-5.0, "[<0]0.0;0", "-5.0"),
    (5.0, "[=5]0.00;[>5]0.0;0", "5.00"),
    (7.0, "[=5]0.00;[>5]0.0;0", "7.0"),
    (5.0, 'General"件"', "5件"),
    (0.5, "#.##", "0.5"),
    (1.5, "0.0#", "1.5"),
    (1.25, "0.0#", "1.25"),
    (1.0, "0.#", "1"),
    (0.0, "#", "0"),
    (3.0, "0.0000000000000000000000000000000000000000", "3." + "0" * 10),
    (1e20, "0.00", "1" + "0" * 20),
]


@pytest.mark.parametrize(("value", "number_format", "text"), FORMATS, ids=[f"{v} as {f}" for v, f, _ in FORMATS])
def test_a_number_shows_as_its_format_says(value, number_format, text):
    assert displayed(value, number_format) == text


@given(st.floats(), st.text('0#?.,;%[]"\\_*@/EeGgyYmMdhs年-+ $¥', max_size=30))
def test_no_number_and_no_format_break_the_reader(value, number_format):
    assert displayed(value, number_format)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_show_as_they_are(value):
    assert displayed(float(value), "General") == displayed(value, "0") == str(value)
