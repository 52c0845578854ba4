"""Laras decides all day: with keys, beside Hendri, on copied cards, on an office PC where scripts are shut off."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Office
from tests.browser.papers import referred, waiting

from perisai.membership import selectors
from perisai.membership.rules import State

pytestmark = pytest.mark.browser


def state(office: Office, registration: object) -> str:
    return str(selectors.registration_for(office.cast.laras, registration.id).state)  # type: ignore[attr-defined]


def test_laras_works_through_the_queue_with_keys_only(office: Office) -> None:
    wati, joni = referred(office.cast, "wati"), referred(office.cast, "joni")
    page = office.at("laras")
    page.goto("/pendaftaran")
    for key, name in (("j", "Rahmawati"), ("j", "Joni Eka Putra"), ("k", "Rahmawati")):
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Rahmawati", level=1)).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Joni Eka Putra", level=1)).to_be_visible()
    expect(page.get_by_text(re.compile(r"Rahmawati .* disetujui"))).to_be_visible()
    assert state(office, wati) == State.APPROVED
    page.keyboard.press("s")
    page.wait_for_url("**/pendaftaran")
    expect(page.get_by_text(re.compile(r"Joni Eka Putra .* disetujui"))).to_be_visible()
    assert state(office, joni) == State.APPROVED


def test_a_letter_in_a_reason_decides_nothing(office: Office) -> None:
    wati = referred(office.cast, "wati")
    page = office.at("laras")
    page.goto(f"/pendaftaran/{wati.id}")
    page.locator("[name=note]").click()
    page.keyboard.type("sbht: tanya agen dulu")
    expect(page.locator("[name=note]")).to_have_value("sbht: tanya agen dulu")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(page.get_by_text(re.compile("Rahmawati .* dikembalikan"))).to_be_visible()
    assert selectors.registration_for(office.cast.laras, wati.id).decision_note == "sbht: tanya agen dulu"


def test_of_two_officers_the_second_reads_who_was_quicker(office: Office) -> None:
    wati = referred(office.cast, "wati")
    laras, hendri = office.at("laras"), office.at("hendri")
    for page in (laras, hendri):
        page.goto(f"/pendaftaran/{wati.id}")
    hendri.get_by_role("button", name=re.compile("Setujui")).click()
    expect(hendri.get_by_text(re.compile("Rahmawati .* disetujui"))).to_be_visible()
    laras.locator("[name=note]").fill("Datanya salah")
    laras.get_by_role("button", name=re.compile("Tolak")).click()
    expect(laras.get_by_role("alert")).to_contain_text("Sudah diputus Hendri Saputra")
    assert state(office, wati) == State.APPROVED


def test_a_copied_nik_is_compared_side_by_side_and_rejected(office: Office) -> None:
    referred(office.cast, "joni")
    eri = referred(office.cast, "eri", by="mira")
    page = office.at("laras")
    page.goto("/pendaftaran?doubts=1")
    page.get_by_role("link", name="Eri Saputra").click()
    expect(page.get_by_text("NIK ini dirujuk lebih dari sekali")).to_be_visible()
    sides = page.locator("section", has_text="Bersisian: NIK yang sama").get_by_role("table")
    for name in ("Eri Saputra", "Joni Eka Putra"):
        expect(sides.get_by_text(name)).to_be_visible()
    page.get_by_label("NIK salah salin").check()
    page.get_by_role("button", name=re.compile("Tolak")).click()
    expect(page.get_by_text(re.compile("Eri Saputra .* ditolak"))).to_be_visible()
    assert state(office, eri) == State.REJECTED


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_reason_that_is_missing_is_asked_for_and_the_next_case_comes(office: Office, script: bool) -> None:
    wati, _joni = referred(office.cast, "wati"), referred(office.cast, "joni")
    page = office.at("laras", java_script_enabled=script)
    page.goto(f"/pendaftaran/{wati.id}")
    page.get_by_role("button", name=re.compile("Kembalikan")).click()
    expect(page.locator("#id_note-error")).to_be_visible()
    page.locator("[name=note]").fill("Nomor HP tidak aktif")
    page.get_by_role("button", name=re.compile("Kembalikan")).click()
    expect(page.get_by_role("heading", name="Joni Eka Putra", level=1)).to_be_visible()
    assert state(office, wati) == State.RETURNED
    assert [each.name for each in waiting(office.cast)] == ["Joni Eka Putra"]
