"""What the field does to a phone: the battery is pulled, the line dies in the middle of a call, thirty workers come."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Playwright, Route
from tests.browser.conftest import FLAGS, Office
from tests.browser.phone import SCREEN, Phone

COMMANDS: Final = "**/api/v1/commands"


class Pocket:
    """A phone with a disk of its own: it can die at any moment and be switched on again."""

    def __init__(self, office: Office, playwright: Playwright) -> None:
        self._office, self._playwright = office, playwright
        self._disk = tempfile.TemporaryDirectory(prefix="phone-", ignore_cleanup_errors=True)
        self._running: subprocess.Popen[bytes] | None = None

    def on(self) -> Phone:
        """Switched on; what the app shows first stands on its page."""
        port_file = Path(self._disk.name, "DevToolsActivePort")
        port_file.unlink(missing_ok=True)
        command = ["chromium", "--headless=new", *FLAGS, "--remote-debugging-port=0", "--no-first-run"]
        self._running = subprocess.Popen(
            [*command, f"--user-data-dir={self._disk.name}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            if port_file.exists() and "\n" in port_file.read_text():
                break
            time.sleep(0.1)
        browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port_file.read_text().split()[0]}")
        page = browser.contexts[0].new_page()
        page.set_viewport_size(SCREEN)
        page.set_default_timeout(15_000)
        page.goto(f"{self._office.address}/lapangan/")
        return Phone(self._office, page)

    def dies(self) -> None:
        """No goodbye to anybody: the process is gone at once."""
        if self._running:
            self._running.kill()
            self._running.wait()
            self._running = None

    def thrown_away(self) -> None:
        self.dies()
        self._disk.cleanup()


@contextmanager
def pocket(office: Office, playwright: Playwright) -> Iterator[Pocket]:
    made = Pocket(office, playwright)
    try:
        yield made
    finally:
        made.thrown_away()


@dataclass
class Line:
    """What became of the calls that a phone made to one address."""

    sent: int = 0
    bytes: int = 0


def cut(page: Page, address: str, *fates: str) -> Line:
    """The next calls to ``address`` meet ``fates``: "cut" before the office heard, "lost" after; then all is well."""
    line, left = Line(), list(fates)

    def meet(route: Route) -> None:
        line.sent += 1
        line.bytes += len(route.request.post_data_buffer or b"")
        fate = left.pop(0) if left else "well"
        if fate == "lost":
            route.fetch()
        if fate == "well":
            route.continue_()
        else:
            route.abort("connectionreset")

    page.route(address, meet)
    return line


_REFER: Final = """async (worker) => {
    const until = async (found) => {
        for (let tries = 0; tries < 500; tries += 1) {
            const thing = found();
            if (thing) return thing;
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
        throw new Error(`${location.hash}: ${document.querySelector("h1")?.textContent}`);
    };
    const button = (name) => [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === name);
    const type = (text, field = document.querySelector("main .input")) => {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const choose = (text) =>
        [...document.querySelectorAll("label.choice")].find((each) => each.textContent.includes(text)).click();
    const village = async () => {
        type("koto tingi baso");
        const found = (each) => each.textContent.includes("Koto Tinggi");
        (await until(() => [...document.querySelectorAll("main button")].find(found))).click();
    };
    const answers = {
        "Berapa NIK-nya?": () => type(worker.nik),
        "Siapa namanya?": () => type(worker.name),
        "Kapan lahirnya?": () => type(worker.born),
        "Perempuan atau laki-laki?": () => choose(worker.woman ? "Perempuan" : "Laki-laki"),
        "Siapa ibu kandungnya?": () => type("Rosni"),
        "Di mana tinggalnya?": village,
        "Apa alamatnya?": () => type("Jorong Batu Taba"),
        "Berapa nomor HP-nya?": () => type(worker.phone),
        "Apa pekerjaannya?": () => choose("Petani"),
        "Berapa penghasilan sebulan?": () => choose("Sampai"),
        "Perlindungan apa?": () => choose("Kematian"),
        "Dibayar berapa bulan?": () => choose("1 bulan"),
        "Foto KTP": () => undefined,
        "Apakah ia setuju?": () => document.querySelector("main input[type=checkbox]").click(),
        "Bagaimana Anda tahu ia bekerja?": () => type("Saya lihat sendiri ia bekerja di ladangnya setiap hari."),
    };
    location.hash = "/daftarkan";
    (await until(() => button("Daftarkan pekerja baru"))).click();
    for (const [question, answer] of Object.entries(answers)) {
        await until(() => document.querySelector("h1")?.textContent === question);
        await until(() => document.querySelector("main .input, main .choice, main .picker"));
        await answer();
        await new Promise((resolve) => setTimeout(resolve, 20));
        button("Lanjut").click();
    }
    (await until(() => { const send = button("Kirim rujukan"); return send?.disabled === false && send; })).click();
    await until(() => location.hash.startsWith("#/slip/"));
}"""


def refers_quickly(phone: Phone, worker: dict[str, Any]) -> None:
    """Through all the questions with fingers faster than a person's: for stories where many must be referred."""
    phone.page.evaluate(_REFER, worker)


def workers(count: int) -> list[dict[str, Any]]:
    """So many women of Koto Tinggi with cards that hold together."""
    made = []
    for number in range(count):
        born = date(1980, 3, 1) + timedelta(days=97 * number)
        digits = f"130608{born.day + 40:02}{born:%m%y}{number + 1:04}"
        name = f"Siti {chr(65 + number % 26)}{'abcdefgh'[number // 26]}liyah"
        phone = f"0812{55000000 + 7919 * number:08}"
        made.append({"nik": digits, "name": name, "born": f"{born:%d-%m-%Y}", "woman": True, "phone": phone})
    return made


_CLOCK: Final = """() => {
    const ahead = () => Number(localStorage.getItem("ahead") ?? 0);
    const Real = Date;
    window.Date = class Date extends Real {
        constructor(...given) {
            if (given.length) super(...given);
            else super(Real.now() + ahead());
        }
        static now() {
            return Real.now() + ahead();
        }
    };
    Real.prototype.constructor = Date;
}"""


def has_own_clock(phone: Phone) -> None:
    """From the next start on the phone's clock stands where ``sets_clock`` put it."""
    phone.page.add_init_script(f"({_CLOCK})()")


def sets_clock(phone: Phone, ahead: timedelta) -> None:
    """By so much ahead of the true time; the app is started anew and unlocked."""
    phone.page.evaluate("ahead => localStorage.setItem('ahead', ahead)", ahead.total_seconds() * 1000)
    phone.page.reload()


def eventually(page: Page, holds: Callable[[], bool], seconds: int = 15) -> bool:
    """Whether it holds within so many seconds; the browser's calls are answered meanwhile."""
    for _ in range(seconds * 10):
        if holds():
            return True
        page.wait_for_timeout(100)
    return holds()
