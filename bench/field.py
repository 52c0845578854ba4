"""The field app on a slow phone: 6 times slower than this machine, on a network of 400 ms and 256 kbit/s.

    python -m bench.field

It needs the build and Chromium, and no database: a small office answers with 2,000 members. The last line is JSON: p50 of the
offline start, from the address to a member's name behind the PIN, in milliseconds; the baseline is an empty page of the
same browser at the same slow-down.
"""

import base64
import gzip
import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.common import line, p50
from playwright.sync_api import CDPSession, Page, sync_playwright

from perisai.kernel import clock

MEMBERS = 2_000
SLOWER = 6
LATENCY_MS = 400
BITS_A_SECOND = 256_000
PASSES = 7
PIN = "271828"
STATIC = Path(__file__).parents[1] / "src" / "perisai" / "web" / "static"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
AGENT = {"id": "a", "number": "BKT-P001", "name": "Rina Marlina", "branch_code": "BKT", "branch_name": "Bukittinggi",
         "village_code": "13.06.08.2001"}  # fmt: skip


def member(number: int) -> dict[str, Any]:
    first = ("Siti", "Nurdin", "Upik", "Rahma", "Joni", "Eri", "Lena", "Wati")[number % 8]
    last = f"{('Amin', 'Basr', 'Fauz', 'Yusn', 'Zulk')[number % 5]}{('ah', 'i', 'an', 'ita')[number % 4]} {number:04x}"
    return {
        "kind": "member", "id": f"01900000-0000-7000-8000-{number:012x}", "number": f"{26000000000 + number * 7919}",
        "name": f"{first} {last}", "name_key": f"{first} {last}".lower(), "nik_masked": "130608******0001",
        "nik_tag": f"{number * 2654435761 % 2**96:024x}", "phone": f"+62812{number * 7919:08}",
        "address": f"Jorong {number % 17}", "village_code": "13.06.08.2001", "village_name": "Koto Tinggi",
        "occupation": "farmer", "income_idr": 1_000_000, "programmes": ["jkk", "jkm"], "state": "active",
        "joined_on": "2026-01-01", "protected_from": "2026-01-01", "paid_until": f"{clock.today():%Y-%m}-28",
        "managed_months": 2, "version": 1, "branch_phone": "0752-000",
    }  # fmt: skip


ENROLLED = {"token": "t", "device_id": "d", "agent": AGENT, "server_time": "", "parcel_key": "",
            "nik_salt": base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")}  # fmt: skip
CHANGES = {"cursor": "c", "more": False, "reset": False, "server_time": "", "removed": [],
           "items": [member(number) for number in range(MEMBERS)]}  # fmt: skip


class SmallOffice(BaseHTTPRequestHandler):
    """The files of the build, and an office that knows Rina only."""

    def log_message(self, *told: object) -> None:
        """Nothing is told."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/empty":
            return self._answer(b"<!doctype html><title>empty</title><h1>empty</h1>", "text/html")
        if path.startswith("/api/"):
            return self._answer(json.dumps(CHANGES).encode(), "application/json")
        named = {"/lapangan/": "built/field/index.html", "/lapangan/sw.js": "built/field/sw.js"}
        file = STATIC / named.get(path, path.removeprefix("/static/"))
        if not file.is_file():
            return self.send_error(404)
        return self._answer(file.read_bytes(), KINDS.get(file.suffix, "application/octet-stream"))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(json.dumps(ENROLLED).encode(), "application/json")

    def _answer(self, body: bytes, kind: str) -> None:
        packed = gzip.compress(body, 6, mtime=0) if kind in KINDS.values() or "json" in kind else body
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if packed is not body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)


def main() -> None:
    office = ThreadingHTTPServer(("127.0.0.1", 0), SmallOffice)
    threading.Thread(target=office.serve_forever, daemon=True).start()
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--disable-gpu", *root])
        page = browser.new_context(
            base_url=f"http://127.0.0.1:{office.server_port}", viewport={"width": 360, "height": 740}
        ).new_page()
        phone = page.context.new_cdp_session(page)
        first_load(page, phone)
        page.get_by_text("Menyimpan aplikasi").wait_for(state="detached")
        phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        empty = p50([timed(lambda: page.goto("/empty")) for _ in range(PASSES)])
        page.context.set_offline(True)
        starts = [offline_start(page) for _ in range(PASSES)]
        print(f"offline, {SLOWER}x slower: {p50([gate for gate, _ in starts]):.0f} ms to the PIN, "
              f"{p50([work for _, work in starts]):.0f} ms from the PIN to Today")  # fmt: skip
        whole = p50([gate + work for gate, work in starts])
        browser.close()
    line("field_start_ms", whole, empty)


def first_load(page: Page, phone: CDPSession) -> None:
    """Sign-in on the slow network, then everything that the office has."""
    loaded: list[float] = []
    phone.on("Network.loadingFinished", lambda told: loaded.append(told["encodedDataLength"]))
    phone.send("Network.enable")
    speed = BITS_A_SECOND / 8
    slow = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
    phone.send("Network.emulateNetworkConditions", slow)
    took = timed(lambda: page.goto("/lapangan/"), page.get_by_label("Nama pengguna").wait_for)
    print(f"first load: {sum(loaded) / 1000:.0f} KB in {took / 1000:.1f} s on the slow network")
    page.get_by_label("Nama pengguna").fill("rina")
    page.get_by_label("Kata sandi").fill("x")
    page.get_by_role("button", name="Masuk").click()
    for label in ("PIN baru", "Ulangi PIN"):
        page.get_by_label(label).fill(PIN)
    loaded.clear()
    synced = page.get_by_text("terakhir tersambung")
    took = timed(page.get_by_role("button", name="Simpan PIN").click, lambda: synced.wait_for(timeout=120_000))
    print(f"first sync of {MEMBERS:,} members: {sum(loaded) / 1000:.0f} KB in {took / 1000:.1f} s on the slow network")
    phone.send(
        "Network.emulateNetworkConditions", slow | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )


def offline_start(page: Page) -> tuple[float, float]:
    """Milliseconds from the address to the PIN, and from the PIN to Today with its members looked at."""
    gate = timed(lambda: page.goto("/lapangan/"), page.get_by_label("PIN").wait_for)
    today = page.get_by_text("Tidak ada yang harus dikunjungi")
    return gate, timed(lambda: page.get_by_label("PIN").fill(PIN), today.wait_for)


def timed(*steps: Callable[[], object]) -> float:
    """Milliseconds of all of them."""
    began = time.perf_counter()
    for step in steps:
        step()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
