from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perisai.employers.rules import MOST_WAGE_IDR, Cells, below_minimum, parse_division, parse_npp, read
from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period

SITI = Cells(2, "1306085001900003", "Siti Aminah", "3.200.000")
TEXT = st.text(max_size=320)


def changed(**cells: Any) -> Cells:
    written: dict[str, Any] = {"row": 3, "nik": "1306081001900001", "name": "Ali Akbar", "wage": "2500000"}
    return Cells(**written | cells)


def faults(*rows: Cells) -> list[tuple[int, Code]]:
    return [(fault.row, fault.why.code) for fault in read(rows)[1]]


def test_a_report_in_order_is_read_whole() -> None:
    wages, wrong = read([SITI, changed(nik="1306.0810.0190.0001", name=" Ali  Akbar ", wage="Rp 2.500.000,00")])
    assert not wrong
    assert [(each.row, each.nik, each.name, each.wage_idr) for each in wages] == [
        (2, "1306085001900003", "Siti Aminah", 3_200_000),
        (3, "1306081001900001", "Ali Akbar", 2_500_000),
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"nik": ""}, Code.NIK_MALFORMED),
        ({"nik": "130608100190001"}, Code.NIK_MALFORMED),
        ({"nik": "0" * 16}, Code.NIK_ZEROS),
        ({"nik": "1.30608100190000E+15"}, Code.NIK_AS_NUMBER),
        ({"nik": "1,30608E+15"}, Code.NIK_AS_NUMBER),
        ({"nik": SITI.nik}, Code.NIK_TWICE),
        ({"name": ""}, Code.NAME_MISSING),
        ({"name": "=1+1"}, Code.NAME_MISSING),
        ({"name": "A" * 300}, Code.NAME_TOO_LONG),
        ({"wage": ""}, Code.WAGE_MALFORMED),
        ({"wage": "dua juta"}, Code.WAGE_MALFORMED),
        ({"wage": "2500000.5"}, Code.WAGE_MALFORMED),
        ({"wage": "-2500000"}, Code.WAGE_MALFORMED),
        ({"wage": "4,500"}, Code.WAGE_MALFORMED),
        ({"wage": "٢٥٠٠٠٠٠"}, Code.WAGE_MALFORMED),
        ({"wage": "0"}, Code.WAGE_OUT_OF_RANGE),
        ({"wage": str(MOST_WAGE_IDR + 1)}, Code.WAGE_OUT_OF_RANGE),
    ],
)
def test_a_wrong_row_says_why(cells: dict[str, str], code: Code) -> None:
    assert faults(SITI, changed(**cells)) == [(3, code)]


def test_everything_that_is_wrong_with_a_row_is_said_at_once() -> None:
    assert faults(changed(nik="1", name="", wage="")) == [
        (3, Code.NIK_MALFORMED),
        (3, Code.NAME_MISSING),
        (3, Code.WAGE_MALFORMED),
    ]


def test_the_second_row_of_a_worker_names_the_first() -> None:
    [fault] = read([SITI, changed(nik=SITI.nik)])[1]
    assert "2" in fault.why.sentence("en")


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=6))
def test_whatever_stands_in_a_file_every_row_is_read_or_has_its_faults(rows: list[tuple[str, str, str]]) -> None:
    cells = [Cells(number, *row) for number, row in enumerate(rows, start=2)]
    wages, wrong = read(cells)
    assert {each.row for each in wages} | {each.row for each in wrong} == {each.row for each in cells}
    assert not {each.row for each in wages} & {each.row for each in wrong}
    assert all(fault.why.sentence("id") and fault.why.sentence("en") for fault in wrong)


def test_a_wage_below_the_minimum_is_a_question_where_the_minimum_is_known() -> None:
    wages, _ = read([SITI, changed()])
    assert [each.row for each in below_minimum(wages, "13", Period(2026, 4))] == [3]
    assert not below_minimum(wages, "13", Period(2020, 4))
    assert not below_minimum(wages, "31", Period(2026, 4))


def test_numbers_of_firms_are_read_as_people_write_them() -> None:
    assert (parse_npp(" ak-123456 "), parse_division("7")) == ("AK123456", "007")
    for wrong in ("AK12345", "AK1234567", "ÄK123456"):
        with pytest.raises(Refused):
            parse_npp(wrong)
    for wrong in ("", "1000", "a1", "٣"):
        if wrong:
            with pytest.raises(Refused):
                parse_division(wrong)
