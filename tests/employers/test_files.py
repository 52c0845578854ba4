"""Wage reports as firms send them: every kind of file that comes by."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from perisai.employers import files
from perisai.employers.files import MOST_BYTES, read_cells
from perisai.employers.rules import MOST_ROWS, read
from perisai.kernel.errors import Code, Refused

CSV = "NIK;Nama;Upah\n1306085001900003;Siti Aminah;3200000\n\n1306081001900001;Ali Akbar;2500000\n"


def xlsx(*rows: list[Any]) -> bytes:
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def refusal(content: bytes) -> Code:
    with pytest.raises(Refused) as refused:
        read_cells(content)
    assert refused.value.field == "file"
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace("NIK;Nama;Upah", '"No. KTP";"Nama Pekerja";"UPAH (sebulan)"').replace("(sebulan)", "").encode(),
    ],
)
def test_csv_as_spreadsheets_write_it(content: bytes) -> None:
    found = read_cells(content)
    assert [(each.row, each.nik, each.wage) for each in found] == [
        (2, "1306085001900003", "3200000"),
        (4, "1306081001900001", "2500000"),
    ]


def test_columns_may_stand_in_any_order_among_others() -> None:
    [cells] = read_cells(b"No,Upah,Bagian,NIK,Nama\n1,3200000,Gudang,1306085001900003,Siti\n")
    assert (cells.nik, cells.name, cells.wage) == ("1306085001900003", "Siti", "3200000")


def test_xlsx_with_heads_below_a_blank_line() -> None:
    found = read_cells(
        xlsx([], ["NIK", "Nama", "Upah"], ["1306085001900003", "Siti", 3_200_000], [None], ["1", "A", 2.5])
    )
    assert [(each.row, each.wage) for each in found] == [(3, "3200000"), (5, "2.5")]


def test_a_nik_that_a_spreadsheet_rounded_is_seen() -> None:
    _, [fault] = read(read_cells(xlsx(["NIK", "Nama", "Upah"], [1306085001900003, "Siti", 3_200_000])))
    assert fault.why.code is Code.NIK_AS_NUMBER


def test_a_nik_after_an_apostrophe_is_text() -> None:
    [cells] = read_cells(b"NIK;Nama;Upah\n'1306085001900003;Siti;'3200000\n")
    assert (cells.nik, cells.wage) == ("1306085001900003", "3200000")


def test_a_formula_never_runs_and_a_long_cell_is_cut() -> None:
    content = xlsx(["NIK", "Nama", "Upah"], ["1306085001900003", "=HYPERLINK(1)", 1], ["2", "A" * 10_000, 1])
    found = read_cells(content)
    assert found[0].name == ""
    assert len(found[1].name) == 500


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.WAGE_FILE_EMPTY),
        (b"\n;;\n", Code.WAGE_FILE_EMPTY),
        (b"NIK;Nama;Upah\n", Code.WAGE_FILE_EMPTY),
        (xlsx(["NIK", "Nama", "Upah"]), Code.WAGE_FILE_EMPTY),
        (b"NIK;Nama\n1;Siti\n", Code.WAGE_COLUMNS_MISSING),
        (xlsx(["a", "b"], [1, 2]), Code.WAGE_COLUMNS_MISSING),
        ("NIK;Nama;Upah\n1;Zo\u00eb;1\n".encode("cp1252"), Code.WAGE_FILE_NOT_UTF8),
        (CSV.encode("utf-16"), Code.WAGE_FILE_KIND),
        (b"%PDF-1.7", Code.WAGE_FILE_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code.WAGE_FILE_KIND),
        (b"PK\x03\x04 not a folder", Code.WAGE_FILE_UNREADABLE),
        (b"x" * (MOST_BYTES + 1), Code.WAGE_FILE_TOO_LARGE),
        (b"NIK;Nama;Upah\n" + b"1;A;1\n" * (MOST_ROWS + 1), Code.WAGE_TOO_MANY_ROWS),
    ],
)
def test_what_is_no_wage_report_is_refused(content: bytes, code: Code) -> None:
    assert refusal(content) is code


def test_a_small_file_that_hides_a_large_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000)
    assert refusal(xlsx(["NIK", "Nama", "Upah"])) is Code.WAGE_FILE_TOO_LARGE


def test_a_folder_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("hello.txt", "hello")
    assert refusal(file.getvalue()) is Code.WAGE_FILE_UNREADABLE
