"""Rina's phone: the field app in a browser as small as hers, before the real server, with the network hers to lose."""

import base64
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Locator, Page, ViewportSize, expect
from tests.browser.conftest import Office

from perisai.site.cast import PASSWORD, Worker

SCREEN: Final[ViewportSize] = {"width": 360, "height": 740}
PIN: Final = "482913"


class Phone:
    """One phone; ``page`` shows the app. Every button and field is found by what is written on it."""

    def __init__(self, office: Office, page: Page) -> None:
        self.office, self.page = office, page

    def enrol(self, username: str) -> None:
        """Sign in with a signal, choose a PIN, wait until app and first copy are on the phone."""
        self.page.goto(f"{self.office.address}/lapangan/")
        self.type("Nama pengguna", username)
        self.type("Kata sandi", PASSWORD)
        self.press("Masuk")
        self.type("PIN baru", PIN)
        self.type("Ulangi PIN", PIN)
        self.press("Simpan PIN")
        self.sees("Hari ini")
        expect(self.page.get_by_text("Surat-surat Anda")).to_be_visible()
        expect(self.page.get_by_text("Menyimpan aplikasi dan data pertama kali")).to_have_count(0)

    def unlock(self) -> None:
        self.type("PIN", PIN)
        self.sees("Hari ini")

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def press(self, name: str) -> None:
        self.button(name).click()

    def button(self, name: str) -> Locator:
        """A button, or a link that looks like one."""
        page = self.page
        return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first

    def choose(self, answer: str) -> None:
        self.page.get_by_role("radio", name=answer).first.check()

    def opens(self, path: str) -> None:
        """By its address; the app stays open."""
        self.page.evaluate("path => { location.hash = path }", path)

    def cut(self) -> None:
        self.page.context.set_offline(True)

    def joined(self) -> None:
        self.page.context.set_offline(False)

    def asks(self, step: str) -> None:
        """Another question of the referral that is open, by the name in its address."""
        self.page.evaluate("step => { location.hash = location.hash.replace(/[^/]*$/, step) }", step)

    def catches_up(self) -> None:
        """A contact now, and everything that the office had to say is in the copy."""
        self.opens("/lainnya")
        self.press("Sambungkan sekarang")
        expect(self.button("Sambungkan sekarang")).to_be_enabled()

    def dies(self) -> "Phone":
        """The page is killed as it stands; the same phone is opened again by its PIN."""
        page = self.page.context.new_page()
        self.page.close(run_before_unload=False)
        again = Phone(self.office, page)
        page.goto("/lapangan/")
        again.unlock()
        return again

    def fills_referral(
        self, worker: Worker, *, photo: bytes | None = None, looks: Callable[[str], object] = lambda question: None
    ) -> None:
        """From the first question to the summary, as on the worker's cards; ``looks`` before each one is left."""
        answers: dict[str, Callable[[], object]] = {
            "Berapa NIK-nya?": lambda: self.type("NIK", worker.nik),
            "Siapa namanya?": lambda: self.type("Nama seperti di KTP", worker.name),
            "Kapan lahirnya?": lambda: self.type("Tanggal lahir", worker.born_on.strftime("%d-%m-%Y")),
            "Perempuan atau laki-laki?": lambda: self.choose("Perempuan" if worker.sex == "f" else "Laki-laki"),
            "Siapa ibu kandungnya?": lambda: self.type("Nama ibu kandung", worker.mother_name),
            "Di mana tinggalnya?": self.finds_village,
            "Apa alamatnya?": lambda: self.type("Alamat", "Jorong Batu Taba"),
            "Berapa nomor HP-nya?": lambda: self.type("Nomor HP pekerja", worker.phone),
            "Apa pekerjaannya?": lambda: self.choose("Petani"),
            "Berapa penghasilan sebulan?": lambda: self.choose("Sampai Rp 1.099.999"),
            "Perlindungan apa?": lambda: self.choose("Kecelakaan kerja (JKK), Kematian (JKM)"),
            "Dibayar berapa bulan?": lambda: self.choose("1 bulan"),
            "Foto KTP": lambda: self.takes(photo),
            "Apakah ia setuju?": self.consents,
            "Bagaimana Anda tahu ia bekerja?": lambda: self.type(
                "Pernyataan Anda bahwa ia bekerja", "Saya lihat sendiri ia bekerja di ladangnya setiap hari."
            ),
        }
        self.opens("/daftarkan")
        self.press("Daftarkan pekerja baru")
        for question, answer in answers.items():
            self.sees(question)
            answer()
            looks(question)
            self.press("Lanjut")
        self.sees("Periksa, lalu kirim")

    def finds_village(self) -> None:
        """A letter wrong, and found all the same."""
        self.type("Cari nagari, desa, atau kelurahan", "koto tingi baso")
        self.page.get_by_role("button", name="Koto Tinggi").first.click()
        expect(self.page.get_by_text("Dipilih")).to_be_visible()

    def takes(self, photo: bytes | None) -> None:
        if photo is None:
            return
        self.page.locator("input[capture]").set_input_files(
            {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": photo}
        )
        expect(self.page.get_by_text("Tersimpan di HP ini,")).to_be_visible()

    def consents(self) -> None:
        self.page.get_by_role("checkbox", name="Pekerja sudah mendengar dan setuju").check()
        self.signs()

    def signs(self) -> None:
        canvas = self.page.locator(".signature canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
        mouse.down()
        for step in range(1, 8):
            mouse.move(box["x"] + 40 + step * 25, box["y"] + box["height"] / 2 + (20 if step % 2 else -20))
        mouse.up()
        expect(self.page.get_by_role("button", name="Ulangi tanda tangan")).to_be_visible()


def phone_of(office: Office, username: str, **screen: Any) -> Phone:
    phone = Phone(office, office.at(viewport=SCREEN, has_touch=True, **screen))
    phone.enrol(username)
    return phone


_DRAW = """async (grain) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3000, 2000];
    const pen = canvas.getContext("2d");
    const grains = pen.createImageData(3000, 2000);
    for (let at = 0; at < grains.data.length; at += 1)
        grains.data[at] = at % 4 === 3 ? 255 : 110 + (((at * 2654435761) >>> 26) * grain);
    pen.putImageData(grains, 0, 0);
    pen.fillStyle = "#8cbedc";
    pen.fillRect(380, 330, 2240, 1340);
    pen.fillStyle = "#14213d";
    pen.font = "bold 120px sans-serif";
    const lines = ["PROVINSI SUMATERA BARAT", "NIK 1306084903980011", "Nama RAHMAWATI"];
    lines.forEach((line, row) => pen.fillText(line, 480, 560 + 260 * row));
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
    const bytes = new Uint8Array(await made.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
_HELD_SIDEWAYS: Final = bytes.fromhex("ffe100224578696600004d4d002a00000008000101120003000000010006000000000000")
"""An Exif segment that says only: turn me a quarter to the right."""


def card_photo(page: Page, *, grain: int = 1) -> bytes:
    """A picture like a KTP on a table, 3000 × 2000, of a phone that was held sideways; some megabytes with its grain."""
    picture = base64.b64decode(page.evaluate(_DRAW, grain))
    return picture[:2] + _HELD_SIDEWAYS + picture[2:]
