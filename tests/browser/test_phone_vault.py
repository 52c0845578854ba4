"""What lies on the phone: PIN, two agents, a revoked device, a new version, and a phone that stands in the way."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from playwright.sync_api import Page, expect
from tests.browser.conftest import Office
from tests.browser.papers import waiting
from tests.browser.phone import PIN, SCREEN, Phone, phone_of
from tests.browser.pocket import COMMANDS, cut, eventually, has_own_clock, refers_quickly, sets_clock, workers
from tests.browser.test_every_page import GRAVE, RULES, sticking_out

from perisai.site.cast import PASSWORD
from perisai.sync import selectors, services
from perisai.web.views import field

pytestmark = pytest.mark.browser

WRONG = "314159"
THIRD = "161803"


def new_phone(office: Office, **screen: Any) -> Phone:
    """A phone that nobody has signed in to yet."""
    phone = Phone(office, office.at(viewport=SCREEN, has_touch=True, **screen))
    phone.page.goto("/lapangan/")
    return phone


def signs_in(phone: Phone, username: str, pin: str) -> None:
    """Online, and a new PIN."""
    phone.type("Nama pengguna", username)
    phone.type("Kata sandi", PASSWORD)
    phone.press("Masuk")
    phone.type("PIN baru", pin)
    phone.type("Ulangi PIN", pin)
    phone.press("Simpan PIN")
    phone.sees("Hari ini")


def locks(phone: Phone) -> None:
    phone.opens("/lainnya")
    phone.page.get_by_role("button", name="Kunci aplikasi").click()


def says(phone: Phone, words: str) -> None:
    """The honest line on top."""
    expect(phone.page.locator(".honest")).to_contain_text(words)


def credited(office: Office) -> list[tuple[str, str]]:
    """Who is to be credited with which referral."""
    return sorted((each.agent.name, each.name) for each in waiting(office.cast))


def vaults(page: Page) -> int:
    """How many agents' vaults lie on the disk."""
    found = page.evaluate(
        "indexedDB.databases().then((all) => all.filter(({name}) => name.startsWith('perisai-')).length)"
    )
    return int(found)


