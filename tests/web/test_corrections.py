"""The office's pages of money that does not fit: recorded as it came, followed, taken back, given back."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.stage.fixtures import signed_in
from tests.web import people
from tests.web.test_payments import proof, text

from perisai.contributions import selectors
from perisai.contributions.models import Payment, Refund
from perisai.kernel import ids
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def test_a_wrong_amount_can_be_recorded_as_the_bank_took_it(cast: Cast) -> None:
    code = people.approved(cast)
    client = signed_in("nofri")
    refused = client.post("/iuran/catat", proof(code, amount_idr="10.000"))
    assert refused.status_code == 422
    assert "Bank sudah menerima uangnya?" in text(refused) and "Catat Rp 10.000" in text(refused)
    booked = client.post("/iuran/catat", proof(code, amount_idr="10.000", taken="1"))
    payment = Payment.objects.get()
    assert booked.headers["Location"] == f"/iuran/{payment.id}"
    assert "Belum melindungi satu bulan pun" in text(client.get(booked.headers["Location"]))
    public = text(client.get(f"/kuitansi/{payment.receipt_number}"))
    assert "belum melindungi satu bulan pun" in public
    assert client.get(f"/iuran/{payment.id}/kuitansi.pdf").content[:4] == b"%PDF"


def test_a_typing_error_is_not_offered_as_money_taken(cast: Cast) -> None:
    code = people.approved(cast)
    refused = signed_in("nofri").post("/iuran/catat", proof(code, paid_on="29-10-2017"))
    assert "Bank sudah menerima uangnya?" not in text(refused)


def test_nofri_takes_back_what_the_bank_took_back(cast: Cast) -> None:
    payment = people.pay(cast, people.approved(cast))
    client = signed_in("nofri")
    body = {"taken_on": "30-10-2017", "bank_reference": "RTN-1", "reason": "Dana ditarik bank"}
    assert client.post(f"/iuran/{payment.id}/tarik", body).headers["Location"] == f"/iuran/{payment.id}"
    assert "Ditarik bank pada" in text(client.get(f"/iuran/{payment.id}"))
    assert "Pembayaran ini ditarik kembali" in text(client.get(f"/kuitansi/{payment.receipt_number}"))


def test_a_refund_goes_from_nofri_to_hendri_and_back(cast: Cast) -> None:
    known: Any = people.member(cast)
    payment = people.stray(cast, known, 4_000)
    refund = people.refund(cast, payment, 4_000)
    nofri, hendri = signed_in("nofri"), signed_in("hendri")
    assert "Setujui" not in text(nofri.get("/iuran/pengembalian"))
    assert "Setujui" in text(hendri.get("/iuran/pengembalian"))
    hendri.post(f"/iuran/pengembalian/{refund.id}/setujui")
    nofri.post(f"/iuran/pengembalian/{refund.id}/kirim", {"sent_on": "30-10-2017", "bank_reference": "OUT-1"})
    assert Refund.objects.get().state == "paid"
    assert "Sudah dikirim" in text(nofri.get("/iuran/pengembalian"))
    assert selectors.books().differs_idr == 0


def test_the_trace_goes_from_a_month_to_the_money_and_to_what_it_earned(cast: Cast) -> None:
    payment = people.pay(cast, people.approved(cast))
    client = signed_in("laras")
    found = client.get(f"/iuran/jejak/{payment.member_id}/2017-10")
    assert found.headers["Location"] == f"/iuran/jejak/{payment.id}"
    before = text(client.get(found.headers["Location"]))
    assert "Bulan Rp 16.800 + saldo Rp 0 = uang yang ada Rp 16.800" in before
    assert "Belum ada insentif" in before
    people.accrued(cast)
    after = text(client.get(found.headers["Location"]))
    assert "Rina Marlina" in after and "Rp 1.134" in after and "Rp 126" in after, (
        "7.5 %: 1,260, a tenth of it the Wadah's"
    )


def test_a_list_is_tried_then_paid_by_one_code(cast: Cast) -> None:
    siti, ali = people.member(cast), people.member(cast, "ali", nik="1306081205870013")
    laras, nofri = signed_in("laras"), signed_in("nofri")
    body = {"group_id": str(ids.new_id()), "kind": "family", "title": "Keluarga Siti", "months": "3", "numbers": ""}
    sheet = SimpleUploadedFile("daftar.csv", f"nomor\n{siti.number}\n{ali.number}\n{siti.number}\n".encode())
    tried = laras.post("/iuran/kelompok/baru", {**body, "file": sheet})
    assert tried.status_code == 200
    assert "2 peserta dapat dibayar" in text(tried) and "tertulis dua kali" in text(tried)
    made = laras.post("/iuran/kelompok/baru", {**body, "numbers": f"{siti.number}\n{ali.number}", "confirmed": "1"})
    address = made.headers["Location"]
    paid = {
        "amount_idr": "100.800", "channel": "bni", "channel_reference": "GRP-1", "paid_on": "30-10-2017", "paid_time": "10.00",
    }  # fmt: skip
    assert nofri.post(f"{address}/bayar", paid).headers["Location"] == address
    assert text(laras.get(address)).count("/iuran/") >= 2 and "Lunas" in text(laras.get(address))


def test_an_xlsx_list_is_read_and_a_broken_one_told(cast: Cast) -> None:
    siti, laras = people.member(cast), signed_in("laras")
    book, kept = Workbook(), BytesIO()
    sheet = book.create_sheet("Daftar", 0)
    for row in (["Nomor peserta"], [siti.number]):
        sheet.append(row)
    book.save(kept)
    body = {"group_id": str(ids.new_id()), "kind": "family", "title": "Keluarga", "months": "1"}
    good = SimpleUploadedFile("daftar.xlsx", kept.getvalue())
    assert "1 peserta dapat dibayar" in text(laras.post("/iuran/kelompok/baru", {**body, "file": good}))
    broken = SimpleUploadedFile("daftar.xlsx", b"bukan lembar kerja")
    refused = laras.post("/iuran/kelompok/baru", {**body, "file": broken})
    assert refused.status_code == 422 and "tidak terbaca" in text(refused)
