"""Every screen of the phone's work: it fits on 320 px, a thumb hits it, all can use it, and it is what the guide shows.

``DRAW=docs/field`` in the environment makes the pictures of docs/field again.
"""

import base64
import os
import re
from pathlib import Path
from typing import Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import Office
from tests.browser.papers import approved, member, referred
from tests.browser.phone import SCREEN, Phone, card_photo
from tests.browser.test_every_page import GRAVE, RULES, sticking_out

from perisai.incentives import services as incentives
from perisai.kernel import clock
from perisai.kernel.period import Period
from perisai.membership import services
from perisai.site.cast import FAMILY_NOW

pytestmark = pytest.mark.browser

FOLDER: Final = Path(__file__).parents[2] / "docs" / "field"
GUIDE: Final = (FOLDER / "panduan-perisai.md").read_text(encoding="utf-8")
MOST_BYTES: Final = 60 * 1024
NARROW: Final = 320
TALL: Final = 6000
THUMB: Final = 44

_SMALL: Final = """(least) => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((each) => each.getClientRects().length && !each.closest(".unseen") && !each.classList.contains("unseen"))
    .map((each) => each.closest("label") ?? each)
    .filter((each) => { const box = each.getBoundingClientRect(); return box.width < least || box.height < least; })
    .map((each) => each.outerHTML.slice(0, 120))"""

_CALMED: Final = """async (shot) => {
    const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    const dots = pen.getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < dots.data.length; at += 1) dots.data[at] = Math.round(dots.data[at] / 17) * 17;
    pen.putImageData(dots, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1];
}"""
"""Sixteen steps of each colour are enough for a manual, and half the bytes."""


