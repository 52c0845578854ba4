"""Rina sends: the line dies before, in and after her calls, the battery is pulled. One referral stays one."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Playwright, Route, expect
from tests.browser.conftest import Office
from tests.browser.papers import waiting
from tests.browser.phone import PIN, SCREEN, Phone, phone_of
from tests.browser.pocket import (
    COMMANDS,
    cut,
    eventually,
    has_own_clock,
    pocket,
    refers_quickly,
    sets_clock,
    workers,
)

pytestmark = pytest.mark.browser

KILOBYTE = 1024


def names(office: Office) -> list[str]:
    return sorted(each.name for each in waiting(office.cast))


def says(phone: Phone, words: str) -> None:
    """The honest line on top."""
    expect(phone.page.locator(".honest")).to_contain_text(words)


def all_sent(phone: Phone) -> None:
    says(phone, "semua terkirim · terakhir tersambung")


def test_a_day_without_signal_and_thirty_referrals_leave_in_one_call(office: Office) -> None:
    phone = phone_of(office, "rina")
    line = cut(phone.page, COMMANDS)
    phone.cut()
    thirty = workers(30)
    for worker in thirty:
        refers_quickly(phone, worker)
    says(phone, "30 menunggu kirim")
    assert (names(office), line.sent) == ([], 0)
    phone.joined()
    all_sent(phone)
    assert names(office) == sorted(each["name"] for each in thirty)
    assert line.sent == 1
    assert line.bytes / 30 <= KILOBYTE


def test_a_call_that_dies_before_or_after_the_office_heard_it_is_made_again(office: Office) -> None:
    phone = phone_of(office, "rina")
    line = cut(phone.page, COMMANDS, "lost", "cut", "lost")
    phone.cut()
    for worker in workers(3):
        refers_quickly(phone, worker)
    phone.joined()
    for _ in range(3):
        phone.opens("/kotak-keluar")
        phone.press("Kirim sekarang")
        phone.page.wait_for_timeout(300)
    all_sent(phone)
    assert len(names(office)) == 3
    assert line.sent == 4


def test_a_battery_pulled_while_typing_takes_no_letter(office: Office, playwright: Playwright) -> None:
    with pocket(office, playwright) as rinas:
        phone = rinas.on()
        phone.enrol("rina")
        phone.opens("/daftarkan")
        phone.press("Daftarkan pekerja baru")
        phone.sees("Berapa NIK-nya?")
        phone.page.get_by_label("NIK", exact=True).press_sequentially("1306084903")
        phone.page.wait_for_timeout(100)
        rinas.dies()
        phone = rinas.on()
        phone.unlock()
        phone.opens("/daftarkan")
        phone.page.get_by_role("link", name="Belum bernama").click()
        expect(phone.page.get_by_label("NIK", exact=True)).to_have_value("1306084903")


def test_a_battery_pulled_while_the_office_answers_makes_no_second_referral(
    office: Office, playwright: Playwright
) -> None:
    with pocket(office, playwright) as rinas:
        phone = rinas.on()
        phone.enrol("rina")
        phone.cut()
        refers_quickly(phone, workers(1)[0])

        def heard(route: Route) -> None:
            """The office has it, and its answer is on the way for ever."""
            route.fetch()

        phone.page.route(COMMANDS, heard)
        phone.joined()
        assert eventually(phone.page, lambda: len(names(office)) == 1)
        rinas.dies()
        phone = rinas.on()
        phone.unlock()
        all_sent(phone)
        phone.opens("/kotak-keluar")
        expect(phone.page.get_by_text("Sudah dijawab kantor")).to_be_visible()
        assert len(names(office)) == 1


def test_two_tabs_send_once_and_both_know(office: Office) -> None:
    one = phone_of(office, "rina")
    other = Phone(office, one.page.context.new_page())
    other.page.set_viewport_size(SCREEN)
    other.page.goto("/lapangan/")
    other.unlock()
    one.cut()
    refers_quickly(one, workers(1)[0])
    says(other, "1 menunggu kirim")
    lines = [cut(phone.page, COMMANDS) for phone in (one, other)]
    one.joined()
    for phone in (one, other):
        says(phone, "semua terkirim")
    assert len(names(office)) == 1
    assert sum(line.sent for line in lines) == 1


def test_a_clock_days_ahead_is_told_and_what_was_refused_for_it_is_mended(office: Office) -> None:
    phone = phone_of(office, "rina")
    has_own_clock(phone)
    sets_clock(phone, timedelta(hours=50))
    phone.unlock()
    phone.cut()
    refers_quickly(phone, workers(1)[0])
    phone.joined()
    says(phone, "Jam HP salah")
    phone.opens("/kotak-keluar")
    phone.page.get_by_role("button", name=re.compile("Siti")).click()
    expect(phone.page.get_by_role("alert")).to_contain_text("ada di masa depan")
    assert names(office) == []

    sets_clock(phone, timedelta())
    phone.type("PIN", PIN)
    phone.sees("Kotak keluar")
    phone.page.get_by_role("button", name=re.compile("Siti")).click()
    phone.press("Perbaiki dan kirim lagi")
    phone.sees("Periksa, lalu kirim")
    phone.press("Kirim rujukan")
    assert eventually(phone.page, lambda: len(names(office)) == 1)
