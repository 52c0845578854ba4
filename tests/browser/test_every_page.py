"""Every main page on the office's old screen and on a phone: nothing sticks out, no script complains, all can use it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, ViewportSize
from tests.banks.teller import Teller
from tests.browser.conftest import Office
from tests.browser.papers import FORM, approved, member, referred
from tests.web.people import bank_day

from perisai.banks import selectors as banks
from perisai.contributions import selectors as contributions
from perisai.incentives import services as incentives
from perisai.kernel import clock
from perisai.kernel.period import Period
from perisai.membership import services, tokens

pytestmark = pytest.mark.browser

SCREEN: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")


def pages(office: Office) -> dict[str, list[str]]:
    """Who → the pages that they open, on a stage where each has something to show."""
    cast = office.cast
    card = services.issue_card(actor=cast.laras, member_id=(wati := member(cast, "wati")).id)
    member(cast, "lena")
    code = approved(cast, "ijus")
    joni, eri = referred(cast, "joni"), referred(cast, "eri", by="mira")
    services.return_registration(actor=cast.laras, registration_id=joni.id, note="NIK salah salin")
    incentives.accrue(actor=cast.nofri, period=Period.of(clock.today()))
    payment = contributions.payments_of_member(wati.id)[0]
    rina = cast.agent_ids["rina"]
    bank = Teller()
    bank.inquire(code.code)
    day = bank_day(cast, bank)
    return {
        "": ["/masuk", "/tentang", "/kartu", f"/kartu/{card.token}", f"/kartu/{tokens.slip_token(eri)}", "/kuitansi",
             f"/kuitansi/{payment.receipt_number}", "/kunci", "/tidak-ada"],
        "rina": ["/", FORM, "/pendaftaran", f"/pendaftaran/{joni.id}/perbaiki", f"/pendaftaran/{eri.id}/slip",
                 f"/insentif/{rina}"],
        "laras": ["/", "/pendaftaran", f"/pendaftaran/{eri.id}", f"/pendaftaran/{code.registration_id}", "/peserta",
                  "/peserta/kartu", *(f"/peserta/{wati.id}?tab={tab}" for tab in ("riwayat", "iuran", "kartu", "agen")),
                  f"/peserta/{wati.id}/nik", "/iuran", "/iuran?tab=kode", f"/iuran/{payment.id}", "/nagari",
                  "/nagari/13.06.08.2001", "/pesan", "/aturan?per=2026-11-24", "/cari", "/kata-sandi"],
        "hendri": ["/agen", "/agen?tab=wadah", f"/agen/{rina}", f"/agen/wadah/{cast.wadah_id}",
                   f"/agen/{rina}/langkah/berhentikan", "/insentif", f"/insentif/wadah/{cast.wadah_id}"],
        "nofri": ["/iuran/catat"],
        "yulia": ["/bank", "/bank/baru", f"/bank/{bank.partner.id}", "/bank/pemberitahuan", "/bank/pemberitahuan?tab=ditolak",
                  "/bank/hari", "/bank/hari/ambil", f"/bank/hari/{day.id}",
                  f"/bank/selisih/{banks.items_of(day).get(difference='unknown').id}"],
        "irwansyah": ["/", "/target", "/target/peringkat"],
        "admin": ["/pengaturan", "/pengaturan/baru", f"/pengaturan/{cast.laras.user_id}",
                  f"/pengaturan/{cast.laras.user_id}/peran"],
    }  # fmt: skip


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page, in both widths; axe looks at it once."""
    page.set_viewport_size(SCREEN)
    page.goto(address)
    found = sticking_out(page)
    for each in Axe().run(page, options=RULES).response["violations"]:
        if each["impact"] in GRAVE:
            found.append(f"{each['id']}: {each['nodes'][0]['html'][:160]}")
    page.set_viewport_size(PHONE)
    return found + sticking_out(page)


def complaints(page: Page) -> list[str]:
    """What the browser's console will say in red."""
    said: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type == "error":
            said.append(line.text)

    page.on("console", hear)
    return said


def sticking_out(page: Page) -> list[str]:
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 3).map((each) => each.outerHTML.slice(0, 120))"""
    )
    return [f"wider than {page.viewport_size}: {each}" for each in wide]


@pytest.mark.parametrize(("language", "colours"), [("id", "light"), ("en", "dark")])
def test_every_page_fits_runs_and_can_be_used_by_all(office: Office, language: str, colours: str) -> None:
    wrong: dict[str, list[str]] = {}
    for who, addresses in pages(office).items():
        page = office.at(who, color_scheme=colours)
        page.context.add_cookies([{"name": "django_language", "value": language, "url": office.address}])
        said = complaints(page)
        for address in addresses:
            found = faults(page, address) + [each for each in said if "404" not in each]
            said.clear()
            if found:
                wrong[f"{who} {address}"] = found
    assert wrong == {}