class Tour:
    """Walks through the screens; ``words`` is everything that was to be read on them."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.words, self.faults = phone, "", dict[str, list[str]]()
        self.seen: list[str] = []

    def shows(self, name: str) -> None:
        page = self.phone.page
        page.wait_for_timeout(150)  # a screen that is drawn in two steps
        self.seen.append(name)
        self.words += page.locator("body").inner_text() + "\n"
        self._pictured(page, name)
        page.set_viewport_size({"width": NARROW, "height": TALL})  # nothing hides under the bar at the thumb
        found = sticking_out(page) + [f"smaller than a thumb: {each}" for each in page.evaluate(_SMALL, THUMB)]
        colours: Literal["light", "dark"]
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            for each in Axe().run(page, options=RULES).response["violations"]:
                if each["impact"] in GRAVE:
                    found.append(f"{colours} {each['id']}: {each['nodes'][0]['html'][:160]}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(SCREEN)
        if found:
            self.faults[name] = found

    def _pictured(self, page: Page, name: str) -> None:
        if folder := os.environ.get("DRAW"):
            page.set_viewport_size({"width": NARROW, "height": 640})
            page.evaluate("document.activeElement?.blur()")
            shot = base64.b64encode(page.screenshot()).decode()
            Path(folder, f"{name}.png").write_bytes(base64.b64decode(page.evaluate(_CALMED, shot)))


def stage(office: Office) -> dict[str, str]:
    """Somebody in every state that a phone shows; name → id of the row."""
    cast = office.cast
    wati = member(cast, "wati")
    code = approved(cast, "ijus")
    joni = referred(cast, "joni")
    services.return_registration(actor=cast.laras, registration_id=joni.id, note="NIK salah salin. Foto KTP-nya kabur.")
    incentives.accrue(actor=cast.nofri, period=Period.of(clock.today()))
    return {"wati": str(wati.id), "joni": str(joni.id), "ijus": str(code.registration_id)}


def walk(office: Office, tour: Tour) -> None:
    """Long: the day of an agent, screen by screen."""
    phone, rows = tour.phone, stage(office)
    page = phone.page
    phone.enrol("rina")
    tour.shows("hari-ini")
    phone.opens("/daftarkan")
    phone.sees("Daftarkan")
    tour.shows("daftarkan")
    refers(tour)
    page.get_by_role("img", name="Slip rujukan Lena").wait_for()
    tour.shows("slip")
    phone.opens(f"/pendaftaran/{rows['joni']}")
    phone.sees("Joni")
    tour.shows("dikembalikan")
    phone.opens(f"/pendaftaran/{rows['ijus']}")
    phone.sees("Ijus")
    tour.shows("disetujui")
    phone.opens("/peserta")
    phone.type("Cari nama, nomor peserta, atau NIK", "rahmawti")
    expect(page.get_by_role("link", name="Rahmawati")).to_be_visible()
    tour.shows("peserta")
    page.get_by_role("link", name="Rahmawati").click()
    expect(page.get_by_text("Minta kode bayar")).to_be_visible()
    tour.shows("peserta-satu")
    phone.press("Minta kode bayar")
    phone.choose("3 bulan")
    tour.shows("minta-kode")
    phone.press("Batal")
    phone.press("Ubah HP, alamat, pekerjaan")
    phone.sees("Ubah data")
    tour.shows("ubah-data")
    pays(tour)
    explains(tour)
    notes_who_came(tour)
    for path, heading, name in (("/kotak-keluar", "Kotak keluar", "kotak-keluar"), ("/lainnya", "Lainnya", "lainnya")):
        phone.opens(path)
        phone.sees(heading)
        tour.shows(name)


def refers(tour: Tour) -> None:
    """Question by question; the price opens its law."""
    phone, worker = tour.phone, FAMILY_NOW["lena"]
    photo = card_photo(phone.page, grain=0)
    names = {
        "Berapa NIK-nya?": "nik", "Di mana tinggalnya?": "nagari", "Berapa penghasilan sebulan?": "penghasilan",
        "Dibayar berapa bulan?": "bulan", "Foto KTP": "foto-ktp", "Apakah ia setuju?": "persetujuan",
        "Bagaimana Anda tahu ia bekerja?": "pernyataan",
    }  # fmt: skip

    def look(question: str) -> None:
        if question in names:
            tour.shows(names[question])

    phone.fills_referral(worker, photo=photo, looks=look)
    tour.shows("periksa")
    phone.press("Lihat hitungan dan aturannya")
    expect(phone.page.get_by_text("Aturan yang dipakai")).to_be_visible()
    tour.shows("hitungan")
    phone.press("Tutup")
    phone.press("Kirim rujukan")


def pays(tour: Tour) -> None:
    phone, page = tour.phone, tour.phone.page
    phone.opens("/insentif")
    phone.sees("Insentif")
    tour.shows("insentif")
    phone.press("Lihat baris demi baris")
    page.get_by_role("link", name="Peserta baru: Rahmawati").wait_for()
    tour.shows("insentif-bulan")
    page.get_by_role("link", name="Peserta baru: Rahmawati").click()
    page.get_by_text("Baris ini tidak benar?").first.wait_for()
    tour.shows("insentif-baris")
    phone.opens("/insentif/hitung")
    phone.sees("Hitung insentif")
    tour.shows("insentif-hitung")


def explains(tour: Tour) -> None:
    phone = tour.phone
    phone.opens("/jelaskan")
    phone.sees("Jelaskan")
    tour.shows("jelaskan")
    phone.opens("/jelaskan/jkm")
    phone.sees("Kematian (JKM)")
    tour.shows("jelaskan-jkm")
    phone.opens("/jelaskan/hitung")
    phone.sees("Hitung iuran dan manfaat")
    tour.shows("jelaskan-hitung")


def notes_who_came(tour: Tour) -> None:
    phone = tour.phone
    phone.opens("/hadir")
    phone.sees("Daftar hadir")
    tour.shows("hadir")
    phone.press("Mulai daftar hadir baru")
    phone.type("Judul acara", "Sosialisasi petani kopi")
    phone.finds_village()
    phone.type("Tempat", "Balai nagari")
    tour.shows("hadir-acara")
    phone.press("Tambah orang")
    phone.sees("Yang hadir")
    phone.type("Nama", "Upik Rahmah")
    phone.choose("Perempuan")
    phone.choose("Petani")
    phone.signs()
    tour.shows("hadir-orang")


def test_every_screen_fits_can_be_hit_and_is_the_one_of_the_guide(office: Office) -> None:
    tour = Tour(Phone(office, office.at(viewport=SCREEN, has_touch=True)))
    walk(office, tour)
    assert not tour.faults, "\n".join(f"{name}: {fault}" for name, faults in tour.faults.items() for fault in faults)
    assert sorted(tour.seen) == sorted(path.stem for path in FOLDER.glob("*.png"))
    quoted = re.findall(r"\*\*(.+?)\*\*", GUIDE)
    assert quoted
    assert [words for words in quoted if words not in tour.words] == []


def test_the_guide_shows_pictures_that_are_there_and_small() -> None:
    shown = re.findall(r"\]\(([^)]+\.png)\)", GUIDE)
    assert shown
    assert [name for name in shown if not (FOLDER / name).exists()] == []
    assert [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > MOST_BYTES] == []
