"""A statement file is right to the last line, or nothing of it is taken in."""

from datetime import date, datetime

import pytest

from perisai.banks.rules.files import StatementFile, read_statement
from perisai.banks.rules.reconciling import Line
from perisai.kernel.clock import WIB
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import Rupiah
from perisai.site.bank.journal import Taken, as_csv, as_mt940

DAY = date(2017, 10, 30)
CSV = """booked_at,reference,virtual_account,amount
2017-10-30T09:15:03+07:00,T-1,8889991234567895,16800.00
2017-10-29T20:00:00+00:00,T-2,0012345,8400.00
TOTAL,2,,25200.00
"""
SWIFT = """:20:STMT
:25:8889990000
:28C:303/1
:60F:C171029IDR1000,00
:61:1710301030C16800,00NTRFT-1
:86:/REF/T-1/VA/8889991234567895/TIME/091503
:61:1710301030C8400,00NTRFT-2//BANK2
:62F:C171030IDR26200,00
"""
SITI = Line("T-1", "91234567895", Rupiah(16_800), datetime(2017, 10, 30, 9, 15, 3, tzinfo=WIB))


def read(text: str, on: date = DAY) -> StatementFile:
    return read_statement(text.encode(), on=on, service_id="88899")


def test_a_csv_is_read() -> None:
    file = read(CSV)
    assert (file.kind, file.total_idr, file.lines[0]) == ("csv", 25_200, SITI)
    assert (file.lines[1].reference, file.lines[1].code) == ("T-2", ""), "not an account of ours"


def test_an_mt940_is_read() -> None:
    file = read(SWIFT)
    assert (file.kind, file.total_idr, file.lines[0]) == ("mt940", 25_200, SITI)
    assert file.lines[1] == Line("T-2", "", Rupiah(8_400), datetime(2017, 10, 30, 12, tzinfo=WIB))


def test_a_day_without_payments_is_a_statement_too() -> None:
    assert read("booked_at,reference,virtual_account,amount\nTOTAL,0,,0.00\n").lines == ()
    assert read(":20:X\n:25:1\n:28C:1\n:60F:C171030IDR5,00\n:62F:C171030IDR5,00\n").lines == ()


def test_what_the_simulated_bank_writes_is_read_as_it_was_paid() -> None:
    paid = [Taken("ABCDEFGHJKLMNPQR", "   8889991234567895", 16_800, SITI.booked_at)]
    wanted = (Line("ABCDEFGHJKLMNPQR", SITI.code, SITI.amount_idr, SITI.booked_at),)
    assert read(as_csv(paid)).lines == read(as_mt940(paid, DAY, "88899")).lines == wanted


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", Code.STATEMENT_UNREADABLE),
        ("tanggal;jumlah\n", Code.STATEMENT_UNREADABLE),
        (CSV.removesuffix("TOTAL,2,,25200.00\n"), Code.STATEMENT_NOT_WHOLE),
        (CSV.replace("TOTAL,2", "TOTAL,3"), Code.STATEMENT_NOT_WHOLE),
        (CSV.replace("25200.00", "25201.00"), Code.STATEMENT_NOT_WHOLE),
        (CSV.replace("8400.00", "8400.50"), Code.STATEMENT_LINE_WRONG),
        (CSV.replace(",8400.00", ",-8400.00"), Code.STATEMENT_LINE_WRONG),
        (CSV.replace("T-2", "T 2"), Code.STATEMENT_LINE_WRONG),
        (CSV.replace("T-2", ""), Code.STATEMENT_LINE_WRONG),
        (CSV.replace("+07:00", ""), Code.STATEMENT_LINE_WRONG),
        (CSV.replace("2017-10-30T09", "2017-10-31T09"), Code.STATEMENT_OTHER_DAY),
        (CSV.replace(",T-1,", ",T-1,extra,"), Code.STATEMENT_LINE_WRONG),
        (SWIFT.replace("26200,00", "26201,00"), Code.STATEMENT_NOT_WHOLE),
        (SWIFT[: SWIFT.index(":62F:")], Code.STATEMENT_NOT_WHOLE),
        (SWIFT.replace(":61:1710301030C8400,00", ":61:nonsense"), Code.STATEMENT_UNREADABLE),
        (SWIFT.replace("1030C8400", "1030D8400").replace("26200", "9400"), Code.STATEMENT_LINE_WRONG),
        (SWIFT.replace("8400,00", "8400,50").replace("26200,00", "26200,50"), Code.STATEMENT_LINE_WRONG),
        (SWIFT.replace("171030", "171031").replace("1030C", "1031C"), Code.STATEMENT_OTHER_DAY),
    ],
)
def test_anything_else_is_refused_whole(text: str, refused: Code) -> None:
    with pytest.raises(Refused) as refusal:
        read(text)
    assert refusal.value.code is refused
    assert refusal.value.sentence() and refusal.value.sentence("en")


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read_statement(b"PK\x03\x04\xff\xfe", on=DAY, service_id="88899")
    assert refusal.value.code is Code.STATEMENT_UNREADABLE