def test_ten_wrong_pins_cost_the_copy_and_no_work(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.cut()
    refers_quickly(phone, workers(1)[0])
    locks(phone)
    for left in range(9, 0, -1):
        phone.type("PIN", WRONG)
        expect(phone.page.get_by_text(f"Sisa {left} kali")).to_be_visible()
    phone.type("PIN", WRONG)
    expect(phone.page.get_by_text("Salinan data di HP ini sudah dihapus")).to_be_visible()
    phone.joined()
    phone.press("Masuk")
    expect(phone.page.get_by_label("Nama pengguna")).to_have_value("rina")
    signs_in(phone, "rina", THIRD)
    says(phone, "semua terkirim")
    assert len(credited(office)) == 1


def test_two_agents_on_one_phone_are_each_credited_with_their_own(office: Office) -> None:
    phone = phone_of(office, "rina")
    first, second = workers(2)
    phone.cut()
    refers_quickly(phone, first)
    locks(phone)
    phone.joined()
    phone.press("Agen lain di HP ini")
    signs_in(phone, "mira", THIRD)
    says(phone, "semua terkirim")
    assert credited(office) == []
    refers_quickly(phone, second)
    assert eventually(phone.page, lambda: len(credited(office)) == 1)
    locks(phone)
    phone.page.get_by_role("button", name=re.compile("Rina")).click()
    phone.type("PIN", THIRD)
    expect(phone.page.get_by_text("PIN salah")).to_be_visible()
    phone.type("PIN", PIN)
    says(phone, "semua terkirim")
    assert [who for who, _ in credited(office)] == ["Mira Susanti", "Rina Marlina"]
    assert {name: who for who, name in credited(office)}[first["name"]] == "Rina Marlina"


def test_a_revoked_phone_is_emptied_and_its_unsent_work_is_the_offices_alone(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.cut()
    refers_quickly(phone, workers(1)[0])
    hendri = office.cast.actors["hendri"]
    [device] = selectors.devices_of_agent(hendri, office.cast.agent_ids["rina"])
    services.revoke_device(actor=hendri, device_id=device.id, reason="HP hilang")
    assert vaults(phone.page) == 1
    phone.joined()
    expect(phone.page.get_by_text("HP ini dicabut untuk Rina Marlina")).to_be_visible()
    assert vaults(phone.page) == 0
    assert credited(office) == []
    with phone.page.expect_download() as saved:
        phone.press("Simpan berkas")
    assert saved.value.path().read_bytes().startswith(b"PRSI1")
    phone.page.reload()
    phone.sees("Masuk")


def test_a_new_version_waits_for_rina_and_takes_nothing_with_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of(office, "rina")
    line = cut(phone.page, COMMANDS, *["cut"] * 50)
    refers_quickly(phone, workers(1)[0])
    kept = field._answer

    def newer(path: Any, kind: str) -> HttpResponse:
        answer = kept(path, kind)
        answer.content += b"\n// newer\n" if path.name == "sw.js" else b""
        return answer

    monkeypatch.setattr(field, "_answer", newer)
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/lapangan/').then((each) => each.update())")
    phone.opens("/lainnya")
    expect(phone.page.get_by_text("1 pekerjaan belum terkirim")).to_be_visible()
    with phone.page.expect_navigation():
        phone.press("Perbarui sekarang")
    phone.page.unroute(COMMANDS)
    phone.type("PIN", PIN)
    says(phone, "semua terkirim")
    assert line.sent > 0
    assert len(credited(office)) == 1


def test_what_was_begun_is_found_again_after_the_lock(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.cut()
    phone.opens("/pengaturan")
    phone.type("PIN sekarang", PIN)
    phone.type("PIN baru", THIRD)
    phone.type("Ulangi PIN", THIRD)
    phone.press("Simpan PIN")
    expect(phone.page.get_by_text("PIN sudah diganti")).to_be_visible()
    phone.page.reload()
    phone.type("PIN", THIRD)
    phone.sees("Pengaturan")


def test_signing_out_takes_everything_and_asks_for_the_name(office: Office) -> None:
    phone = phone_of(office, "rina")
    phone.cut()
    refers_quickly(phone, workers(1)[0])
    phone.opens("/keluar")
    expect(phone.page.get_by_role("alert")).to_contain_text("1 pekerjaan belum terkirim")
    expect(phone.button("Hapus dan keluar")).to_be_disabled()
    phone.type("Ketik Rina Marlina untuk menghapus", "rina marlina")
    phone.press("Hapus dan keluar")
    phone.sees("Masuk")
    assert vaults(phone.page) == 0


def test_a_clock_years_away_is_said_before_anything_is_dated_by_it(office: Office) -> None:
    phone = phone_of(office, "rina")
    has_own_clock(phone)
    sets_clock(phone, timedelta(days=-4000))
    phone.sees("Jam HP salah")
    phone.page.evaluate("localStorage.removeItem('ahead')")
    phone.press("Periksa lagi")
    phone.unlock()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }", "tidak mengizinkan"),
        ("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })", "tidak aman"),
    ],
    ids=["no IndexedDB", "no WebCrypto"],
)
def test_a_phone_that_cannot_keep_secrets_says_so(office: Office, broken: str, said: str) -> None:
    phone = Phone(office, office.at(viewport=SCREEN))
    phone.page.add_init_script(broken)
    phone.page.goto("/lapangan/")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(said)


def faults(page: Page) -> list[str]:
    """What is wrong at 320 px, and with letters of twice the size."""
    found = []
    for size in ("100%", "200%"):
        page.set_viewport_size({"width": 320, "height": 6000})  # nothing hides under the bar at the thumb
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        found += [f"{size}: {each}" for each in sticking_out(page)]
        for each in Axe().run(page, options=RULES).response["violations"]:
            if each["impact"] in GRAVE:
                found.append(f"{each['id']}: {each['nodes'][0]['html'][:160]}")
    page.set_viewport_size(SCREEN)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


@pytest.mark.parametrize(("language", "colours"), [("id", "light"), ("en", "dark")])
def test_gate_and_settings_can_be_used_by_all(office: Office, language: str, colours: str) -> None:
    phone = new_phone(office, color_scheme=colours)
    wrong = {"sign in": faults(phone.page)}
    phone.type("Nama pengguna", "rina")
    phone.type("Kata sandi", PASSWORD)
    phone.press("Masuk")
    phone.sees("Buat PIN")
    wrong["choose a PIN"] = faults(phone.page)
    phone.type("PIN baru", PIN)
    phone.type("Ulangi PIN", PIN)
    phone.press("Simpan PIN")
    phone.sees("Hari ini")
    phone.page.evaluate("language => localStorage.setItem('perisai:language', language)", language)
    phone.page.reload()
    wrong["unlock"] = faults(phone.page)
    phone.type("PIN", PIN)
    for path in ("/", "/lainnya", "/pengaturan", "/keluar", "/kotak-keluar", "/tidak-ada"):
        phone.opens(path)
        phone.page.wait_for_timeout(150)
        wrong[path] = faults(phone.page)
    assert {name: found for name, found in wrong.items() if found} == {}
