"""The money arrives, the card is printed, and anybody can check both without us."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Office
from tests.browser.papers import approved, member, referred

from perisai.kernel import clock
from perisai.membership import selectors, tokens

pytestmark = pytest.mark.browser


def test_nofri_books_the_first_payment_and_the_worker_checks_the_receipt(office: Office) -> None:
    code = approved(office.cast, "wati")
    now = clock.now().astimezone(clock.WIB)
    nofri = office.at("nofri")
    nofri.goto("/iuran")
    nofri.get_by_role("link", name="Catat pembayaran").first.click()
    typed = {
        "code": f"{code.code[:4]} {code.code[4:8]} {code.code[8:]}",
        "amount_idr": f"{code.amount_idr:,}".replace(",", "."),
        "channel_reference": "TRX-0001",
        "paid_on": f"{now:%d-%m-%Y}",
        "paid_time": f"{now:%H.%M}",
    }
    for name, text in typed.items():
        nofri.locator(f"[name={name}]").fill(text)
    nofri.locator("[name=channel]").select_option("bank nagari")
    nofri.get_by_role("button", name="Periksa").click()
    expect(nofri.get_by_role("heading", name="Untuk siapa uang ini")).to_be_visible()
    expect(nofri.locator("main")).not_to_contain_text("Rahmawati")
    nofri.get_by_role("button", name="Catat pembayaran").click()
    expect(nofri.get_by_role("heading", name=re.compile("Kuitansi"))).to_be_visible()
    number = nofri.locator("h1 .number").inner_text()
    nofri.get_by_role("link", name="Rahmawati").click()
    expect(nofri.get_by_role("heading", name="Rahmawati", level=1)).to_be_visible()

    wati = office.at(viewport={"width": 360, "height": 740})
    wati.goto("/kuitansi")
    wati.get_by_label("Nomor kuitansi").fill(number)
    wati.get_by_role("button", name="Periksa").click()
    expect(wati.get_by_role("heading", name="Iuran sudah diterima")).to_be_visible()
    expect(wati.locator("main")).not_to_contain_text("Rahmawati")


def test_laras_issues_the_card_and_anybody_finds_it_valid(office: Office) -> None:
    wati = member(office.cast, "wati")
    laras = office.at("laras")
    laras.goto("/peserta/kartu")
    laras.get_by_role("link", name="Rahmawati").click()
    laras.get_by_role("link", name="Terbitkan kartu").click()
    laras.get_by_role("button", name="Terbitkan kartu").click()
    expect(laras.get_by_role("link", name="PDF seukuran kartu")).to_be_visible()
    (card,) = selectors.cards_of(wati.id)

    anybody = office.at(viewport={"width": 360, "height": 740})
    anybody.goto(f"/kartu/{card.token}")
    expect(anybody.get_by_role("heading", name="Kartu berlaku")).to_be_visible()
    expect(anybody.locator("main")).not_to_contain_text("Rahmawati")
    anybody.goto("/kartu")
    anybody.get_by_label("Isi kode QR").fill(f"{office.address}/kartu/{card.token[:-6]}AAAAAA")
    anybody.get_by_role("button", name="Periksa").click()
    expect(anybody.get_by_role("heading", name="Tidak berlaku")).to_be_visible()


def test_a_slip_that_is_shown_as_a_card_is_called_what_it_is(office: Office) -> None:
    anybody = office.at(viewport={"width": 360, "height": 740})
    anybody.goto(f"/kartu/{tokens.slip_token(referred(office.cast, 'wati'))}")
    expect(anybody.get_by_role("heading", name=re.compile("BUKAN kartu"))).to_be_visible()
