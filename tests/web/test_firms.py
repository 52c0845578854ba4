"""Firms in the office: a wage report is looked over before it counts, money closes a month, arrears leave as a file."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.employers import people
from tests.stage.fixtures import signed_in
from tests.web.test_matrix import forgotten

from perisai.contributions import firm_selectors
from perisai.contributions.models import FirmPayment
from perisai.employers.models import WageReport
from perisai.kernel import clock
from perisai.kernel.period import Period
from perisai.site.cast import KOTO_TINGGI, Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode()).replace("\u00a0", " ")


def uploaded(client: Any, firm: Any, content: bytes, name: str = "upah.csv") -> Any:
    return client.post(
        f"/perusahaan/{firm.id}/upah", {"month": "2017-10", "file": SimpleUploadedFile(name, content)}, follow=True
    )


def test_laras_registers_a_firm_and_finds_it(cast: Cast) -> None:
    client = signed_in("laras")
    typed = {
        "branch_code": "BKT", "npp": "ak-000001", "division": "0", "name": "PT Rangkiang <b>Baso</b>", "size": "medium",
        "risk_class": "2", "industry": "footwear", "village_code": KOTO_TINGGI, "registered_on": "01-08-2017",
    }  # fmt: skip
    page = text(client.post("/perusahaan/baru", typed, follow=True))
    assert "AK000001-000" in page and "alas kaki" in page and "<b>Baso" not in page
    assert "PT Rangkiang" in text(client.get("/perusahaan?q=rangkiang"))
    assert "Tidak ada perusahaan" in text(client.get("/perusahaan?q=zzz"))
    assert "sudah terdaftar" in text(client.post("/perusahaan/baru", typed), 422)


def test_a_report_in_order_is_shown_first_and_counts_when_it_is_saved(cast: Cast) -> None:
    firm, client = people.firm(cast), signed_in("laras")
    looked = uploaded(client, firm, people.csv())
    page = text(looked)
    assert "Rp 17.149.284" in page and "15 Nov 2017" in page
    assert "1306085001900003" not in page
    assert not WageReport.objects.exists()
    saved = text(client.post(looked.redirect_chain[-1][0], follow=True))
    assert "Laporan upah tersimpan" in saved
    [month] = firm_selectors.months_of(firm)
    assert f"{month.contribution_idr:,}".replace(",", ".") in saved


def test_every_wrong_row_is_listed_with_its_reason_and_nothing_is_kept(cast: Cast) -> None:
    firm, client = people.firm(cast), signed_in("laras")
    content = people.csv(*people.WORKERS, ("130608500190000X", "Joni", 1), (people.WORKERS[0][0], "A" * 300, 0))
    looked = uploaded(client, firm, content)
    page = text(looked, 422)
    assert "4 kesalahan" in page and "tidak ada yang tersimpan" in page
    assert "130608******0003" in page and "1306085001900003" not in page
    assert "A" * 300 not in page
    with forgotten():
        assert client.post(looked.redirect_chain[-1][0]).status_code == 422
    assert not WageReport.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 wages", "bukan CSV atau XLSX"),
        ("NIK;Nama;Upah\n1;Zo\u00eb;1\n".encode("cp1252"), "bukan UTF-8"),
        (b"NIK;Nama\n1;Siti\n", "Kolom Upah tidak ada"),
        (b"", "kosong"),
    ],
)
def test_a_file_that_is_no_report_says_what_to_do(cast: Cast, content: bytes, said: str) -> None:
    assert said in text(uploaded(signed_in("laras"), people.firm(cast), content), 422)


def test_wages_under_the_minimum_are_asked_about(cast: Cast) -> None:
    content = people.csv(("1306085001900003", "Siti", 1_949_283), ("1306081001900001", "Ali", 1_949_284))
    page = text(uploaded(signed_in("laras"), people.firm(cast), content))
    assert "1 upah di bawah upah minimum provinsi (baris 2)" in page


def test_the_workers_of_a_report_are_shown_with_masked_numbers(cast: Cast) -> None:
    firm = people.firm(cast)
    people.reported(cast, firm)
    report = WageReport.objects.get()
    page = text(signed_in("nofri").get(f"/perusahaan/{firm.id}/laporan/{report.id}"))
    assert "130608******0003" in page and "Siti Aminah" in page and "1306085001900003" not in page


def test_nofri_books_the_money_and_the_month_is_closed(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    balance, client = firm_selectors.balance_of(bill), signed_in("nofri")
    proof = {
        "amount_idr": str(balance.rest_idr), "channel": "bni", "channel_reference": "TRX-1", "paid_on": "30-10-2017",
        "paid_time": "10.00",
    }  # fmt: skip
    assert "Rp" in text(client.get(f"/perusahaan/bayar/{bill.code}"))
    wrong = client.post(f"/perusahaan/bayar/{bill.code}", proof | {"amount_idr": "1"})
    assert "iuran saja" in text(wrong, 422)
    page = text(client.post(f"/perusahaan/bayar/{bill.code}", proof, follow=True))
    assert "Pembayaran tercatat" in page and "Lunas" in page
    client.post(f"/perusahaan/bayar/{bill.code}", proof)
    assert FirmPayment.objects.count() == 1


def test_arrears_leave_as_a_file_in_which_nothing_runs(cast: Cast) -> None:
    firm = people.firm(cast, name="=cmd|'/c calc'!A1")
    people.reported(cast, firm, Period(2017, 9))
    with clock.turned_to(clock.now().replace(year=2018, month=3)):
        client = signed_in("hendri")
        page = text(client.get("/perusahaan?tab=tunggakan"))
        assert "Kurang lancar" in page
        assert "Tidak ada yang menunggak" in text(client.get("/perusahaan?tab=tunggakan&kelas=bad"))
        [sheet] = load_workbook(io.BytesIO(client.post("/perusahaan/tunggakan.xlsx").content)).worksheets
        head, row = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
        assert row[head.index("Perusahaan")] == "'=cmd|'/c calc'!A1"
        assert row[head.index("Kelas")] == "Kurang lancar"
        assert row[head.index("Tunggakan iuran (Rp)")] == firm_selectors.arrears(cast.laras)[0].arrears.rest_idr


def test_a_firm_of_another_branch_does_not_exist(cast: Cast) -> None:
    firm = people.firm(cast)
    bill = people.reported(cast, firm)
    client = signed_in("gustina")
    for address in (f"/perusahaan/{firm.id}", f"/perusahaan/{firm.id}/upah", f"/perusahaan/bayar/{bill.code}"):
        assert client.get(address).status_code == 404
    assert "PT Rangkiang" not in text(client.get("/perusahaan"))
