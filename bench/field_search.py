"""Searching 2,000 members on a slow phone: from the keystroke to the drawn list, against a bare scan of the same names.

    python -m bench.field_search

The field app as it is built, in Chromium slowed 6×, with a copy of 2,000 invented members; needs Debian's chromium. The last
line is JSON: the slowest of the searches in milliseconds, the promise (50) and the bare scan beside it.
"""

import os
import random
import shutil
import sys
from typing import Any, Final

from bench.common import line, served, stage
from playwright.sync_api import Page, Route, sync_playwright

MEMBERS: Final = 2_000
SLOWED: Final = 6
PROMISED: Final = 50
SEED: Final = 20171030
TYPED: Final = ("s", "siti", "sitti amina", "soekarno", "rahmat hidayt", "marlina syafri", "26110001234")

_FIRST: Final = (
    "Siti", "Rina", "Yusuf", "Soekarno", "Rahmat", "Marlina", "Dewi", "Agus", "Budi", "Fatimah", "Zulkifli", "Rosmaniar",
    "Bahtiar", "Nuraini", "Syafri",
)  # fmt: skip
_LAST: Final = (
    "Aminah", "Hidayat", "Santoso", "Wulandari", "Amran", "Effendi", "Yanti", "Saputra", "Kurnia", "Hanafi", "Susanti",
    "Chaniago", "Sutan", "Malin",
)  # fmt: skip
_SYLLABLES: Final = ("ba", "ri", "no", "ta", "la", "mi", "su", "ka", "de", "ro", "han", "dra", "yu", "ni", "wa", "sa")

_SEARCHED = """async (typed) => {
    const field = document.querySelector("input[type=search]");
    const list = document.querySelector("main");
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const type = (text) => { set.call(field, text); field.dispatchEvent(new Event("input", { bubbles: true })); };
    const times = [];
    for (let round = 0; round < 5; round += 1) {
        type("");
        await frame();
        await frame();
        const started = performance.now();
        type(typed);
        await new Promise((resolve) => setTimeout(resolve));
        list.getBoundingClientRect();
        times.push(performance.now() - started);
        await frame();
    }
    return times.sort((one, other) => one - other)[2];
}"""

_SCANNED = """(names) => {
    const started = performance.now();
    let found = 0;
    for (let round = 0; round < 20; round += 1)
        for (const name of names) if (name.toLowerCase().includes("siti")) found += 1;
    return (performance.now() - started) / 20;
}"""


def people() -> list[dict[str, Any]]:
    """Invented members as the feed carries them; a third of the words are names that nobody has twice."""
    rng = random.Random(SEED)

    def word(known: tuple[str, ...]) -> str:
        return rng.choice(known) if rng.random() < 0.67 else "".join(rng.choices(_SYLLABLES, k=3)).capitalize()

    return [
        {
            "kind": "member", "id": f"00000000-0000-7000-8000-{number:012d}", "number": str(26_110_000_000 + number),
            "name": f"{word(_FIRST)} {word(_LAST)}", "name_key": "", "nik_masked": "130608******0001",
            "nik_tag": f"{number:024x}", "phone": "+6281200000200", "address": "Jorong Baruah",
            "village_code": "13.06.08.2001", "village_name": "Koto Tinggi", "occupation": "farmer",
            "income_idr": 1_000_000, "programmes": ["jkk", "jkm"], "state": "active", "joined_on": "2026-01-05",
            "protected_from": "2026-01-05", "paid_until": "2026-11-30", "managed_months": 10, "version": 1,
            "branch_phone": "",
        }
        for number in range(MEMBERS)
    ]  # fmt: skip


def enrolled(page: Page, port: int, rows: list[dict[str, Any]]) -> None:
    """Rina's phone with the invented members in its copy; the rest is the server's own answer."""
    from perisai.site.cast import PASSWORD

    def with_members(route: Route) -> None:
        answer = route.fetch()
        changes = answer.json()
        changes["items"] += rows
        route.fulfill(response=answer, json=changes)

    page.route("**/api/v1/changes*", with_members, times=1)
    page.goto(f"http://127.0.0.1:{port}/lapangan/")
    page.get_by_label("Nama pengguna").fill("rina")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_label("PIN baru").fill("482913")
    page.get_by_label("Ulangi PIN").fill("482913")
    page.get_by_role("button", name="Simpan PIN").click()
    page.get_by_role("heading", level=1, name="Hari ini").wait_for()
    page.evaluate("location.hash = '/peserta'")
    page.get_by_text("2.000 peserta").wait_for(timeout=60_000)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Debian's chromium is not installed (apt install chromium).")
    rows = people()
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with stage(), served() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*root, "--disable-gpu"])
        page = browser.new_page(locale="id-ID", viewport={"width": 360, "height": 740}, service_workers="block")
        enrolled(page, port, rows)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        taken = {typed: page.evaluate(_SEARCHED, typed) for typed in TYPED}
        scanned = page.evaluate(_SCANNED, [row["name"] for row in rows])
        browser.close()
    for typed, milliseconds in taken.items():
        print(f"{typed!r:>20}: {milliseconds:.1f} ms")
    line("field_search", max(taken.values()), scanned, members=MEMBERS, slowed=SLOWED, promised_ms=PROMISED)


if __name__ == "__main__":
    main()
