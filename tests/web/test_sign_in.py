"""Siti of Bukittinggi comes in, stays, is sent back where she was, and goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from perisai.accounts import services as accounts
from perisai.kernel import clock
from perisai.kernel.actor import Actor

PASSWORD = "nasi kapau di pasar atas"

pytestmark = pytest.mark.django_db


@pytest.fixture
def siti() -> Any:
    return accounts.create_user(
        actor=Actor.job("test"), username="siti", name="Siti Rahma", password=PASSWORD, must_change_password=False
    )


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/masuk", {"username": "Siti", "password": password, **more})


def test_the_form_can_be_read_and_filled_by_a_password_manager(client: Client) -> None:
    page = client.get("/masuk").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert '<html lang="id">' in page


def test_siti_comes_in_and_her_session_gets_a_new_key(client: Client, siti: Any) -> None:
    client.get("/masuk")
    client.session.save()
    planted = client.session.session_key
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.session.session_key != planted


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, siti: Any) -> None:
    wrong = sign_in(client, "bukan ini kata sandinya")
    unknown = client.post("/masuk", {"username": "nobody", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 422
    note = 'role="alert"'
    assert wrong.content.decode().split(note)[1][:300] == unknown.content.decode().split(note)[1][:300]
    assert "Siti" in wrong.content.decode(), "the typed name stays"
    assert "bukan ini" not in wrong.content.decode(), "the typed password does not"


def test_after_sign_in_she_is_back_where_she_was(client: Client, siti: Any) -> None:
    away = client.get("/kata-sandi?dari=menu")
    assert away["Location"] == "/masuk?next=%2Fkata-sandi%3Fdari%3Dmenu"
    assert sign_in(client, next="/kata-sandi?dari=menu")["Location"] == "/kata-sandi?dari=menu"


@pytest.mark.parametrize("trap", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_nobody_is_led_away_after_sign_in(client: Client, siti: Any, trap: str) -> None:
    assert sign_in(client, next=trap)["Location"] == "/"


def test_a_form_sent_after_the_session_ended_leads_back_to_the_form(client: Client, siti: Any) -> None:
    answer = client.post("/kata-sandi", {"old": "x"}, headers={"referer": "http://testserver/kata-sandi?langkah=2"})
    assert answer["Location"] == "/masuk?next=%2Fkata-sandi%3Flangkah%3D2&habis=1"
    assert "isian yang belum terkirim masih ada" in client.get(answer["Location"]).content.decode()


def test_an_htmx_part_is_not_filled_with_the_sign_in_page(client: Client) -> None:
    answer = client.get("/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/tentang"})
    assert answer["HX-Redirect"].startswith("/masuk?next=%2Ftentang")


def test_twelve_hours_are_the_longest_day(client: Client, siti: Any) -> None:
    sign_in(client)
    assert client.get("/kata-sandi").status_code == 200
    with clock.turned_to(clock.now() + timedelta(hours=11, minutes=59)):
        assert client.get("/kata-sandi").status_code == 200
    with clock.turned_to(clock.now() + timedelta(hours=12, minutes=1)):
        assert client.get("/kata-sandi").status_code == 302


def test_signing_out_ends_the_session_on_the_server(client: Client, siti: Any) -> None:
    sign_in(client)
    stolen = client.cookies["sessionid"].value
    assert client.post("/keluar")["Location"] == "/masuk"
    client.cookies["sessionid"] = stolen
    assert client.get("/kata-sandi").status_code == 302


def test_a_link_cannot_sign_anybody_out(client: Client, siti: Any) -> None:
    sign_in(client)
    assert client.get("/keluar").status_code == 405


def test_a_password_from_the_administrator_is_changed_before_anything_else(client: Client) -> None:
    accounts.create_user(actor=Actor.job("test"), username="siti", name="Siti Rahma", password=PASSWORD)
    sign_in(client)
    assert client.get("/")["Location"] == "/kata-sandi"
    new = "rendang tahan sebulan"
    changed = client.post("/kata-sandi", {"old": PASSWORD, "new": new, "again": new})
    assert changed["Location"] == "/"
    assert client.get("/kata-sandi").status_code == 200, "this session goes on"


def test_a_changed_password_ends_the_other_sessions(client: Client, siti: Any) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "rendang tahan sebulan"
    client.post("/kata-sandi", {"old": PASSWORD, "new": new, "again": new})
    assert client.get("/kata-sandi").status_code == 200
    assert other.get("/kata-sandi").status_code == 302


def test_refusals_of_a_new_password_stand_under_their_field(client: Client, siti: Any) -> None:
    sign_in(client)
    weak = client.post("/kata-sandi", {"old": PASSWORD, "new": "1234567890", "again": "1234567890"})
    assert weak.status_code == 422
    assert 'id="id_new-error"' in weak.content.decode()
    differ = client.post("/kata-sandi", {"old": PASSWORD, "new": "rendang tahan sebulan", "again": "lain"})
    assert 'id="id_again-error"' in differ.content.decode()


def test_the_language_is_kept_with_the_account(client: Client, siti: Any) -> None:
    sign_in(client)
    client.post("/bahasa", {"language": "en"}, headers={"referer": "http://testserver/kata-sandi"})
    assert '<html lang="en">' in client.get("/kata-sandi").content.decode()
    elsewhere = Client()
    sign_in(elsewhere)
    assert '<html lang="en">' in elsewhere.get("/kata-sandi").content.decode()


def test_a_browser_from_the_factory_reads_indonesian(client: Client) -> None:
    assert '<html lang="id">' in client.get("/masuk", headers={"accept-language": "en-US,en"}).content.decode()


def test_pages_are_not_kept_by_a_shared_computer_and_run_only_our_files(client: Client, siti: Any) -> None:
    sign_in(client)
    page = client.get("/kata-sandi")
    assert "no-store" in page["Cache-Control"]
    assert "script-src 'self';" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
    text = page.content.decode()
    assert " style=" not in text
    assert " onclick=" not in text


def test_a_form_from_a_page_left_open_is_not_lost() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/kata-sandi", {"old": "x"}, headers={"referer": "http://testserver/kata-sandi"})
    assert answer["Location"].startswith("/masuk?next=%2Fkata-sandi")


def test_an_unknown_address_says_what_to_do(client: Client) -> None:
    answer = client.get("/tidak-ada")
    assert answer.status_code == 404
    assert "Tidak ditemukan" in answer.content.decode()


def test_everybody_may_read_whose_program_and_data_this_is(client: Client) -> None:
    page = client.get("/tentang").content.decode()
    assert "Open Database License" in page
    assert "Apache 2.0" in page
