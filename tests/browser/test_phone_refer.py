"""Rina refers Rahmawati at the edge of a rice field: no signal, a dying battery, a camera that is not allowed."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Office
from tests.browser.papers import referred, waiting
from tests.browser.phone import Phone, card_photo, phone_of

from perisai.membership import services
from perisai.site.cast import FAMILY_NOW, Cast

pytestmark = pytest.mark.browser

WATI = FAMILY_NOW["wati"]


def names(cast: Cast) -> list[str]:
    return [each.name for each in waiting(cast)]


def sent(phone: Phone) -> None:
    """With a signal again, the outbox runs empty by itself."""
    phone.joined()
    phone.opens("/kotak-keluar")
    expect(phone.page.get_by_text("Sudah dijawab kantor")).to_be_visible()
    expect(phone.page.get_by_text("menunggu kirim")).to_have_count(0)


def test_a_worker_is_referred_without_signal_and_the_slip_is_no_card(office: Office) -> None:
    phone = phone_of(office, "rina")
    photo = card_photo(phone.page)
    phone.cut()
    phone.fills_referral(WATI, photo=photo)
    phone.press("Kirim rujukan")
    phone.sees("Slip rujukan")
    expect(phone.page.get_by_text("BUKAN KARTU PESERTA")).to_be_visible()
    expect(phone.page.get_by_role("img", name="Slip rujukan Rahmawati: bukan kartu peserta")).to_be_visible()
    with phone.page.expect_download() as given:
        phone.press("Bagikan gambar slip")
    assert re.fullmatch(r"slip-[0-9a-f-]{36}\.png", given.value.suggested_filename)
    assert names(office.cast) == []
    phone.joined()
    phone.opens("/daftarkan")
    expect(phone.page.get_by_text("Masuk").last).to_be_visible()
    assert names(office.cast) == ["Rahmawati"]


def test_the_battery_dies_in_the_middle_and_nothing_is_lost(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens("/daftarkan")
    phone.press("Daftarkan pekerja baru")
    phone.type("NIK", WATI.nik)
    phone.press("Lanjut")
    phone.sees("Siapa namanya?")
    phone.type("Nama seperti di KTP", "Rahmawa")
    phone = phone.dies()
    phone.opens("/daftarkan")
    phone.page.get_by_role("link", name="Rahmawa").click()
    phone.sees("Siapa namanya?")
    expect(phone.page.get_by_label("Nama seperti di KTP")).to_have_value("Rahmawa")
    phone.asks("nik")
    expect(phone.page.get_by_label("NIK", exact=True)).to_have_value(WATI.nik)


def test_a_returned_referral_is_mended_and_sent_again(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.fills_referral(WATI)
    phone.press("Kirim rujukan")
    phone.sees("Slip rujukan")
    sent(phone)
    [first] = waiting(office.cast)
    services.return_registration(actor=office.cast.laras, registration_id=first.id, note="Nama ibu kurang lengkap")
    phone.catches_up()
    phone.opens(f"/pendaftaran/{first.id}")
    expect(phone.page.get_by_text("Nama ibu kurang lengkap")).to_be_visible()
    phone.press("Perbaiki dan kirim lagi")
    phone.sees("Periksa, lalu kirim")
    phone.asks("family")
    expect(phone.page.get_by_label("Nama ibu kandung")).to_have_value(WATI.mother_name)
    phone.type("Nama ibu kandung", "Upik Sari Bulan")
    phone.press("Lanjut")
    phone.sees("Di mana tinggalnya?")
    phone.asks("summary")
    phone.press("Kirim perbaikan")
    phone.sees("Slip rujukan")
    sent(phone)
    [again] = waiting(office.cast)
    assert (again.id, again.mother_name, again.state) == (first.id, "Upik Sari Bulan", "submitted")


def test_a_refused_referral_says_why_and_is_sent_again(office: Office) -> None:
    """The letters end while the referral waits: the office refuses, and takes it once they hold again."""
    phone = phone_of(office, "yusuf")
    phone.fills_referral(WATI)
    expect(phone.page.get_by_text("Hari ini Anda belum boleh merujuk")).to_be_visible()
    phone.press("Kirim rujukan")
    phone.sees("Slip rujukan")
    phone.opens("/kotak-keluar")
    phone.page.get_by_role("button", name="Rahmawati").click()
    expect(phone.page.get_by_text("Sertifikat")).to_be_visible()
    phone.press("Perbaiki dan kirim lagi")
    phone.sees("Periksa, lalu kirim")
    expect(phone.page.get_by_text("Upik Sari")).to_be_visible()
    assert names(office.cast) == []


def test_the_same_nik_is_said_at_once(office: Office) -> None:
    referred(office.cast, "joni")
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens("/daftarkan")
    phone.press("Daftarkan pekerja baru")
    phone.type("NIK", FAMILY_NOW["eri"].nik)
    expect(phone.page.get_by_text("NIK ini sudah ada di HP Anda")).to_be_visible()
    expect(phone.page.get_by_role("link", name="Joni Eka Putra sudah didaftarkan")).to_be_visible()


def test_a_camera_that_is_not_allowed_is_no_dead_end(office: Office) -> None:
    page = office.at(viewport={"width": 360, "height": 740})
    page.add_init_script(
        "navigator.permissions.query = async ({ name }) => ({ state: name === 'camera' ? 'denied' : 'granted' })"
    )
    phone = Phone(office, page)
    phone.enrol("rina")

    def look(question: str) -> None:
        if question == "Foto KTP":
            expect(page.get_by_text("Kamera tidak diizinkan")).to_be_visible()

    phone.fills_referral(WATI, looks=look)
    expect(phone.button("Kirim rujukan")).to_be_enabled()


def test_a_photo_is_made_small_upright_and_kept(office: Office) -> None:
    phone = phone_of(office, "rina")
    photo = card_photo(phone.page)
    assert len(photo) > 1_000_000
    phone.opens("/daftarkan")
    phone.press("Daftarkan pekerja baru")
    phone.sees("Berapa NIK-nya?")
    phone.asks("photo")
    phone.takes(photo)
    shown = phone.page.get_by_role("img", name="Foto KTP yang tersimpan")
    expect(shown).to_be_visible()
    width, height = shown.evaluate("img => [img.naturalWidth, img.naturalHeight]")
    assert height > width >= 480
    told = re.search(r"(\d+) KB", phone.page.locator("figcaption").inner_text())
    assert told
    assert int(told[1]) <= 200


def test_a_full_phone_says_that_the_last_letters_are_not_kept(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.opens("/daftarkan")
    phone.press("Daftarkan pekerja baru")
    phone.page.evaluate(
        """() => { IDBObjectStore.prototype.put = function () { throw new DOMException("full", "QuotaExceededError") } }"""
    )
    phone.type("NIK", WATI.nik)
    expect(phone.page.get_by_text("HP penuh: isian terakhir belum tersimpan")).to_be_visible()
    expect(phone.page.get_by_label("NIK", exact=True)).to_have_value(WATI.nik)
