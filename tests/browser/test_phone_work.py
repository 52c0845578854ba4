"""Rina among her members without signal: a new number, a code to pay, an objection, a list of who came; then the signal."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Office
from tests.browser.papers import member
from tests.browser.phone import Phone, phone_of

from perisai.incentives import services as incentives
from perisai.kernel import clock
from perisai.kernel.period import Period
from perisai.membership import selectors

pytestmark = pytest.mark.browser


def answered(phone: Phone, *kinds: str) -> None:
    """The office has taken everything; the copy holds what came of it."""
    phone.joined()
    phone.opens("/kotak-keluar")
    expect(phone.page.get_by_text("Sudah dijawab kantor")).to_be_visible()
    expect(phone.page.get_by_text("menunggu kirim")).to_have_count(0)
    for kind in kinds:
        expect(phone.page.get_by_role("button", name=kind)).to_contain_text("diterima")
    phone.catches_up()


def test_a_new_number_is_told_and_comes_back_from_the_office(office: Office) -> None:
    wati = member(office.cast, "wati")
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens(f"/peserta/{wati.id}/ubah")
    expect(phone.button("Kirim perubahan")).to_be_disabled()
    phone.type("Nomor HP", "0812 0000 0299")
    phone = phone.dies()
    phone.opens(f"/peserta/{wati.id}/ubah")
    expect(phone.page.get_by_label("Nomor HP")).to_have_value("0812 0000 0299")
    phone.press("Kirim perubahan")
    phone.sees("Rahmawati")
    expect(phone.page.get_by_text("Perubahan data menunggu kirim")).to_be_visible()
    answered(phone)
    phone.opens(f"/peserta/{wati.id}")
    expect(phone.page.get_by_role("link", name="+6281200000299")).to_be_visible()
    assert selectors.member_for(office.cast.laras, wati.id).person.phone == "+6281200000299"


def test_a_code_that_was_asked_for_without_signal_is_there_to_show(office: Office) -> None:
    wati = member(office.cast, "wati")
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens(f"/peserta/{wati.id}")
    phone.press("Minta kode bayar")
    phone.choose("3 bulan")
    told = phone.page.get_by_role("radio", name="3 bulan").locator("xpath=..").inner_text()
    phone.press("Kirim permintaan")
    expect(phone.page.get_by_text("Permintaan kode menunggu kirim")).to_be_visible()
    answered(phone)
    phone.opens(f"/peserta/{wati.id}")
    code = phone.page.locator(".pay-code")
    expect(code).to_be_visible()
    amount = told.split("Rp")[1].strip()
    expect(code).to_contain_text(f"Rp {amount}")


def test_a_line_is_disputed_by_its_subject(office: Office) -> None:
    member(office.cast, "wati")
    incentives.accrue(actor=office.cast.nofri, period=Period.of(clock.today()))
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens("/insentif")
    phone.press("Lihat baris demi baris")
    phone.page.get_by_role("link", name="Peserta baru: Rahmawati").click()
    phone.press("Kirim keberatan")
    expect(phone.page.get_by_text("Tulis paling sedikit satu kalimat.")).to_be_visible()
    phone.type("Baris ini tidak benar?", "Rahmawati belum pernah terdaftar, saya yang pertama.")
    phone.press("Kirim keberatan")
    expect(phone.page.get_by_text("Keberatan Anda tersimpan")).to_be_visible()
    answered(phone)


def test_who_came_is_noted_under_a_tree_and_sent_as_one(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens("/hadir")
    phone.press("Mulai daftar hadir baru")
    phone.press("Kirim daftar hadir")
    expect(phone.page.get_by_text("Tulis judul acaranya.")).to_be_visible()
    phone.type("Judul acara", "Sosialisasi petani kopi")
    phone.finds_village()
    phone.type("Tempat", "Balai nagari")
    phone.press("Tambah orang")
    for name, sex in (("Upik Rahmah", "Perempuan"), ("Bakri Malin", "Laki-laki")):
        phone.sees("Yang hadir")
        phone.type("Nama", name)
        phone.choose(sex)
        phone.choose("Petani")
        phone.signs()
        phone.press("Orang berikutnya" if name == "Upik Rahmah" else "Selesai")
        if name == "Upik Rahmah":
            expect(phone.page.get_by_label("Nama", exact=True)).to_have_value("")
    expect(phone.page.get_by_text("Yang hadir: 2 orang")).to_be_visible()
    phone.press("Kirim daftar hadir")
    expect(phone.page.get_by_text("Menunggu kirim", exact=True)).to_be_visible()
    answered(phone)
    phone.opens("/hadir")
    expect(phone.page.get_by_text("Sampai")).to_be_visible()


def test_a_misspelt_name_and_a_nik_typed_in_full_find_the_member(office: Office) -> None:
    member(office.cast, "wati")
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens("/peserta")
    for typed in ("rahmawti", "Rachmawati", "1306 0849 0398 0011"):
        phone.type("Cari nama, nomor peserta, atau NIK", typed)
        expect(phone.page.get_by_role("link", name="Rahmawati")).to_be_visible()
    phone.type("Cari nama, nomor peserta, atau NIK", "1306 0849 0398 0012")
    expect(phone.page.get_by_text("Tidak ada yang cocok")).to_be_visible()
