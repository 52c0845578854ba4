"""Rina refers Rahmawati in a nagari where the network comes and goes, on a shared computer, with a thumb in a hurry."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Office
from tests.browser.papers import FORM, TYPED, fill, send, waiting

pytestmark = pytest.mark.browser

SLIP = re.compile(r"/pendaftaran/[0-9a-f-]{36}/slip(#main)?$")


def is_as_typed(page: Page) -> None:
    for name, text in TYPED.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    expect(page.locator("[name=sex][value=f]")).to_be_checked()
    expect(page.locator("[name=occupation]")).to_have_value("farmer")
    expect(page.locator("[name=consent]")).to_be_checked()


def came_through(page: Page, office: Office) -> None:
    """The slip is there, one referral waits in the branch, and the form begins anew for the next worker."""
    page.wait_for_url(SLIP)
    expect(page.get_by_text("BUKAN KARTU PESERTA").first).to_be_visible()
    assert [each.name for each in waiting(office.cast)] == ["Rahmawati"]
    page.goto(FORM)
    expect(page.locator("[name=nik]")).to_have_value("")


def test_the_session_ends_in_the_middle_of_the_form(office: Office) -> None:
    page = office.at("rina")
    page.goto(FORM)
    fill(page)
    page.context.clear_cookies(name="sessionid")
    send(page).click()
    expect(page.get_by_text("Sesi Anda sudah berakhir")).to_be_visible()
    office.sign_in(page, "rina")
    page.wait_for_url(f"**{FORM}")
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    is_as_typed(page)
    send(page).click()
    came_through(page, office)


def test_what_rina_typed_is_not_shown_to_who_signs_in_after_her(office: Office) -> None:
    page = office.at("rina")
    page.goto(FORM)
    fill(page)
    page.context.clear_cookies(name="sessionid")
    page.reload()
    office.sign_in(page, "mira")
    page.wait_for_url(f"**{FORM}")
    expect(page.locator("[name=nik]")).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_an_impatient_thumb_sends_twice(office: Office, script: bool) -> None:
    page = office.at("rina", java_script_enabled=script)
    page.goto(FORM)
    fill(page)
    send(page).dblclick()
    came_through(page, office)


def test_back_from_the_slip_finds_an_empty_form(office: Office) -> None:
    page = office.at("rina")
    page.goto(FORM)
    fill(page)
    send(page).click()
    page.wait_for_url(SLIP)
    page.go_back()
    page.wait_for_url(f"**{FORM}")
    expect(page.locator("[name=nik]")).to_have_value("")
    expect(page.locator("[name=consent]")).not_to_be_checked()


def test_reload_keeps_the_draft(office: Office) -> None:
    page = office.at("rina")
    page.goto(FORM)
    fill(page)
    page.reload()
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    is_as_typed(page)
    page.locator("[data-draft-discard]").click()
    expect(page.locator("[name=nik]")).to_have_value("")


def test_the_network_is_cut_while_the_form_is_sent(office: Office) -> None:
    page = office.at("rina")
    page.goto(FORM)
    fill(page)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        send(page).click()
    assert not waiting(office.cast)
    page.context.set_offline(False)
    page.goto(FORM)
    is_as_typed(page)
    send(page).click()
    came_through(page, office)


def test_the_answer_is_lost_and_the_form_is_sent_again(office: Office) -> None:
    """The server took it, Rina never heard: reloading asks the same thing again, and gets the slip of the one referral."""
    page = office.at("rina")
    page.goto(FORM)
    fill(page)

    def swallow(route: object) -> None:
        route.fetch(max_redirects=0)  # type: ignore[attr-defined]
        route.abort("connectionreset")  # type: ignore[attr-defined]

    page.route(f"**{FORM}", swallow, times=1)
    with page.expect_event("requestfailed"):
        send(page).click()
    assert len(waiting(office.cast)) == 1
    expect(page.locator("[name=nik]")).to_have_count(0)  # the browser shows its own page for a lost connection
    page.reload()
    came_through(page, office)


def test_a_mistake_comes_back_with_everything_typed_and_the_cursor_at_the_summary(office: Office) -> None:
    page = office.at("rina")
    page.goto(FORM)
    fill(page)
    page.locator("[name=nik]").fill("130608490398001")
    send(page).click()
    expect(page.locator("#id_nik-error")).to_contain_text("15 angka")
    expect(page.locator("[name=address]")).to_have_value(TYPED["address"])
    page.locator("[name=nik]").fill(TYPED["nik"])
    send(page).click()
    came_through(page, office)


def test_without_script_a_referral_still_arrives(office: Office) -> None:
    page = office.at("rina", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Daftarkan pekerja").first.click()
    fill(page)
    page.locator("[name=village_code]").fill("kota tinggi")
    send(page).click()
    page.get_by_role("button", name=re.compile(r"Koto Tinggi, Baso")).click()
    expect(page.locator("[name=village_code]")).to_have_value(re.compile(r"13\.06\.08\.2001"))
    is_as_typed(page)
    send(page).click()
    came_through(page, office)


ORDER = (
    "nik", "kk", "name", "born_on", "sex", "mother_name", "village_code", "address", "phone", "occupation", "income_idr",
    "programmes", "months", "consent", "attested_work", "occurred_on",
)  # fmt: skip


def test_the_whole_form_with_keys_only_at_twice_the_size(office: Office) -> None:
    """200 % on the office's screen is half its width; the order of Tab is the order of reading."""
    page = office.at("rina", viewport={"width": 683, "height": 384}, device_scale_factor=2)
    page.goto(FORM)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menu, straight to the form
    visited: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = focused(page)
        if name == "send":
            break
        if name in ORDER:
            visited.append(name)
            answer_with_keys(page, name)
    assert tuple(visited) == ORDER
    page.keyboard.press("Enter")
    came_through(page, office)


def focused(page: Page) -> str:
    """The field that has the cursor, once it is where it can be seen."""
    page.wait_for_function(
        """() => {
            const here = document.activeElement, box = here.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10));
            return top !== null && (here.contains(top) || top.contains(here));
        }"""
    )
    name = page.evaluate("document.activeElement.name || document.activeElement.closest('.form-acts')?.className")
    return "send" if name == "form-acts" else str(name)


def answer_with_keys(page: Page, name: str) -> None:
    if name in TYPED:
        page.keyboard.type(TYPED[name])
    elif name in ("sex", "consent"):
        page.keyboard.press("Space")
    elif name == "occupation":
        page.keyboard.press("ArrowDown")
