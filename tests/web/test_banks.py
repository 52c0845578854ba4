"""Yulia of the head office registers a bank, reads what it said, and works off its day."""

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.banks.teller import Teller, public_pem
from tests.stage.fixtures import signed_in
from tests.web import people
from tests.web.test_payments import text

from perisai.banks.models import BankDay, OpenItem, Partner
from perisai.contributions.models import Payment
from perisai.site.cast import Cast
from perisai.web.views import bank_days

pytestmark = pytest.mark.usefixtures("in_2017")
BNI = {
    "name": "BNI",
    "code": "bni",
    "partner_id": "MITRA-BNI",
    "service_id": "77788",
    "public_key": public_pem("bni"),
    "payment_limit_idr": "Rp 10.000.000",
    "day_limit_idr": "",
}


@pytest.fixture(autouse=True)
def _quiet_door() -> None:
    cache.clear()


def upload(bank: Teller, content: bytes, **changed: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("hari.csv", content)
    return {"partner_id": str(bank.partner.id), "on": "30-10-2017", "file": file} | changed


def test_a_bank_is_registered_and_its_secret_is_shown_once(cast: Cast) -> None:
    client = signed_in("yulia")
    page = client.post("/bank/baru", BNI)
    bank = Partner.objects.get()
    assert page.status_code == 200 and bank.client_secret in text(page) and bank.client_key in text(page)
    again = text(client.get(f"/bank/{bank.id}"))
    assert bank.client_secret not in again
    assert (bank.payment_limit_idr, bank.day_limit_idr) == (10_000_000, None)
    assert "BNI" in text(client.get("/bank"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "!"}, "code"),
        ({"service_id": "12a"}, "service_id"),
        ({"public_key": "kunci"}, "public_key"),
        ({"payment_limit_idr": "sepuluh juta"}, "payment_limit_idr"),
        ({"payment_limit_idr": "0"}, "payment_limit_idr"),
        ({"day_limit_idr": "1"}, "day_limit_idr"),
        ({"name": ""}, "name"),
        ({"code": "bank nagari"}, "code"),
        ({"service_id": "88899"}, "service_id"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(cast: Cast, changed: dict[str, str], field: str) -> None:
    Teller()
    page = signed_in("yulia").post("/bank/baru", BNI | changed)
    assert page.status_code == 422
    assert f'id="id_{field}-error"' in text(page)
    assert Partner.objects.count() == 1


def test_secret_key_limits_and_connection_are_changed_with_a_trace(cast: Cast) -> None:
    bank = Teller()
    client, address = signed_in("yulia"), f"/bank/{bank.partner.id}"
    renewed = text(client.post(f"{address}/rahasia"))
    partner = Partner.objects.get()
    assert partner.client_secret != bank.secret and partner.client_secret in renewed
    client.post(f"{address}/kunci", {"public_key": public_pem("bni")})
    client.post(f"{address}/batas", {"payment_limit_idr": "5.000", "day_limit_idr": "9.000"})
    assert client.post(f"{address}/tutup", {"reason": ""}).status_code == 422
    client.post(f"{address}/tutup", {"reason": "Perjanjian berakhir"})
    partner.refresh_from_db()
    assert (partner.payment_limit_idr, partner.day_limit_idr, partner.is_active) == (5_000, 9_000, False)
    assert partner.public_key == public_pem("bni").strip()
    page = text(client.get(address))
    for done in ("Rahasia bank diganti", "Kunci umum bank diganti", "Batas bank ditetapkan", "Perjanjian berakhir"):
        assert done in page


def test_everything_a_bank_said_stands_in_the_log_and_leads_to_its_payment(cast: Cast) -> None:
    bank = Teller()
    client = signed_in("sudirman")
    assert "Belum ada pemberitahuan" in text(client.get("/bank/pemberitahuan"))
    assert "Tidak ada yang ditolak" in text(client.get("/bank/pemberitahuan?tab=ditolak"))
    bank.pay(people.approved(cast).code)
    bank.pay("90000000000", secret="forged")
    page = text(client.get("/bank/pemberitahuan"))
    assert "2002500" in page and "4012500" in page and "Rp 16.800" in page
    refused = text(client.get("/bank/pemberitahuan?tab=ditolak"))
    assert "4012500" in refused and "2002500" not in refused
    notice = page.split("/bank/pemberitahuan/")
    shown = [text(client.get(f"/bank/pemberitahuan/{part[:36]}")) for part in notice[1:]]
    assert any(f"/iuran/{Payment.objects.get().id}" in each for each in shown)


def test_a_day_is_taken_in_worked_off_and_closed(cast: Cast) -> None:
    bank = Teller()
    client = signed_in("yulia")
    assert "Belum ada hari yang dicocokkan" in text(client.get("/bank/hari"))
    code = people.approved(cast).code
    content = (
        "booked_at,reference,virtual_account,amount\n"
        f"2017-10-30T09:30:00+07:00,T-1,88899{code},16800.00\nTOTAL,1,,16800.00\n"
    ).encode()
    taken = client.post("/bank/hari/ambil", upload(bank, content))
    day, item = BankDay.objects.get(), OpenItem.objects.get()
    assert taken.headers["Location"] == f"/bank/hari/{day.id}"
    page = text(client.get(f"/bank/hari/{day.id}"))
    assert "Bank punya, kita belum" in page and "Terbuka" in page
    early = client.post(f"/bank/hari/{day.id}/tutup")
    assert early.status_code == 422 and "Masih ada 1 selisih" in text(early)
    form = text(client.get(f"/bank/selisih/{item.id}"))
    assert "Catat sekarang" in form and "Kembalikan nanti" in form
    assert client.post(f"/bank/selisih/{item.id}", {"action": "book_now", "reason": ""}).status_code == 422
    client.post(f"/bank/selisih/{item.id}", {"action": "book_now", "reason": "Saluran putus tadi pagi"})
    assert Payment.objects.get().channel_reference == "T-1"
    page = text(client.get(f"/bank/hari/{day.id}"))
    assert "Seimbang" in page and "Saluran putus tadi pagi" in page
    assert client.post(f"/bank/hari/{day.id}/tutup").status_code == 302
    assert "Ditutup" in text(client.get("/bank/hari"))
    book = load_workbook(io.BytesIO(client.get(f"/bank/hari/{day.id}/unduh").content))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows[1][:4] == ["Bank punya, kita belum", "T-1", code, 16_800]
    assert rows[1][7:9] == ["Saluran putus tadi pagi", "Yulia Hapsari"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"file": SimpleUploadedFile("x.csv", b"kosong")}, "bukan rekening koran"),
        ({"on": "29-10-2017"}, "bukan dari"),
        ({"on": "kemarin"}, "hari-bulan-tahun"),
        ({"partner_id": ""}, "Pilih banknya"),
        ({"file": ""}, "Pilih berkas"),
    ],
)
def test_a_file_that_is_not_right_is_told_and_nothing_is_kept(
    cast: Cast, changed: dict[str, Any], sentence: str
) -> None:
    content = b"booked_at,reference,virtual_account,amount\n2017-10-30T09:30:00+07:00,T-1,,5.00\nTOTAL,1,,5.00\n"
    page = signed_in("yulia").post("/bank/hari/ambil", upload(Teller(), content, **changed))
    assert page.status_code == 422 and sentence in text(page)
    assert not BankDay.objects.exists()


def test_a_file_beyond_the_pages_reach_is_sent_to_the_command(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_days, "MOST_BYTES", 10)
    page = signed_in("yulia").post("/bank/hari/ambil", upload(Teller(), people.EMPTY_DAY))
    assert page.status_code == 422 and "take-statement" in text(page)


def test_the_rail_shows_the_banks_to_the_head_office_only(cast: Cast) -> None:
    for who, sees in (("yulia", True), ("maharani", True), ("sudirman", True), ("nofri", False), ("laras", False)):
        assert ('href="/bank"' in text(signed_in(who).get("/"))) == sees, who
